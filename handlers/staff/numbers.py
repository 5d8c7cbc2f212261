"""An office's numbers: how its people fare, week by week, as a text and as a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import Any, Final
from zoneinfo import ZoneInfo

from erasmus.assessment import Outcome
from erasmus.charts import Bar, Chart, Section
from erasmus.offices import Office, Right
from handlers.screens import Go, Screen, lines, paragraphs
from handlers.staff.desk import Desk, NotAllowed, admit
from handlers.staff.front import back_to_desk, through
from handlers.staff.number_presses import ShowNumbers
from handlers.turn import Turn
from locales import ENDONYMS, Texts, dates
from locales.markup import as_plain
from locales.numbers import number
from storage import calls, deliveries, numbers, universities
from storage.deliveries import Draft, Lane
from storage.numbers import Numbers

KIND: Final = "numbers"
"""The kind of delivery that is counted when it is sent."""

WEEKS: Final = 8
TOP: Final = 8
SMALL: Final = 5
"""Groups of fewer people are not told apart."""


async def stats_command(turn: Turn) -> Screen:
    """Answer /stats of a member."""
    return await through(turn, Right.SEE, _text_of, show_numbers)


def _text_of(office_id: str) -> ShowNumbers:
    return ShowNumbers(office_id, picture=False)


async def show_numbers(desk: Desk, press: ShowNumbers) -> Screen:
    """Promise the numbers, which come as a message of their own.

    Among a hundred thousand people SQLite counts for a second or two. It does so when the message
    is sent, in a reading transaction, so that nobody's press waits for it.
    """
    body = {"office": desk.office.id, "picture": press.picture}
    key = f"{KIND}:{desk.person_id}:{desk.now.isoformat()}:{press.picture:d}"
    draft = Draft(key, Lane.STAFF, desk.person_id, KIND, body, desk.now)
    await deliveries.put(desk.c, draft, desk.now)
    said = desk.t("I am counting. The numbers follow.")
    return Screen(said, (back_to_desk(desk),), fresh=press.picture)


async def render(turn: Turn, body: Mapping[str, Any]) -> Screen | None:
    """Return the numbers as they are now; None for who may not see them any more."""
    try:
        desk = await admit(turn, body["office"], Right.SEE)
    except NotAllowed:
        return None
    weeks = week_beginnings(desk.now, desk.office)
    found = await numbers.of_office(desk.c, desk.office, weeks)
    t = desk.t
    if body["picture"]:
        title = t("<b>Numbers of {office}</b>", office=t.words(desk.office.name))
        # Without buttons: a photo's place cannot be taken by a text, and the desk is just above.
        return Screen(title, fresh=True, media=_chart(desk, found, weeks))
    text = paragraphs(
        t("<b>Numbers of {office}</b>", office=t.words(desk.office.name)),
        _people(t, found),
        await _universities(desk, found),
        _verdicts(t, found),
        await _follows(desk, found),
        _sent(t, found),
        _questions(t, found),
        _weeks(t, found, weeks),
        t("Groups of fewer than {n} people are not shown exactly.", n=SMALL),
    )
    picture = Go(t.label("button", "As a picture"), ShowNumbers(desk.office.id, picture=True))
    return Screen(text, ((picture,), back_to_desk(desk)), fresh=True)


def week_beginnings(now: datetime, office: Office) -> list[datetime]:
    """Return the beginnings of the last weeks, Mondays where the office is, and the next one."""
    zone = ZoneInfo(office.zone)
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    days = [monday + timedelta(weeks=n) for n in range(1 - WEEKS, 2)]
    return [datetime.combine(day, time(), zone) for day in days]


def shown(t: Texts, value: int) -> str:
    """Return a number as staff may see it."""
    return f"<{SMALL}" if 0 < value < SMALL else number(t.language, value)


def shown_parts(t: Texts, values: Sequence[int]) -> list[str]:
    """Return the parts of a whole that is known: one hidden alone could be worked out."""
    told = [shown(t, value) for value in values]
    small = [n for n, value in enumerate(values) if 0 < value < SMALL]
    exact = [n for n, value in enumerate(values) if value >= SMALL]
    if len(small) == 1 and exact:
        least = min(exact, key=lambda n: values[n])
        told[least] = f"≥{SMALL}"
    return told


def _people(t: Texts, found: Numbers) -> str:
    languages = _listed(t, {ENDONYMS[each]: n for each, n in found.languages.items()})
    return lines(
        t("<b>People</b>: {n}", n=shown(t, found.people)),
        t("Blocked the assistant: {n}", n=shown(t, found.blocked)),
        *languages,
    )


async def _universities(desk: Desk, found: Numbers) -> str | None:
    if not desk.office.national:
        return None
    t = desk.t
    names: dict[str | None, str] = {None: t("not chosen")}
    names |= {one.id: t.words(one.name) for one in await universities.listing(desk.c)}
    named = {names.get(each, str(each)): n for each, n in found.universities.items()}
    return lines(t("<b>Universities</b>"), *_listed(t, named))


def _verdicts(t: Texts, found: Numbers) -> str:
    named = {_outcome(t, each): n for each, n in found.verdicts.items()}
    return lines(
        t("<b>People who checked</b>: {n}", n=shown(t, found.checked)),
        t("What their last checks said:") if named else None,
        *_listed(t, named),
    )


async def _follows(desk: Desk, found: Numbers) -> str:
    t = desk.t
    known = [(await calls.get(desk.c, name), n) for name, n in list(found.follows.items())[:TOP]]
    # A date that somebody set for themselves is theirs alone.
    named = {t.words(call.title): n for call, n in known if call is not None and not call.owner}
    people = t("<b>People who follow calls</b>: {n}", n=shown(t, found.following))
    return lines(people, *_listed(t, named))


def _sent(t: Texts, found: Numbers) -> str:
    return lines(
        t("<b>Sent in the last weeks</b>"),
        t("Reminders: {n}", n=shown(t, sum(found.reminders))),
        t("Announcements: {n}", n=number(t.language, found.announcements)),
        t("Their copies: {n}", n=shown(t, sum(found.copies))),
    )


def _questions(t: Texts, found: Numbers) -> str:
    answers = found.answers
    return lines(
        t("<b>Questions</b>: {n}", n=shown(t, answers.asked)),
        t("Answered: {n}", n=shown(t, answers.answered)),
        t("Helpful answers: {n}", n=shown(t, answers.helped)),
        None
        if answers.hours is None or answers.answered < SMALL
        else t("Half of them were answered within {n} h.", n=round(answers.hours)),
    )


def _weeks(t: Texts, found: Numbers, weeks: Sequence[datetime]) -> str:
    told = zip(_week_names(t, weeks), found.newcomers, found.checks, strict=True)
    return lines(
        t("<b>Week by week</b>"),
        *(
            t(
                "{week}: new people {people}, checks {checks}",
                week=week,
                people=shown(t, newcomers),
                checks=shown(t, checks),
            )
            for week, newcomers, checks in told
        ),
    )


def _week_names(t: Texts, weeks: Sequence[datetime]) -> list[str]:
    return [
        dates.day_range_short(t.language, begin.date(), (end - timedelta(days=1)).date())
        for begin, end in pairwise(weeks)
    ]


def _listed(t: Texts, named: Mapping[Any, int]) -> list[str]:
    told = zip(named, shown_parts(t, list(named.values())), strict=True)
    return [t("• {name}: {n}", name=name, n=n) for name, n in list(told)[:TOP]]


def _outcome(t: Texts, value: str) -> str:
    return {
        Outcome.ELIGIBLE.value: t("you can apply"),
        Outcome.DEPENDS.value: t("others decide"),
        Outcome.NOT_YET.value: t("not yet"),
        Outcome.NOT_ELIGIBLE.value: t("not possible now"),
    }.get(value, t("needs more answers"))


def _chart(desk: Desk, found: Numbers, weeks: Sequence[datetime]) -> Chart:
    t, names = desk.t, _week_names(desk.t, weeks)
    today = desk.now.astimezone(ZoneInfo(desk.office.zone)).date()
    languages = {ENDONYMS[each]: n for each, n in found.languages.items()}
    return Chart(
        title=as_plain(t.words(desk.office.name)),
        about=as_plain(dates.day(t.language, today)),
        sections=(
            Section(as_plain(t("Languages")), _bars(t, languages)),
            Section(as_plain(t("New people by week")), _weekly(t, names, found.newcomers)),
            Section(as_plain(t("Checks by week")), _weekly(t, names, found.checks)),
        ),
    )


def _bars(t: Texts, named: Mapping[str, int]) -> tuple[Bar, ...]:
    told = shown_parts(t, list(named.values()))
    return tuple(
        Bar(label, _long(n, text), text)
        for (label, n), text in zip(named.items(), told, strict=True)
    )


def _weekly(t: Texts, names: Sequence[str], values: Sequence[int]) -> tuple[Bar, ...]:
    told = [shown(t, value) for value in values]
    return tuple(
        Bar(as_plain(name), _long(n, text), text)
        for name, n, text in zip(names, values, told, strict=True)
    )


def _long(value: int, text: str) -> float:
    """Return a bar's length: a hidden number must not be measured off the picture."""
    return float(value if not text.startswith(("<", "≥")) else SMALL if text[0] == "≥" else 1)
