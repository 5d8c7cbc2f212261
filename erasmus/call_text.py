"""A call's text, pasted or forwarded: what it proposes, and what it leaves to be asked.

Nothing is guessed: a date is one that stands in the text, and where it can be read in two ways
both are returned. Whoever pasted it confirms each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise
from typing import NamedTuple, TypeVar

from erasmus.call_dates import FoundDate, Parts, find_dates, is_period
from erasmus.call_times import FoundTime, FoundZone, find_times, find_zones
from erasmus.library import Library
from erasmus.reading import DateRole, Reading, alternatives, small
from erasmus.search import alike, fold
from erasmus.words import Language

LONGEST_TITLE = 120
LOOKED_AT = 4096
"""Signs of a text that are read: no message is longer."""

BEFORE, AFTER, BESIDE = 60, 30, 45
"""How far from a date its cue may stand, before and behind it, and its time."""

LINK = re.compile(r"https://[^\s<>\"«»]+[^\s<>\"«».,;:!?)\]']")
SENTENCE_END = re.compile(r"\n|[!?;](?=\s)|(?<!\b\w)(?<!\b\w\w)\.(?=\s+[^\W\d_])")
DECORATION = re.compile(r"^[^\w«“\"(]+|[^\w»”\")!?.…]+$")
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
    roles = [asked] * len(found) if asked else _roles(folded, found, words)
    times, zones = find_times(text, words), find_zones(text, words)
    one_zone = {zone.zone for zone in zones}
    said, taken = list[SaidDate](), set[FoundTime]()
    for n, (one, role) in enumerate(zip(found, roles, strict=True)):
        room = _room(folded, found, n)
        clock = _nearest(one, [at for at in times if at not in taken], room)
        if clock is not None:
            taken.add(clock)
        zone = _nearest(one, zones, room) if len(one_zone) != 1 else zones[0]
        if _worth_it(one, role):
            at, where = clock.at if clock else None, zone.zone if zone else None
            said.append(SaidDate(text[one.start : one.end].strip(), one.ways, role, at, where))
    return said


def _worth_it(one: FoundDate, role: DateRole) -> bool:
    """Leave out figures and months that only look like dates: 10.12 may be a price."""
    return all(parts.year and parts.day for parts in one.ways) or role is not DateRole.UNKNOWN


class _Room(NamedTuple):
    """Where what belongs to a date may stand."""

    start: int
    end: int


def _room(folded: str, found: list[FoundDate], n: int) -> _Room:
    one = found[n]
    start = max(found[n - 1].end if n else 0, one.start - BEFORE)
    end = min(found[n + 1].start if n + 1 < len(found) else len(folded), one.end + BEFORE)
    breaks = [match.end() for match in SENTENCE_END.finditer(folded, start, one.start)]
    stop = SENTENCE_END.search(folded, one.end, end)
    return _Room(breaks[-1] if breaks else start, stop.start() if stop else end)


def _nearest(one: FoundDate, beside: list[_Placed], room: _Room) -> _Placed | None:
    """Return what stands behind a date, else what stands before it."""
    here = [it for it in beside if room.start <= it.start and it.end <= room.end]
    behind = [it for it in here if one.end <= it.start <= one.end + BESIDE]
    before = [it for it in here if it.end <= one.start <= it.end + BESIDE]
    return behind[0] if behind else before[-1] if before else None


def _roles(folded: str, found: list[FoundDate], words: Reading) -> list[DateRole]:
    roles = [_role(folded, one, _room(folded, found, n), words) for n, one in enumerate(found)]
    for n, (one, other) in enumerate(pairwise(found)):
        if not is_period(folded, one, other):
            continue
        if roles[n] in {DateRole.DEADLINE, DateRole.OPENING}:
            roles[n : n + 2] = [DateRole.OPENING, DateRole.DEADLINE]
        elif roles[n] is DateRole.OTHER:
            roles[n + 1] = DateRole.OTHER
    if len(found) == 1 and roles[0] is DateRole.UNKNOWN and found[0].days:
        roles[0] = DateRole.DEADLINE
    return roles


class _Cue(NamedTuple):
    """A word beside a date, and how far away it stands."""

    distance: int
    role: DateRole
    word: str


def _role(folded: str, one: FoundDate, room: _Room, words: Reading) -> DateRole:
    """Return what the cue nearest to a date says, or one further away where that only leads."""
    near = sorted(_cues(folded, one, room, words))
    if not near:
        return DateRole.UNKNOWN
    only_leads = re.compile(alternatives(words.leading)).fullmatch(near[0].word) is not None
    about_applying = re.search(alternatives(words.applying), folded[room.start : room.end])
    if only_leads and not about_applying and any(cue.role is DateRole.OTHER for cue in near):
        return DateRole.OTHER
    return near[0].role


def _cues(folded: str, one: FoundDate, room: _Room, words: Reading) -> Iterator[_Cue]:
    for cues in words.cues:
        for match in re.finditer(alternatives(cues.before), folded[: one.start]):
            if match.start() >= room.start:
                yield _Cue(one.start - match.end(), cues.role, match[0])
        behind = re.search(alternatives(cues.after), folded[one.end : room.end])
        if behind and behind.start() <= AFTER:
            yield _Cue(behind.start(), cues.role, behind[0])
    if any(one.cased.endswith(small(ending)) for ending in words.from_endings):
        yield _Cue(AFTER, DateRole.OPENING, "")


def _title(text: str, words: Reading) -> str | None:
    """Return the first line that can be a title."""
    for line in text.splitlines():
        plain = DECORATION.sub("", LINK.sub("", line)).strip()
        if len(plain) > LONGEST_TITLE:
            plain = SENTENCE_END.split(plain)[0].strip()
        letters = sum(map(str.isalpha, plain))
        if letters >= LETTERS and len(plain) <= LONGEST_TITLE and not find_dates(plain, words):
            return plain
    return None


def likely_actions(text: str, library: Library) -> tuple[str, ...]:
    """Return the actions whose words stand in a text, those with the most of them first."""
    folded, weights = fold(text), dict[str, int]()
    for action in library.actions.values() if folded else ():
        names = (*action.label.values(), *action.name.values(), *action.keywords)
        phrases = {fold(name) for name in names}
        said = [phrase for phrase in phrases if alike(phrase, folded) >= GOOD_ENOUGH]
        if said:
            weights[action.id] = sum(map(len, said))
    best = sorted(weights, key=lambda name: -weights[name])
    return tuple(best[:PROPOSED])
