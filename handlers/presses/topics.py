"""Presses about announcements: their topics, and the buttons under each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from handlers.codec import Press


@dataclass(frozen=True, slots=True)
class Topics(Press):
    """The topics of announcements."""

    tag: ClassVar[str] = "Q1"


@dataclass(frozen=True, slots=True)
class SetTopicOn(Press):
    """Get announcements of a topic, or none."""

    tag: ClassVar[str] = "E1"
    topic: str
    on: bool


@dataclass(frozen=True, slots=True)
class StopTopic(Press):
    """Get no more announcements like the one above; shown under each."""

    tag: ClassVar[str] = "e1"
    topic: str


@dataclass(frozen=True, slots=True)
class FollowAnnounced(Press):
    """Follow the call of an announcement, which stays as it is."""

    tag: ClassVar[str] = "b1"
    call: str


@dataclass(frozen=True, slots=True)
class CheckAnnounced(Press):
    """Check the action of an announcement, by its short id; the announcement stays as it is."""

    tag: ClassVar[str] = "B1"
    action: str
