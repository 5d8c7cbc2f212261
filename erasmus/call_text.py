"""A call's text, pasted or forwarded: what it proposes, and what it leaves to be asked.

Nothing is guessed: a date is one that stands in the text, and where it can be read in two ways
both are returned. Whoever pasted it confirms each.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import TypeVar

from erasmus.call_cues import SENTENCE_END, Room, roles_of, room_of
from erasmus.call_dates import FoundDate, Parts, find_dates
from erasmus.call_times import FoundTime, FoundZone, find_times, find_zones
from erasmus.library import Library
from erasmus.reading import DateRole, Reading, alternatives, small
from erasmus.search import alike, fold
from erasmus.words import Language

LONGEST_TITLE = 160
LOOKED_AT = 4096
"""Signs of a text that are read: no message is longer."""

BESIDE = 45
"""How far from a date its time may stand."""

LINK = re.compile(r"https://[^\s<>\"«»]+[^\s<>\"«».,;:!?)\]']")
DECORATION = re.compile(r"^[^\w«“\"(]+|[^\w»”\")!?…]+$")
LETTERS = 5
"""A title has at least so many."""

GOOD_ENOUGH = 90
PROPOSED = 3

_Placed = TypeVar("_Placed", FoundTime, FoundZone)


@dataclass(frozen=True, slots=True)
class SaidDate:
    """A date as a text says it.

    `days` are the days that it may mean: two where the text leaves open which figure is the month,
    none where `missing` parts were not said. `at` and `zone` are those that stand beside it.
    """

    text: str
    ways: tuple[Parts, ...]
    role: DateRole
    at: time | None = None
    zone: str | None = None

    @property
    def days(self) -> tuple[date, ...]:
        """The days that it may mean, all parts said."""
        return tuple(day for parts in self.ways if (day := parts.complete))


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a text says of a call; whatever is empty has to be asked.

    `actions` are ids, the likeliest first; `dates` stand in the order of the text.
    """

    language: Language
    title: str | None
    actions: tuple[str, ...]
    dates: tuple[SaidDate, ...]
    link: str | None

    def of(self, role: DateRole) -> tuple[SaidDate, ...]:
        """Return the dates with a role."""
        return tuple(said for said in self.dates if said.role is role)


def propose(text: str, library: Library) -> Proposal:
    """Read the text of a call."""
    text = text[:LOOKED_AT]
    link = LINK.search(text)
    return Proposal(
        language=language_of_text(text, library.reading),
        title=_title(text, library.reading),
        actions=likely_actions(text, library),
        dates=tuple(said_dates(text, library.reading)),
        link=link[0] if link else None,
    )


def language_of_text(text: str, words: Reading) -> Language:
    """Tell the language of a text by the letters and words that only one of them has."""
    lowered = text.lower()
    cyrillic = sum("а" <= letter <= "ө" for letter in lowered)
    if cyrillic * 2 < sum("a" <= letter <= "z" for letter in lowered):
        return Language.EN
    if any(letter in "әғқұһі" for letter in lowered) or _has(lowered, words.kazakh):
        return Language.KK
    own = any(letter in "ңөү" for letter in lowered) or _has(lowered, words.kyrgyz)
    return Language.KY if own else Language.RU


def _has(text: str, words: tuple[str, ...]) -> bool:
    return re.search(alternatives(words), small(text)) is not None


def said_dates(text: str, words: Reading, asked: DateRole | None = None) -> list[SaidDate]:
    """Return the dates of a text with what stands beside each: its role, time and zone.

    A text that answers what was `asked` says nothing else.
    """
    folded, found = small(text), find_dates(text, words)
    roles = [asked] * len(found) if asked else roles_of(folded, found, words)
    zones = find_zones(text, words)
    one_zone = {zone.zone for zone in zones}
    clocks = _clocks(folded, found, roles, find_times(text, words))
    said = list[SaidDate]()
    for n, (one, role) in enumerate(zip(found, roles, strict=True)):
        room = room_of(folded, found, n)
        zone = _nearest(one, zones, room) if len(one_zone) != 1 else zones[0]
        if _worth_it(one, role):
            where = zone.zone if zone else None
            shown = text[one.start : one.end].strip()
            said.append(SaidDate(shown, one.ways, role, clocks.get(n), where))
    return said


def _clocks(
    folded: str, found: list[FoundDate], roles: list[DateRole], times: list[FoundTime]
) -> Mapping[int, time]:
    """Return the times by the number of their date; a deadline takes its own first."""
    clocks, free = dict[int, time](), list(times)
    for n in sorted(range(len(found)), key=lambda n: roles[n] is not DateRole.DEADLINE):
        clock = _nearest(found[n], free, room_of(folded, found, n))
        if clock is not None:
            free.remove(clock)
            clocks[n] = clock.at
    return clocks


def _worth_it(one: FoundDate, role: DateRole) -> bool:
    """Leave out figures and months that only look like dates: 10.12 may be a price."""
    return all(parts.year and parts.day for parts in one.ways) or role is not DateRole.UNKNOWN


def _nearest(one: FoundDate, beside: list[_Placed], room: Room) -> _Placed | None:
    """Return what stands behind a date, else what stands before it."""
    here = [it for it in beside if room.start <= it.start and it.end <= room.end]
    behind = [it for it in here if one.end <= it.start <= one.end + BESIDE]
    before = [it for it in here if it.end <= one.start <= it.end + BESIDE]
    return behind[0] if behind else before[-1] if before else None


def _title(text: str, words: Reading) -> str | None:
    """Return the first line that speaks of the call, or the first sentence of a long one."""
    for line in text.splitlines():
        parts = [line] if len(line) <= LONGEST_TITLE else SENTENCE_END.split(line)
        for part in parts:
            plain = DECORATION.sub("", LINK.sub("", part)).strip()
            if _speaks(plain, words):
                return plain if len(plain) <= LONGEST_TITLE else None
    return None


def _speaks(plain: str, words: Reading) -> bool:
    """Leave out greetings, dates and decoration."""
    greets = re.match(alternatives(words.greetings), small(plain)) is not None
    enough = sum(map(str.isalpha, plain)) >= LETTERS
    return enough and not greets and not find_dates(plain, words)


def likely_actions(text: str, library: Library) -> tuple[str, ...]:
    """Return the actions whose words stand in a text, those with the most of them first."""
    general = {fold(word) for word in library.reading.general}
    folded, weights = fold(text), dict[str, int]()
    for action in library.actions.values() if folded else ():
        names = (*action.label.values(), *action.name.values(), *action.keywords)
        phrases = {fold(name) for name in names} - general
        said = [phrase for phrase in phrases if alike(phrase, folded) >= GOOD_ENOUGH]
        if said:
            weights[action.id] = sum(map(len, said))
    best = sorted(weights, key=lambda name: -weights[name])
    return tuple(best[:PROPOSED])
