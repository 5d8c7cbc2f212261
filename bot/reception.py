"""Reception: what was written down is handled, in order in each chat, many chats at once.

Suspects, updates that were being handled when a process ended, are handled alone: the reception
begins nothing new, waits for what it has begun, and takes one. After each of them what is fresh has
its turn, so neither holds up the other for longer than one update takes.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Final

import structlog

from bot.clock import Clock
from bot.errors import code_of
from bot.figures import Figures
from bot.handling import Handle, Handling, Post, SetAside, wait_before_next
from bot.inbox import Received
from bot.logs import tell_failure
from storage import Connection, Database, deliveries, inbox
from storage.deliveries import Delivery
from storage.inbox import Arrival

AT_ONCE: Final = 32
LEASE: Final = timedelta(seconds=60)
"""After it another process takes an update over; a handler takes milliseconds."""

POLL_SECONDS: Final = 1.0
STEADY_SECONDS: Final = 10.0
"""A process that has run for so long takes the last try of a suspect. Messages that may be what
ends processes have their last try earlier: so the two never meet."""

log = structlog.get_logger(__name__)


class Reception:
    """Hands each update to `handle`; one that fails again and again goes to `set_aside`."""

    def __init__(  # noqa: PLR0913 - the parts that an update meets
        self,
        db: Database,
        clock: Clock,
        post: Post,
        handle: Handle,
        set_aside: SetAside,
        *,
        owner: str = "alone",
        figures: Figures | None = None,
        steady_seconds: float = STEADY_SECONDS,
    ) -> None:
        """Start nothing yet; `run` does. `owner` is this process among all of the database."""
        self._db, self._clock, self._post, self._owner = db, clock, post, owner
        self._handling = Handling(db, clock, post, handle, set_aside)
        self._figures = figures or Figures()
        self.backlog = 0
        self._busy: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._turn = asyncio.Lock()
        self._woken, self._idle = asyncio.Event(), asyncio.Event()
        self._behind = False
        self._suspects, self._fresh_turn, self._alone = 0, False, False
        self._steady_at = time.monotonic() + steady_seconds
        # After trouble this process may hold more in the ledger than it works on, and a commit may
        # have come through unheard: until when each of these updates was certainly ours.
        self._in_doubt = False
        self._unheard: dict[int, float] = {}
        self._open = self._stopping = False

    def open(self) -> None:
        """Begin to hand updates over; before that they are only written down."""
        self._open = True
        self._woken.set()

    async def recover(self, *, everything: bool = False) -> None:
        """Take over what a process that ended had begun; `everything`: leases that run, too."""
        async with self._db.write() as c:
            left = await inbox.recover(c, self._clock.now(), everything=everything)
        if left:
            log.warning("updates taken over", number=left)
            self._suspects += left
            self._woken.set()

    async def admit(self, updates: Sequence[Received]) -> None:
        """Write updates down and begin with those whose chat is free, in one transaction."""
        await self._round(updates)

    def committed(self, update_id: int, row: Delivery | None) -> None:
        """Learn that an update's transaction is committed, with the reply it has claimed."""
        self._handling.committed(update_id, row)

    async def run(self) -> None:
        """Take what is waiting, until `stop`: what an earlier process left, and leftovers."""
        while not self._stopping:
            try:
                await self._round(())
            except Exception as error:  # noqa: BLE001 - the database may come back
                tell_failure(log, "the inbox could not be read", error)
            try:
                await asyncio.wait_for(self._woken.wait(), POLL_SECONDS)
            except TimeoutError:
                continue

    @property
    def quiet(self) -> bool:
        """Whether nothing is to be done now."""
        return self._idle.is_set()

    async def idle(self) -> None:
        """Wait until nothing is being handled and nothing is known to wait."""
        await self._idle.wait()

    async def stop(self, seconds: float) -> None:
        """Begin nothing new and give what has begun this long to end."""
        self._stopping = True
        self._woken.set()
        end = time.monotonic() + seconds
        with suppress(TimeoutError):
            # What is being claimed at this moment has not begun yet, and its replies would be put
            # as on their way when nobody sends any more.
            async with asyncio.timeout(seconds), self._turn:
                pass
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=max(0.0, end - time.monotonic()))
        if self._in_doubt:
            try:
                await self._round(())
            except Exception as error:  # noqa: BLE001 - then the leases must run out
                tell_failure(log, "updates could not be given back", error)

    async def _round(self, updates: Sequence[Received]) -> None:
        async with self._turn:
            self._woken.clear()
            in_doubt, self._in_doubt = self._in_doubt, False
            try:
                chosen = await self._look(updates, in_doubt=in_doubt)
            except BaseException:
                self._in_doubt = True
                raise
            left = self.backlog - len(chosen) - len(self._busy)
            queued = any(chat in self._busy for _, chat, _ in updates)
            # A reply may be committed and its chat not free yet: then `left` is one too small,
            # so what was true stays true until no chat is busy.
            self._behind = left > 0 or queued or (self._behind and bool(self._busy))
            for arrival in chosen:
                self._begin(arrival)
        self._tell_idle()

    async def _look(self, updates: Sequence[Received], *, in_doubt: bool) -> list[Arrival]:
        """Write updates down and claim what is to be handled now, in one transaction."""
        steady = time.monotonic() >= self._steady_at
        unheard = dict(self._unheard) if in_doubt else {}
        async with self._db.write() as c:
            if in_doubt:
                await self._clear_up(c, unheard)
            if updates:
                self._count("received", len(updates))
                await inbox.receive(c, updates, self._clock.now())
            chosen = await self._choose(c, steady=steady)
            self.backlog, self._suspects = await inbox.backlog(c, steady=steady)
        for update_id in unheard:
            del self._unheard[update_id]
        if unheard:
            self._post.wake()
        return chosen

    async def _clear_up(self, c: Connection, unheard: Mapping[int, float]) -> None:
        """Give back what nobody works on, also replies that were put and not handed over."""
        await inbox.let_go(c, self._owner, self._busy)
        now = time.monotonic()
        ours = [update_id for update_id, until in unheard.items() if now < until]
        await deliveries.requeue_replies(c, ours)

    async def _choose(self, c: Connection, *, steady: bool) -> list[Arrival]:
        free = min(AT_ONCE, self._post.room(self._woken.set)) - len(self._busy)
        if free <= 0 or self._alone or self._stopping or not self._open:
            return []
        until = self._clock.now() + LEASE
        if self._suspects and not self._fresh_turn:
            if self._busy:
                return []  # until what has begun comes to its end
            self._fresh_turn = True
            suspect = await inbox.claim_suspect(c, self._owner, until, steady=steady)
            if suspect is not None:
                return [suspect]
        self._fresh_turn = False
        return await inbox.claim(c, self._owner, until, free, self._busy)

    def _begin(self, arrival: Arrival) -> None:
        self._busy.add(arrival.chat_id)
        self._alone = arrival.deaths > 0
        task = asyncio.create_task(self._one(arrival))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _one(self, arrival: Arrival) -> None:
        ours_until = time.monotonic() + LEASE.total_seconds()
        try:
            self._count(await self._handling.attempt(arrival))
        except Exception as error:  # noqa: BLE001 - logged without its text, which may be told
            self._behind = True
            self._count("crashed")
            log.warning("update crashed", update=arrival.update_id, code=code_of(error))
            later = asyncio.get_running_loop().call_later
            later(wait_before_next(arrival), self._give_back, arrival, ours_until)
        else:
            self._release(arrival.chat_id)

    def _give_back(self, arrival: Arrival, ours_until: float) -> None:
        """Let the next attempt be made, by the next transaction that works."""
        self._unheard[arrival.update_id] = ours_until
        self._in_doubt = True
        self._release(arrival.chat_id)

    def _count(self, outcome: str, number: int = 1) -> None:
        self._figures.updates.labels(outcome).inc(number)

    def _release(self, chat_id: int) -> None:
        self._busy.discard(chat_id)
        self._alone = False
        if self._behind:
            self._woken.set()
        self._tell_idle()

    def _tell_idle(self) -> None:
        if self._busy or self._behind:
            self._idle.clear()
        else:
            self._idle.set()
