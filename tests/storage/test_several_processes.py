"""Two processes on one database get in each other's way, and nobody notices."""

import asyncio
import socket
import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from erasmus.calls import Call
from erasmus.offices import Office
from storage import (
    Database,
    belongings,
    calls,
    deliveries,
    engines,
    inbox,
    is_unavailable,
    offices,
    question_places,
    questions,
)
from storage.deliveries import Draft, Lane, State
from storage.people import Person
from tests.postgres import Postgres

LEASE = timedelta(seconds=60)
BULK = (Lane.REMINDER, Lane.ANNOUNCEMENT)
ON_POSTGRESQL = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@pytest.fixture
def reminder(now: datetime) -> Draft:
    return Draft("r", Lane.REMINDER, 1, "reminder", {}, now)


@ON_POSTGRESQL
async def test_a_chat_that_is_being_answered_elsewhere_is_passed_over(
    db: Database, other_db: Database, reminder: Draft, now: datetime
) -> None:
    """A reply is claimed in a transaction nobody sees yet; the claim of a reminder meets it."""
    async with db.write() as c:
        for chat in (1, 2):
            await deliveries.put(c, replace(reminder, key=f"r{chat}", chat_id=chat), now)

    async def claim() -> list[str]:
        async with other_db.write() as c:
            rows = await deliveries.claim(c, now, now + LEASE, 10, BULK)
            return [row.key for row in rows]

    async with db.write() as c:
        reply = replace(reminder, key="u", lane=Lane.REPLY, kind="screen")
        assert await deliveries.put_sending(c, reply, now, now + LEASE)
        claiming = asyncio.create_task(claim())
        done, _ = await asyncio.wait([claiming], timeout=0.2)
        assert not done

    assert await claiming == ["r2"]


@ON_POSTGRESQL
async def test_a_reply_waits_its_turn_where_a_reminder_was_first(
    db: Database, other_db: Database, reminder: Draft, now: datetime
) -> None:
    """The handler's work is kept; only the reply's fast way out is closed."""
    async with db.write() as c:
        await deliveries.put(c, reminder, now)

    async def answer() -> object:
        async with other_db.write() as c:
            reply = replace(reminder, key="u", lane=Lane.REPLY)
            return await deliveries.put_sending(c, reply, now, now + LEASE)

    async with db.write() as c:
        [first] = await deliveries.claim(c, now, now + LEASE, 10, BULK)
        answering = asyncio.create_task(answer())
        await asyncio.wait([answering], timeout=0.2)
    assert await answering is None

    async with db.write() as c:
        await deliveries.settle(c, first, State.SENT, now)
        [row] = await deliveries.claim(c, now, now + LEASE, 10, tuple(Lane))
    assert row.key == "u"


async def test_two_processes_that_bring_the_same_new_call_count_one_revision(
    db: Database, other_db: Database, call: Call, now: datetime
) -> None:
    async def seed(database: Database) -> bool:
        async with database.write() as c:
            return await calls.put(c, call, now)

    changed = await asyncio.gather(*(seed((db, other_db)[n % 2]) for n in range(6)))

    assert sorted(changed) == [False] * 5 + [True]
    async with db.read() as c:
        assert await calls.get(c, call.id) == replace(call, revision=1)


@ON_POSTGRESQL
async def test_a_database_that_was_away_is_used_again(
    db: Database, postgres: Postgres, reminder: Draft, now: datetime
) -> None:
    async with db.write() as c:
        await deliveries.put(c, reminder, now)
    assert await db.ready()

    postgres.stop()
    try:
        assert not await db.ready()
        with pytest.raises((OSError, DBAPIError)):
            async with db.write() as c:
                await deliveries.claim(c, now, now + LEASE, 10, BULK)
    finally:
        postgres.start()

    assert await db.ready()
    async with db.write() as c:
        assert len(await deliveries.claim(c, now, now + LEASE, 10, BULK)) == 1


@ON_POSTGRESQL
async def test_a_lock_that_another_holds_is_no_fault_of_who_waits(
    db: Database, other_db: Database
) -> None:
    """A process that is frozen in a transaction holds it for half a minute."""
    async with db.write() as c:
        await c.execute(text("LOCK TABLE people"))
        with pytest.raises(DBAPIError) as raised:
            await _look_briefly(other_db)

    assert is_unavailable(raised.value)


async def _look_briefly(db: Database) -> None:
    async with db.write() as c:
        await c.execute(text("SET LOCAL lock_timeout = '50ms'"))
        await c.execute(text("SELECT 1 FROM people"))


async def test_a_server_that_says_nothing_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "CONNECT_SECONDS", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:  # whoever knocks is let in by nobody
        away = Database.open(f"postgresql://who:what@127.0.0.1:{silent.getsockname()[1]}/where")
        with pytest.raises(TimeoutError) as raised:
            await _look_briefly(away)

    assert is_unavailable(raised.value)


async def test_a_mistake_is_one_and_not_the_database_s(db: Database) -> None:
    with pytest.raises(DBAPIError) as raised:
        async with db.read() as c:
            await c.execute(text("SELECT nothing FROM nowhere"))

    assert not is_unavailable(raised.value)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_full_disk_is_no_fault_of_who_writes(db: Database, now: datetime) -> None:
    async with db.write() as c:
        await c.execute(text("PRAGMA max_page_count = 1"))
    with pytest.raises((DBAPIError, sqlite3.OperationalError)) as raised:
        await _fill(db, now)

    assert is_unavailable(raised.value)


async def _fill(db: Database, now: datetime) -> None:
    async with db.write() as c:
        updates = [(n, n, {"text": "x" * 1000}) for n in range(1000)]
        await inbox.receive(c, updates, now)


@ON_POSTGRESQL
async def test_no_session_waits_or_holds_others_up_for_ever(db: Database) -> None:
    async with db.write() as c:
        patience = [
            (await c.execute(text(f"SHOW {setting}"))).scalar_one()
            for setting in ("lock_timeout", "idle_in_transaction_session_timeout")
        ]

    assert patience == ["5s", "30s"]


@ON_POSTGRESQL
async def test_what_is_passed_on_while_its_student_is_forgotten_is_told_nobody(
    db: Database, other_db: Database, aigul: Person, office: Office, now: datetime
) -> None:
    """A topic opens at that moment, and the question follows into it."""
    async with db.write() as c:
        await offices.put(c, office)
        number = await questions.begin(c, office.id, aigul.id, now)
        question = await questions.get(c, number)
    assert question

    async def forget() -> None:
        async with other_db.write() as c:
            assert await belongings.forget(c, aigul.id)

    async with db.write() as c:
        await question_places.lock(c, question)
        forgetting = asyncio.create_task(forget())
        await asyncio.wait([forgetting], timeout=0.2)
        row = Draft(f"q{number}.1:m1", Lane.STAFF, -100, "relay", {"text": "May I apply?"}, now)
        await deliveries.put(c, row, now)
    await forgetting

    async with db.read() as c:
        assert await deliveries.counts(c) == {}
