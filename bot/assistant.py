"""The assistant as a process: how its parts begin, run side by side and end."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import structlog
from telegram.error import InvalidToken, TelegramError
from telegram.request import BaseRequest

from bot.announcing import Announcer
from bot.clock import Clock
from bot.correcting import Corrector
from bot.dispatch import AnyApplication
from bot.leases import LEASES, PLAN, drop_dead
from bot.logs import tell_failure
from bot.planning import Planner, seed
from bot.profile import Profile
from bot.reception import Reception
from bot.reporting import Reporter
from bot.sender import Sender
from bot.settings import Settings
from bot.sources import Source
from bot.ticks import Ticks
from erasmus.library import Library
from storage import Database, universities
from storage.migrate import migrate

if TYPE_CHECKING:
    from bot.web import Web

STOP_SECONDS: Final = 8.0
"""What is under way gets this long to end; many systems kill after ten seconds."""

CALM_ROUNDS: Final = 2
"""What is to be done may be found by a tick at its own time: the round after that one sends it."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Requests:
    """Connections of their own for replies, for bulk and for the long poll."""

    replies: BaseRequest
    bulk: BaseRequest
    updates: BaseRequest

    def each(self) -> tuple[BaseRequest, BaseRequest, BaseRequest]:
        """Return all three."""
        return self.replies, self.bulk, self.updates


@dataclass(kw_only=True)
class Assistant:
    """The whole process; its parts are public, for the sandbox and for tests."""

    settings: Settings
    clock: Clock
    library: Library
    requests: Requests
    db: Database
    application: AnyApplication
    register: Callable[[], None]
    source: Source
    reception: Reception
    sender: Sender
    planner: Planner
    announcer: Announcer
    corrector: Corrector
    reporter: Reporter
    profile: Profile
    ticks: Ticks
    web: Web | None = None
    retry_seconds: float = 5.0
    _published: asyncio.Event = field(default_factory=asyncio.Event)
    _loops: list[asyncio.Task[None]] = field(default_factory=list)
    _over: asyncio.Event = field(default_factory=asyncio.Event)
    _fault: BaseException | None = None

    async def start(self) -> None:
        """Bring the database up to date and begin; raises SchemaTooNew, OSError for LISTEN.

        Updates are asked for at once; they are handled as soon as Telegram has told who we are.
        """
        await migrate(self.settings.database_url)
        for request in self.requests.each():
            await request.initialize()
        async with self.db.write() as c:
            await seed(c, self.library.calls, self.clock.now())
            await universities.seed(c, self.library.universities.values(), self.clock.now())
        # Nobody else has an SQLite file: what is claimed was claimed by a process that ended.
        await self.planner.recover(everything=self.db.is_alone)
        await self.reception.recover(everything=self.db.is_alone)
        await drop_dead(self.db, LEASES)
        if self.web is not None:
            await self.web.open()
        await self.source.begin()
        # To load the handlers stops the process: what is under way would leave in one burst.
        self.sender.hold()
        works = self.source.run(), self.reception.run(), self.sender.run(), self._open()
        self._loops = [asyncio.create_task(work) for work in works]
        for task in self._loops:
            task.add_done_callback(self._watch)

    async def stop(self) -> None:
        """Begin nothing new, give what is under way eight seconds, close everything."""
        end = time.monotonic() + STOP_SECONDS
        self.source.stop()
        if self.web is not None:
            await self.web.close()
        self.planner.stop()
        await self.ticks.stop(max(0.0, end - time.monotonic()))
        await self.reception.stop(max(0.0, end - time.monotonic()))
        await self.sender.stop(max(0.0, end - time.monotonic()))
        if self._loops:
            *loops, opening = self._loops
            opening.cancel()
            await asyncio.wait([*loops, opening], timeout=max(1.0, end - time.monotonic()))
        for request in self.requests.each():
            await request.shutdown()
        await self.db.close()

    async def run(self) -> None:
        """Run until SIGTERM or SIGINT; raises InvalidToken when Telegram refuses the token."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._over.set)
        try:
            await self.start()
            await self._over.wait()
        finally:
            log.info("stopping")
            await self.stop()
        if self._fault is not None:
            raise self._fault

    async def quiet(self) -> None:
        """Wait until every update that was received is handled and nothing is due."""
        while not (self.reception.quiet and self.sender.quiet):
            await self.reception.idle()
            await self.sender.idle()

    async def published(self) -> None:
        """Wait until the start has come to its end: the bot's profile is up to date."""
        await self._published.wait()

    async def catch_up(self) -> None:
        """Plan and deliver what is due at the clock's time, which somebody has moved."""
        await self.planner.tick()
        to_many, calm = (self.announcer, self.corrector, self.reporter), 0
        while calm < CALM_ROUNDS:
            self.sender.wake()
            await self.quiet()
            calm = 0 if any([await each.tick() for each in to_many]) else calm + 1

    async def _open(self) -> None:
        """Learn who we are, load the handlers, then handle updates; what can wait comes last."""
        while not await self._introduced():  # noqa: ASYNC110 - nothing here could set an event
            await asyncio.sleep(self.retry_seconds)
        await self.source.asked()
        self.register()
        self.sender.let_go()
        self.reception.open()
        log.info("ready", username=self.application.bot.username)
        try:
            self.ticks.start()
            await self.ticks.run(PLAN)
            await self.profile.publish()
        except Exception as error:  # noqa: BLE001 - people are answered without all this, too
            tell_failure(log, "the start did not come to its end", error)
        self._published.set()

    async def _introduced(self) -> bool:
        try:
            await self.application.initialize()
        except InvalidToken:
            raise
        except TelegramError as error:
            log.warning("Telegram does not answer", problem=str(error))
            return False
        return True

    def _watch(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (fault := task.exception()) is not None:
            self._fault = self._fault or fault
            self._over.set()
