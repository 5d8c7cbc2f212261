"""Changing tables: one process at a time, whichever database it is."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import func, select, text
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.database import Connection
from storage.engines import WAIT_FOR_LOCK, driven, is_sqlite, sqlite_engine

MIGRATION_LOCK = 0x45_52_41_53
"""The number of the PostgreSQL advisory lock held while tables change."""


def is_there(url: str) -> bool:
    """Tell whether connecting would find a database, rather than make an empty SQLite file."""
    parsed = driven(url)
    return not is_sqlite(parsed) or Path(parsed.database or "").is_file()


@asynccontextmanager
async def changing_tables(url: str) -> AsyncIterator[Connection]:
    """One transaction in which tables may change, alone among all processes.

    Foreign keys are not enforced meanwhile: rebuilding a table on SQLite drops the old one, and
    with them that would delete the rows that refer to it.
    """
    if not is_sqlite(driven(url)):
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
