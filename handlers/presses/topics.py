"""Presses about announcements: their topics, and the buttons under each."""

from __future__ import annotations

from typing import ClassVar

from handlers.codec import Press


class Topics(Press, frozen=True):
    """The topics of announcements."""

    tag: ClassVar[str] = "Q1"


class SetTopicOn(Press, frozen=True):
    """Get announcements of a topic, or none."""

    tag: ClassVar[str] = "E1"
    topic: str
    on: bool


class StopTopic(Press, frozen=True):
    """Get no more announcements like the one above; shown under each."""

    tag: ClassVar[str] = "e1"
    topic: str


class FollowAnnounced(Press, frozen=True):
    """Follow the call of an announcement, which stays as it is."""

    tag: ClassVar[str] = "b1"
    call: str


class CheckAnnounced(Press, frozen=True):
    """Check the action of an announcement, by its short id; the announcement stays as it is."""

    tag: ClassVar[str] = "B1"
    action: str
