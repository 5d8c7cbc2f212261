"""In: updates are asked for, written down, and only then confirmed to Telegram."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any, Final, TypeAlias, TypeVar

import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.logs import tell_failure
from bot.outcomes import asked_wait
from bot.transport import Line

LONG_POLL_SECONDS: Final = 30
BATCH: Final = 100
ALLOWED_UPDATES: Final = ("message", "callback_query", "my_chat_member")
LONGEST_REST: Final = 30.0
"""Seconds between two tries after many failures."""

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
    ) -> None:
        """Use a line of its own: a long poll occupies its connection."""
        self._line = line
        self._admit = admit
        self._rest = rest
        self._offset: int | None = None
        self._failures = 0
        self._stopping = False
        self._waiting: asyncio.Task[Any] | None = None

    async def run(self) -> None:
        """Poll until `stop`; raise InvalidToken when Telegram refuses the token."""
        while not self._stopping:
            try:
                await self._once()
            except asyncio.CancelledError:
                if not self._stopping:
                    raise
            except InvalidToken:
                raise
            except Exception as error:  # noqa: BLE001 - the network or the database: try again
                await self._after(error)

    def stop(self) -> None:
        """End the present wait. A batch that is being written down is written to the end."""
        self._stopping = True
        if self._waiting is not None:
            self._waiting.cancel()

    async def _once(self) -> None:
        updates = await self._interruptibly(
            self._line.call(
                "getUpdates",
                offset=self._offset,
                limit=BATCH,
                timeout=LONG_POLL_SECONDS,
                allowed_updates=list(ALLOWED_UPDATES),
            )
        )
        if updates:
            await self._admit([(u["update_id"], chat_of(u), u) for u in updates])
            self._offset = updates[-1]["update_id"] + 1
        self._failures = 0

    async def _after(self, error: Exception) -> None:
        self._failures += 1
        if isinstance(error, Conflict):
            log.warning("another program polls with the same token; stop it, or revoke the token")
        elif isinstance(error, TelegramError):
            log.warning("no updates from Telegram", problem=str(error), failures=self._failures)
        else:
            tell_failure(log, "updates could not be written down", error)
        try:
            await self._interruptibly(self._rest(self._rest_seconds(error)))
        except asyncio.CancelledError:
            if not self._stopping:
                raise

    def _rest_seconds(self, error: Exception) -> float:
        if isinstance(error, RetryAfter):
            return asked_wait(error).total_seconds()
        longest = min(LONGEST_REST, 0.5 * 2 ** min(self._failures, 8))
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
