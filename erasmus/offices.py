"""Offices: who at a desk may do what. Whatever is not named here is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto
from typing import Final

from erasmus.words import Words

LONGEST_NAME: Final = 100
"""Signs of an office's name: it stands under every announcement, beside what its author wrote."""


class Role(StrEnum):
    """What a member is at an office; one member has one role there."""

    OWNER = "owner"
    PUBLISHER = "publisher"
    EDITOR = "editor"
    TRANSLATOR = "translator"
    READER = "reader"


class Right(StrEnum):
    """One thing that may be done at a desk."""

    ENTER = auto()  # come to the desk; every member may
    SEE = auto()  # the office's lists and numbers
    TRANSLATE = auto()  # fill in a missing language
    WRITE = auto()  # drafts of calls, announcements and prepared answers
    ANSWER = auto()  # questions of students
    PUBLISH = auto()  # make a call public, send an announcement, confirm another's
    STOP = auto()  # hold everything that goes to many
    MANAGE = auto()  # members, invitations, the office itself; resume after a stop


_ENTERS: Final = frozenset({Right.ENTER})
_SEES: Final = _ENTERS | {Right.SEE}
_EDITS: Final = _SEES | {Right.TRANSLATE, Right.WRITE, Right.ANSWER}
_PUBLISHES: Final = _EDITS | {Right.PUBLISH, Right.STOP}

RIGHTS: Final[Mapping[Role, frozenset[Right]]] = {
    Role.READER: _SEES,
    Role.TRANSLATOR: _ENTERS | {Right.TRANSLATE},
    Role.EDITOR: _EDITS,
    Role.PUBLISHER: _PUBLISHES,
    Role.OWNER: _PUBLISHES | {Right.MANAGE},
}


def may(role: Role | None, right: Right) -> bool:
    """Tell whether a role has a right; nobody's role has none."""
    return role is not None and right in RIGHTS[role]


@dataclass(frozen=True, slots=True)
class Office:
    """An office: a country's, or (with `university`) one university's.

    `zone` is the IANA zone of its working hours and `answer_days` the working days within which it
    means to answer. `group_id` is the Telegram group in which it answers questions.
    """

    id: str
    country: str
    university: str | None
    name: Words
    zone: str
    group_id: int | None
    group_has_topics: bool
    answer_days: int
    created_at: datetime

    @property
    def national(self) -> bool:
        """Whether it speaks to everyone in its country."""
        return self.university is None
