"""What people wait for a tap's answer while 300,000 rows wait and bulk runs.

    python -m tests.bench.taps [--taps 200] [--rows 300000]

Five taps a second, from the moment Telegram has the tap until the edit is answered. Twice: against
a server that takes 50 ms for each call, and against one that also refuses more than 30 messages in
any second. Both once more without bulk: the difference is what bulk adds.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import tempfile
import time
from pathlib import Path

from storage.deliveries import Lane
from tests.bench.bulk import Window
from tests.bench.crowd import ago, crowd
from tests.bench.fake_api import FakeApi
from tests.bench.journey import FIRST_CHAT, answers, library, message, ours, press, settle_in
from tests.bench.rounds import PATIENCE, bot, ground, stand_aside

CHATS = 200
BETWEEN = 0.2
SETTLE = 5.0
"""Seconds that bulk runs before the first tap."""

SERVER_SECONDS = 0.05
TELEGRAM = 30
CHAT = re.compile(rb'"chat_id": ?(\d+)')
WANTED_P95_MS = 60.0


class Taps:
    """Taps, one chat after the other, and how long each took."""

    def __init__(self, api: FakeApi) -> None:
        self._api = api
        self._tapped: dict[int, float] = {}
        self.took: list[float] = []
        self._step = answers(library())[0]

    def heard(self, method: str, body: bytes) -> None:
        """Note the edit that answers a tap."""
        found = CHAT.search(body) if method == "editMessageText" else None
        tapped = self._tapped.pop(int(found[1]), None) if found else None
        if tapped is not None:
            self.took.append(time.perf_counter() - tapped)

    async def run(self, number: int) -> None:
        """Tap so many times, then wait until all are answered."""
        for n in range(number):
            chat = FIRST_CHAT + n % CHATS
            self._tapped[chat] = time.perf_counter()
            self._api.push(press(n + 1, chat, self._step))
            await asyncio.sleep(BETWEEN)
        async with asyncio.timeout(PATIENCE):
            while self._tapped:
                await asyncio.sleep(0.05)

    def percentile(self, share: float) -> float:
        """Return milliseconds within which this share of the taps was answered."""
        return sorted(self.took)[min(len(self.took) - 1, int(share * len(self.took)))] * 1000


async def one_round(folder: Path, number: int, rows: int, most: int | None) -> None:
    """Tap, and print what it was like."""
    url = f"sqlite:///{folder / 'bench.db'}"
    await settle_in(url, CHATS)
    if rows:
        await crowd(url, Lane.ANNOUNCEMENT, ago(days=1), rows, 0.0)
    refuse = Window(most).refuse if most else None
    api = FakeApi(message=message(1), delay=SERVER_SECONDS, refuse=refuse)
    taps = Taps(api)
    api.on_call = taps.heard
    # As with people: far fewer tap than Telegram's limits allow.
    env = ours(await api.start(), url) | {"ERASMUS_BOT_TELEGRAM_LIMITS": "on"}
    async with bot("-m", "bot", "run", env=env):
        async with asyncio.timeout(PATIENCE):
            while not (api.count("sendMessage") if rows else api.polled_at):
                await asyncio.sleep(0.05)
        await asyncio.sleep(SETTLE)
        begun, before = time.perf_counter(), api.count("sendMessage")
        await taps.run(number)
        pace = (api.count("sendMessage") - before) / (time.perf_counter() - begun)
    await api.stop()
    kind = "at most 30 a second" if most else "no limit"
    told = ", ".join(f"p{share:.0%} {taps.percentile(share):.0f} ms" for share in (0.5, 0.95, 0.99))
    print(
        f"{rows:7} rows wait, {kind:19}: {told}; bulk {pace:.1f}/s, {api.refused} x 429", flush=True
    )


async def measure(number: int, rows: int) -> None:
    """Run all four."""
    for most in (None, TELEGRAM):
        for waiting in (0, rows):
            with tempfile.TemporaryDirectory() as folder:
                await one_round(Path(folder), number, waiting, most)
    print(f"wanted: p95 <= {WANTED_P95_MS:.0f} ms; bulk adds <= 300 ms (p95), <= 1,000 ms (p99)")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--taps", type=int, default=200)
    parser.add_argument("--rows", type=int, default=300_000)
    given = parser.parse_args()
    stand_aside()
    print(ground("python-telegram-bot", "SQLAlchemy", "uvloop"))
    asyncio.run(measure(given.taps, given.rows))


if __name__ == "__main__":
    main()
