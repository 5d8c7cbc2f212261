"""The database keeps what was committed, loses no update, and lets readers only read."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Integer, column, make_url, select, table, text
from sqlalchemy.exc import DBAPIError

from storage import Connection, Database
from storage.engines import driven

WRITERS = 20
ADDITIONS = 8

COUNTER = table("counter", column("n", Integer))
READ = select(COUNTER.c.n)
READ_TO_CHANGE = READ.with_for_update()
WRITE = text("UPDATE counter SET n = :n")


@pytest.fixture
async def counter(db: Database) -> None:
    async with db.write() as c:
        await c.execute(text("CREATE TABLE counter (n INTEGER NOT NULL)"))
        await c.execute(text("INSERT INTO counter VALUES (0)"))


async def add_one(c: Connection) -> None:
    """Read, let everybody else go first, and write what follows from what was read."""
    n = (await c.execute(READ_TO_CHANGE)).scalar_one()
    await asyncio.sleep(0)
    await c.execute(WRITE, {"n": n + 1})


async def counted(db: Database) -> int:
    async with db.read() as c:
        return int((await c.execute(READ)).scalar_one())


@pytest.mark.usefixtures("counter")
async def test_no_update_is_lost_when_many_read_and_then_write(
    db: Database, other_db: Database
) -> None:
    """With SQLite's default transactions 54 of 160 such additions survived, without an error."""

    async def add_often(database: Database) -> None:
        for _ in range(ADDITIONS):
            async with database.write() as c:
                await add_one(c)

    await asyncio.gather(*(add_often((db, other_db)[n % 2]) for n in range(WRITERS)))

    assert await counted(db) == WRITERS * ADDITIONS


@pytest.mark.usefixtures("counter")
async def test_an_exception_undoes_the_whole_transaction(db: Database) -> None:
    async def fail_half_way() -> None:
        async with db.write() as c:
            await add_one(c)
            raise KeyError

    with pytest.raises(KeyError):
        await fail_half_way()

    assert await counted(db) == 0


@pytest.mark.usefixtures("counter")
async def test_a_cancelled_writer_leaves_nothing_and_blocks_nobody(db: Database) -> None:
    half_way = asyncio.Event()

    async def never_end() -> None:
        async with db.write() as c:
            await add_one(c)
            half_way.set()
            await asyncio.Event().wait()

    writer = asyncio.create_task(never_end())
    await half_way.wait()
    writer.cancel()
    await asyncio.wait([writer])

    async with db.write() as c:
        await add_one(c)
    assert await counted(db) == 1


@pytest.mark.usefixtures("counter")
async def test_a_reader_sees_one_moment_while_a_writer_goes_on(db: Database) -> None:
    async with db.read() as reading:
        before = (await reading.execute(READ)).scalar_one()
        async with db.write() as writing:
            await add_one(writing)
        after = (await reading.execute(READ)).scalar_one()

    assert (before, after) == (0, 0)
    assert await counted(db) == 1


@pytest.mark.usefixtures("counter")
async def test_a_reader_cannot_write(db: Database) -> None:
    async with db.read() as c:
        with pytest.raises(DBAPIError, match=r"read-?only"):
            await c.execute(WRITE, {"n": 1})


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_commits_reach_the_disk_and_references_are_checked(db: Database) -> None:
    async with db.write() as c:
        pragmas = [
            (await c.execute(text(f"PRAGMA {name}"))).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]

    full, on = 2, 1
    assert pragmas == ["wal", full, on]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_closing_leaves_one_whole_file(db: Database, database_url: str) -> None:
    """What was committed is in the file itself, and nothing waits in a log beside it."""
    async with db.write() as c:
        await c.execute(text("CREATE TABLE kept (n INTEGER)"))
    async with db.read() as c:
        await c.execute(text("SELECT n FROM kept"))

    await db.close()

    file = Path(make_url(database_url).database or "")
    assert not file.with_name(f"{file.name}-wal").exists()
    with closing(sqlite3.connect(file)) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@pytest.mark.parametrize(
    ("url", "driver"),
    [
        ("sqlite:///a.sqlite3", "sqlite+aiosqlite"),
        ("sqlite+aiosqlite:///a.sqlite3", "sqlite+aiosqlite"),
        ("postgresql://somebody@localhost/a", "postgresql+asyncpg"),
        ("postgres://somebody@localhost/a", "postgresql+asyncpg"),
    ],
)
def test_an_operator_names_the_database_and_not_the_driver(url: str, driver: str) -> None:
    assert driven(url).drivername == driver
