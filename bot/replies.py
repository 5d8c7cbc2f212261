"""Replies: somebody waits for each, so they leave at once, as long as Telegram takes them all.

What was asked while nobody answered would else be answered in one burst, refused, and refused for
longer with every further burst.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final

WINDOW_SECONDS: Final = 1.05
AT_ONCE: Final = 8
"""So many of all processes leave at once; with more there is a crowd, which leaves evenly."""

CROWD_SECONDS: Final = 3.0
"""So long after the last of it a crowd is over."""

LEAST: Final = 8
"""So many a second a process may always send, whatever the others do."""

PAUSE_SECONDS: Final = 1.0
LANDING_SECONDS: Final = 0.02
"""A look at what is under way, where nothing else can make room."""


class Replies:
    """Turns for the replies of one process; the others are known by what they have told."""

    def __init__(self, most: int | None, monotonic: Callable[[], float]) -> None:
        """`most` may leave in a second, of all processes together; None: any number."""
        self._most, self._monotonic = most, monotonic
        self._under_way = 0
        self._landed: deque[float] = deque()
        self._others, self._crowd_until = 0, monotonic()
        self._heard_at = self._last = self._crowd_until - WINDOW_SECONDS
        self._turnstile = asyncio.Lock()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait until one more may leave, in the order of asking; within the context it does."""
        if self._most is None:
            yield  # nobody asks how many have left, so they are not kept
            return
        async with self._turnstile:
            while (seconds := self.seconds_to_next()) > 0:  # noqa: ASYNC110 - it is time
                await asyncio.sleep(seconds)
            self._last = self._monotonic()
            self._under_way += 1
        try:
            yield
        finally:
            # Telegram counted it at the latest now.
            self._under_way -= 1
            self._landed.append(self._monotonic())

    def refused(self, seconds: float) -> None:
        """Learn that Telegram wants no more for a while: from a crowd it means everybody.

        Where it means one chat, nobody else waits for longer than a moment.
        """
        now = self._monotonic()
        if now < self._crowd_until:
            self._last = max(self._last, now + min(seconds, PAUSE_SECONDS))

    def hear(self, everybody: int) -> None:
        """Learn how many replies have left all processes within the last second."""
        self._heard_at = self._forget()
        self._others = max(0, everybody - self._own)

    def seconds_to_next(self) -> float:
        """Return how long the next one has to wait."""
        if self._most is None:
            return 0.0
        now = self._forget()
        others = self._others if now - self._heard_at < WINDOW_SECONDS else 0
        if self._own + others >= AT_ONCE:
            self._crowd_until = now + CROWD_SECONDS
        if now >= self._crowd_until:
            return 0.0
        # Of a crowd each process sends its part, which is what it has sent until now.
        share = max(LEAST, self._most * self._own // max(1, self._own + others))
        return max(self._full(share, now), self._last + WINDOW_SECONDS / share - now)

    @property
    def _own(self) -> int:
        return self._under_way + len(self._landed)

    def _full(self, share: int, now: float) -> float:
        """Return in how many seconds there is a place among so many."""
        too_many = self._own - share
        if too_many < 0:
            return 0.0
        if too_many >= len(self._landed):
            return LANDING_SECONDS
        return self._landed[too_many] + WINDOW_SECONDS - now

    def _forget(self) -> float:
        """Return the time, with what left longer ago forgotten."""
        now = self._monotonic()
        while self._landed and self._landed[0] <= now - WINDOW_SECONDS:
            self._landed.popleft()
        return now
