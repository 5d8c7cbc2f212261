"""Announcements through the ledger: as fast as they leave, and under a strict limit.

    python -m tests.bench.bulk [--rounds 3] [--messages 10000] [--postgresql]

Each message is a copy of an announcement that is frozen, let go, claimed, made, sent and settled;
the Bot API runs on the other core. The strict limit is a sliding window of one second: what comes
too early is refused with a 429.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from collections import deque
from pathlib import Path

from bot.clock import SystemClock
from erasmus.limits import Limits
from storage import Database
from storage.migrate import migrate
from tests.bench.fake_api import FakeApi
from tests.bench.journey import FIRST_CHAT, message, ours
from tests.bench.rounds import PATIENCE, Cost, bot, ground, median, processor, stand_aside
from tests.newsroom import Newsroom
from tests.postgres import Postgres

STRICT = 1000
"""Messages a second under the strict limit, Telegram's for paid broadcasts."""

WANTED = {False: 1000.0, True: 900.0}


class Window:
    """Refuses what comes when there were as many in the last second as are allowed."""

    def __init__(self, most: int) -> None:
        self._most, self._passed = most, deque[float]()

    def refuse(self, now: float) -> float:
        """Return the seconds to wait, 0 when a message may pass."""
        while self._passed and self._passed[0] <= now - 1.0:
            self._passed.popleft()
        if len(self._passed) >= self._most:
            return 1.0
        self._passed.append(now)
        return 0.0


async def announce(url: str, number: int) -> None:
    """Confirm an announcement to so many people, paid for; it begins when the assistant does."""
    await migrate(url)
    db = Database.open(url)
    room = Newsroom(db, SystemClock().now, Limits(two_people_from=number + 1, stars=number))
    await room.open()
    for first in range(0, number, 1000):
        ids = range(FIRST_CHAT + first, FIRST_CHAT + min(first + 1000, number))
        await room.readers(ids)
    await room.announce(paid=True)
    await db.close()


async def one_round(url: str, number: int, *, strict: bool) -> tuple[Cost, int]:
    """Send them all; return the cost of those after the first tenth, and how many were refused."""
    await announce(url, number)
    window = Window(STRICT)
    api = FakeApi(message=message(1), refuse=window.refuse if strict else None)
    settings = {
        **ours(await api.start(), url),
        "ERASMUS_BOT_PAID_STARS_LIMIT": str(number),
    }
    first = number // 10
    command = ["bot", "run"] if strict else ["tests.bench.sides.unpaced"]
    async with bot("-m", *command, env=settings) as process:
        warm, done = api.reached("sendMessage", first), api.reached("sendMessage", number)
        begun = await asyncio.wait_for(warm, PATIENCE)
        used = processor(process.pid)
        ended = await asyncio.wait_for(done, PATIENCE)
        cost = Cost(number - first, ended - begun, processor(process.pid) - used)
    await api.stop()
    return cost, api.refused


async def measure(rounds: int, number: int, server: Postgres | None) -> None:
    """Run both kinds in turns and print medians."""
    costs: dict[bool, list[Cost]] = {False: [], True: []}
    for turn in range(rounds):
        for strict, found in costs.items():
            with tempfile.TemporaryDirectory() as folder:
                place = f"sqlite:///{Path(folder) / 'bench.db'}"
                if server is not None:
                    place = await server.fresh()
                cost, refused = await one_round(place, number, strict=strict)
            found.append(cost)
            kind = "strict 1,000/s" if strict else "no limit"
            told = f"{cost.per_second:6.0f}/s {cost.microseconds:6.0f} us, {refused} x 429"
            print(f"round {turn + 1} {kind:15} {told}", flush=True)
    for strict, found in costs.items():
        kind = "strict 1,000/s" if strict else "no limit"
        pace = median([cost.per_second for cost in found])
        possible = 1e6 / median([cost.microseconds for cost in found])
        told = f"{pace:.0f} messages/s, wanted >= {WANTED[strict]:.0f}; by processor {possible:.0f}"
        print(f"{kind}: {told}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--postgresql", action="store_true")
    given = parser.parse_args()
    stand_aside()
    print(ground("SQLAlchemy", "aiosqlite", "aiohttp", "uvloop"))
    server = Postgres() if given.postgresql else None
    try:
        if server is not None:
            server.start()
        asyncio.run(measure(given.rounds, given.messages, server))
    finally:
        if server is not None:
            server.remove()


if __name__ == "__main__":
    main()
