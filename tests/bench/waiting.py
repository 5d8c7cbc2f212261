"""A million reminders that wait: what they cost a start, the memory, a planning tick, a claim.

    python -m tests.bench.waiting [--rows 1000000] [--seconds 20] [--starts 12]

Ten thousand of them fall due in one minute; how fast they leave is watched for some seconds.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.clock import SystemClock
from bot.planning import Planner
from storage import Database, deliveries
from storage.deliveries import Lane
from tests.bench.crowd import ago, crowd
from tests.bench.fake_api import FakeApi
from tests.bench.journey import library, message, ours, settle_in
from tests.bench.rounds import PATIENCE, bot, ground, median, memory, processor, stand_aside

STARTS = 12
CLAIMS = 500
DUE = 10_000
"""Rows that fall due within a minute."""

TELEGRAM = 30.0


async def start(url: str) -> tuple[float, float, float]:
    """Return seconds to the first getUpdates, those of processor, and megabytes afterwards."""
    api = FakeApi(message=message(1))
    address = await api.start()
    begun = time.perf_counter()
    async with bot("-m", "bot", "run", env=ours(address, url)) as process:
        async with asyncio.timeout(PATIENCE):
            while api.polled_at is None:
                await asyncio.sleep(0.002)
        worked = processor(process.pid)
        await asyncio.sleep(2.0)
        used = memory(process.pid)
    await api.stop()
    return api.polled_at - begun, worked, used


async def starts(empty: str, full: str, number: int) -> None:
    """Start with both ledgers in turns, and print the median of the differences."""
    pairs = [(await start(empty), await start(full)) for _ in range(number)]
    clock, worked, used = (
        median([full_one[n] - empty_one[n] for empty_one, full_one in pairs]) for n in range(3)
    )
    print(
        f"start: {clock * 1000:+.0f} ms by the clock, {worked * 1000:+.0f} ms of processor", end=""
    )
    print(f" (wanted <= 50; medians of {number} pairs)")
    print(f"memory: {used:+.1f} MB (wanted <= 5)", flush=True)


async def ticks(url: str) -> None:
    """Print what a planning tick and claims take, each in a transaction of its own."""
    db = Database.open(url)
    planner = Planner(db, library(), SystemClock())
    begun = time.perf_counter()
    await planner.tick()
    print(f"one planning tick: {time.perf_counter() - begun:.3f} s (wanted <= 1)")
    took = []
    for _ in range(CLAIMS):
        now = datetime.now(UTC)
        begun = time.perf_counter()
        async with db.write() as c:
            rows = await deliveries.claim(c, now, now + timedelta(minutes=1), 8, [Lane.REMINDER])
        took.append(time.perf_counter() - begun)
        async with db.write() as c:
            for row in rows:
                await deliveries.postpone(c, row, row.due_at, "bench")
    took.sort()
    told = f"median {took[CLAIMS // 2] * 1000:.1f} ms, p99 {took[int(CLAIMS * 0.99)] * 1000:.1f} ms"
    print(f"a claim of {len(rows)} of {DUE} due: {told}")
    await db.close()


async def leaving(url: str, seconds: float) -> None:
    """Print how fast what is due leaves."""
    api = FakeApi(message=message(1))
    async with bot("-m", "bot", "run", env=ours(await api.start(), url)):
        await asyncio.wait_for(api.reached("sendMessage", 60), PATIENCE)
        before = api.count("sendMessage")
        await asyncio.sleep(seconds)
        pace = (api.count("sendMessage") - before) / seconds
    await api.stop()
    share = pace / TELEGRAM
    print(f"{DUE} due in one minute leave at {pace:.1f} a second, {share:.0%} of Telegram's 30")


async def measure(number: int, seconds: float, pairs: int) -> None:
    """Make both ledgers and look at everything."""
    with tempfile.TemporaryDirectory() as folder:
        empty, full = (f"sqlite:///{Path(folder) / name}.db" for name in ("empty", "full"))
        await settle_in(empty, 100)
        await settle_in(full, 100)
        begun = time.perf_counter()
        tomorrow = ago(days=-1)
        await crowd(full, Lane.REMINDER, tomorrow, number, 60.0)
        print(f"{number} rows put in {time.perf_counter() - begun:.0f} s", flush=True)
        await starts(empty, full, pairs)
        await crowd(full, Lane.REMINDER, ago(minutes=2), DUE, 60.0 / DUE)
        await ticks(full)
        await leaving(full, seconds)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--starts", type=int, default=STARTS)
    given = parser.parse_args()
    stand_aside()
    print(ground("python-telegram-bot", "SQLAlchemy", "APScheduler", "uvloop"))
    asyncio.run(measure(given.rows, given.seconds, given.starts))


if __name__ == "__main__":
    main()
