"""Window: how many messages a server that counts strictly may see in one second."""

from __future__ import annotations

import asyncio
import math
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final

SECOND: Final = 1.02
"""Two clocks that agree about a second within two parts in a hundred."""

TRUSTED: Final = 5
"""From so many answers on the way is known; the first ones wait for their connections."""

CREEP: Final = 0.05
"""By this part a second the quickest way there and back may have become slower."""


class Window:
    """Places for the messages of one process, each taken until a second after it was counted.

    When a message leaves is known, and when its answer came; the server counted it in between. So
    a place is held until a second after the answer, less what the way there and back takes at the
    least: a process, a network or a server that stands still for a while then holds places
    longer, and what has piled up meanwhile cannot come too fast.
    """

    def __init__(self, most: int, monotonic: Callable[[], float]) -> None:
        """`most` places; times are monotonic seconds."""
        self._most, self._monotonic = most, monotonic
        self._under_way = 0
        self._free_at: deque[float] = deque()
        self._quickest, self._last, self._answers = 0.0, monotonic(), 0
        self._turnstile, self._answered = asyncio.Lock(), asyncio.Event()

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Wait for a place; within the context the message leaves and is answered."""
        async with self._turnstile:
            while self.full:
                await self._rest()
            self._under_way += 1
        left = self._monotonic()
        try:
            yield
        finally:
            self._leave(left)

    def squeeze_in(self) -> None:
        """Count a message that waits for nothing, from now on."""
        self._forget()
        self._free_at.append(self._monotonic() + SECOND)

    @property
    def full(self) -> bool:
        """Whether one more would be one too many."""
        self._forget()
        return self._under_way + len(self._free_at) >= self._most

    @property
    def least(self) -> float:
        """The seconds that the way there and back takes at the least, 0 before it is known."""
        return self._quickest if self._answers >= TRUSTED else 0.0

    def _forget(self) -> None:
        now = self._monotonic()
        while self._free_at and self._free_at[0] <= now:
            self._free_at.popleft()

    def _leave(self, left: float) -> None:
        now = self._monotonic()
        crept = self._quickest * (1 + CREEP * (now - self._last))
        self._quickest, self._last = min(now - left, crept or math.inf), now
        self._answers += 1
        self._under_way -= 1
        self._free_at.append(now + SECOND - self.least)
        self._answered.set()

    async def _rest(self) -> None:
        if self._free_at:
            await asyncio.sleep(self._free_at[0] - self._monotonic())
        else:
            self._answered.clear()
            await self._answered.wait()
