"""Pace: how fast messages that nobody waits for may leave."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

PER_SECOND: Final = 26.0
"""Of about 30 a second that Telegram allows; the rest is for replies."""

PER_CHAT_SECONDS: Final = 1.0
CUT: Final = 0.7
RECOVERY: Final = 0.5
"""Messages a second that the pace regains with each second without a refusal."""

MANY_CHATS: Final = 4096


class Pace:
    """Spaces bulk messages evenly, with at most one slot of catch-up.

    Telegram's real limit is not published: after each "too many requests" the pace is cut and
    then slowly raised again. Times are monotonic seconds.
    """

    def __init__(
        self,
        per_second: float = PER_SECOND,
        per_chat_seconds: float = PER_CHAT_SECONDS,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Start at full pace."""
        self._apart = per_chat_seconds
        self._most = self._rate = per_second
        self._monotonic = monotonic
        self._next = self._paused_until = self._looked = monotonic()
        self._chats: dict[int, float] = {}

    def grant(self, wanted: int) -> int:
        """Return how many of the wanted messages may leave now, and count them as gone.

        What then turns out not to be there is given back.
        """
        now = self._recover()
        granted = 0
        while granted < wanted and now >= self._paused_until and self._next <= now:
            step = 1 / self._rate
            self._next = max(self._next, now - step) + step
            granted += 1
        return granted

    def give_back(self, unused: int) -> None:
        """Take back what was granted and found nothing to send."""
        self._next -= unused / self._rate

    def seconds_to_next(self) -> float:
        """Return how long until something may leave."""
        return max(0.0, max(self._next, self._paused_until) - self._monotonic())

    @property
    def paused(self) -> bool:
        """Whether Telegram has asked for a pause that is not over."""
        return self._monotonic() < self._paused_until

    def slow_down(self, seconds: float) -> None:
        """Pause for as long as Telegram asks; one cut for each pause."""
        now = self._recover()
        if now >= self._paused_until:
            self._rate = max(1.0, self._rate * CUT)
        self._paused_until = max(self._paused_until, now + seconds)

    def chat_wait(self, chat_id: int) -> float:
        """Return how long a chat must wait for its next message, and count that one."""
        now = self._monotonic()
        at = max(now, self._chats.pop(chat_id, now - self._apart) + self._apart)
        if len(self._chats) >= MANY_CHATS:
            self._chats = {c: t for c, t in self._chats.items() if t + self._apart > now}
        self._chats[chat_id] = at
        return at - now

    def _recover(self) -> float:
        now = self._monotonic()
        quiet = now - max(self._looked, self._paused_until)
        if quiet > 0:
            self._rate = min(self._most, self._rate + RECOVERY * quiet)
        self._looked = now
        return now
