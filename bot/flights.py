"""Flights: deliveries that have left the ledger and whose outcome is not written yet."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Protocol, TypeAlias

import structlog
from telegram.error import RetryAfter

from bot.clock import Clock
from bot.copies import COPIES
from bot.digests import NOTICES
from bot.outcomes import asked_wait
from bot.pace import Pace
from bot.settling import Attempt
from handlers import promises
from storage import Connection, Database
from storage.deliveries import Delivery, Lane
from storage.rests import TELEGRAM, ChatLimits

LEASE: Final = timedelta(seconds=60)
"""So long a row that left belongs to the process that sends it."""

FENCE_SECONDS: Final = 30.0
"""Who has held a row for longer (a process that was frozen) must not send it any more."""

RENDERED: Final = NOTICES | promises.KINDS
"""Kinds that say what is true when they are sent."""

REPLY_LANES: Final = (Lane.REPLY, Lane.STAFF)
BULK_LANES: Final = (Lane.REMINDER, Lane.CORRECTION, Lane.ANNOUNCEMENT)
LANES_BESIDE_A_HOLD: Final = (Lane.CORRECTION,)
"""Who has stopped everything may still take back what should not have been sent."""

Body: TypeAlias = Mapping[str, Any]
Claimed: TypeAlias = tuple[Delivery, list[Delivery]]
"""A row that leaves, and those that go with it in one message."""

Render: TypeAlias = Callable[[Connection, list[Delivery], datetime], Awaitable[Body | None]]
Compose: TypeAlias = Callable[[Delivery], Awaitable[Body]]
log = structlog.get_logger(__name__)


async def as_it_is(row: Delivery) -> Body:
    """Return what a row says itself."""
    return row.body


class Chats(Protocol):
    """Where bodies are shown."""

    async def show(self, chat_id: int, body: Body) -> int | None:
        """Show a body; return the message's id."""
        ...


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways out: one for what people wait for, one at its own pace, and the chat's menu.

    `pace` is that of bulk; `paid` that of announcements that are paid for, None where none may be.
    `compose` makes copies of what many get. `limits` say how fast each chat may be written to.
    """

    replies: Chats
    bulk: Chats
    menu: Callable[[int, Body], Awaitable[None]]
    render: Render
    pace: Pace
    paid: Pace | None = None
    compose: Compose = as_it_is
    limits: ChatLimits = TELEGRAM


class Flights:
    """Carries claimed rows out, each as a task. What has landed waits in `ended`."""

    def __init__(self, db: Database, clock: Clock, ways: Ways, landed: Callable[[], None]) -> None:
        """`landed` is told whenever there is something to settle."""
        self._db, self._clock, self._ways, self._tell = db, clock, ways, landed
        self._flying: dict[asyncio.Task[None], Delivery] = {}
        self.ended: list[Attempt] = []

    def __bool__(self) -> bool:
        """Tell whether anything is under way, or has landed and is not settled."""
        return bool(self._flying or self.ended)

    @property
    def under_way(self) -> bool:
        """Whether a request may be on the line."""
        return bool(self._flying)

    def number(self, lanes: Collection[Lane]) -> int:
        """Return how many rows of some lanes are under way."""
        return sum(row.lane in lanes for row in self._flying.values())

    def carries(self, delivery_id: int) -> bool:
        """Tell whether a row is under way."""
        return any(row.id == delivery_id for row in self._flying.values())

    def begin(self, row: Delivery, companions: list[Delivery], claimed_at: float) -> None:
        """Carry out a row whose claim is committed; it was made at `claimed_at` or later."""
        task = asyncio.create_task(self._carry(row, companions, claimed_at))
        self._flying[task] = row
        task.add_done_callback(self._landed)

    async def wait(self, seconds: float) -> None:
        """Wait this long for all to land."""
        if self._flying:
            await asyncio.wait(self._flying, timeout=seconds)

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._flying.pop(task, None)
        self._tell()

    async def _carry(self, row: Delivery, companions: list[Delivery], claimed_at: float) -> None:
        try:
            attempt = await self._deliver(row, companions, claimed_at)
        except Exception as error:  # noqa: BLE001 - classified, and logged, when settled
            if isinstance(error, RetryAfter):
                (self._paid(row) or self._ways.pace).slow_down(asked_wait(error).total_seconds())
            attempt = Attempt(row, error=error)
        if attempt is not None:
            self.ended.append(attempt)

    async def _deliver(
        self, row: Delivery, companions: list[Delivery], claimed_at: float
    ) -> Attempt | None:
        body: Body | None = row.body
        if row.lane in BULK_LANES:
            # The row counts as on its way, so none overtakes it.
            await asyncio.sleep(self._ways.pace.chat_wait(row.chat_id))
        pace = self._paid(row) or self._ways.pace
        leave_at = pace.leave_at
        if row.kind in RENDERED:
            async with self._db.read() as c:
                body = await self._ways.render(c, [row, *companions], self._clock.now())
        elif row.kind in COPIES:
            body = await self._ways.compose(row)
        if body is None:
            return Attempt(row, needless=True)
        if row.lane not in BULK_LANES:
            async with self._ways.pace.reply():
                return await self._show(self._ways.replies, row, body, claimed_at)
        await pace.until(leave_at)
        async with pace.departure(leave_at):
            return await self._show(self._ways.bulk, row, body, claimed_at)

    async def _show(
        self, chats: Chats, row: Delivery, body: Body, claimed_at: float
    ) -> Attempt | None:
        # The last thing before the request: whoever slept through the lease has lost the row.
        if time.monotonic() - claimed_at > FENCE_SECONDS:
            log.warning("delivery held too long", id=row.id)
            return None
        if row.kind == "commands":
            await self._ways.menu(row.chat_id, body)
            return Attempt(row)
        return Attempt(row, message_id=await chats.show(row.chat_id, body))

    def _paid(self, row: Delivery) -> Pace | None:
        return self._ways.paid if row.body.get("paid") else None
