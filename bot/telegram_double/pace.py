"""How fast a bot may speak: to everybody, to one chat, to one group."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil

from bot.telegram_double.refusals import too_many

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
LONGEST_PENALTY = 60


@dataclass(slots=True)
class _Window:
    """At most ``most`` events in any ``span``."""

    most: int
    span: timedelta
    events: deque[datetime] = field(default_factory=deque)

    def wait(self, now: datetime) -> float:
        """Return the seconds until there is room, 0 when there is."""
        while self.events and self.events[0] <= now - self.span:
            self.events.popleft()
        if len(self.events) < self.most:
            return 0.0
        return (self.events[0] + self.span - now).total_seconds()


@dataclass(slots=True)
class _Bucket:
    """``rate`` events a second on the long run, ``most`` of them at once."""

    most: float
    rate: float
    level: float
    filled: datetime

    def wait(self, now: datetime) -> float:
        """Return the seconds until one event fits, 0 when it does."""
        past = max(0.0, (now - self.filled).total_seconds())
        self.level = min(self.most, self.level + past * self.rate)
        self.filled = max(now, self.filled)
        return 0.0 if self.level >= 1 else (1 - self.level) / self.rate


@dataclass(slots=True)
class _Penalty:
    until: datetime
    last: datetime
    strikes: int = 0


class Pace:
    """Telegram's limits on speed, each of which can be changed.

    Edits count among the messages to everybody, not among those to their chat. Who goes on
    after a refusal waits twice as long each time, up to a minute; a quiet minute forgives.
    """

    def __init__(  # noqa: PLR0913 - as many limits as Telegram has
        self,
        *,
        everywhere: int = 30,
        chat_per_second: float = 1.0,
        chat_burst: int = 3,
        group_per_minute: int = 20,
        topics_per_minute: int = 20,
        enforced: bool = True,
    ) -> None:
        self.enforced = enforced
        self._chat_per_second = chat_per_second
        self._chat_burst = chat_burst
        self._group_per_minute = group_per_minute
        self._everywhere = _Window(everywhere, SECOND)
        self._topics_per_minute = topics_per_minute
        self._topics: dict[int, _Window] = {}
        self._chats: dict[int, _Bucket] = {}
        self._groups: dict[int, _Window] = {}
        self._penalties: dict[int, _Penalty] = {}
        self.most_in_a_second = 0

    @classmethod
    def telegram(cls) -> "Pace":
        """Return the limits of the official servers."""
        return cls()

    @classmethod
    def off(cls) -> "Pace":
        """Return no limits: for a clock that stands still."""
        return cls(enforced=False)

    def spend(self, chat_id: int, now: datetime, *, edit: bool = False) -> None:
        """Count one message to a chat (a group when the id is negative).

        Raises Refused with the seconds to wait; a refused message is not counted.
        """
        if not self.enforced:
            return
        self._serve_penalty(0, now)
        self._serve_penalty(chat_id, now)
        self._need(0, self._everywhere.wait(now), now)
        if not edit:
            self._need(chat_id, self._chat_wait(chat_id, now), now)
            self._count(chat_id, now)
        self._everywhere.events.append(now)
        self.most_in_a_second = max(self.most_in_a_second, len(self._everywhere.events))

    def open_topic(self, chat_id: int, now: datetime) -> None:
        """Count one new topic of a group; raises Refused as `spend` does."""
        if not self.enforced:
            return
        self._serve_penalty(chat_id, now)
        opened = self._topics.setdefault(chat_id, _Window(self._topics_per_minute, MINUTE))
        self._need(chat_id, opened.wait(now), now)
        opened.events.append(now)

    def _chat_wait(self, chat_id: int, now: datetime) -> float:
        waits = [self._bucket(chat_id, now).wait(now)]
        if chat_id < 0:
            waits.append(self._group(chat_id).wait(now))
        return max(waits)

    def _count(self, chat_id: int, now: datetime) -> None:
        self._bucket(chat_id, now).level -= 1
        if chat_id < 0:
            self._group(chat_id).events.append(now)

    def _bucket(self, chat_id: int, now: datetime) -> _Bucket:
        if chat_id not in self._chats:
            burst = self._chat_burst
            self._chats[chat_id] = _Bucket(burst, self._chat_per_second, burst, now)
        return self._chats[chat_id]

    def _group(self, chat_id: int) -> _Window:
        return self._groups.setdefault(chat_id, _Window(self._group_per_minute, MINUTE))

    def _serve_penalty(self, key: int, now: datetime) -> None:
        penalty = self._penalties.get(key)
        if penalty is not None and now < penalty.until:
            raise too_many(ceil((penalty.until - now).total_seconds()))

    def _need(self, key: int, wait: float, now: datetime) -> None:
        if wait <= 0:
            return
        penalty = self._penalties.setdefault(key, _Penalty(now, now))
        penalty.strikes = 0 if now - penalty.last > MINUTE else penalty.strikes
        seconds = max(ceil(wait), min(2**penalty.strikes, LONGEST_PENALTY))
        penalty.until, penalty.last = now + timedelta(seconds=seconds), now
        penalty.strikes += 1
        raise too_many(seconds)
