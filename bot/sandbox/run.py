"""The sandbox as a process: double, assistant and page, all on this machine."""

import asyncio
import signal
import tempfile
from contextlib import AsyncExitStack
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from aiohttp import web

from bot.assembly import build
from bot.clock import SystemClock
from bot.sandbox.example import open_group, open_office
from bot.sandbox.hands import Hands, ShiftedClock
from bot.sandbox.phones import Phones
from bot.sandbox.server import create_app
from bot.settings import Settings
from bot.telegram_double import TelegramDouble
from bot.telegram_double.server import LOOPBACK, DoubleServer

DATABASE: Final = "sandbox.db"
END_SECONDS: Final = 0.5
BEGINS: Final = time(6, tzinfo=UTC)  # noon in Bishkek


def run(port: int, day: date | None = None, data: Path | None = None) -> None:
    """Serve until Ctrl-C; begin on a day (today without one), keep the ledger in a directory.

    Raises OSError when the port is taken.
    """
    asyncio.run(serve(port, datetime.combine(day, BEGINS) if day else None, data))


async def serve(port: int, start: datetime | None = None, data: Path | None = None) -> None:
    """Serve until SIGINT or SIGTERM; print the address once the page can be opened."""
    over = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, over.set)
    async with AsyncExitStack() as stack:
        address = await open_sandbox(stack, port, start, data)
        print(f"The assistant: {address}   (Ctrl-C ends it)", flush=True)  # noqa: T201 - a command
        await over.wait()


async def open_sandbox(
    stack: AsyncExitStack, port: int, start: datetime | None = None, data: Path | None = None
) -> str:
    """Start everything and return the page's address; the stack stops it again.

    Port 0 takes a free one.
    """
    clock = ShiftedClock(SystemClock(), start - SystemClock().now() if start else timedelta())
    # Updates of an earlier run may be in the ledger: theirs were lower.
    first = int(SystemClock().now().timestamp())
    double = TelegramDouble(clock.now, first_update=first)
    server = await stack.enter_async_context(DoubleServer(double))
    folder = data or Path(stack.enter_context(tempfile.TemporaryDirectory()))
    folder.mkdir(parents=True, exist_ok=True)
    settings = Settings.model_validate(
        {
            "token": double.token,
            "api_url": server.address,
            "database_url": f"sqlite:///{folder.absolute() / DATABASE}",
        }
    )
    assistant = build(settings, clock=clock)
    stack.push_async_callback(assistant.stop)
    await assistant.start()
    hands, phones = Hands(assistant, double, clock), Phones(double)
    await hands.greet_known(phones)
    group = open_group(double, phones)
    async with assistant.db.write() as c:
        await open_office(c, phones, group.id, clock.now())
    return await _open_page(stack, create_app(double, clock, hands, phones), port)


async def _open_page(stack: AsyncExitStack, app: web.Application, port: int) -> str:
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=END_SECONDS)
    stack.push_async_callback(runner.cleanup)
    await runner.setup()
    await web.TCPSite(runner, LOOPBACK, port).start()
    return f"http://{LOOPBACK}:{runner.addresses[0][1]}/"
