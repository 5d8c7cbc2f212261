"""The sides of an audience: what each may be narrowed by, and what an audience says of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from erasmus.audiences import Audience
from erasmus.calls import Call
from erasmus.words import Language
from handlers.call_deadlines import deadline_short
from handlers.staff.desk import Desk
from locales import ENDONYMS, Texts
from storage import calls, universities

MONTHS = (3, 6, 12)
COUNTRIES = ("KG", "KZ")
EVERYONE = "-"


class Side(StrEnum):
    """One side of an audience, by the letter that buttons carry."""

    COUNTRY = "k"
    UNIVERSITY = "u"
    ROLE = "r"
    LEVEL = "l"
    LANGUAGE = "g"
    FOLLOWERS = "f"
    ELIGIBLE = "e"
    ACTIVE = "m"


NATIONAL = frozenset({Side.COUNTRY, Side.UNIVERSITY})
"""Sides of national offices: a university's office speaks to its own people only."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a side, as its buttons carry it, with what is shown; `more` is a second line."""

    value: str
    label: str
    more: str | None = None


def side_names(t: Texts) -> dict[Side, str]:
    """Name the sides on buttons."""
    return {
        Side.COUNTRY: t.label("button2", "Country"),
        Side.UNIVERSITY: t.label("button2", "University"),
        Side.ROLE: t.label("button2", "Who"),
        Side.LEVEL: t.label("button2", "Level"),
        Side.LANGUAGE: t.label("button2", "Language"),
        Side.FOLLOWERS: t.label("button2", "Followers"),
        Side.ELIGIBLE: t.label("button2", "Eligible"),
        Side.ACTIVE: t.label("button2", "Active"),
    }


def sides_of(desk: Desk) -> list[Side]:
    """Return the sides that an office chooses by."""
    return [side for side in Side if desk.office.national or side not in NATIONAL]


async def choices(desk: Desk, audience: Audience, side: Side) -> list[Choice]:
    """Return what a side of an audience may be narrowed by."""
    t = desk.t
    if side is Side.UNIVERSITY:
        return [
            Choice(one.id, t.words(one.name), t.words(one.city))
            for one in await universities.listing(desk.c)
            if not audience.countries or one.country in audience.countries
        ]
    if side is Side.FOLLOWERS:
        return [
            Choice(call.id, t.words(call.title), deadline_short(desk.turn, call))
            for call in await open_calls(desk)
        ]
    return _known(desk, side)


def _known(desk: Desk, side: Side) -> list[Choice]:
    t, library = desk.t, desk.turn.library
    if side is Side.COUNTRY:
        return [Choice(code, t.words(library.countries[code].name)) for code in COUNTRIES]
    if side is Side.LANGUAGE:
        return [Choice(language.value, name) for language, name in ENDONYMS.items()]
    if side is Side.ELIGIBLE:
        return [Choice(action.short, t.words(action.label)) for action in library.assessed]
    if side is Side.ACTIVE:
        return [Choice(str(n), t.plural("In {n} month", "In {n} months", n)) for n in MONTHS]
    fact = "role" if side is Side.ROLE else "enrolled_level"
    options = library.question(fact).options
    return [Choice(option.value, t.words(option.label)) for option in options]


def chosen(desk: Desk, audience: Audience, side: Side) -> Sequence[str]:
    """Return the values that a side is narrowed to; none: everyone."""
    if side is Side.FOLLOWERS:
        return (audience.followers_of,) if audience.followers_of else ()
    if side is Side.ELIGIBLE:
        action = desk.turn.library.actions.get(audience.eligible_for or "")
        return (action.short,) if action else ()
    if side is Side.ACTIVE:
        return (str(audience.active_months),) if audience.active_months else ()
    return {
        Side.COUNTRY: audience.countries,
        Side.UNIVERSITY: audience.universities,
        Side.ROLE: audience.roles,
        Side.LEVEL: audience.levels,
        Side.LANGUAGE: tuple(language.value for language in audience.languages),
    }[side]


def narrowed(  # noqa: PLR0911 - one line a side
    desk: Desk, audience: Audience, side: Side, values: Sequence[str]
) -> Audience:
    """Return an audience with other values on one side."""
    several, one = tuple(values), next(iter(values), None)
    if side is Side.COUNTRY:
        return replace(audience, countries=several)
    if side is Side.UNIVERSITY:
        return replace(audience, universities=several)
    if side is Side.ROLE:
        return replace(audience, roles=several)
    if side is Side.LEVEL:
        return replace(audience, levels=several)
    if side is Side.LANGUAGE:
        return replace(audience, languages=tuple(Language(value) for value in several))
    if side is Side.FOLLOWERS:
        return replace(audience, followers_of=one)
    if side is Side.ELIGIBLE:
        action = desk.turn.library.action_by_short.get(one or "")
        return replace(audience, eligible_for=action.id if action else None)
    return replace(audience, active_months=int(one) if one else None)


ONLY_ONE = frozenset({Side.FOLLOWERS, Side.ELIGIBLE, Side.ACTIVE})
"""Sides of which one value at most is chosen."""


async def open_calls(desk: Desk) -> list[Call]:
    """Return the calls that everybody or the office's people can follow now, its own first."""
    found = [*await calls.shared(desk.c), *await calls.of_office(desk.c, desk.office.id)]
    still = [call for call in found if not call.closed(desk.now)]
    return sorted(still, key=lambda call: (call.office_id != desk.office.id, call.closes))
