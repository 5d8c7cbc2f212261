"""Out: rows of the ledger leave, replies first, the others at the pace that all processes share."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Iterable
from contextlib import suppress
from datetime import datetime
from typing import Final

import structlog

from bot.bulk import Bulk
from bot.clock import Clock
from bot.figures import Figures
from bot.flights import BULK_LANES, LEASE, REPLY_LANES, Claimed, Flights, Ways
from bot.logs import tell_failure
from bot.resting import rest
from bot.settling import Attempt, Settling
from bot.suspects import Suspects
from storage import Connection, Database, deliveries, is_unavailable
from storage.deliveries import Delivery

POLL_SECONDS: Final = 1.0
SETTLE_TRIES: Final = 5
REPLIES_AT_ONCE: Final = 32
log = structlog.get_logger(__name__)


class Sender:
    """Claims rows, sends them, settles them. `sending` is committed before every call.

    One loop writes: what has ended is settled in the transaction that claims what comes next.
    """

    def __init__(  # noqa: PLR0913 - the last three are for those who look on
        self,
        db: Database,
        clock: Clock,
        ways: Ways,
        admins: Collection[int] = (),
        *,
        rest: Callable[[float], Awaitable[None]] = asyncio.sleep,
        figures: Figures | None = None,
    ) -> None:
        """Start nothing yet; `run` does."""
        self._db, self._clock, self._ways, self._pause = db, clock, ways, rest
        self._figures = figures or Figures()
        self._settling = Settling(admins, self._figures)
        self._flights = Flights(db, clock, ways, self._wake_round)
        self._suspects = Suspects(self._flights)
        self._bulk = Bulk(clock, ways, self._flights, self._suspects, self._figures)
        self._missed: dict[int, int] = {}
        self._again: Callable[[], None] | None = None
        # Claimed by transactions of which nobody knows whether they were committed, and until when.
        self._unheard: list[tuple[Delivery, datetime]] = []
        self._turn = asyncio.Lock()
        self._trouble = self._stopping = self._over = self._held = False
        self._woken, self._idle = asyncio.Event(), asyncio.Event()

    def send(self, row: Delivery, claimed_at: float) -> None:
        """Send a row that its writer has claimed, at these monotonic seconds or later."""
        self._idle.clear()
        self._flights.begin(row, [], claimed_at)

    def wake(self) -> None:
        """Look for due rows of all lanes at once."""
        self._bulk.due = True
        self._suspects.look_soon()
        self._idle.clear()
        self._woken.set()

    def room(self, again: Callable[[], None]) -> int:
        """Return how many replies may be put now; `again` is called when none were, and are.

        Until then updates wait in the inbox: replies under way would outlive their claims.
        """
        self._again = again if self._reply_places <= 0 else None
        return self._reply_places

    @property
    def quiet(self) -> bool:
        """Whether nothing is to be done now."""
        return self._idle.is_set()

    async def idle(self) -> None:
        """Wait until nothing is under way and nothing is due."""
        await self._idle.wait()

    def hold(self) -> None:
        """Claim nothing until `let_go`."""
        self._held = True

    def let_go(self) -> None:
        """Begin to send, or go on."""
        self._held = False
        self.wake()

    async def run(self) -> None:
        """Deliver until `stop`."""
        while not self._finished:
            await self._rest()
            try:
                async with self._turn:
                    await self._round()
            except Exception as error:  # noqa: BLE001 - the database may come back
                tell_failure(log, "the ledger could not be written", error)
                await self._pause(POLL_SECONDS)
        self._idle.set()

    async def stop(self, seconds: float) -> None:
        """Claim nothing more; give what is under way this long to end, and settle it."""
        self._stopping = True
        self._woken.set()
        end = time.monotonic() + seconds
        with suppress(TimeoutError):
            # What is being claimed at this moment is not under way yet.
            async with asyncio.timeout(seconds), self._turn:
                pass
        await self._flights.wait(max(0.0, end - time.monotonic()))
        self._over = True
        self._woken.set()

    @property
    def _finished(self) -> bool:
        # What has ended is settled even then: unsettled, it would be sent again.
        landed = self._over or not self._flights.under_way
        return self._stopping and landed and not self._flights.ended

    @property
    def _reply_places(self) -> int:
        return REPLIES_AT_ONCE - self._flights.number(REPLY_LANES)

    def _wake_round(self) -> None:
        self._woken.set()
        if self._again is not None and self._reply_places > 0:
            again, self._again = self._again, None
            again()

    async def _rest(self) -> None:
        timeout = POLL_SECONDS
        if self._bulk.due and not self._held and self._bulk.places > 0:
            timeout = min(POLL_SECONDS, self._bulk.seconds_to_next())
        try:
            await asyncio.wait_for(self._woken.wait(), timeout)
        except TimeoutError:
            self._bulk.due = True
        self._woken.clear()

    async def _round(self) -> None:
        ended = self._to_settle()
        # More of the lanes for many may be due to a chat that was busy until now.
        self._bulk.due |= any(attempt.row.lane in BULK_LANES for attempt in ended)
        claimed: list[Claimed] = []
        # Of before the transaction: a process may be frozen until it hears of the commit.
        began, lease_until = time.monotonic(), self._clock.now() + LEASE
        try:
            async with self._db.write() as c:
                await deliveries.take_back(c, self._unheard)
                await self._settling.settle_all(c, ended, self._clock.now())
                rests = await rest(c, ended, self._ways.limits, self._clock.now())
                if not (self._stopping or self._held):
                    await self._suspects.look(c, self._clock.now())
                    claimed += await self._claim_replies(c, lease_until)
                    claimed += await self._bulk.claim(c, lease_until)
                await self._bulk.tell_pace(c, alone=self._db.is_alone)
        except Exception as error:
            self._keep(ended, error)
            self._unheard += [(row, lease_until) for row, _ in claimed]
            raise
        self._trouble, self._unheard = False, []
        self._bulk.told()
        self._look_after(rests)
        for row, companions in claimed:
            self._flights.begin(row, companions, began)
        if not (self._flights or self._bulk.possible or self._woken.is_set()):
            self._idle.set()
        elif self._flights:
            self._idle.clear()

    def _look_after(self, rests: Iterable[datetime]) -> None:
        """Look again as soon as a chat that rests may be written to."""
        for until in rests:
            seconds = (until - self._clock.now()).total_seconds()
            asyncio.get_running_loop().call_later(max(0.0, seconds), self._wake_round)

    def _to_settle(self) -> list[Attempt]:
        # After a failure one at a time, so that one that cannot be written stops no other.
        ended = self._flights.ended
        number = 1 if self._trouble else len(ended)
        self._flights.ended = ended[number:]
        return ended[:number]

    def _keep(self, ended: list[Attempt], error: Exception) -> None:
        self._trouble = True
        # What went wrong with one alone is its own fault, unless the database is away.
        guilty = len(ended) == 1 and not is_unavailable(error)
        for attempt in ended:
            missed = self._missed.pop(attempt.row.id, 0) + guilty
            if missed < SETTLE_TRIES:
                self._missed[attempt.row.id] = missed
                self._flights.ended.append(attempt)
            else:
                log.error("delivery left to its lease", id=attempt.row.id)

    async def _claim_replies(self, c: Connection, lease_until: datetime) -> list[Claimed]:
        free = self._reply_places
        if free <= 0:
            return []
        now = self._clock.now()
        rows = await deliveries.claim(c, now, lease_until, free, REPLY_LANES)
        rows += await self._suspects.claim(c, now, lease_until, REPLY_LANES)
        return [(row, []) for row in rows]
