"""Sources: how updates come in, asked for or pushed."""

from __future__ import annotations

import asyncio
from typing import Final, Protocol

import structlog
from telegram.error import InvalidToken, TelegramError

from bot.figures import Figures
from bot.inbox import ALLOWED_UPDATES, TWO_PROGRAMS, Poller
from bot.leases import Standby
from bot.settings import Settings
from bot.transport import Line

MOST_CONNECTIONS: Final = 40
RETRY_SECONDS: Final = 5.0
WATCH_SECONDS: Final = 30.0
"""How long nobody notices, at the most, that updates are pushed elsewhere."""

log = structlog.get_logger(__name__)


class Source(Protocol):
    """Where updates come from."""

    async def begin(self) -> None:
        """See whether it is our turn, before anything else wants the database."""
        ...

    async def run(self) -> None:
        """Have updates come, until `stop`; raises InvalidToken."""
        ...

    async def asked(self) -> None:
        """Wait until updates were asked for, where that is ours to do at all."""
        ...

    def stop(self) -> None:
        """Let none come any more."""
        ...


class Polled:
    """Updates are asked for by the one process that holds the lease; the others stand by."""

    def __init__(self, poller: Poller, standby: Standby) -> None:
        """`standby` begins and pauses the poller."""
        self._poller, self._standby = poller, standby

    async def begin(self) -> None:
        """Ask for the lease: the first thing that `run` does is to poll."""
        await self._standby.ask()

    async def run(self) -> None:
        """Poll whenever it is our turn."""
        await asyncio.gather(self._standby.run(), self._poller.run())

    async def asked(self) -> None:
        """Wait for the first `getUpdates`, if the lease is ours."""
        if self._standby.ours:
            await self._poller.asked.wait()

    def stop(self) -> None:
        """Poll no more, and let another process begin at once."""
        self._poller.stop()
        self._standby.stop()


class Pushed:
    """Updates are pushed to an address that leads to any of the processes."""

    def __init__(self, line: Line, settings: Settings, figures: Figures) -> None:
        """Say nothing yet."""
        self._line, self._settings, self._figures = line, settings, figures
        self._stopping = asyncio.Event()

    async def begin(self) -> None:
        """Do nothing: every process is pushed to."""

    async def run(self) -> None:
        """Tell Telegram the address, then watch over it."""
        while not self._stopping.is_set() and not await self._set():
            await self._rest(RETRY_SECONDS)
        while not self._stopping.is_set():
            await self._rest(WATCH_SECONDS)
            await self._look()

    async def asked(self) -> None:
        """Wait for nothing: Telegram pushes by itself."""

    def stop(self) -> None:
        """Try no more. The webhook stays: Telegram keeps updates for the next start."""
        self._stopping.set()

    async def _set(self) -> bool:
        """Every process does it: the address is the same for all of them."""
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
            return False
        return True

    async def _look(self) -> None:
        """Say so when the address is another. It is not set back: two would do that for ever."""
        if self._stopping.is_set():
            return
        try:
            hook = await self._line.call("getWebhookInfo")
        except InvalidToken:
            raise
        except TelegramError:
            return  # the senders will tell
        if hook["url"] != self._settings.webhook_url:
            self._figures.conflicts.inc()
            log.error(TWO_PROGRAMS, webhook="elsewhere" if hook["url"] else "none")

    async def _rest(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return
