"""In: updates are asked for, written down, and only then confirmed to Telegram."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any, Final, TypeAlias, TypeVar

import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.figures import Figures
from bot.logs import tell_failure
from bot.outcomes import asked_wait
from bot.transport import Line

LONG_POLL_SECONDS: Final = 30
BATCH: Final = 100
ALLOWED_UPDATES: Final = ("message", "edited_message", "callback_query", "my_chat_member")
WEBHOOK_IS_SET: Final = "webhook is active"
TWO_PROGRAMS: Final = "another program uses the same token; stop it, or revoke the token"
OF_MESSAGE: Final = frozenset({"message_id", "chat", "message_thread_id", "is_topic_message"})
"""What is kept of the message above a pressed button."""

LONGEST_REST: Final = 30.0
"""Seconds between two tries after many failures."""

LONGEST_REST_OF_OURS: Final = 1.0
"""The same when our database failed: it is near, and people wait when it is back."""

Payload: TypeAlias = dict[str, Any]
Received: TypeAlias = tuple[int, int, Payload]
"""Number of the update, chat in which order must be kept, the update as Telegram sent it."""

Result = TypeVar("Result")
log = structlog.get_logger(__name__)


class Poller:
    """Asks Telegram for updates, one batch after the other.

    `admit` writes a batch down and returns after the commit; only then the next request, which
    confirms the batch, is made. A kill at any point loses nothing: what was not confirmed comes
    again, and what comes again is known by its number.
    """

    def __init__(
        self,
        line: Line,
        admit: Callable[[Sequence[Received]], Awaitable[None]],
        rest: Callable[[float], Coroutine[Any, Any, None]] = asyncio.sleep,
        figures: Figures | None = None,
    ) -> None:
        """Use a line of its own: a long poll occupies its connection."""
        self._line = line
        self._admit = admit
        self._rest = rest
        self._figures = figures or Figures()
        self._allowed = asyncio.Event()
        self.asked = asyncio.Event()
        """Whether updates were ever asked for."""
        self._polled = False
        self._offset: int | None = None
        self._failures = 0
        self._stopping = False
        self._waiting: asyncio.Task[Any] | None = None

    async def run(self) -> None:
        """Poll until `stop`, whenever allowed; raise InvalidToken for a token that is refused."""
        while not self._stopping:
            try:
                await self._interruptibly(self._allowed.wait())
                await self._once()
            except asyncio.CancelledError:
                if self._allowed.is_set() and not self._stopping:
                    raise
            except InvalidToken:
                raise
            except Exception as error:  # noqa: BLE001 - the network or the database: try again
                await self._after(error)

    def begin(self) -> None:
        """Ask from now on: no other process does."""
        self._polled = False
        self._allowed.set()

    def pause(self) -> None:
        """Ask no more, another process does; what is being written down is written to the end."""
        self._allowed.clear()
        if self._waiting is not None:
            self._waiting.cancel()

    def stop(self) -> None:
        """End the present wait. A batch that is being written down is written to the end."""
        self._stopping = True
        if self._waiting is not None:
            self._waiting.cancel()

    async def _once(self) -> None:
        updates = await self._interruptibly(self._ask())
        if updates:
            await self._admit([(u["update_id"], chat_of(u), kept(u)) for u in updates])
            self._offset = updates[-1]["update_id"] + 1
        self._failures, self._polled = 0, True

    async def _ask(self) -> list[Payload]:
        self.asked.set()
        updates: list[Payload] = await self._line.call(
            "getUpdates",
            offset=self._offset,
            limit=BATCH,
            timeout=LONG_POLL_SECONDS,
            allowed_updates=list(ALLOWED_UPDATES),
        )
        return updates

    async def _after(self, error: Exception) -> None:
        self._failures += 1
        if isinstance(error, Conflict):
            await self._settle_conflict(error)
        elif isinstance(error, TelegramError):
            log.warning("no updates from Telegram", problem=str(error), failures=self._failures)
        else:
            tell_failure(log, "updates could not be written down", error)
        try:
            await self._interruptibly(self._rest(self._rest_seconds(error)))
        except asyncio.CancelledError:
            if self._allowed.is_set() and not self._stopping:
                raise

    async def _settle_conflict(self, error: Conflict) -> None:
        """Take a webhook away that was there before us; anything else is for people to settle."""
        if WEBHOOK_IS_SET in error.message.lower() and not self._polled:
            self._polled = True
            log.warning("a webhook was set; it is taken away, since updates are asked for")
            try:
                await self._line.call("deleteWebhook")
            except TelegramError as refused:
                log.warning("the webhook is still set", problem=str(refused))
            return
        self._figures.conflicts.inc()
        log.error(TWO_PROGRAMS)

    def _rest_seconds(self, error: Exception) -> float:
        if isinstance(error, RetryAfter):
            return asked_wait(error).total_seconds()
        longest = LONGEST_REST if isinstance(error, TelegramError) else LONGEST_REST_OF_OURS
        longest = min(longest, 0.5 * 2 ** min(self._failures, 8))
        return random.uniform(longest / 2, longest)  # noqa: S311 - only spreads the load

    async def _interruptibly(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Do what `stop` may cut short: never anything that holds a transaction."""
        task = asyncio.create_task(work)
        self._waiting = task
        try:
            return await task
        finally:
            self._waiting = None


def chat_of(update: Payload) -> int:
    """Return the chat in which an update must keep its place; 0 where there is none."""
    for kind in ALLOWED_UPDATES:
        event = update.get(kind)
        if isinstance(event, dict):
            place = event.get("message", event) if kind == "callback_query" else event
            chat = place.get("chat") or event.get("from") or {}
            return int(chat.get("id", 0))
    return 0


def kept(update: Payload) -> Payload:
    """Return an update with no more of the message above a pressed button than where it is.

    We wrote that message ourselves, and reading it again costs more than the press itself.
    """
    query = update.get("callback_query")
    if not isinstance(query, dict) or not isinstance(query.get("message"), dict):
        return update
    place = {name: value for name, value in query["message"].items() if name in OF_MESSAGE}
    return {**update, "callback_query": {**query, "message": place}}
