"""Enquiries: what students ask an office, and what it has answered before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto
from typing import Any, Final

from rapidfuzz import fuzz

from erasmus.announcement_contents import Content
from erasmus.search import fold
from erasmus.words import Language, Words

MOST_OPEN: Final = 3
"""Questions of one person that may wait at one office."""


class Stage(StrEnum):
    """How far a question is."""

    DRAFT = auto()  # being written
    OPEN = auto()  # waits for the office
    ANSWERED = auto()
    CLOSED = auto()


class Line(StrEnum):
    """What a student may let the office know about them."""

    NAME = auto()
    ROLE = auto()
    UNIVERSITY = auto()
    LEVEL = auto()
    COUNTRY = auto()
    LANGUAGE = auto()


@dataclass(frozen=True, slots=True)
class Enquiry:
    """One question with everything that follows.

    `shared` are the lines that the student agreed to show. It stands in the topic `thread_id` of
    the office's group, or under the message `anchor_id` where there are no topics; `attempt`
    counts how often it was put there. `asked_at` is since when it waits for an answer.
    """

    id: int
    office_id: str
    person_id: int
    state: Stage
    shared: Mapping[str, Any]
    thread_id: int | None
    anchor_id: int | None
    attempt: int
    opened_at: datetime
    asked_at: datetime
    answered_at: datetime | None
    closed_at: datetime | None
    helped: bool | None
    taken_by: int | None
    nudged_at: datetime | None

    @property
    def placed(self) -> bool:
        """Whether it has its place in the group."""
        return self.thread_id is not None or self.anchor_id is not None


@dataclass(frozen=True, slots=True)
class EnquiryMessage:
    """One message of a question: where it was written, what it says, where its copy is.

    `delivery_key` names the delivery that carries it to the other side.
    """

    id: int
    question_id: int
    from_office: bool
    chat_id: int
    message_id: int
    content: Content
    delivery_key: str
    copy_chat_id: int | None
    copy_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """A prepared answer of an office: what is asked often, and what it says then.

    It is `published` by somebody else than `updated_by`.
    """

    id: int
    office_id: str
    question: Words
    answer: Words
    published: bool
    shown: int
    helped: int
    updated_by: int | None
    updated_at: datetime

    @property
    def missing(self) -> list[Language]:
        """The languages that it is to be translated into."""
        return [each for each in Language if each not in self.question or each not in self.answer]


LONG_WORD: Final = 4
SAME: Final = 80
ENOUGH: Final = 0.5


def matching(entries: Iterable[Entry], asked: str, limit: int = 3) -> list[Entry]:
    """Return the entries that may answer a question in any language, the likeliest first."""
    words = _words(asked)
    scored = [(max(_shared(words, _words(q)) for q in e.question.values()), e) for e in entries]
    good = sorted((pair for pair in scored if pair[0] >= ENOUGH), key=lambda pair: -pair[0])
    return [entry for _, entry in good[:limit]]


def _words(text: str) -> list[str]:
    return [word for word in fold(text).split() if len(word) >= LONG_WORD]


def _shared(asked: list[str], known: list[str]) -> float:
    """Return which part of the shorter text's words the other has, too, slips and endings apart."""
    shorter, longer = sorted((asked, known), key=len)
    if not shorter:
        return 0.0
    found = sum(any(fuzz.ratio(a, b) >= SAME for b in longer) for a in shorter)
    return found / len(shorter)
