"""SIGTERM: a process ends within ten seconds; nothing is lost, nothing comes twice."""

import asyncio
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.settings import PREFIX
from bot.telegram_double import Pace, TelegramDouble
from bot.telegram_double.server import DoubleServer

ROOT = Path(__file__).parents[2]
TOKEN = "1000001:" + "d" * 35


async def started(address: str, folder: Path) -> asyncio.subprocess.Process:
    environment = {name: value for name, value in os.environ.items() if PREFIX not in name}
    environment |= {
        f"{PREFIX}TOKEN": TOKEN,
        f"{PREFIX}API_URL": address,
        f"{PREFIX}DATABASE_URL": f"sqlite:///{folder / 'erasmus.db'}",
        "PYTHONPATH": str(ROOT),
    }
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=folder, env=environment,
        stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="there are no signals")
async def test_a_process_that_is_told_to_end_loses_nothing_and_repeats_nothing(
    tmp_path: Path,
) -> None:
    double = TelegramDouble(SystemClock().now, pace=Pace.off(), token=TOKEN)
    async with DoubleServer(double) as server:
        people = [double.person() for _ in range(60)]
        process = await started(server.address, tmp_path)
        await asyncio.wait_for(double.listening(), 30)
        double.faults.add("slow", method="sendMessage", times=None, seconds=0.3)
        for person in people:
            person.start()
        arrived = asyncio.Event()
        double.watch(lambda: arrived.set() if len(double.ledger) >= 5 else None)
        await asyncio.wait_for(arrived.wait(), 30)
        process.send_signal(signal.SIGTERM)
        told = time.monotonic()
        status = await asyncio.wait_for(process.wait(), 10)
        seconds = time.monotonic() - told

        double.faults.clear()
        again = await started(server.address, tmp_path)
        done = asyncio.Event()
        double.watch(lambda: done.set() if all(person.said for person in people) else None)
        await asyncio.wait_for(done.wait(), 30)
        again.send_signal(signal.SIGTERM)
        await asyncio.wait_for(again.wait(), 10)

    print(f"ended {seconds:.1f} s after SIGTERM")  # noqa: T201 - a figure
    assert status == 0
    assert [len(person.said) for person in people] == [1] * len(people)
    assert double.mistakes == []
