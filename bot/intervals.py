"""Intervals: when a job that repeats runs next, on a clock that may jump.

APScheduler goes by the machine's clock. Its own intervals count every run that a clock set forward
has jumped over, two years of them on a machine that starts without the time; and a clock that is
set back stops all jobs until it has caught up.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from apscheduler.triggers.base import BaseTrigger

from bot.clock import SystemClock

if TYPE_CHECKING:
    from apscheduler.schedulers.base import BaseScheduler


class Every(BaseTrigger):  # type: ignore[misc] # APScheduler has no types
    """Fires an interval after the last run was seen to."""

    def __init__(self, interval: timedelta) -> None:
        self.interval = interval

    def get_next_fire_time(self, _previous: datetime | None, now: datetime) -> datetime:
        """Return the moment one interval from now, whatever was missed."""
        return now + self.interval


def catch_up(scheduler: BaseScheduler) -> None:
    """Let jobs run now that wait longer than they ever should: the clock was set back."""
    now = SystemClock().now()
    for job in scheduler.get_jobs():
        if job.next_run_time > now + job.trigger.interval:
            job.modify(next_run_time=now)
