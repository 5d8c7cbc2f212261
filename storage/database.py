"""The database behind a URL: SQLite by default, PostgreSQL by another URL.

Whatever only one of the two understands is said here, in `engines`, in `changing`, or in the two
modules of SQLite's writer, `inline_sqlite` and `group_commit`; nowhere else.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, TypeAlias, TypeVar, cast

from sqlalchemy import Executable, Float, Table, Text, func, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from storage.engines import driven, is_sqlite, postgresql_engine, sqlite_engine
from storage.group_commit import GroupCommit

Connection: TypeAlias = AsyncConnection
"""What `Database.write()` and `Database.read()` give; opaque to every other room."""

Insert: TypeAlias = sqlite.Insert
InsertInto: TypeAlias = Callable[[Table], Insert]
"""Makes an INSERT that can say what happens where the row exists already."""

Statement = TypeVar("Statement", bound=Executable)

ONE_MOMENT: Mapping[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
"""What makes a PostgreSQL transaction read as a deferred one of SQLite does."""

READY_SECONDS = 2.0
AWAY = ("08", "40001", "40P01", "53", "55P03", "57", "58")
"""What PostgreSQL's codes begin with for: the connection broke; two waited for each other; nothing
left of memory, disk or connections; a lock was waited for too long; shutting down; a system error.
"""

UNAVAILABLE = frozenset(
    {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL}
)
"""SQLite's codes for: another process writes, for very long; the disk failed; it is full."""

PRIMARY = 0xFF
"""The part of SQLite's codes that says the kind of error."""

COLLISIONS = frozenset({"23505", "40P01"})
"""PostgreSQL's codes for: another transaction made that row first; both waited for each other."""


class Database:
    """Connections to one database. Make it with `open()`, end it with `close()`."""

    def __init__(self, writer: AsyncEngine, reader: AsyncEngine) -> None:
        self._writer = writer
        self._reader = reader
        # SQLite before 3.51.3 may corrupt a WAL file when two connections write or checkpoint at
        # one instant (sqlite.org/wal.html, "the WAL-reset bug"), so one connection does all of it.
        # Waiting for it is also fairer than SQLite's busy handler, which polls.
        self._commits = GroupCommit(writer) if is_sqlite(writer.url) else None

    @classmethod
    def open(cls, url: str) -> Database:
        """Return the database of a URL like `sqlite:///assistant.sqlite3` or `postgresql://…`.

        Nothing is connected before the first use. Raises sqlalchemy.exc.ArgumentError for a URL
        that is none.
        """
        if is_sqlite(driven(url)):
            return cls(sqlite_engine(url, inline=True), sqlite_engine(url, read_only=True))
        engine = postgresql_engine(url)
        return cls(engine, engine.execution_options(**ONE_MOMENT))

    @property
    def is_alone(self) -> bool:
        """Whether no other process can be at work here: an SQLite file has one."""
        return is_sqlite(self._writer.url)

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
        turn = self._writer.begin() if self._commits is None else self._commits.join()
        async with turn as connection:
            yield connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Connection]:
        """One reading transaction: all its queries see the same moment."""
        async with self._reader.begin() as connection:
            yield connection

    async def ready(self) -> bool:
        """Tell whether the database answers, within two seconds."""
        try:
            async with asyncio.timeout(READY_SECONDS), self.read() as connection:
                await connection.execute(text("SELECT 1"))
        except (OSError, SQLAlchemyError):  # a timeout is an OSError, too
            return False
        return True

    async def close(self) -> None:
        """Give every connection back. An open one keeps a thread, and so the process, alive."""
        # Readers first: the last connection of an SQLite file checkpoints, and that is a write.
        await self._reader.dispose()
        await self._writer.dispose()


def for_both(build: Callable[[InsertInto], Statement]) -> Callable[[Connection], Statement]:
    """Build an INSERT … ON CONFLICT for either database once; return the choice between them.

    SQLAlchemy has one per dialect, alike in every method used here.
    """
    built = {
        "sqlite": build(sqlite.insert),
        "postgresql": build(cast("InsertInto", postgresql.insert)),
    }
    return lambda connection: built[connection.dialect.name]


def is_unavailable(error: BaseException) -> bool:
    """Tell whether the database was away, busy or full: no fault of what it was asked to do."""
    reason = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    if isinstance(reason, sqlite3.OperationalError):
        # Our own word for a transaction that was undone has no code.
        code = getattr(reason, "sqlite_errorcode", sqlite3.SQLITE_FULL)
        return code & PRIMARY in UNAVAILABLE
    if isinstance(reason, ConnectionError | TimeoutError | NoConnectionFree):
        return True
    return (getattr(reason, "sqlstate", None) or "").startswith(AWAY)


class Collision(Exception):
    """Another process did at the same time what only one can do."""


@asynccontextmanager
async def may_collide(connection: Connection) -> AsyncIterator[None]:
    """A part of a transaction that is undone alone, by Collision, when another process was first.

    On SQLite nobody else writes meanwhile.
    """
    if connection.dialect.name == "sqlite":
        yield
        return
    try:
        async with connection.begin_nested():
            yield
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) not in COLLISIONS:
            raise
        raise Collision from error


async def in_turn(connection: Connection, lock: int) -> None:
    """Wait until no other transaction holds a lock, and hold it until this one ends.

    On SQLite nobody else writes meanwhile.
    """
    if connection.dialect.name == "postgresql":
        await connection.execute(select(func.pg_advisory_xact_lock(lock)))


class language_in(FunctionElement[str]):  # noqa: N801 - reads like the function it becomes
    """The language that a document names: `language_in(deliveries.c.body)`."""

    type = Text()
    inherit_cache = True


@compiles(language_in, "sqlite")
def _language_of_sqlite(element: language_in, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401 - SQLAlchemy's
    return f"json_extract({compiler.process(element.clauses, **how)}, '$.language')"


@compiles(language_in, "postgresql")
def _language_of_postgresql(element: language_in, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401 - SQLAlchemy's
    return f"({compiler.process(element.clauses, **how)})::json ->> 'language'"


class seconds_now(FunctionElement[float]):  # noqa: N801 - reads like the function it becomes
    """The database's clock: seconds since 1970, as they pass within a transaction too."""

    type = Float()
    inherit_cache = True


@compiles(seconds_now, "sqlite")
def _seconds_of_sqlite(*_: object, **__: object) -> str:
    return "((julianday('now') - 2440587.5) * 86400.0)"


@compiles(seconds_now, "postgresql")
def _seconds_of_postgresql(*_: object, **__: object) -> str:
    return "extract(epoch FROM clock_timestamp())::double precision"
