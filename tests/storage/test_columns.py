"""Column types give back what was put in, or refuse it."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, insert, select

from erasmus.words import Language, Words
from storage import Database
from storage.columns import Document, NaiveTime, Numbered, Utc, several, spelled, texts
from storage.deliveries import Lane

things = Table(
    "things",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("at", Utc),
    Column("document", Document),
    Column("words", texts()),
    Column("numbers", several()),
    Column("language", spelled(Language)),
    Column("lane", Numbered(Lane)),
)


@pytest.fixture
async def table(db: Database) -> Database:
    async with db.write() as c:
        await c.run_sync(things.create)
    return db


async def kept(db: Database, column: str, value: object) -> object:
    """Return what comes back for a value, and the text or number that was really stored."""
    async with db.write() as c:
        await c.execute(insert(things), {column: value})
        return (await c.execute(select(things.c[column]))).scalar_one()


async def test_a_moment_comes_back_in_utc(table: Database) -> None:
    brussels = datetime(2026, 12, 20, 23, 59, 30, 5, tzinfo=ZoneInfo("Europe/Brussels"))

    back = await kept(table, "at", brussels)

    assert back == brussels
    assert isinstance(back, datetime)
    assert back.tzinfo is UTC


async def test_a_time_without_a_zone_is_refused_with_a_reason(table: Database) -> None:
    naive = datetime(2026, 12, 20, 17, 0)  # noqa: DTZ001 - the mistake itself

    with pytest.raises(NaiveTime, match="2026-12-20T17:00:00 has no zone"):
        await kept(table, "at", naive)


async def test_moments_sort_and_compare_by_instant_whatever_their_zones(table: Database) -> None:
    early = datetime(2026, 12, 21, 4, 0, tzinfo=timezone(timedelta(hours=6)))
    late = datetime(2026, 12, 20, 23, 0, tzinfo=UTC)
    async with table.write() as c:
        await c.execute(insert(things), [{"at": late}, {"at": early}])
        by_time = (await c.execute(select(things.c.at).order_by(things.c.at))).scalars().all()
        before = await c.execute(select(things.c.at).where(things.c.at < late))

        assert by_time == [early, late]
        assert before.scalars().all() == [early]


async def test_cyrillic_is_stored_as_it_is_written(table: Database) -> None:
    facts = {"city": "Ысык-Көл, Өскемен", "countries": ["KG", "KZ"], "ects": 7.5, "yes": True}

    assert await kept(table, "document", facts) == facts
    async with table.read() as c:
        stored = (await c.exec_driver_sql("SELECT document FROM things")).scalar_one()
    assert "Ысык-Көл" in stored


async def test_half_an_emoji_does_not_stop_the_ledger(table: Database) -> None:
    """Clients cut texts in the middle of a pair; as UTF-8 that cannot be written at all."""
    broken = {"text": "Салам \ud83d"}

    assert await kept(table, "document", broken) == broken


async def test_what_is_not_json_is_refused(table: Database) -> None:
    with pytest.raises(Exception, match="not JSON compliant"):
        await kept(table, "document", {"n": float("nan")})


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("words", Words({Language.KY: "Сынак", Language.EN: "Call"})),
        ("numbers", (30, 14, 0)),
        ("language", Language.KK),
        ("lane", Lane.REMINDER),
    ],
)
async def test_values_keep_their_type(table: Database, column: str, value: object) -> None:
    back = await kept(table, column, value)

    assert back == value
    assert type(back) is type(value)


@pytest.mark.parametrize("column", ["language", "lane"])
async def test_a_value_outside_the_list_is_refused(table: Database, column: str) -> None:
    with pytest.raises(Exception, match="99"):
        await kept(table, column, 99 if column == "lane" else "99")
