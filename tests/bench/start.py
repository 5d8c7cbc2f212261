"""From the command to the first getUpdates, and the memory it takes.

    python -m tests.bench.start [--rounds 5]

With a fresh database (all migrations run) and with one that has 500 people in it.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from pathlib import Path

from tests.bench.fake_api import FakeApi
from tests.bench.journey import message, ours, presses, settle_in
from tests.bench.rounds import PATIENCE, bot, ground, median, memory, stand_aside

WANTED_SECONDS, WANTED_MEGABYTES = 1.0, 110.0
WARM = 300
"""Presses after which memory is looked at once more."""

FRESH, EXISTING = "fresh database", "existing database"


async def one_round(kind: str, folder: Path) -> tuple[float, float, float]:
    """Return seconds to the first getUpdates, megabytes then, and megabytes after some work."""
    url = f"sqlite:///{folder / 'bench.db'}"
    if kind == EXISTING:
        await settle_in(url, 500)
    api = FakeApi(message=message(1))
    address = await api.start()
    begun = time.perf_counter()
    async with bot("-m", "bot", "run", env=ours(address, url)) as process:
        while api.polled_at is None:
            await asyncio.sleep(0.002)
            if time.perf_counter() - begun > PATIENCE:
                raise TimeoutError
        seconds, at_first = api.polled_at - begun, memory(process.pid)
        done = api.reached("answerCallbackQuery", WARM)
        api.hand_out(presses(500))
        await asyncio.wait_for(done, PATIENCE)
        later = memory(process.pid)
    await api.stop()
    return seconds, at_first, later


async def measure(rounds: int) -> None:
    """Run both kinds in turns and print medians."""
    found: dict[str, list[tuple[float, float, float]]] = {FRESH: [], EXISTING: []}
    for _ in range(rounds):
        for kind, figures in found.items():
            with tempfile.TemporaryDirectory() as folder:
                figures.append(await one_round(kind, Path(folder)))
    for kind, figures in found.items():
        seconds, at_first, later = (median(list(column)) for column in zip(*figures, strict=True))
        print(f"{kind}: first getUpdates after {seconds:.2f} s (wanted <= {WANTED_SECONDS}),")
        print(f"    {at_first:.0f} MB then, {later:.0f} MB after {WARM} presses", end="")
        print(f" (wanted <= {WANTED_MEGABYTES:.0f})")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    stand_aside()
    print(ground("python-telegram-bot", "SQLAlchemy", "uvloop"))
    asyncio.run(measure(given.rounds))


if __name__ == "__main__":
    main()
