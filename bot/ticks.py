"""Ticks: the few jobs that repeat. None is ever made for a person or a reminder."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Final, TypeAlias

import structlog

from bot.leases import Lease
from bot.logs import tell_failure

if TYPE_CHECKING:
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

Job: TypeAlias = Callable[[], Awaitable[None]]
Jobs: TypeAlias = Mapping[str, tuple[timedelta, Job]]
"""How often, and what, by name."""

LeaseOf: TypeAlias = Callable[[str, timedelta], Lease]
"""Makes the lease of a name, for a time."""

HELD: Final = 1.5
"""For so many of its intervals the lease of a job lasts."""

WATCH_SECONDS: Final = 10.0
"""For so long, at the most, a clock that was set back stops the jobs."""

log = structlog.get_logger(__name__)


class Ticks:
    """Runs jobs at their intervals, in memory, beginning one interval after `start`.

    A run that was missed is made up for once, however late; two runs of a job never overlap.
    Each job has a lease of its name: of all processes of a database one runs it.
    """

    def __init__(self, jobs: Jobs, lease: LeaseOf) -> None:
        """Start nothing yet."""
        # Who holds a lease renews it with every run; the others try as often.
        self._leases = {name: lease(name, every * HELD) for name, (every, _) in jobs.items()}
        self._jobs = jobs
        self._scheduler: AsyncIOScheduler | None = None
        self._watching: asyncio.TimerHandle | None = None
        self._runs: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Begin, in the running loop."""
        from apscheduler.schedulers.asyncio import AsyncIOScheduler  # noqa: PLC0415 - slow to load

        from bot.intervals import Every  # noqa: PLC0415

        scheduler = AsyncIOScheduler(timezone=UTC)
        for name, (interval, job) in self._jobs.items():
            scheduler.add_job(
                self._run,
                Every(interval),
                (name, job),
                id=name,
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
            )
        scheduler.start()
        self._scheduler = scheduler
        self._watch()

    def _watch(self) -> None:
        """See again and again that no job waits for a clock that was set back."""
        from bot.intervals import catch_up  # noqa: PLC0415

        if self._scheduler is not None:
            catch_up(self._scheduler)
            later = asyncio.get_running_loop().call_later
            self._watching = later(WATCH_SECONDS, self._watch)

    async def run(self, name: str) -> None:
        """Run a job now, if it is ours to run."""
        await self._run(name, self._jobs[name][1])

    async def stop(self, seconds: float) -> None:
        """Begin no further run, wait for those under way, and let other processes go on."""
        scheduler, self._scheduler = self._scheduler, None
        if self._watching is not None:
            self._watching.cancel()
        if scheduler is not None:
            scheduler.shutdown(wait=False)
        if self._runs:
            await asyncio.wait(self._runs, timeout=seconds)
        for name, lease in self._leases.items():
            try:
                await lease.release()
            except Exception as error:  # noqa: BLE001 - then it runs out by itself
                tell_failure(log, "a lease could not be given back", error, lease=name)

    async def _run(self, name: str, job: Job) -> None:
        # The scheduler cancels its runs when it ends, and a transaction must not be cut short.
        run = asyncio.create_task(self._logged(name, job))
        self._runs.add(run)
        run.add_done_callback(self._runs.discard)
        await asyncio.shield(run)

    async def _logged(self, name: str, job: Job) -> None:
        try:
            if await self._leases[name].hold():
                await job()
        except Exception as error:  # noqa: BLE001 - the next run may do better
            tell_failure(log, "tick failed", error, tick=name)
