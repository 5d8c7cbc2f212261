"""Sources: how updates come in, asked for or pushed."""

from __future__ import annotations

import asyncio
from typing import Final, Protocol

import structlog
from telegram.error import InvalidToken, TelegramError

from bot.inbox import ALLOWED_UPDATES, Poller
from bot.leases import Standby
from bot.settings import Settings
from bot.transport import Line

MOST_CONNECTIONS: Final = 40
RETRY_SECONDS: Final = 5.0
log = structlog.get_logger(__name__)


class Source(Protocol):
    """Where updates come from."""

    async def run(self) -> None:
        """Have updates come, until `stop`; raises InvalidToken."""
        ...

    def stop(self) -> None:
        """Let none come any more."""
        ...


class Polled:
    """Updates are asked for by the one process that holds the lease; the others stand by."""

    def __init__(self, poller: Poller, standby: Standby) -> None:
        """`standby` begins and pauses the poller."""
        self._poller, self._standby = poller, standby

    async def run(self) -> None:
        """Poll whenever it is our turn."""
        await asyncio.gather(self._standby.run(), self._poller.run())

    def stop(self) -> None:
        """Poll no more, and let another process begin at once."""
        self._poller.stop()
        self._standby.stop()


class Pushed:
    """Updates are pushed to an address that leads to any of the processes."""

    def __init__(self, line: Line, settings: Settings) -> None:
        """Say nothing yet."""
        self._line, self._settings = line, settings
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Tell Telegram the address. Every process does: it is the same for all of them."""
        while not self._stopping.is_set():
            try:
                await self._line.call(
                    "setWebhook",
                    url=self._settings.webhook_url,
                    secret_token=self._settings.webhook_secrets[0],
                    max_connections=MOST_CONNECTIONS,
                    allowed_updates=list(ALLOWED_UPDATES),
                )
            except InvalidToken:
                raise
            except TelegramError as error:
                log.warning("the webhook is not set", problem=str(error))
                await self._rest()
            else:
                return

    def stop(self) -> None:
        """Try no more. The webhook stays: Telegram keeps updates for the next start."""
        self._stopping.set()

    async def _rest(self) -> None:
        try:
            await asyncio.wait_for(self._stopping.wait(), RETRY_SECONDS)
        except TimeoutError:
            return
