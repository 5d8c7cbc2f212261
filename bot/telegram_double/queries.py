"""Taps on buttons, and what people saw in answer."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(slots=True)
class Query:
    """One tap on a button with callback data."""

    id: str
    person_id: int
    message_id: int
    chat_id: int
    data: str
    sent_at: datetime
    answered: bool = False
    toast: str | None = None
    alert: bool = False


@dataclass(frozen=True, slots=True)
class Toast:
    """What a person saw as the answer to a tap."""

    at: datetime
    text: str
    alert: bool
