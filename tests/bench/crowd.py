"""Crowds: very many rows in a ledger of SQLite, made by SQLite itself from one that is real."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Final

from storage import Database, deliveries
from storage.deliveries import Draft, Lane
from storage.migrate import migrate
from tests.bench.journey import SCREEN

FIRST: Final = 800_000_000
"""The chat of the first row; those who tap have lower numbers."""

COPY: Final = """
    WITH RECURSIVE counter(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < :number)
    INSERT INTO deliveries ({columns}, key, chat_id, due_at)
    SELECT {columns}, d.key || ':' || counter.n, d.chat_id + counter.n,
           strftime('%Y-%m-%d %H:%M:%f000', d.due_at, '+' || (counter.n * :apart) || ' seconds')
    FROM deliveries AS d, counter WHERE d.key = :key
"""


async def crowd(url: str, lane: Lane, due_at: datetime, number: int, apart: float) -> None:
    """Put so many rows for as many chats, due one after the other, so many seconds apart."""
    await migrate(url)
    db = Database.open(url)
    body = {"text": SCREEN["text"], "keyboard": SCREEN["keyboard"], "edit": None}
    key = f"{lane.name}{due_at:%H%M%S%f}"
    draft = Draft(key=key, lane=lane, chat_id=FIRST, kind="screen", body=body, due_at=due_at)
    async with db.write() as c:
        await deliveries.put(c, draft, datetime.now(UTC))
    await db.close()
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as plain, plain:
        names = [row[1] for row in plain.execute("PRAGMA table_info(deliveries)")]
        columns = ", ".join(
            name for name in names if name not in {"id", "key", "chat_id", "due_at"}
        )
        values = {"number": number - 1, "apart": apart, "key": key}
        plain.execute(COPY.format(columns=columns), values)


def ago(**time: float) -> datetime:
    """Return a moment before now."""
    return datetime.now(UTC) - timedelta(**time)
