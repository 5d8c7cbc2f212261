"""Updates on their way to the bot: the queue, its offsets and its one reader."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from bot.telegram_double.refusals import Refused, conflict

FIRST_UPDATE: Final = 700_000_001
LIFETIME: Final = timedelta(hours=24)
QUERY_LIFETIME: Final = timedelta(seconds=150)
MOST_AT_ONCE: Final = 100
NOT_BY_DEFAULT: Final = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
QUERY_QUEUES: Final = 3 << 33


@dataclass(frozen=True, slots=True)
class Waiting:
    """One update nobody has confirmed; updates of one queue keep their order in a webhook."""

    id: int
    kind: str
    payload: Mapping[str, Any]
    expires: datetime
    queue: int

    def as_json(self) -> dict[str, Any]:
        """Return an Update of the Bot API."""
        return {"update_id": self.id, self.kind: self.payload}


@dataclass(slots=True)
class Webhook:
    """Where updates are pushed to; no address means that they are polled for."""

    url: str = ""
    secret: str = ""
    connections: int = 40
    error: str = ""
    error_at: datetime | None = None


class UpdateQueue:
    """Keeps updates until the next ``getUpdates`` confirms them, or until they are too old."""

    def __init__(self, first: int = FIRST_UPDATE) -> None:
        self.waiting: list[Waiting] = []
        self.webhook = Webhook()
        self.allowed: frozenset[str] | None = None
        self._next = first
        self._poll: asyncio.Future[Refused | None] | None = None
        self.arrived = asyncio.Event()
        self.awaited = asyncio.Event()

    def add(self, kind: str, payload: Mapping[str, Any], queue: int, now: datetime) -> int:
        """Queue an update and return its identifier (0 when the bot does not want the kind)."""
        wanted = kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT
        if not wanted:
            return 0
        life = QUERY_LIFETIME if kind == "callback_query" else LIFETIME
        self.waiting.append(Waiting(self._next, kind, payload, now + life, queue))
        self._next += 1
        self.arrived.set()
        self._end_poll(None)
        return self._next - 1

    def allow(self, kinds: Sequence[str]) -> None:
        """Take the kinds of update the bot wants from now on; none means the usual ones."""
        self.allowed = frozenset(kinds) or None

    def fetch(self, offset: int, limit: int, now: datetime) -> list[dict[str, Any]]:
        """Confirm everything below the offset and return what follows.

        A negative offset counts from the end and forgets everything before. Raises Refused
        while a webhook is set.
        """
        if self.webhook.url:
            raise conflict(
                "can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first"
            )
        self.end_poll_for_another()
        self.expire(now)
        if offset < 0:
            self.waiting = self.waiting[offset:]
        self.waiting = [update for update in self.waiting if update.id >= offset]
        most = min(max(limit, 1), MOST_AT_ONCE)
        return [update.as_json() for update in self.waiting[:most]]

    def confirm(self, update_id: int) -> None:
        """Forget one update: the webhook took it."""
        self.waiting = [update for update in self.waiting if update.id != update_id]

    def expire(self, now: datetime) -> None:
        """Forget what is too old."""
        self.waiting = [update for update in self.waiting if update.expires > now]

    async def wait(self, seconds: float) -> None:
        """Wait for an update; raises Refused when another reader comes or a webhook is set."""
        poll: asyncio.Future[Refused | None] = asyncio.get_running_loop().create_future()
        self._poll = poll
        self.awaited.set()
        try:
            refused = await asyncio.wait_for(poll, seconds)
        except TimeoutError:
            return
        finally:
            if self._poll is poll:
                self._poll = None
                self.awaited.clear()
        if refused is not None:
            raise refused

    def end_poll_for_another(self) -> None:
        """Send the reader who waits away: there is one only, the newest."""
        words = "terminated by other getUpdates request; make sure that only one bot instance"
        self._end_poll(conflict(f"{words} is running"))

    def set_webhook(self, webhook: Webhook) -> None:
        """Push to an address from now on, or, with an empty one, wait to be asked."""
        self.webhook = webhook
        self._end_poll(conflict("terminated by setWebhook request"))
        self.arrived.set()

    def _end_poll(self, reason: Refused | None) -> None:
        poll, self._poll = self._poll, None
        self.awaited.clear()
        if poll is not None and not poll.done():
            poll.set_result(reason)
