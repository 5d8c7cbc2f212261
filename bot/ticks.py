"""Ticks: the few jobs that repeat. None is ever made for a person or a reminder."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, TypeAlias

import structlog

from bot.logs import tell_failure

if TYPE_CHECKING:
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

Job: TypeAlias = Callable[[], Awaitable[None]]
log = structlog.get_logger(__name__)


class Ticks:
    """Runs jobs at their intervals, in memory, beginning one interval after `start`.

    A run that was missed is made up for once, however late; two runs of a job never overlap.
    """

    def __init__(self, jobs: Mapping[str, tuple[timedelta, Job]]) -> None:
        """Start nothing yet. Jobs have names, for the log."""
        self._jobs = jobs
        self._scheduler: AsyncIOScheduler | None = None
        self._runs: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Begin, in the running loop."""
        from apscheduler.schedulers.asyncio import AsyncIOScheduler  # noqa: PLC0415 - slow to load

        scheduler = AsyncIOScheduler(timezone=UTC)
        for name, (interval, job) in self._jobs.items():
            scheduler.add_job(
                self._run,
                "interval",
                (name, job),
                id=name,
                seconds=interval.total_seconds(),
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
            )
        scheduler.start()
        self._scheduler = scheduler

    async def stop(self) -> None:
        """Begin no further run, and wait for those under way."""
        scheduler, self._scheduler = self._scheduler, None
        if scheduler is not None:
            scheduler.shutdown(wait=False)
        if self._runs:
            await asyncio.wait(self._runs)

    async def _run(self, name: str, job: Job) -> None:
        # The scheduler cancels its runs when it ends, and a transaction must not be cut short.
        run = asyncio.create_task(self._logged(name, job))
        self._runs.add(run)
        run.add_done_callback(self._runs.discard)
        await asyncio.shield(run)

    async def _logged(self, name: str, job: Job) -> None:
        try:
            await job()
        except Exception as error:  # noqa: BLE001 - the next run may do better
            tell_failure(log, "tick failed", error, tick=name)
