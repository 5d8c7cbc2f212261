"""One full durable press against bare aiogram and against the common stack, by polling.

    python -m tests.bench.press [--rounds 5] [--presses 2000]

Ours is the whole process: inbox row, facts, next question, outbox row, rendering, commit, edit and
answer. Each side runs on one core, the Bot API on the other, in turns. Ratios are of medians:
by the clock, and of processor time for one press, which a busy machine disturbs less.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.bench.fake_api import FakeApi
from tests.bench.journey import SCREEN, TOKEN, message, ours, presses, settle_in
from tests.bench.rounds import PATIENCE, Cost, bot, ground, median, processor, stand_aside

CHATS = 500
WARM_UP = 300
OURS, BARE, COMMON = "ours", "aiogram, no database", "PTB, httpx, ORM, aiosqlite"
WANTED = {BARE: 1.0, COMMON: 3.0}


async def one_round(side: str, number: int, folder: Path) -> Cost:
    """Run one side until so many presses are answered."""
    api = FakeApi(message=message(1))
    address = await api.start()
    command, env = await _command(side, address, folder)
    async with bot(*command, env=env) as process:
        warm = api.reached("answerCallbackQuery", WARM_UP)
        done = api.reached("answerCallbackQuery", WARM_UP + number)
        api.hand_out(presses(CHATS))
        begun = await asyncio.wait_for(warm, PATIENCE)
        used = processor(process.pid)
        ended = await asyncio.wait_for(done, PATIENCE)
        cost = Cost(number, ended - begun, processor(process.pid) - used)
    await api.stop()
    return cost


async def _command(side: str, address: str, folder: Path) -> tuple[list[str], Mapping[str, str]]:
    screen, database = folder / "screen.json", folder / "bench.db"
    screen.write_text(json.dumps(SCREEN), "utf-8")
    if side == BARE:
        return ["-m", "tests.bench.sides.aiogram_bare", address, TOKEN, str(screen)], {}
    if side == COMMON:
        given = [address, TOKEN, str(screen), str(database), str(CHATS)]
        return ["-m", "tests.bench.sides.common_stack", *given], {}
    url = f"sqlite:///{database}"
    await settle_in(url, CHATS)
    return ["-m", "bot", "run"], ours(address, url)


async def measure(rounds: int, number: int, sides: list[str]) -> dict[str, list[Cost]]:
    """Run all sides in turns."""
    costs: dict[str, list[Cost]] = {side: [] for side in sides}
    for turn in range(rounds):
        for side in sides:
            with tempfile.TemporaryDirectory() as folder:
                cost = await one_round(side, number, Path(folder))
            costs[side].append(cost)
            told = f"{cost.per_second:7.0f}/s {cost.microseconds:7.0f} us"
            print(f"round {turn + 1} {side:28} {told}", flush=True)
    return costs


def report(costs: Mapping[str, list[Cost]]) -> None:
    """Print medians and ratios."""
    pace = {side: median([c.per_second for c in found]) for side, found in costs.items()}
    price = {side: median([c.microseconds for c in found]) for side, found in costs.items()}
    for side in costs:
        print(f"{side:28} {pace[side]:7.0f} presses/s  {price[side]:7.0f} us of processor each")
    for side in costs.keys() - {OURS}:
        by_clock, by_processor = pace[OURS] / pace[side], price[side] / price[OURS]
        wanted = f"wanted >= {WANTED[side]:.1f}"
        print(
            f"ours / {side}: {by_clock:.2f} by the clock, {by_processor:.2f} by processor, {wanted}"
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--presses", type=int, default=2000)
    parser.add_argument("--only", choices=(OURS, BARE, COMMON), default=None)
    given = parser.parse_args()
    stand_aside()
    print(ground("aiogram", "python-telegram-bot", "SQLAlchemy", "aiosqlite", "uvloop"))
    sides = [given.only] if given.only else [OURS, BARE, COMMON]
    costs = asyncio.run(measure(given.rounds, given.presses, sides))
    report(costs)


if __name__ == "__main__":
    main()
