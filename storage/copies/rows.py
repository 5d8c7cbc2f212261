"""What a copy is, how copies are counted, and which rows of the ledger they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Update,
    bindparam,
)

from erasmus.words import Language
from storage.database import Connection
from storage.deliveries.rows import State
from storage.models import deliveries, in_state

KIND = "announcement"
OPTED_OUT = "opted out"
"""Why a copy was withdrawn whose reader does not want to hear of its topic."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How many copies stand where."""

    by_state: Mapping[State, int]

    def of(self, *states: State) -> int:
        """Return how many are in one of some states."""
        return sum(self.by_state.get(state, 0) for state in states)

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by_state.values())

    @property
    def waiting(self) -> int:
        """Those that have not left yet."""
        return self.of(State.HELD, State.QUEUED, State.SENDING)

    @property
    def settled(self) -> int:
        """Those that somebody tried to send, and whose outcome is written down."""
        return self.of(State.SENT, State.UNREACHABLE, State.FAILED, State.UNKNOWN)

    @property
    def bad(self) -> int:
        """Those that speak against going on: people who are gone, and refusals."""
        return self.of(State.UNREACHABLE, State.FAILED)


@dataclass(frozen=True, slots=True)
class Copy:
    """One recipient's copy; `at` is when its state became final, `problem` why it is no better.

    `university` is the reader's, where that was looked up.
    """

    delivery_id: int
    person_id: int
    state: State
    at: datetime | None
    problem: str | None
    body: Mapping[str, Any]
    university: str | None = None

    @property
    def language(self) -> Language:
        """The language that its reader has chosen."""
        return Language(self.body["language"])


OF_BATCH = deliveries.c.batch == bindparam("of")
"""The copies of one announcement, or the edits of one correction."""

IS_HELD = in_state(deliveries, State.HELD)
IS_QUEUED = in_state(deliveries, State.QUEUED)


async def change(c: Connection, statement: Update, **which: object) -> int:
    """Change copies; return how many there were."""
    return (await c.execute(statement, which)).rowcount
