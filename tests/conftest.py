"""What all tests share: the assistant on a Telegram double, a standing clock, a real database."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
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
from tests.postgres import Postgres

TOKEN = "1000001:" + "d" * 35
ADMIN = 700000900


@pytest.fixture
def clock() -> MovableClock:
    """Noon in Bishkek."""
    return MovableClock(datetime(2026, 11, 21, 6, tzinfo=UTC))


@pytest.fixture
def double(clock: MovableClock) -> TelegramDouble:
    return TelegramDouble(clock.now, pace=Pace.off(), token=TOKEN)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server for all tests."""
    server = Postgres()
    server.start()
    yield server
    server.remove()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with all tables and no rows."""
    file = tmp_path_factory.mktemp("template") / "erasmus.db"
    asyncio.run(migrate(f"sqlite:///{file}"))
    return file


@pytest.fixture
async def database_url(
    request: pytest.FixtureRequest, sqlite_template: Path, tmp_path: Path
) -> AsyncIterator[str]:
    """The URL of a database with tables, of the kind that a test or the command line names."""
    if getattr(request, "param", request.config.getoption("--database")) == "postgresql":
        server: Postgres = request.getfixturevalue("postgres")
        url = await server.fresh()
        yield url
        await server.drop(url)
    else:
        yield f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'erasmus.db')}"


@pytest.fixture
def settings(database_url: str, double: TelegramDouble) -> Settings:
    """The chats' own limits need a clock that moves, as the double's do."""
    return Settings(
        token=SecretStr(TOKEN),
        database_url=database_url,
        admins=frozenset({ADMIN}),
        telegram_limits=double.world.pace.enforced,
    )


@pytest.fixture
async def db(database_url: str) -> AsyncIterator[Database]:
    """The assistant's database, opened once more."""
    database = Database.open(database_url)
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


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run on SQLite and on PostgreSQL what is marked so."""
    marked = metafunc.definition.get_closest_marker("both_databases")
    if marked and "database_url" in metafunc.fixturenames:
        metafunc.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=["sqlite", "postgresql"],
        default="sqlite",
        help="what tests that name no database run on",
    )
    parser.addoption(
        "--screenshots", type=Path, default=None, help="keep pictures of the main screens here"
    )
    parser.addoption(
        "--seed", type=int, default=None, help="repeat the random choices of trials with faults"
    )
    parser.addoption(
        "--figures", type=Path, default=None, help="write the figures of trials with faults here"
    )


@pytest.fixture
def screenshots(pytestconfig: pytest.Config) -> Path | None:
    """Where pictures of the main screens are kept; None for nowhere."""
    album = pytestconfig.getoption("--screenshots")
    return album if isinstance(album, Path) else None
