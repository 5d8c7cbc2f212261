"""What a date in a text is of a call: told by the words beside it, before or behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from erasmus.call_dates import FoundDate, is_period
from erasmus.reading import DateRole, Reading, alternatives, small

BEFORE, AFTER = 60, 30
"""How far from a date its cue may stand, before and behind it."""

SENTENCE_END = re.compile(r"\n|[!?;](?=\s)|(?<!\b\w)(?<!\b\w\w)\.(?=\s+[^\W\d_])")


class Room(NamedTuple):
    """Where what belongs to a date may stand."""

    start: int
    end: int


def room_of(folded: str, found: list[FoundDate], n: int) -> Room:
    """Return the room of a date: its sentence, between the dates before it and behind it."""
    one = found[n]
    start = max(found[n - 1].end if n else 0, one.start - BEFORE)
    end = min(found[n + 1].start if n + 1 < len(found) else len(folded), one.end + BEFORE)
    breaks = [match.end() for match in SENTENCE_END.finditer(folded, start, one.start)]
    stop = SENTENCE_END.search(folded, one.end, end)
    return Room(breaks[-1] if breaks else start, stop.start() if stop else end)


def roles_of(folded: str, found: list[FoundDate], words: Reading) -> list[DateRole]:
    """Return what each date of a text is; the only one is its deadline unless it says otherwise."""
    rooms = [room_of(folded, found, n) for n in range(len(found))]
    roles = [_role(folded, one, room, words) for one, room in zip(found, rooms, strict=True)]
    for n, (one, other) in enumerate(pairwise(found)):
        if not is_period(folded, one, other):
            continue
        applying = roles[n] is DateRole.UNKNOWN and _about_applying(folded, rooms[n], words)
        if applying or roles[n] in {DateRole.DEADLINE, DateRole.OPENING}:
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


def _role(folded: str, one: FoundDate, room: Room, words: Reading) -> DateRole:
    """Return what the cue nearest to a date says, or one further away where that only leads."""
    near = sorted(_cues(folded, one, room, words))
    if not near:
        return DateRole.UNKNOWN
    only_leads = re.compile(alternatives(words.leading)).fullmatch(near[0].word) is not None
    other = any(cue.role is DateRole.OTHER for cue in near)
    if only_leads and other and not _about_applying(folded, room, words):
        return DateRole.OTHER
    return near[0].role


def _about_applying(folded: str, room: Room, words: Reading) -> bool:
    return re.search(alternatives(words.applying), folded[room.start : room.end]) is not None


def _cues(folded: str, one: FoundDate, room: Room, words: Reading) -> Iterator[_Cue]:
    for cues in words.cues:
        for match in re.finditer(alternatives(cues.before), folded[: one.start]):
            if match.start() >= room.start:
                yield _Cue(one.start - match.end(), cues.role, match[0])
        behind = re.search(alternatives(cues.after), folded[one.end : room.end])
        if behind and behind.start() <= AFTER:
            yield _Cue(behind.start(), cues.role, behind[0])
    if any(one.cased.endswith(small(ending)) for ending in words.from_endings):
        yield _Cue(AFTER, DateRole.OPENING, "")
