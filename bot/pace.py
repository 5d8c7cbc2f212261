"""Pace: how fast messages that nobody waits for may leave, all processes of a bot together."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final

from bot.replies import WINDOW_SECONDS, Replies
from bot.window import Window
from storage import Connection, pace
from storage.pace import Limits

PER_CHAT_SECONDS: Final = 1.0
MANY_CHATS: Final = 4096
READY_SECONDS: Final = 0.15
"""From a turn to the departure: as long for all, or commit and rendering would bunch them up."""

LATE_SECONDS: Final = 0.03
"""An answer that comes later than this after its time may have been counted out of its turn."""

SLOW: Final = 100
"""A pace up to this many a second can afford that wait."""

TELL_EVERY: Final = 0.1
"""Seconds between two counts of replies, where another process may be sending bulk."""

FASTEST_PAID: Final = 1000
PAID_CUT: Final = 0.9
PAID_RECOVERY_SECONDS: Final = 20
"""From nothing to the full paid rate; a refusal there is a little too much of a great deal."""


class Pace:
    """The pace that all processes share, seen from one: it is one row of the database.

    The row grants slots to bulk, a few at a time, and knows how many replies have left: bulk gets
    what they leave. After each "too many requests" everybody's bulk pauses, the rate is cut once
    and then slowly raised again. What each chat allows is seen to by its rests; between two bulk
    messages of one person a process leaves a second besides, without asking the database.
    """

    def __init__(
        self,
        bot: str,
        limits: Limits | None = None,
        per_chat_seconds: float = PER_CHAT_SECONDS,
        monotonic: Callable[[], float] = time.monotonic,
        *,
        most_replies: int | None = None,
    ) -> None:
        """`bot` names the row; times are monotonic seconds; None: replies have no limit."""
        self._bot, self._limits = bot, limits or Limits()
        self._apart, self._monotonic = per_chat_seconds, monotonic
        self._ready = READY_SECONDS if self._limits.most <= SLOW else 0.0
        self._next = self._told = self.leave_at = monotonic()
        self._paused_until = self._next
        self._refused_until = self._telling = 0.0
        self._replied: deque[float] = deque(maxlen=self._limits.per_window)
        self._late: deque[float] = deque(maxlen=self._limits.per_window)
        self._replies = Replies(most_replies, monotonic)
        self.window = Window(self._limits.per_window, monotonic)
        self._chats: dict[int, float] = {}

    async def grant(self, c: Connection, wanted: int) -> int:
        """Return how many of the wanted messages may leave now, and count them as gone."""
        if self.paused:
            return 0
        given = await pace.take(c, self._bot, wanted, self._limits)
        now = self._monotonic()
        self._next, self.leave_at = now + given.wait, now + self._ready
        if given.paused:
            self._paused_until = max(self._paused_until, self._next)
        return given.granted

    async def give_back(self, c: Connection, unused: int) -> None:
        """Take back what was granted and found nothing to send."""
        if unused > 0:
            await pace.give_back(c, self._bot, unused, self._limits)

    @asynccontextmanager
    async def reply(self) -> AsyncIterator[None]:
        """Within the context a reply leaves: at once, unless as many leave as Telegram takes."""
        async with self._replies.turn():
            self.replied()
            yield

    def replied(self) -> None:
        """Note that a reply leaves now: bulk keeps out of its way."""
        self._replied.append(self._monotonic())
        self.window.squeeze_in()

    async def tell(self, c: Connection, *, sending: bool, alone: bool) -> None:
        """Write down what happened since the last time: penalties, replies, and who came late.

        Replies matter to whoever sends bulk: when that can only be this process, then not before
        it does. A penalty is told until it is `told`.
        """
        now, self._telling = self._monotonic(), self._refused_until
        if self._telling:
            await pace.pause(c, self._bot, max(0.0, self._telling - now), self._limits)
        if alone:
            self._late.clear()  # the window has seen to it
        news = [*self._replied, *self._late]
        if news and (sending or (not alone and now - self._told >= TELL_EVERY)):
            self._told = now
            left = sum(at > now - WINDOW_SECONDS for at in news)
            self._replied.clear()
            self._late.clear()
            if left:
                self._replies.hear(await pace.count(c, self._bot, left, self._limits))

    def told(self) -> None:
        """Learn that what `tell` wrote is committed."""
        if self._refused_until == self._telling:  # no later refusal has come since
            self._refused_until = 0.0

    def seconds_to_next(self) -> float:
        """Return how long until something may leave."""
        return max(0.0, max(self._next, self._paused_until) - self._monotonic())

    @property
    def paused(self) -> bool:
        """Whether Telegram has asked for a pause that is not over."""
        return self._monotonic() < self._paused_until

    def slow_down(self, seconds: float) -> None:
        """Pause for as long as Telegram asks; the other processes learn it by `tell`."""
        self._refused_until = max(self._refused_until, self._monotonic() + seconds)
        self._paused_until = max(self._paused_until, self._refused_until)
        self._replies.refused(seconds)

    async def until(self, leave_at: float) -> None:
        """Wait for the moment of a turn, which the pace named when it was granted.

        Turns are granted evenly, but rendering would bunch them up again.
        """
        await asyncio.sleep(max(0.0, leave_at - self._monotonic()))

    @asynccontextmanager
    async def departure(self, leave_at: float) -> AsyncIterator[None]:
        """Wait for a place; within the context the message whose turn has come leaves.

        The other processes are told of an answer that came late.
        """
        try:
            async with self.window.place():
                yield
        finally:
            now = self._monotonic()
            # At a quick pace it is a matter of counts, not of moments.
            if self._ready and now > leave_at + self.window.least + LATE_SECONDS:
                self._late.append(now)

    def chat_wait(self, chat_id: int) -> float:
        """Return how long a person must wait for the next message, and count that one."""
        now = self._monotonic()
        at = max(now, self._chats.pop(chat_id, now - self._apart) + self._apart)
        if len(self._chats) >= MANY_CHATS:
            self._chats = {c: t for c, t in self._chats.items() if t + self._apart > now}
        self._chats[chat_id] = at
        return at - now


def paid_limits(per_second: float) -> Limits:
    """Return the limits of announcements that are paid for, a message each."""
    return Limits(
        per_window=FASTEST_PAID,
        window=WINDOW_SECONDS,
        most=per_second,
        cut=PAID_CUT,
        recovery=per_second / PAID_RECOVERY_SECONDS,
    )
