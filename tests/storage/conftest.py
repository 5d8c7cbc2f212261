"""A real database for each test, in a file of its own."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from erasmus.calls import Call, CallStatus
from erasmus.offices import Office
from erasmus.words import Language, Words
from storage import Database, people
from storage.people import Person
from tests.offices import an_office
from tests.postgres import Postgres


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Everything about the ledger holds on both databases, unless a test names one."""
    for fixture in ("database_url", "empty_url"):
        named = any(
            fixture in mark.args[0] for mark in metafunc.definition.iter_markers("parametrize")
        )
        if fixture in metafunc.fixturenames and not named:
            metafunc.parametrize(fixture, ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
async def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The URL of a database without anything."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'assistant.sqlite3'}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    url = await server.fresh(migrated=False)
    yield url
    await server.drop(url)


@pytest.fixture
async def other_db(db: Database, database_url: str) -> AsyncIterator[Database]:
    """The same database as another process would open it."""
    assert db.url
    database = Database.open(database_url)
    yield database
    await database.close()


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 11, 21, 8, 30, tzinfo=UTC)


@pytest.fixture
async def aigul(db: Database, now: datetime) -> Person:
    """Somebody who has just written for the first time."""
    async with db.write() as c:
        return await people.greet(c, 700000001, Language.KY, "Asia/Bishkek", now)


@pytest.fixture
def call() -> Call:
    """A call whose date was announced."""
    brussels = ZoneInfo("Europe/Brussels")
    return Call(
        id="emjm-emai-2026",
        action="emjm_scholarship",
        field="computing",
        title=Words({Language.EN: "Master in AI", Language.KY: "Жасалма интеллект магистри"}),
        url="https://example.org/apply",
        opens=datetime(2026, 10, 1, tzinfo=brussels),
        closes=datetime(2027, 1, 15, 17, 0, tzinfo=brussels),
        zone="Europe/Brussels",
        date_only=False,
        status=CallStatus.OFFICIAL,
        based_on=date(2026, 1, 15),
        note=None,
        source_id="S1",
        section="Deadlines",
    )


@pytest.fixture
def office(now: datetime) -> Office:
    return an_office(now)
