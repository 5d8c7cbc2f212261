"""Announcements: to whom one goes, and the stages that it goes through.

Its text is kept once, by language; what is sent to each person is a delivery that names it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from zoneinfo import ZoneInfo

from erasmus.announcement_contents import Content, NewsButton
from erasmus.audiences import Audience
from erasmus.waves import Trouble
from erasmus.words import Language

UNDO: Final = timedelta(minutes=10)
"""One that was put off to a time can be taken back for so long after it was confirmed."""

CORRECTABLE: Final = timedelta(days=365)
"""For so long after its end a copy that arrived can be corrected or withdrawn."""

RECALLABLE: Final = timedelta(hours=48)
"""For so long Telegram lets a message be deleted; later it is written over."""


class Stage(StrEnum):
    """How far an announcement, or its correction, is."""

    DRAFT = "draft"
    AWAITING = "awaiting"  # frozen; a second publisher has to confirm
    SCHEDULED = "scheduled"  # confirmed; leaves at its time
    SENDING = "sending"
    BRAKED = "braked"  # by itself: too many people were gone, or Telegram refused too much
    PAUSED = "paused"
    STOPPED = "stopped"
    DONE = "done"


NEXT: Final[Mapping[Stage, frozenset[Stage]]] = {
    Stage.DRAFT: frozenset({Stage.AWAITING, Stage.SCHEDULED}),
    Stage.AWAITING: frozenset({Stage.DRAFT, Stage.SCHEDULED}),
    Stage.SCHEDULED: frozenset({Stage.DRAFT, Stage.SENDING}),
    Stage.SENDING: frozenset({Stage.BRAKED, Stage.PAUSED, Stage.STOPPED, Stage.DONE}),
    Stage.BRAKED: frozenset({Stage.SENDING, Stage.STOPPED}),
    Stage.PAUSED: frozenset({Stage.SENDING, Stage.STOPPED}),
    # Only for copies that somebody sends again by hand.
    Stage.STOPPED: frozenset({Stage.SENDING}),
    Stage.DONE: frozenset({Stage.SENDING}),
}
"""Which stage may follow which."""

EDITABLE: Final = frozenset({Stage.DRAFT, Stage.AWAITING})
LIVE: Final = frozenset({Stage.SENDING, Stage.BRAKED, Stage.PAUSED})
"""It has begun and has not come to its end."""


def before(stage: Stage) -> frozenset[Stage]:
    """Return the stages that a stage may follow."""
    return frozenset(earlier for earlier, later in NEXT.items() if stage in later)


class CorrectionKind(StrEnum):
    """What is done to the copies that arrived."""

    CORRECT = "correct"
    RECALL = "recall"


@dataclass(frozen=True, slots=True)
class By:
    """Who does something, and when; nobody where the assistant does it by itself."""

    person_id: int | None
    at: datetime


class Topic(StrEnum):
    """What an announcement is about; people opt out of topics."""

    CALLS = "calls"
    EVENTS = "events"
    NEWS = "news"


@dataclass(frozen=True, slots=True)
class Window:
    """Between which full local hours copies may leave: the office's, or each reader's own.

    `closes` is the first hour in which none leaves; earlier than `opens` it means the next day.
    """

    opens: int
    closes: int
    readers: bool = False

    def is_open(self, now: datetime, zone: str) -> bool:
        """Tell whether copies may leave where the clock is that of a zone."""
        hour = now.astimezone(ZoneInfo(zone)).hour
        if self.opens <= self.closes:
            return self.opens <= hour < self.closes
        return hour >= self.opens or hour < self.closes

    def packed(self) -> dict[str, Any]:
        """Return values that JSON knows."""
        return {"opens": self.opens, "closes": self.closes, "readers": self.readers}

    @classmethod
    def unpacked(cls, read: Mapping[str, Any]) -> Window:
        """Undo `packed`."""
        return cls(int(read["opens"]), int(read["closes"]), bool(read["readers"]))


@dataclass(frozen=True, slots=True)
class Announcement:
    """An announcement of an office.

    Every edit raises `version`, and so does every correction; a confirmation holds for
    `confirmed_version` only. `send_at` is the time that was chosen, `leaves_at` when it really may
    begin. `recipients` is their number when it was confirmed. `cursor` is the person up to whom
    recipients have become deliveries, `expanded_at` when all had, `waved_at` when the first wave
    was found good. `judged` holds the counts from which the brake counts anew. `moved_by` brought
    it to its stage at `moved_at`; nobody did what it did by itself.
    """

    id: int
    office_id: str
    author_id: int
    stage: Stage
    topic: Topic
    audience: Audience
    buttons: tuple[NewsButton, ...]
    send_at: datetime | None
    window: Window | None
    paid: bool
    version: int
    recipients: int | None
    confirmed_by: int | None
    confirmed_version: int | None
    second_by: int | None
    cursor: int
    problem: str | None
    created_at: datetime
    updated_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    confirmed_at: datetime | None
    leaves_at: datetime | None
    expanded_at: datetime | None
    waved_at: datetime | None
    judged: Mapping[str, int]
    zones: tuple[str, ...]
    moved_by: int | None
    moved_at: datetime | None

    @property
    def batch(self) -> str:
        """The name that its deliveries share."""
        return batch_of(self.id)

    @property
    def needs_second(self) -> bool:
        """Whether it stands still until somebody else than who confirmed it lets it go on."""
        return self.stage is Stage.BRAKED and self.problem == Trouble.TOO_MANY


@dataclass(frozen=True, slots=True)
class Correction:
    """What is done to the copies of an announcement that arrived.

    `version` is the announcement's from then on; copies of lower versions are edited. `texts` are
    the new ones and `was` the former ones, by language; a recall has no new ones.
    """

    id: int
    announcement_id: int
    kind: CorrectionKind
    stage: Stage
    texts: Mapping[Language, Content]
    person_id: int
    cursor: int
    created_at: datetime
    ended_at: datetime | None
    version: int
    was: Mapping[Language, Content]
    problem: str | None
    judged: Mapping[str, int]

    @property
    def batch(self) -> str:
        """The name that its deliveries share."""
        return f"k{self.id}"

    @property
    def of(self) -> str:
        """The name that the copies share which it corrects."""
        return batch_of(self.announcement_id)


def batch_of(announcement_id: int) -> str:
    """Return the name that the deliveries of an announcement share."""
    return f"a{announcement_id}"


def leaves_at(send_at: datetime | None, confirmed_at: datetime) -> datetime:
    """Return when one that was confirmed may begin: now, or at its time and after its undo."""
    return confirmed_at if send_at is None else max(send_at, confirmed_at + UNDO)
