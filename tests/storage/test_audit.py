"""The audit: rows are only added, and one that was touched shows."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage import Database, audit
from storage.audit import BEGINNING

WRITERS = 24
SLIPPED_IN = """
    INSERT INTO audit SELECT 5, at, person_id, office_id, what, subject, details, digest
      FROM audit WHERE id = 4
"""


async def write(db: Database, now: datetime, subject: str) -> None:
    async with db.write() as c:
        await audit.write(c, now, 7, "kg", "member.invited", subject, role="editor", name="Айгүл")


async def tamper(db: Database, statement: str) -> None:
    """Do what somebody with the database's password could do."""
    async with db.write() as c:
        if c.dialect.name == "sqlite":
            for name in ("audit_no_update", "audit_no_delete"):
                await c.execute(text(f"DROP TRIGGER {name}"))
        else:
            await c.execute(text("ALTER TABLE audit DISABLE TRIGGER audit_no_change"))
        await c.execute(text(statement))


async def verified(db: Database) -> audit.Verified:
    async with db.read() as c:
        return await audit.verify(c)


async def test_an_empty_audit_holds(db: Database) -> None:
    assert await verified(db) == audit.Verified(0, BEGINNING)


async def test_what_was_written_is_read_again_and_holds(db: Database, now: datetime) -> None:
    for n in range(3):
        await write(db, now + timedelta(seconds=n, microseconds=n), f"person {n % 2}")

    async with db.read() as c:
        entries = await audit.page(c, after=0)
    assert [(entry.id, entry.person_id, entry.what, entry.subject) for entry in entries] == [
        (1, 7, "member.invited", "person 0"),
        (2, 7, "member.invited", "person 1"),
        (3, 7, "member.invited", "person 0"),
    ]
    assert entries[0].details == {"role": "editor", "name": "Айгүл"}
    found = await verified(db)
    assert (found.rows, found.last, found.broken) == (3, entries[-1].digest, None)


async def test_many_writers_at_once_make_one_chain(
    db: Database, other_db: Database, now: datetime
) -> None:
    await asyncio.gather(
        *(write((db, other_db)[n % 2], now, f"person {n}") for n in range(WRITERS))
    )

    found = await verified(db)
    assert (found.rows, found.broken) == (WRITERS, None)


async def test_a_writer_that_fails_leaves_no_gap(db: Database, now: datetime) -> None:
    async def fail() -> None:
        async with db.write() as c:
            await audit.write(c, now, 7, "kg", "call.published", "call")
            raise KeyError

    await asyncio.gather(write(db, now, "a"), fail(), write(db, now, "b"), return_exceptions=True)

    found = await verified(db)
    assert (found.rows, found.broken) == (2, None)


@pytest.mark.parametrize(
    "statement", ["UPDATE audit SET person_id = 8 WHERE id = 1", "DELETE FROM audit WHERE id = 2"]
)
async def test_the_database_refuses_to_change_or_delete_a_row(
    db: Database, now: datetime, statement: str
) -> None:
    await write(db, now, "a")
    await write(db, now, "b")

    with pytest.raises(DBAPIError, match="only added to"):
        async with db.write() as c:
            await c.execute(text(statement))

    assert (await verified(db)).rows == 2


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE audit SET person_id = 8 WHERE id = 2", 2),
        ("UPDATE audit SET subject = 'another' WHERE id = 3", 3),
        ("UPDATE audit SET details = '{}' WHERE id = 1", 1),
        ("DELETE FROM audit WHERE id = 2", 2),
        ("DELETE FROM audit WHERE id = 1", 1),
        ("UPDATE audit SET id = 40 WHERE id = 4", 4),
        (SLIPPED_IN, 5),
    ],
)
async def test_the_first_row_that_was_touched_is_named(
    db: Database, now: datetime, statement: str, broken: int
) -> None:
    for n in range(4):
        await write(db, now, f"person {n}")

    await tamper(db, statement)

    found = await verified(db)
    assert (found.broken, found.rows) == (broken, broken - 1)


async def test_details_that_json_does_not_know_are_refused(db: Database, now: datetime) -> None:
    with pytest.raises(TypeError):
        async with db.write() as c:
            await audit.write(c, now, 7, "kg", "call.published", "call", when=now)

    assert (await verified(db)).rows == 0
