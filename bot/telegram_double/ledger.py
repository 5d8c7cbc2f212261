"""What really arrived in the chats, and when."""

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any


@dataclass(slots=True)
class Delivery:
    """One message or edit that arrived.

    ``copy`` is 2 for the second new message with the same text in the chat, and so on.
    ``answered`` is False when the bot never got the answer.
    """

    at: datetime
    method: str
    chat_id: int
    message_id: int
    text: str
    copy: int
    answered: bool = True

    def as_json(self) -> dict[str, Any]:
        """Return the delivery with its time in ISO form."""
        return asdict(self) | {"at": self.at.isoformat()}


class Ledger:
    """Deliveries in the order of their arrival."""

    def __init__(self) -> None:
        self.entries: list[Delivery] = []
        self._copies: Counter[tuple[int, str]] = Counter()

    def write(self, at: datetime, method: str, chat_id: int, message_id: int, text: str) -> None:
        """Enter a delivery."""
        copy = 1
        if not method.startswith("edit"):
            self._copies[chat_id, text] += 1
            copy = self._copies[chat_id, text]
        self.entries.append(Delivery(at, method, chat_id, message_id, text, copy))

    def forget(self) -> None:
        """Start again with nothing."""
        self.entries.clear()
        self._copies.clear()
