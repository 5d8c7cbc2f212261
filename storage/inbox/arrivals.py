"""What an arrival is: an update in the inbox."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from storage.models import inbox
from storage.states import ArrivalState as State

__all__ = ["COLUMNS", "Arrival", "Overtaken", "State"]


class Overtaken(Exception):
    """Another process dealt with an update meanwhile: nothing of this one's work may stay."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One update. `payload` is what Telegram sent; `attempts` counts how often it was taken.

    `deaths` counts the attempts that ended with the process.
    """

    update_id: int
    chat_id: int
    payload: dict[str, Any]
    received_at: datetime
    state: State
    attempts: int
    deaths: int


COLUMNS = tuple(inbox.c[field.name] for field in fields(Arrival))
