"""What a delivery is: drafted by whoever has something to say, then a row with a state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final, NamedTuple

from storage.models import deliveries
from storage.states import DeliveryState as State
from storage.states import Lane

__all__ = [
    "COLUMNS",
    "MEANT_FOR",
    "PROCESS_ENDED",
    "UNFINISHED",
    "Delivery",
    "Draft",
    "Fate",
    "Lane",
    "State",
    "reply_key",
]

UNFINISHED: Final = frozenset({State.HELD, State.QUEUED, State.SENDING, State.JOINED})
PROCESS_ENDED: Final = "the process ended while sending"
"""The problem of what a process held that died; nobody knows whether it had left."""

MEANT_FOR: Final = "meant_for"
"""Where a reminder's body keeps its moment: nights and failed tries move the time it is due."""


class Fate(NamedTuple):
    """Whether a row has reached its end, and the message that it became."""

    over: bool
    message_id: int | None


@dataclass(frozen=True, slots=True)
class Draft:
    """A message to be. `key` names it for ever: drafted twice, it is sent once.

    It goes out at `due_at` or later, but not from `valid_until` on. `call_id`, `revision` and
    `occasion` tell what a reminder is about. Copies of an announcement or a correction share a
    `batch`; their `revision` is the version of the text that they carry.
    """

    key: str
    lane: Lane
    chat_id: int
    kind: str
    body: Mapping[str, Any]
    due_at: datetime
    valid_until: datetime | None = None
    call_id: str | None = None
    revision: int | None = None
    occasion: str | None = None
    batch: str | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message in the ledger.

    `attempts` counts claims. `message_id` is Telegram's, once sent; `settled_at` is when the row
    reached a final state, and `problem` why that was not the best one.
    """

    id: int
    key: str
    lane: Lane
    chat_id: int
    kind: str
    body: dict[str, Any]
    due_at: datetime
    valid_until: datetime | None
    state: State
    attempts: int
    call_id: str | None
    revision: int | None
    occasion: str | None
    message_id: int | None
    created_at: datetime
    problem: str | None
    settled_at: datetime | None
    batch: str | None = None

    @property
    def meant_for(self) -> datetime:
        """When it was to leave, whatever has put it off since."""
        moment = self.body.get(MEANT_FOR)
        return self.due_at if moment is None else datetime.fromisoformat(moment)


COLUMNS = tuple(deliveries.c[field.name] for field in fields(Delivery))


def reply_key(update_id: int, number: int) -> str:
    """Return the key of the reply to an update, counted from 0."""
    return f"u{update_id}:{number}"
