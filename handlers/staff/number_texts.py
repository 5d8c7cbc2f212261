"""What an office reads of its numbers: names with numbers, no small group among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final, TypeAlias

from erasmus.assessment import Outcome
from erasmus.small_groups import SMALL, Told, alone, is_small, part, together
from handlers.screens import lines, paragraphs
from handlers.staff.desk import Desk
from locales import ENDONYMS, Texts, dates
from locales.numbers import number
from storage import calls, universities
from storage.numbers import Answers, Numbers

TOP: Final = 8
HOUR: Final = timedelta(hours=1)
TWO_DAYS: Final = timedelta(days=2)

Total: TypeAlias = tuple[str, str]
"""A name and its number, as people read them."""


async def told(desk: Desk, found: Numbers, weeks: Sequence[datetime]) -> str:
    """Return everything as a text."""
    t = desk.t
    return paragraphs(
        t("<b>Numbers of {office}</b>", office=t.words(desk.office.name)),
        lines(*_listed(t, people(t, found)), *_listed(t, languages(t, found))),
        await _universities(desk, found),
        _verdicts(t, found),
        await _follows(desk, found),
        _headed(t, t("<b>Sent in the last weeks</b>"), sent(t, found)),
        _headed(t, t("<b>Questions of the last weeks</b>"), answers(t, found.answers)),
        _weeks(t, found, weeks),
        what_is_hidden(t),
    )


def what_is_hidden(t: Texts) -> str:
    """Say why some numbers are not there."""
    return t("Groups of fewer than {n} people are not shown exactly.", n=SMALL)


def said(t: Texts, value: int, how: Told) -> str:
    """Return as much of a number as may be told."""
    signs = {Told.FEW: f"<{SMALL}", Told.MORE: f"≥{SMALL}", Told.NOTHING: "–"}
    return signs.get(how) or number(t.language, value)


def shown(t: Texts, value: int) -> str:
    """Return a number that nothing else gives away."""
    return said(t, value, alone(value))


def people(t: Texts, found: Numbers) -> list[Total]:
    """Return how many there are, and what they do."""

    def of_all(value: int) -> str:
        return said(t, value, part(value, found.people))

    return [
        (t("People"), shown(t, found.people)),
        (t("Have blocked me"), of_all(found.blocked)),
        (t("Have made a check"), of_all(found.checked)),
        (t("Follow calls"), of_all(found.following)),
    ]


def languages(t: Texts, found: Numbers) -> list[Total]:
    """Return how many read in each language."""
    return _parts(t, {ENDONYMS[each]: n for each, n in found.languages.items()})


def sent(t: Texts, found: Numbers) -> list[Total]:
    """Return what they were sent."""
    return [
        (t("Reminders"), shown(t, sum(found.reminders))),
        (t("Announcements"), number(t.language, found.announcements)),
        (t("Announcement messages"), shown(t, sum(found.copies))),
    ]


def answers(t: Texts, found: Answers) -> list[Total]:
    """Return how questions were answered; times only of so many that they are nobody's own."""
    counted: list[Total] = [
        (t("Questions"), shown(t, found.asked)),
        (t("Answered"), said(t, found.answered, part(found.answered, found.asked))),
        (t("The answer helped"), said(t, found.helped, part(found.helped, found.answered))),
    ]
    if found.answered < SMALL or found.half is None or found.longest is None:
        return counted
    return [
        *counted,
        (t("Usual wait"), _duration(t, found.half)),
        (t("Longest wait"), _duration(t, found.longest)),
    ]


def busy_weeks(found: Numbers, weeks: Sequence[datetime]) -> list[int]:
    """Return the places of the weeks in which anything happened."""
    return [n for n in range(len(weeks) - 1) if found.newcomers[n] or found.checks[n]]


def newcomers(t: Texts, found: Numbers) -> list[str]:
    """Return the new people of each week; with those of before they are all people."""
    if is_small(found.people):
        return [shown(t, n) for n in found.newcomers]
    hidden = together((*found.newcomers, found.people - sum(found.newcomers)))
    return [
        said(t, value, Told.NOTHING if n in hidden else Told.EXACTLY)
        for n, value in enumerate(found.newcomers)
    ]


def week_names(t: Texts, weeks: Sequence[datetime]) -> list[str]:
    """Return the weeks as people name them, by their days."""
    return [
        dates.day_range(t.language, begin.date(), (end - timedelta(days=1)).date())
        for begin, end in pairwise(weeks)
    ]


def _parts(t: Texts, named: Mapping[str, int]) -> list[Total]:
    """Return the parts of all people, the greatest first; small ones as one number."""
    values = list(named.values())
    if is_small(sum(values)):
        return []
    hidden = together(values)
    exact = [
        (name, number(t.language, n)) for place, (name, n) in enumerate(named.items())
        if place not in hidden
    ][:TOP]  # fmt: skip
    others = sum(values[n] for n in hidden)
    return [*exact, *([(t("Others together"), number(t.language, others))] if others else [])]


async def _universities(desk: Desk, found: Numbers) -> str | None:
    t = desk.t
    names: dict[str | None, str] = {None: t("not chosen")}
    names |= {one.id: t.words(one.name) for one in await universities.listing(desk.c)}
    listed = _parts(t, {names.get(each, str(each)): n for each, n in found.universities.items()})
    if not desk.office.national or not listed:
        return None
    return _headed(t, t("<b>Universities</b>"), listed)


def _verdicts(t: Texts, found: Numbers) -> str | None:
    named = [(_outcome(t, each), shown(t, n)) for each, n in found.verdicts.items()]
    return _headed(t, t("<b>What their last checks said</b>"), named) if named else None


async def _follows(desk: Desk, found: Numbers) -> str | None:
    t = desk.t
    known = [(await calls.get(desk.c, name), n) for name, n in list(found.follows.items())[:TOP]]
    # A date that somebody set for themselves is theirs alone.
    public = [(call, n) for call, n in known if call is not None and not call.owner]
    named = [(t.words(call.title), shown(t, n)) for call, n in public]
    return _headed(t, t("<b>Calls that most people follow</b>"), named) if named else None


def _weeks(t: Texts, found: Numbers, weeks: Sequence[datetime]) -> str | None:
    busy, names, new = busy_weeks(found, weeks), week_names(t, weeks), newcomers(t, found)
    if not busy:
        return None
    return lines(
        t("<b>Week by week</b>"),
        *(
            t(
                "{week}: new people {people}, checks {checks}",
                week=names[n],
                people=new[n],
                checks=shown(t, found.checks[n]),
            )
            for n in busy
        ),
    )


def _headed(t: Texts, heading: str, totals: Sequence[Total]) -> str:
    return lines(heading, *_listed(t, totals))


def _listed(t: Texts, totals: Sequence[Total]) -> list[str]:
    return [t("• {name}: {n}", name=name, n=n) for name, n in totals]


def _outcome(t: Texts, value: str) -> str:
    return {
        Outcome.ELIGIBLE.value: t("you can apply"),
        Outcome.DEPENDS.value: t("others decide"),
        Outcome.NOT_YET.value: t("not yet"),
        Outcome.NOT_ELIGIBLE.value: t("not possible now"),
    }.get(value, t("needs more answers"))


def _duration(t: Texts, time: timedelta) -> str:
    if time < HOUR:
        return t("less than an hour")
    if time < TWO_DAYS:
        return t.plural("{n} hour", "{n} hours", round(time / HOUR))
    return t.plural("{n} day", "{n} days", round(time / timedelta(days=1)))
