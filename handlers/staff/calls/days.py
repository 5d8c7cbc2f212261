"""Asking for a day: what the text may mean, twelve months to choose from, or a date to be typed.

A day on a button is written with its month by name: 01.02 means two days.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from erasmus.call_drafts import Part
from erasmus.call_text import SaidDate
from handlers.own_dates import A_WEEK, MONTHS
from handlers.screens import Button, Go, Rows, Screen, one_each, paragraphs, per_row
from handlers.staff.calls.drafting import Asked, Drafting
from handlers.staff.calls.presses import CallDays, CallMonths, SetCallDay, SkipPart
from handlers.staff.calls.summary import heading
from locales import dates

FREQUENT = 6
"""So many readings of a text are offered at the most; others are typed."""

EXAMPLE_AHEAD = timedelta(days=60)


def ask_closes(work: Drafting) -> Asked:
    """Ask for the deadline, with what the text said of it."""
    t = work.desk.t
    said = _said(work, Part.CLOSES)
    question = said or t("By which day must people apply? Choose the month, or write the date.")
    asked = paragraphs(t("<b>Deadline</b>"), question, _day_example(work, Part.CLOSES))
    return asked, _day_rows(work, Part.CLOSES)


def ask_opens(work: Drafting) -> Asked:
    """Ask for the day on which a call opens, which need not be said."""
    t, office = work.desk.t, work.desk.office.id
    said = _said(work, Part.OPENS)
    question = said or t("From which day can people apply? Choose the month, or write the date.")
    skip = Go(t.label("button", "No opening day"), SkipPart(office, work.id, Part.OPENS))
    rows = (*_day_rows(work, Part.OPENS), (skip,))
    return paragraphs(t("<b>Opening day</b>"), question, _day_example(work, Part.OPENS)), rows


def _day_example(work: Drafting, part: Part) -> str | None:
    t = work.desk.t
    if offered(work, part):
        return None
    example = dates.day(t.language, work.desk.turn.today + EXAMPLE_AHEAD)
    return t("For example: {day}", day=example)


def _said(work: Drafting, part: Part) -> str | None:
    """Say why a date of the text is not taken as it is."""
    t, said = work.desk.t, work.draft.choices(part)
    if len(said) != 1:
        several = bool(offered(work, part))
        return t("The text has several dates. Which one is it?") if several else None
    text = said[0].text
    if _half_said(said):
        return t("“{date}” has no day. Which day of the month is it?", date=text)
    if not said[0].days:
        return t("“{date}” has no year. Which year is it?", date=text)
    if not offered(work, part):
        return t("“{date}” has passed. Which day is right?", date=text)
    if len(said[0].days) > 1:
        return t("“{date}” can be read in two ways. Which day is it?", date=text)
    return t("The text says “{date}”. Is that the day?", date=text)


def _half_said(said: Sequence[SaidDate]) -> bool:
    return len(said) == 1 and all(way.day is None for way in said[0].ways)


def offered(work: Drafting, part: Part) -> list[date]:
    """Return the days ahead that the dates of the text can mean; years it does not say, too."""
    today = work.desk.turn.today
    days = {
        day
        for said in work.draft.choices(part)
        for way in said.ways
        for year in ([way.year] if way.year else [today.year, today.year + 1])
        if (day := way._replace(year=year).complete) and day >= today
    }
    return sorted(days)[:FREQUENT]


def day_buttons(work: Drafting, part: Part, days: Sequence[date]) -> list[Button]:
    """Return a button for each day, with the month by its name."""
    language, office = work.desk.t.language, work.desk.office.id
    return [
        Go(dates.day(language, day), SetCallDay(office, work.id, part, day.isoformat()))
        for day in days
    ]


def _day_rows(work: Drafting, part: Part) -> Rows:
    t, office = work.desk.t, work.desk.office.id
    days, said = offered(work, part), work.draft.choices(part)
    another = Go(t.label("button", "Another day"), CallMonths(office, work.id, part))
    if days:
        return one_each([*day_buttons(work, part, days), another])
    if _half_said(said):
        months = sorted({way.month for way in said[0].ways})
        buttons = [_month_button(work, part, month, said[0].ways[0].year) for month in months]
        return one_each([*buttons, another])
    return month_rows(work, part)


def _month_button(work: Drafting, part: Part, month: int, year: int | None) -> Button:
    today = work.desk.turn.today
    first = date(year or today.year + (month < today.month), month, 1)
    label = dates.month(work.desk.t.language, first)
    return Go(label, CallDays(work.desk.office.id, work.id, part, f"{first:%Y-%m}"))


def month_rows(work: Drafting, part: Part) -> Rows:
    """Return this month and the next eleven."""
    today = work.desk.turn.today
    months = [(today.month - 1 + n) % MONTHS + 1 for n in range(MONTHS)]
    return per_row([_month_button(work, part, month, None) for month in months], 2)


def days_screen(work: Drafting, part: Part, month: str) -> Screen:
    """Ask for the day of a month; only days to come are offered."""
    t, office, today = work.desk.t, work.desk.office.id, work.desk.turn.today
    first = date.fromisoformat(f"{month}-01")
    days = [first + timedelta(days=n) for n in range(31)]
    buttons = [
        Go(f"{day.day}", SetCallDay(office, work.id, part, day.isoformat()))
        for day in days
        if day.month == first.month and day >= today
    ]
    text = paragraphs(
        heading(work.desk, work.draft),
        t("Choose the day: {month}", month=dates.month(t.language, first)),
    )
    leave = work.desk.turn.leave(CallMonths(office, work.id, part))
    return Screen(text, (*per_row(buttons, A_WEEK), leave))
