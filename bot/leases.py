"""Leases: what one process at a time may do, however many run on one database."""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
import sys
import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Final

import structlog

from bot.clock import Clock
from bot.logs import tell_failure
from storage import Database, leases

POLLER, PLAN, RECOVER, PURGE, ANNOUNCE = LEASES = (
    "poller",
    "plan",
    "recover",
    "purge",
    "announce",
)
POLLER_LEASE: Final = timedelta(seconds=15)
"""How long nobody polls, at the most, after a process that did was killed."""

RENEWALS: Final = 4
"""How often a lease is renewed within its time: a few may fail before it is lost."""

log = structlog.get_logger(__name__)


def own_name() -> str:
    """Return a name for this process that no other has, readable in the table of leases."""
    return f"{_host()}:{_numbering()}:{os.getpid()}:{secrets.token_hex(4)}"


async def drop_dead(db: Database, names: Iterable[str]) -> None:
    """Free the leases of processes of this machine that are no more: a restart must not wait."""
    async with db.write() as c:
        for name in names:
            lease = await leases.holder(c, name)
            if lease is not None and _is_dead(lease.owner, alone=db.is_alone):
                await leases.release(c, name, lease.token)


def _is_dead(owner: str, *, alone: bool) -> bool:
    host, numbering, pid, _ = owner.rsplit(":", 3)
    if host != _host() or sys.platform == "win32":  # there, asking would end the process
        return False
    if numbering != _numbering():
        return alone  # a container before this one; on a shared database perhaps one beside it
    if int(pid) == os.getpid():
        return True
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _host() -> str:
    return socket.gethostname()[:40]


def _numbering() -> str:
    """Name the list of processes that our number is from: each container has one of its own."""
    try:
        return str(Path("/proc/self/ns/pid").stat().st_ino)
    except OSError:
        return "0"


class Lease:
    """One lease, seen from one process: held until a moment, unless renewed before it."""

    def __init__(self, db: Database, clock: Clock, name: str, owner: str, lasts: timedelta) -> None:
        """Hold nothing yet."""
        self._db, self._clock = db, clock
        self.name, self._owner, self._lasts = name, owner, lasts
        self._token: int | None = None
        self._until = 0.0

    @property
    def held(self) -> bool:
        """Whether it is ours still, by a clock that goes on while a process is frozen."""
        return time.monotonic() < self._until

    async def hold(self) -> bool:
        """Take or renew it; False while another process has it."""
        asked = time.monotonic()
        now = self._clock.now()
        async with self._db.write() as c:
            self._token = await leases.hold(c, self.name, self._owner, now + self._lasts, now)
        ours = self._token is not None
        self._until = asked + self._lasts.total_seconds() if ours else 0.0
        return ours

    async def release(self) -> None:
        """Let another process have it at once."""
        token, self._token, self._until = self._token, None, 0.0
        if token is not None:
            async with self._db.write() as c:
                await leases.release(c, self.name, token)


class Standby:
    """Keeps asking for a lease, and renews it once it is ours, until `stop`.

    `begun` and `ended` are told when it becomes ours and when it is lost.
    """

    def __init__(
        self, lease: Lease, lasts: timedelta, begun: Callable[[], None], ended: Callable[[], None]
    ) -> None:
        """Ask for nothing yet; `run` does."""
        self._lease, self._seconds = lease, lasts.total_seconds() / RENEWALS
        self._begun, self._ended = begun, ended
        self._stopping = asyncio.Event()
        self.ours = False

    async def run(self) -> None:
        """Ask and renew until `stop`, then let the lease go."""
        while not self._stopping.is_set():
            await self.ask()
            try:
                await asyncio.wait_for(self._stopping.wait(), self._seconds)
            except TimeoutError:
                continue
        try:
            await self._lease.release()
        except Exception as error:  # noqa: BLE001 - then it runs out by itself
            tell_failure(log, "a lease could not be given back", error, lease=self._lease.name)

    def stop(self) -> None:
        """Ask no more."""
        self._stopping.set()

    async def ask(self) -> None:
        """Take or renew it now, and tell who wants to know when something has changed."""
        try:
            ours = await self._lease.hold()
        except Exception as error:  # noqa: BLE001 - the database: it may come back in time
            tell_failure(log, "a lease could not be renewed", error, lease=self._lease.name)
            ours = self._lease.held
        if ours != self.ours:
            self.ours = ours
            log.info("lease", name=self._lease.name, ours=ours)
            (self._begun if ours else self._ended)()
