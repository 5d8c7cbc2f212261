"""Floods: who sends faster than anybody reads is answered at first, warned once, then not heard.

A flood would fill the inbox, whose depth is a limit for everybody, and its answers the chat, to
which one a second may leave, for hours. Groups are not judged: many people write there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Any, Final, TypeAlias

import structlog

from bot.errors import beside_a_press, reader_of
from bot.handling import Handle
from erasmus.words import Language
from storage import Database, deliveries, inbox
from storage.deliveries import Draft, Lane
from storage.inbox import Arrival

AT_ONCE: Final = 20
PER_SECOND: Final = 2.0
"""A person may send as many at once, and so many a second later on."""

HEARD_AGAIN: Final = AT_ONCE / 2
"""Who was warned is heard again once as many might be sent at once: after five quiet seconds."""

UNHEARD_SECONDS: Final = 0.005
"""What is not heard comes to its end this slowly: nobody else is to wait for its transactions."""

MANY_CHATS: Final = 4096
WRITTEN: Final = ("message", "edited_message")

Warn: TypeAlias = Callable[[Language], dict[str, Any]]
"""Makes the body of the warning."""

log = structlog.get_logger(__name__)


class Heard(Enum):
    """What becomes of an update."""

    YES = auto()
    WARN = auto()
    NO = auto()


@dataclass(frozen=True, slots=True)
class _Allowance:
    """How much a person might send at once at a moment."""

    left: float
    at: float
    warned: bool = False

    def later(self, at: float) -> _Allowance:
        """Return what it has grown to."""
        left = min(AT_ONCE, self.left + max(0.0, at - self.at) * PER_SECOND)
        return _Allowance(left, max(at, self.at), self.warned and left < HEARD_AGAIN)


class Floods:
    """Stands before the handlers; it forgets everything with the process."""

    def __init__(
        self, db: Database, now: Callable[[], datetime], handle: Handle, warning: Warn
    ) -> None:
        """`handle` gets what is heard."""
        self._db, self._now, self._handle, self._warning = db, now, handle, warning
        self._allowances: dict[int, _Allowance] = {}

    async def handle(self, arrival: Arrival) -> None:
        """Handle an update, warn its sender, or pass it over; raises what its handler raised."""
        heard = self._judge(arrival)
        if heard is Heard.YES:
            await self._handle(arrival)
        elif heard is Heard.WARN:
            await self._warn(arrival)
        else:
            await asyncio.sleep(UNHEARD_SECONDS)

    def _judge(self, arrival: Arrival) -> Heard:
        at = _sent_at(arrival)
        if at is None or arrival.chat_id < 0 or arrival.attempts > 1:
            return Heard.YES
        now = self._allowances.pop(arrival.chat_id, _Allowance(AT_ONCE, at)).later(at)
        left = max(0.0, now.left - 1)
        if len(self._allowances) >= MANY_CHATS:
            self._forget_the_quiet(at)
        self._allowances[arrival.chat_id] = _Allowance(left, now.at, now.warned or now.left < 1)
        if now.warned:
            return Heard.NO
        return Heard.WARN if now.left < 1 else Heard.YES

    def _forget_the_quiet(self, at: float) -> None:
        self._allowances = {
            chat: allowance
            for chat, allowance in self._allowances.items()
            if allowance.later(at).left < AT_ONCE
        }

    async def _warn(self, arrival: Arrival) -> None:
        log.warning("flood", chat=arrival.chat_id)
        now = self._now()
        async with self._db.write() as c:
            if not await inbox.handled(c, arrival.update_id, now):
                raise inbox.Overtaken
            body = self._warning(await reader_of(c, arrival)) | beside_a_press(arrival)
            key = deliveries.reply_key(arrival.update_id, 0)
            draft = Draft(key, Lane.REPLY, arrival.chat_id, "screen", body, due_at=now)
            await deliveries.put(c, draft, now)


def _sent_at(arrival: Arrival) -> float | None:
    """Return when a person sent it; None for what nobody sends.

    What was sent while the assistant was away comes all at once, and was no flood: a message says
    when it was written.
    """
    if "callback_query" in arrival.payload:
        return arrival.received_at.timestamp()
    written: Mapping[str, Any] | None = next(
        (arrival.payload[kind] for kind in WRITTEN if kind in arrival.payload), None
    )
    return None if written is None else float(written.get("edit_date") or written["date"])
