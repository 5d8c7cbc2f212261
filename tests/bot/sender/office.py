"""A sender with its ledger, and how a test speaks to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.clock import MovableClock
from bot.figures import Figures
from bot.sender import Sender
from storage import Connection, Database, deliveries
from storage.deliveries import Delivery, Draft, Lane
from storage.pace import Limits

ADMIN = 700000900
UNLIMITED = Limits(per_window=10_000, most=10_000)
NIGHT = datetime(2026, 11, 21, 20, tzinfo=UTC)
"""02:00 in Bishkek."""


async def no_menu(_chat_id: int, _body: Mapping[str, Any]) -> None:
    """For chats whose menu nobody looks at."""


async def no_render(_c: Connection, _rows: list[Delivery], _now: datetime) -> None:
    """For rows that say what they say."""


@dataclass
class Office:
    """A sender with its ledger, and how a test speaks to it."""

    db: Database
    clock: MovableClock
    sender: Sender
    figures: Figures = field(default_factory=Figures)
    number: int = 0
    rendered: list[list[str | None]] = field(default_factory=list)

    async def put(self, chat_id: int, text: str = "hello", **given: Any) -> int:  # noqa: ANN401 - columns of a row
        """Put a row that is due and have everything delivered that can be."""
        self.number += 1
        row: dict[str, Any] = {"lane": Lane.REPLY, "kind": "screen", "body": {"text": text}}
        row |= {"key": f"k{self.number}", "chat_id": chat_id, "due_at": self.clock.now()} | given
        async with self.db.write() as c:
            put = await deliveries.put(c, Draft(**row), self.clock.now())
        assert put is not None
        await self.deliver()
        return put

    async def remind(self, chat_id: int, occasion: str, **given: Any) -> int:  # noqa: ANN401 - columns of a row
        row: dict[str, Any] = {"lane": Lane.REMINDER, "kind": "reminder", "occasion": occasion}
        return await self.put(chat_id, **(row | given))

    async def deliver(self, after: timedelta = timedelta(0)) -> None:
        self.clock.move(after)
        self.sender.wake()
        await self.sender.idle()

    async def state(self, delivery: int) -> Delivery:
        async with self.db.read() as c:
            row = await deliveries.get(c, delivery)
        assert row is not None
        return row
