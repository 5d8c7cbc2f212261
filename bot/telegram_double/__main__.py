"""A double by itself: ``python -m bot.telegram_double --port 8081``."""

import argparse
import asyncio
import contextlib

from bot.clock import SystemClock
from bot.telegram_double.engine import TelegramDouble
from bot.telegram_double.pace import Pace
from bot.telegram_double.server import DoubleServer


async def serve(port: int, pace: Pace) -> None:
    """Answer until cancelled."""
    async with DoubleServer(TelegramDouble(SystemClock().now, pace=pace), port=port) as server:
        print(f"{server.base_url}{server.double.token}", flush=True)  # noqa: T201 - a command
        await asyncio.Event().wait()


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(prog="python -m bot.telegram_double", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--pace", choices=("telegram", "off"), default="telegram")
    given = parser.parse_args()
    pace = Pace.off() if given.pace == "off" else Pace.telegram()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(given.port, pace))


if __name__ == "__main__":
    main()
