"""The database behind a URL: SQLite by default, PostgreSQL by another URL.

Whatever only one of the two understands is said in this module and nowhere else.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any, TypeAlias, TypeVar, cast

from sqlalchemy import Connection as PlainConnection
from sqlalchemy import Executable, Table, event, func, make_url, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

Connection: TypeAlias = AsyncConnection
"""What `Database.write()` and `Database.read()` give; opaque to every other room."""

Insert: TypeAlias = sqlite.Insert
InsertInto: TypeAlias = Callable[[Table], Insert]
"""Makes an INSERT that can say what happens where the row exists already."""

Statement = TypeVar("Statement", bound=Executable)

WAIT_FOR_LOCK = 30.0
"""Seconds that a connection waits while another process writes to the same SQLite file."""

READERS = 4
"""Reading connections to an SQLite file; each is a thread."""

ONE_MOMENT: Mapping[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
"""What makes a PostgreSQL transaction read as a deferred one of SQLite does."""

MIGRATION_LOCK = 0x45_52_41_53
"""The number of the PostgreSQL advisory lock held while tables change."""


class Database:
    """Connections to one database. Make it with `open()`, end it with `close()`."""

    def __init__(self, writer: AsyncEngine, reader: AsyncEngine) -> None:
        self._writer = writer
        self._reader = reader
        # SQLite before 3.51.3 may corrupt a WAL file when two connections write or checkpoint at
        # one instant (sqlite.org/wal.html, "the WAL-reset bug"), so one connection does all of it.
        # Waiting here is also fairer than SQLite's busy handler, which polls.
        self._turn: AbstractAsyncContextManager[object] = (
            asyncio.Lock() if _is_sqlite(writer.url) else nullcontext()
        )

    @classmethod
    def open(cls, url: str) -> Database:
        """Return the database of a URL like `sqlite:///assistant.sqlite3` or `postgresql://…`.

        Nothing is connected before the first use. Raises sqlalchemy.exc.ArgumentError for a URL
        that is none.
        """
        if _is_sqlite(driven(url)):
            return cls(sqlite_engine(url), sqlite_engine(url, read_only=True))
        engine = create_async_engine(driven(url), hide_parameters=True)
        return cls(engine, engine.execution_options(**ONE_MOMENT))

    @property
    def url(self) -> str:
        """The URL, with the password hidden."""
        return self._writer.url.render_as_string(hide_password=True)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Connection]:
        """One writing transaction: committed at the end, rolled back by an exception.

        On SQLite it holds the write lock from its first moment, so keep it short and never await
        the network in it.
        """
        async with self._turn, self._writer.begin() as connection:
            yield connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Connection]:
        """One reading transaction: all its queries see the same moment."""
        async with self._reader.begin() as connection:
            yield connection

    async def close(self) -> None:
        """Give every connection back. An open one keeps a thread, and so the process, alive."""
        # Readers first: the last connection of an SQLite file checkpoints, and that is a write.
        await self._reader.dispose()
        await self._writer.dispose()


def driven(url: str) -> URL:
    """Return a URL with the asynchronous driver of its database."""
    parsed = make_url(url)
    match parsed.get_backend_name():
        case "sqlite":
            return parsed.set(drivername="sqlite+aiosqlite")
        case "postgresql" | "postgres":
            return parsed.set(drivername="postgresql+asyncpg")
    return parsed


def sqlite_engine(url: str, *, read_only: bool = False, foreign_keys: bool = True) -> AsyncEngine:
    """Return an engine of one writing connection, or of several that can only read."""
    engine = create_async_engine(
        driven(url),
        pool_size=READERS if read_only else 1,
        max_overflow=0,
        hide_parameters=True,  # an error must not carry what people told
        connect_args={"timeout": WAIT_FOR_LOCK},
    )
    pragmas = [f"foreign_keys={'ON' if foreign_keys else 'OFF'}"]
    pragmas += ["query_only=ON"] if read_only else ["journal_mode=WAL", "synchronous=FULL"]
    # Python's own default begins a transaction at the first write: what was read before it may be
    # stale by then, and of 160 concurrent increments 106 were lost without a word.
    begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"

    def prepare(raw: DBAPIConnection, _record: object) -> None:
        raw.isolation_level = None
        cursor = raw.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def start(connection: PlainConnection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine.sync_engine, "connect", prepare)
    event.listen(engine.sync_engine, "begin", start)
    return engine


def for_both(build: Callable[[InsertInto], Statement]) -> Callable[[Connection], Statement]:
    """Build an INSERT … ON CONFLICT for either database once; return the choice between them.

    SQLAlchemy has one per dialect, alike in every method used here.
    """
    built = {
        "sqlite": build(sqlite.insert),
        "postgresql": build(cast("InsertInto", postgresql.insert)),
    }
    return lambda connection: built[connection.dialect.name]


def is_there(url: str) -> bool:
    """Tell whether connecting would find a database, rather than make an empty SQLite file."""
    parsed = driven(url)
    return not _is_sqlite(parsed) or Path(parsed.database or "").is_file()


@asynccontextmanager
async def changing_tables(url: str) -> AsyncIterator[Connection]:
    """One transaction in which tables may change, alone among all processes.

    Foreign keys are not enforced meanwhile: rebuilding a table on SQLite drops the old one, and
    with them that would delete the rows that refer to it.
    """
    if not _is_sqlite(driven(url)):
        async with _transaction(create_async_engine(driven(url))) as connection:
            await connection.execute(select(func.pg_advisory_xact_lock(MIGRATION_LOCK)))
            yield connection
        return
    async with (
        _side_lock(driven(url)),
        _transaction(sqlite_engine(url, foreign_keys=False)) as connection,
    ):
        yield connection
        broken = (await connection.execute(text("PRAGMA foreign_key_check"))).all()
        if broken:
            raise RuntimeError(f"the migration left rows that refer to nothing: {broken[:5]}")


@asynccontextmanager
async def _transaction(engine: AsyncEngine) -> AsyncIterator[Connection]:
    try:
        async with engine.begin() as connection:
            yield connection
    finally:
        await engine.dispose()


@asynccontextmanager
async def _side_lock(url: URL) -> AsyncIterator[None]:
    """Lock a file beside the database: a start turns on WAL, and that waits for nobody.

    The lock is SQLite's own, on an empty database, so that it works on every system and ends
    with the process that held it.
    """
    lock = sqlite3.connect(
        f"{url.database}-start",
        timeout=2 * WAIT_FOR_LOCK,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        await asyncio.to_thread(lock.execute, "BEGIN EXCLUSIVE")
        yield
    finally:
        lock.close()


def _is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"
