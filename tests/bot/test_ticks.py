"""Jobs repeat, whatever is done to the machine's clock."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta, tzinfo

import pytest

from bot import intervals, ticks
from bot.clock import MovableClock, SystemClock
from bot.leases import Lease
from bot.ticks import Ticks
from storage import Database

EVERY = timedelta(seconds=0.05)
HOUR = timedelta(hours=1)
SetClock = Callable[[timedelta], None]


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """Sets the machine's clock, as APScheduler sees it, so far ahead of the true time."""
    ahead = timedelta(0)

    class Machine(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + ahead

    class Clock(SystemClock):
        def now(self) -> datetime:
            return super().now() + ahead

    def move(to: timedelta) -> None:
        nonlocal ahead
        ahead = to

    monkeypatch.setattr("apscheduler.schedulers.base.datetime", Machine)
    monkeypatch.setattr(intervals, "SystemClock", Clock)
    monkeypatch.setattr(ticks, "WATCH_SECONDS", 0.05)
    return move


@pytest.fixture
def ran() -> asyncio.Event:
    """Is set by every run."""
    return asyncio.Event()


@pytest.fixture
async def ticking(db: Database, clock: MovableClock, ran: asyncio.Event) -> AsyncIterator[Ticks]:
    async def job() -> None:
        ran.set()

    def lease(name: str, lasts: timedelta) -> Lease:
        return Lease(db, clock, name, "a:1:x", lasts)

    made = Ticks({"job": (EVERY, job)}, lease)
    yield made
    await made.stop(1)


async def runs(ran: asyncio.Event) -> None:
    ran.clear()
    await asyncio.wait_for(ran.wait(), 5)


async def test_a_clock_that_was_set_back_stops_no_job(
    ticking: Ticks, ran: asyncio.Event, set_clock: SetClock
) -> None:
    set_clock(HOUR)
    ticking.start()
    await runs(ran)
    set_clock(timedelta(0))
    await runs(ran)
    await runs(ran)


async def test_a_clock_that_was_set_forward_for_years_stops_nothing(
    ticking: Ticks, ran: asyncio.Event, set_clock: SetClock
) -> None:
    """As on a machine that starts without the time: the runs of two years are not counted."""
    ticking.start()
    await runs(ran)
    set_clock(timedelta(days=10))
    began = time.monotonic()
    await runs(ran)

    assert time.monotonic() - began < 2
