"""Out: rows of the ledger leave, replies first, the others at their own even pace."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Protocol, TypeAlias

import structlog
from telegram.error import RetryAfter

from bot.clock import Clock
from bot.digests import NOTICES, Held, gather
from bot.logs import tell_failure
from bot.outcomes import asked_wait
from bot.pace import Pace
from bot.settling import Attempt, settle
from storage import Connection, Database, deliveries
from storage.deliveries import Delivery, Lane

LEASE: Final = timedelta(seconds=60)
FENCE_SECONDS: Final = 30.0
"""Who has held a row for longer (a process that was frozen) must not send it any more."""

POLL_SECONDS: Final = 1.0
SETTLE_TRIES: Final = 5
REPLIES_AT_ONCE: Final = 32
BULK_AT_ONCE: Final = 8
REPLY_LANES: Final = (Lane.REPLY, Lane.STAFF)
BULK_LANES: Final = (Lane.REMINDER, Lane.ANNOUNCEMENT)

Body: TypeAlias = Mapping[str, Any]
Claimed: TypeAlias = tuple[Delivery, list[Delivery]]
Render: TypeAlias = Callable[[Connection, list[Delivery], datetime], Awaitable[Body | None]]
log = structlog.get_logger(__name__)


class Chats(Protocol):
    """Where bodies are shown."""

    async def show(self, chat_id: int, body: Body) -> int | None:
        """Show a body; return the message's id."""
        ...


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways out: one for what people wait for, one at its own pace, and the chat's menu."""

    replies: Chats
    bulk: Chats
    menu: Callable[[int, Body], Awaitable[None]]
    render: Render
    pace: Pace = field(default_factory=Pace)


class Sender:
    """Claims rows, sends them, settles them. `sending` is committed before every call.

    One loop writes: what has ended is settled in the transaction that claims what comes next.
    """

    def __init__(
        self,
        db: Database,
        clock: Clock,
        ways: Ways,
        admins: Collection[int] = (),
        rest: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Start nothing yet; `run` does."""
        self._db, self._clock, self._ways, self._admins = db, clock, ways, admins
        self._pace, self._pause = ways.pace, rest
        self._flying: dict[asyncio.Task[None], Lane] = {}
        self._ended: list[Attempt] = []
        self._bulk_due = True
        self._missed: dict[int, int] = {}
        self._trouble = self._stopping = self._over = False
        self._woken, self._idle = asyncio.Event(), asyncio.Event()

    def send(self, row: Delivery | None) -> None:
        """Send a row that its writer has claimed; None: look for what is due."""
        if row is None:
            self.wake()
        else:
            self._begin(row, [])

    def wake(self) -> None:
        """Look for due rows of all lanes at once."""
        self._bulk_due = True
        self._idle.clear()
        self._woken.set()

    @property
    def quiet(self) -> bool:
        """Whether nothing is to be done now."""
        return self._idle.is_set()

    async def idle(self) -> None:
        """Wait until nothing is under way and nothing is due."""
        await self._idle.wait()

    async def run(self) -> None:
        """Deliver until `stop`."""
        while not self._finished:
            await self._rest()
            try:
                await self._round()
            except Exception as error:  # noqa: BLE001 - the database may come back
                tell_failure(log, "the ledger could not be written", error)
                await self._pause(POLL_SECONDS)
        self._idle.set()

    async def stop(self, seconds: float) -> None:
        """Claim nothing more; give what is under way this long to end, and settle it."""
        self._stopping = True
        self._woken.set()
        if self._flying:
            await asyncio.wait(self._flying, timeout=seconds)
        self._over = True
        self._woken.set()

    @property
    def _finished(self) -> bool:
        # What has ended is settled even then: unsettled, it would be sent again.
        landed = self._over or not self._flying
        return self._stopping and landed and not self._ended

    async def _rest(self) -> None:
        timeout = POLL_SECONDS
        if self._bulk_due and self._in_flight(BULK_LANES) < BULK_AT_ONCE:
            timeout = min(POLL_SECONDS, self._pace.seconds_to_next())
        try:
            await asyncio.wait_for(self._woken.wait(), timeout)
        except TimeoutError:
            self._bulk_due = True
        self._woken.clear()

    async def _round(self) -> None:
        ended = self._to_settle()
        now = self._clock.now()
        claimed: list[Claimed] = []
        try:
            async with self._db.write() as c:
                for attempt in ended:
                    await settle(c, attempt, now, self._admins)
                if not self._stopping:
                    claimed += await self._claim_replies(c, now)
                    claimed += await self._claim_bulk(c, now)
        except Exception:
            self._keep(ended)
            raise
        self._trouble = False
        for row, companions in claimed:
            self._begin(row, companions)
        possible = self._bulk_due and not self._pace.paused
        if not (self._flying or self._ended or possible or self._woken.is_set()):
            self._idle.set()

    def _to_settle(self) -> list[Attempt]:
        # After a failure one at a time, so that one that cannot be written stops no other.
        number = 1 if self._trouble else len(self._ended)
        ended, self._ended = self._ended[:number], self._ended[number:]
        return ended

    def _keep(self, ended: list[Attempt]) -> None:
        self._trouble = True
        for attempt in ended:
            missed = self._missed.pop(attempt.row.id, 0) + (len(ended) == 1)
            if missed < SETTLE_TRIES:
                self._missed[attempt.row.id] = missed
                self._ended.append(attempt)
            else:
                log.error("delivery left to its lease", id=attempt.row.id)

    async def _claim_replies(self, c: Connection, now: datetime) -> list[Claimed]:
        free = REPLIES_AT_ONCE - self._in_flight(REPLY_LANES)
        if free <= 0:
            return []
        rows = await deliveries.claim(c, now, now + LEASE, free, REPLY_LANES)
        return [(row, []) for row in rows]

    async def _claim_bulk(self, c: Connection, now: datetime) -> list[Claimed]:
        free = BULK_AT_ONCE - self._in_flight(BULK_LANES)
        granted = self._pace.grant(free) if self._bulk_due and free > 0 else 0
        if not granted:
            return []
        await deliveries.expire(c, now)
        rows = await deliveries.claim(c, now, now + LEASE, granted, BULK_LANES)
        claimed: list[Claimed] = []
        for row in rows:
            together = await gather(c, row, now) if row.kind in NOTICES else []
            if isinstance(together, Held):
                await deliveries.postpone(c, row, together.until, together.reason)
            else:
                claimed.append((row, together))
        self._pace.give_back(granted - len(claimed))
        self._bulk_due = bool(rows)
        return claimed

    def _in_flight(self, lanes: Collection[Lane]) -> int:
        return sum(lane in lanes for lane in self._flying.values())

    def _begin(self, row: Delivery, companions: list[Delivery]) -> None:
        self._idle.clear()
        task = asyncio.create_task(self._carry(row, companions, time.monotonic()))
        self._flying[task] = row.lane
        task.add_done_callback(self._landed)

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._flying.pop(task, None)
        self._woken.set()

    async def _carry(self, row: Delivery, companions: list[Delivery], claimed_at: float) -> None:
        if row.lane in BULK_LANES:
            await asyncio.sleep(self._pace.chat_wait(row.chat_id))
        if time.monotonic() - claimed_at > FENCE_SECONDS:
            log.warning("delivery held too long", id=row.id)
            return
        try:
            attempt = await self._deliver(row, companions)
        except Exception as error:  # noqa: BLE001 - classified, and logged, when settled
            if isinstance(error, RetryAfter):
                self._pace.slow_down(asked_wait(error).total_seconds())
            attempt = Attempt(row, error=error)
        self._ended.append(attempt)

    async def _deliver(self, row: Delivery, companions: list[Delivery]) -> Attempt:
        if row.kind == "commands":
            await self._ways.menu(row.chat_id, row.body)
            return Attempt(row)
        body: Body | None = row.body
        if row.kind in NOTICES:
            async with self._db.read() as c:
                body = await self._ways.render(c, [row, *companions], self._clock.now())
        if body is None:
            return Attempt(row, needless=True)
        chats = self._ways.bulk if row.lane in BULK_LANES else self._ways.replies
        return Attempt(row, message_id=await chats.show(row.chat_id, body))
