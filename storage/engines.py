"""Engines: how either database is connected to, and what each of its sessions begins with."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection as PlainConnection
from sqlalchemy import event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.inline_sqlite import DRIVER, LONG, begun_at_once

WAIT_FOR_LOCK = 30.0
"""Seconds that a connection waits while another process writes to the same SQLite file."""

READERS = 4
"""Reading connections to an SQLite file; each is a thread."""

PATIENCE: Mapping[str, str] = {
    "lock_timeout": "5s",
    # A process that froze in a transaction must not hold up the others.
    "idle_in_transaction_session_timeout": "30s",
    "application_name": "erasmus-assistant",
    # Queries here are short: compiling one takes longer than running it.
    "jit": "off",
    # Before it has counted the rows, it takes an index of a million for one of a hundred, and
    # combines two of them where one would do.
    "enable_bitmapscan": "off",
}
"""What a PostgreSQL session begins with."""

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 60.0
"""A server that is cut off says nothing at all, and a statement would wait for ever."""

CONNECTIONS = 20


def driven(url: str) -> URL:
    """Return a URL with the asynchronous driver of its database."""
    parsed = make_url(url)
    match parsed.get_backend_name():
        case "sqlite":
            return parsed.set(drivername="sqlite+aiosqlite")
        case "postgresql" | "postgres":
            return parsed.set(drivername="postgresql+asyncpg")
    return parsed


def postgresql_engine(url: str) -> AsyncEngine:
    """Return an engine whose connections are tried before use: the server may have been away."""
    return create_async_engine(
        driven(url),
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={
            "timeout": CONNECT_SECONDS,
            "command_timeout": ANSWER_SECONDS,
            "server_settings": dict(PATIENCE),
        },
    )


def sqlite_engine(
    url: str, *, read_only: bool = False, foreign_keys: bool = True, inline: bool = False
) -> AsyncEngine:
    """Return an engine of one writing connection, or of several that can only read.

    An `inline` one must be used through GroupCommit.
    """
    engine = create_async_engine(
        driven(url).set(drivername=DRIVER) if inline else driven(url),
        pool_size=READERS if read_only else 1,
        max_overflow=0,
        hide_parameters=True,  # an error must not carry what people told
        connect_args={"timeout": WAIT_FOR_LOCK, "check_same_thread": False},
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
        if not inline:
            connection.exec_driver_sql(begin)
        elif not begun_at_once(connection, begin):
            connection.exec_driver_sql(begin, execution_options=LONG)

    event.listen(engine.sync_engine, "connect", prepare)
    event.listen(engine.sync_engine, "begin", start)
    return engine


def is_sqlite(url: URL) -> bool:
    """Tell which of the two databases a URL is of."""
    return url.get_backend_name() == "sqlite"
