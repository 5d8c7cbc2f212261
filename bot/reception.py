"""Reception: what was written down is handled, in order in each chat, many chats at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Protocol

import structlog

from bot.clock import Clock
from bot.errors import code_of
from bot.inbox import Received
from bot.logs import tell_failure
from storage import Connection, Database, inbox
from storage.deliveries import Delivery
from storage.inbox import Arrival

AT_ONCE: Final = 32
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

    def __init__(
        self, db: Database, clock: Clock, post: Post, handle: Handle, set_aside: SetAside
    ) -> None:
        """Start nothing yet; `run` does."""
        self._db, self._clock, self._post = db, clock, post
        self._handle, self._set_aside = handle, set_aside
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
                    await inbox.receive(c, updates, self._clock.now())
                chosen = await self._choose(c)
                left = await inbox.backlog(c) - len(chosen) - len(self._busy)
            queued = any(chat in self._busy for _, chat, _ in updates)
            # A reply may be committed and its chat not free yet: then `left` is one too small,
            # so what was true stays true until no chat is busy.
            self._behind = left > 0 or queued or (self._behind and bool(self._busy))
            for arrival, attempts in chosen:
                self._begin(arrival, attempts)
        self._tell_idle()

    async def _choose(self, c: Connection) -> list[tuple[Arrival, int]]:
        free = AT_ONCE - len(self._busy) if self._open and not self._stopping else 0
        waiting = await inbox.waiting(c, self._busy, free) if free else []
        taken = await inbox.take(c, [a.update_id for a in waiting]) if waiting else {}
        return [(a, taken[a.update_id]) for a in waiting if a.update_id in taken]

    def _begin(self, arrival: Arrival, attempts: int) -> None:
        self._busy.add(arrival.chat_id)
        task = asyncio.create_task(self._one(arrival, attempts))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _one(self, arrival: Arrival, attempts: int) -> None:
        wait = 0.0
        try:
            await self._attempt(arrival, attempts)
        except Exception as error:  # noqa: BLE001 - logged without its text, which may be told
            wait = RETRY_WAITS[min(attempts, len(RETRY_WAITS)) - 1]
            self._behind = True
            log.warning("update crashed", update=arrival.update_id, code=code_of(error))
        finally:
            self._answered.discard(arrival.update_id)
        if wait:
            asyncio.get_running_loop().call_later(wait, self._release, arrival.chat_id)
        else:
            self._release(arrival.chat_id)

    async def _attempt(self, arrival: Arrival, attempts: int) -> None:
        if attempts > ATTEMPTS:
            await self._set_aside(arrival, KilledThrice())
            return
        try:
            await self._handle(arrival)
        except Exception as error:
            if attempts < ATTEMPTS:
                raise
            await self._set_aside(arrival, error)
            return
        if arrival.update_id not in self._answered:
            async with self._db.write() as c:
                silent = await inbox.ignored(c, arrival.update_id, self._clock.now())
            if not silent:
                self._post.send(None)

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
