"""Webhook: updates that Telegram pushes are answered with 200 only when they are written down."""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, Final, Protocol

import structlog
from aiohttp import web

from bot.inbox import Received, chat_of, kept
from bot.logs import tell_failure

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - its name
LARGEST_BODY: Final = 1 << 20
"""Bytes; the application that `receive` is put into must keep to it."""

PATIENCE: Final = 20.0
"""Seconds for the database; Telegram waits a minute and then tries again."""

log = structlog.get_logger(__name__)


class Inbox(Protocol):
    """Where updates are written down."""

    backlog: int
    """How many were not handled when somebody looked last."""

    async def admit(self, updates: Sequence[Received]) -> None:
        """Write updates down; return after the commit."""
        ...


class Webhook:
    """Takes pushed updates. What comes together is written in one transaction.

    While more than `limit` updates wait to be handled Telegram is asked to keep the rest, which it
    does for a day.
    """

    def __init__(self, secrets: Sequence[str], inbox: Inbox, limit: int) -> None:
        """Take any of the secrets: during a rotation there are two."""
        self._secrets = [secret.encode() for secret in secrets]
        self._inbox, self._limit = inbox, limit
        self._turn = asyncio.Lock()
        self._next: _Batch | None = None

    async def receive(self, request: web.Request) -> web.Response:
        """Answer one push: 200 written down, 503 not now, 4xx not Telegram."""
        if not self._knows(request.headers.get(SECRET_HEADER, "")):
            return web.Response(status=HTTPStatus.FORBIDDEN)
        if request.content_type != "application/json":
            return web.Response(status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        update = await _read(request)
        if update is None:
            return web.Response(status=HTTPStatus.BAD_REQUEST)
        if self._inbox.backlog > self._limit or not await self._write_down(update):
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE)
        return web.Response()

    def _knows(self, given: str) -> bool:
        # All are compared, each in constant time, so that the time taken tells nothing.
        told = given.encode("utf-8", "surrogateescape")
        return sum(hmac.compare_digest(secret, told) for secret in self._secrets) > 0

    async def _write_down(self, update: dict[str, Any]) -> bool:
        if self._next is None:
            self._next = _Batch()
            self._next.written = asyncio.create_task(self._write(self._next))
        batch = self._next
        batch.updates.append((update["update_id"], chat_of(update), kept(update)))
        # The transaction is never cut short, whoever has stopped waiting for it.
        done, _ = await asyncio.wait({batch.written}, timeout=PATIENCE)
        return bool(done) and batch.written.result()

    async def _write(self, batch: _Batch) -> bool:
        async with self._turn:
            self._next = None  # who comes from now on waits for the next transaction
            try:
                await self._inbox.admit(batch.updates)
            except Exception as error:  # noqa: BLE001 - the database: Telegram will come again
                tell_failure(log, "updates could not be written down", error)
                return False
        return True


class _Batch:
    """Updates that are written in one transaction, and the task that does it."""

    def __init__(self) -> None:
        self.updates: list[Received] = []
        self.written: asyncio.Task[bool]


async def _read(request: web.Request) -> dict[str, Any] | None:
    """Return an update, None for anything else; raises HTTPRequestEntityTooLarge."""
    try:
        update = json.loads(await request.read())
    except ValueError:
        return None
    known = isinstance(update, dict) and isinstance(update.get("update_id"), int)
    return update if known else None
