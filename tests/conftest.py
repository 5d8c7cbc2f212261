"""What all tests share: the assistant on a Telegram double, a standing clock, a real database."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.assembly import build
from bot.assistant import Assistant
from bot.clock import MovableClock
from bot.settings import Settings
from bot.telegram_double import DoubleRequest, Pace, TelegramDouble
from bot.transport import NotSent
from storage import Database
from storage.migrate import migrate

TOKEN = "1000001:" + "d" * 35
ADMIN = 700000900


@pytest.fixture
def clock() -> MovableClock:
    """Noon in Bishkek."""
    return MovableClock(datetime(2026, 11, 21, 6, tzinfo=UTC))


@pytest.fixture
def double(clock: MovableClock) -> TelegramDouble:
    return TelegramDouble(clock.now, pace=Pace.off(), token=TOKEN)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        token=SecretStr(TOKEN),
        database_url=f"sqlite:///{tmp_path / 'erasmus.db'}",
        admins=frozenset({ADMIN}),
    )


@pytest.fixture
async def db(settings: Settings) -> AsyncIterator[Database]:
    """The assistant's database, opened once more."""
    await migrate(settings.database_url)
    database = Database.open(settings.database_url)
    yield database
    await database.close()


@pytest.fixture
def new_assistant(
    settings: Settings, clock: MovableClock, double: TelegramDouble
) -> Callable[[], Assistant]:
    """Makes the process once more, as after a restart."""

    def make() -> Assistant:
        request = DoubleRequest(double, not_sent=NotSent)
        return build(
            settings, clock=clock, request=request, bulk_request=request, updates_request=request
        )

    return make


@pytest.fixture
async def assistant(new_assistant: Callable[[], Assistant]) -> AsyncIterator[Assistant]:
    """A running assistant."""
    made = new_assistant()
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
def settled(assistant: Assistant, double: TelegramDouble) -> Callable[[], Awaitable[None]]:
    """Waits until everything that people did is answered."""

    async def wait() -> None:
        await double.listening()
        await assistant.quiet()

    return wait


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--screenshots", type=Path, default=None, help="keep pictures of the main screens here"
    )


@pytest.fixture
def screenshots(pytestconfig: pytest.Config) -> Path | None:
    """Where pictures of the main screens are kept; None for nowhere."""
    album = pytestconfig.getoption("--screenshots")
    return album if isinstance(album, Path) else None
