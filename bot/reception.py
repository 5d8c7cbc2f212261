"""Reception: what was written down is handled, in order in each chat, many chats at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Final, Protocol

import structlog

from bot.clock import Clock
from bot.errors import code_of
from bot.figures import Figures
from bot.inbox import Received
from bot.logs import tell_failure
from storage import Connection, Database, inbox
from storage.deliveries import Delivery
from storage.inbox import Arrival

AT_ONCE: Final = 32
LEASE: Final = timedelta(seconds=60)
"""After it another process takes an update over; a handler takes milliseconds."""

ATTEMPTS: Final = 3
POLL_SECONDS: Final = 1.0
RETRY_WAITS: Final = (0.0, 0.2)
"""Seconds that a chat waits after the first and the second crash of one update."""

log = structlog.get_logger(__name__)


class KilledThrice(Exception):
    """The process ended three times while this update was being handled."""


class Post(Protocol):
    """Where replies go."""

    def send(self, row: Delivery | None) -> None:
        """Send a row that is claimed already, and whatever else is due."""
        ...


Handle = Callable[[Arrival], Awaitable[None]]
SetAside = Callable[[Arrival, Exception], Awaitable[None]]


class Reception:
    """Hands each update to `handle`; one that crashes three times goes to `set_aside`."""

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
    ) -> None:
        """Start nothing yet; `run` does. `owner` is this process among all of the database."""
        self._db, self._clock, self._post, self._owner = db, clock, post, owner
        self._handle, self._set_aside = handle, set_aside
        self._figures = figures or Figures()
        self._suspects = 0
        self.backlog = 0
        self._busy: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._answered: set[int] = set()
        self._turn = asyncio.Lock()
        self._woken, self._idle = asyncio.Event(), asyncio.Event()
        self._behind = False
        self._open = self._stopping = False

    def open(self) -> None:
        """Begin to hand updates over; before that they are only written down."""
        self._open = True
        self._woken.set()

    async def recover(self, *, everything: bool = False) -> None:
        """Take over what a process that ended had begun; `everything`: leases that run, too.

        One of these updates may be what ended it: each is handled alone, so that no other has to
        share its fate.
        """
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
        self._answered.add(update_id)
        self._post.send(row)

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
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)

    async def _round(self, updates: Sequence[Received]) -> None:
        async with self._turn:
            self._woken.clear()
            async with self._db.write() as c:
                if updates:
                    self._count("received", len(updates))
                    await inbox.receive(c, updates, self._clock.now())
                chosen = await self._choose(c)
                self.backlog = await inbox.backlog(c)
            left = self.backlog - len(chosen) - len(self._busy)
            queued = any(chat in self._busy for _, chat, _ in updates)
            # A reply may be committed and its chat not free yet: then `left` is one too small,
            # so what was true stays true until no chat is busy.
            self._behind = left > 0 or queued or (self._behind and bool(self._busy))
            for arrival in chosen:
                self._begin(arrival)
        self._tell_idle()

    async def _choose(self, c: Connection) -> list[Arrival]:
        free = AT_ONCE - len(self._busy) if self._open and not self._stopping else 0
        if self._suspects:
            free = 0 if self._busy else 1
        if not free:
            return []
        self._suspects = max(0, self._suspects - 1)
        now = self._clock.now()
        return await inbox.claim(c, self._owner, now + LEASE, free, self._busy)

    def _begin(self, arrival: Arrival) -> None:
        self._busy.add(arrival.chat_id)
        task = asyncio.create_task(self._one(arrival))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _one(self, arrival: Arrival) -> None:
        wait = 0.0
        try:
            self._count(await self._attempt(arrival))
        except Exception as error:  # noqa: BLE001 - logged without its text, which may be told
            wait = RETRY_WAITS[min(arrival.attempts, len(RETRY_WAITS)) - 1]
            self._behind = True
            self._count("crashed")
            log.warning("update crashed", update=arrival.update_id, code=code_of(error))
            await self._give_back(arrival)
        finally:
            self._answered.discard(arrival.update_id)
        if wait:
            asyncio.get_running_loop().call_later(wait, self._release, arrival.chat_id)
        else:
            self._release(arrival.chat_id)

    async def _attempt(self, arrival: Arrival) -> str:
        """Handle an update and return what became of it; raises what its handler raised."""
        try:
            await self._try(arrival)
        except inbox.Overtaken:
            return "overtaken"
        except Exception as error:
            if arrival.attempts < ATTEMPTS:
                raise
            await self._set_aside(arrival, error)
            return "set_aside"
        if arrival.update_id in self._answered:
            return "handled"
        async with self._db.write() as c:
            silent = await inbox.ignored(c, arrival.update_id, self._clock.now())
        if not silent:
            self._post.send(None)
        return "ignored" if silent else "handled"

    async def _try(self, arrival: Arrival) -> None:
        if arrival.attempts > ATTEMPTS:
            raise KilledThrice
        await self._handle(arrival)

    async def _give_back(self, arrival: Arrival) -> None:
        """Let the next attempt be made before the lease ends."""
        try:
            async with self._db.write() as c:
                await inbox.free(c, arrival.update_id, self._owner)
        except Exception as error:  # noqa: BLE001 - then the lease must run out
            tell_failure(log, "the ledger could not be written", error)

    def _count(self, outcome: str, number: int = 1) -> None:
        self._figures.updates.labels(outcome).inc(number)

    def _release(self, chat_id: int) -> None:
        self._busy.discard(chat_id)
        if self._behind:
            self._woken.set()
        self._tell_idle()

    def _tell_idle(self) -> None:
        if self._busy or self._behind:
            self._idle.clear()
        else:
            self._idle.set()
