"""Handling: one update is tried, and comes to its end: answered, put away or set aside."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Final, Protocol, TypeAlias

from bot.clock import Clock
from storage import Database, inbox, is_unavailable
from storage.deliveries import Delivery
from storage.inbox import Arrival

ATTEMPTS: Final = 3
"""So many times its handler may raise an error."""

RETRY_WAITS: Final = (0.0, 0.2)
"""Seconds that a chat waits after the first and the second error of one update."""


class KilledThrice(Exception):
    """The process ended three times while this update was being handled, twice nothing else."""


class Post(Protocol):
    """Where replies go."""

    def send(self, row: Delivery, claimed_at: float) -> None:
        """Send a row that its writer has claimed, at these monotonic seconds or later."""
        ...

    def wake(self) -> None:
        """Look for what is due."""
        ...

    def room(self, again: Callable[[], None]) -> int:
        """Return how many replies may be put now; `again` is called when none were, and are."""
        ...


Handle: TypeAlias = Callable[[Arrival], Awaitable[None]]
SetAside: TypeAlias = Callable[[Arrival, Exception], Awaitable[None]]


class Handling:
    """Hands an update to `handle`; one that fails again and again goes to `set_aside`."""

    def __init__(
        self, db: Database, clock: Clock, post: Post, handle: Handle, set_aside: SetAside
    ) -> None:
        """Start nothing."""
        self._db, self._clock, self._post = db, clock, post
        self._handle, self._set_aside = handle, set_aside
        self._answered: set[int] = set()
        self._begun: dict[int, float] = {}

    def committed(self, update_id: int, row: Delivery | None) -> None:
        """Learn that an update's transaction is committed, with the reply it has claimed."""
        self._answered.add(update_id)
        if row is None:
            self._post.wake()
        else:
            self._post.send(row, self._begun[update_id])

    async def attempt(self, arrival: Arrival) -> str:
        """Handle an update and return what became of it; raises what its handler raised."""
        self._begun[arrival.update_id] = time.monotonic()
        try:
            await self._try(arrival)
            if arrival.update_id not in self._answered:
                return await self._put_away(arrival)
        except inbox.Overtaken:
            return "overtaken"
        except Exception as error:
            if not _is_hopeless(arrival, error):
                raise
            await self._set_aside(arrival, error)
            return "set_aside"
        finally:
            self._answered.discard(arrival.update_id)
            self._begun.pop(arrival.update_id, None)
        return "handled"

    async def _try(self, arrival: Arrival) -> None:
        if arrival.deaths >= inbox.DEATHS:
            raise KilledThrice
        await self._handle(arrival)

    async def _put_away(self, arrival: Arrival) -> str:
        async with self._db.write() as c:
            silent = await inbox.ignored(c, arrival.update_id, self._clock.now())
        if not silent:
            self._post.wake()
        return "ignored" if silent else "handled"


def wait_before_next(arrival: Arrival) -> float:
    """Return the seconds that the chat of an update waits after an error."""
    return RETRY_WAITS[min(_errors(arrival), len(RETRY_WAITS)) - 1]


def _is_hopeless(arrival: Arrival, error: Exception) -> bool:
    if isinstance(error, KilledThrice):
        return True
    # When the database is away, busy or full, that is no fault of the update.
    return _errors(arrival) >= ATTEMPTS and not is_unavailable(error)


def _errors(arrival: Arrival) -> int:
    """Return how many attempts ended with an error, if the present one does."""
    return arrival.attempts - arrival.deaths
