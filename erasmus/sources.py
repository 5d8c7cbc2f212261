"""Sources: where a statement comes from and when it was checked."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from erasmus.words import CompleteWords


class Entry(BaseModel):
    """A table of the content: frozen, and no key that nobody reads."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class SourceStatus(StrEnum):
    """How much weight a source has."""

    OFFICIAL = "official"
    CALL_MIRROR = "call_mirror"
    LOCAL = "local"
    THIRD_PARTY = "third_party"


class Source(Entry):
    """A document or page; `valid` is the period it speaks of, `checked` the day it was read."""

    id: str
    title: str
    url: str
    valid: str
    status: SourceStatus
    checked: date


class Citation(Entry):
    """A place in a source."""

    id: str
    section: str = ""


class Decider(Entry):
    """Somebody who decides what is not ours to decide."""

    id: str
    name: CompleteWords
