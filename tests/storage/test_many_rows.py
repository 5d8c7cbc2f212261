"""What waits costs nothing until it is due, even before the database has counted its rows."""

import time
from datetime import datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import insert

from erasmus.calls import Call
from erasmus.words import Language
from storage import Connection, Database, calls, deliveries, follows, inbox
from storage.deliveries import Draft, Lane
from storage.models import deliveries as delivery_rows
from storage.models import follows as follow_rows
from storage.models import people as person_rows

WAITING = 40_000
PEOPLE = 4_000
TICK_SECONDS = 1.0
BATCH_SECONDS = 2.0
DAY = timedelta(days=1)
LEASE = timedelta(seconds=60)
BULK = (Lane.REMINDER, Lane.ANNOUNCEMENT)


@pytest.fixture
async def many(db: Database, call: Call, now: datetime) -> None:
    """Thousands of people, each with a follow that is planned and ten reminders for tomorrow."""
    ids = range(1, PEOPLE + 1)
    async with db.write() as c:
        await calls.put(c, call, now)
        await c.execute(insert(person_rows), [person(n, now) for n in ids])
        await c.execute(
            insert(follow_rows),
            [
                {"person_id": n, "call_id": call.id, "followed_at": now, "planned": True}
                for n in ids
            ],
        )
        await c.execute(insert(delivery_rows), [reminder(n, call, now) for n in range(WAITING)])


def person(n: int, now: datetime) -> dict[str, object]:
    return {
        "id": n,
        "language": Language.KY,
        "zone": "Asia/Bishkek",
        "facts": {},
        "ladder": (7,),
        "created_at": now,
        "seen_at": now,
    }


def follow(n: int, call: Call, now: datetime) -> dict[str, object]:
    return {"person_id": n, "call_id": call.id, "followed_at": now, "planned": True}


def reminder(n: int, call: Call, now: datetime) -> dict[str, object]:
    return {
        "key": f"r{n}",
        "lane": Lane.REMINDER,
        "chat_id": n % PEOPLE + 1,
        "kind": "reminder",
        "body": {},
        "due_at": now + DAY,
        "call_id": call.id,
        "revision": 1,
        "created_at": now,
    }


async def tick(c: Connection, now: datetime) -> None:
    """Do what the process does again and again."""
    assert await follows.to_plan(c, now) == []
    await inbox.recover(c, now)
    await inbox.backlog(c, steady=True)
    await deliveries.recover(c, now)
    await deliveries.lanes_of_suspects(c, now, steady=True)
    await deliveries.expire(c, now)
    await deliveries.next_due(c, now)
    await deliveries.depths(c, now)
    assert await deliveries.claim(c, now, now + LEASE, 8, BULK) == []


@pytest.mark.usefixtures("many")
async def test_no_step_reads_all_that_waits(db: Database, call: Call, now: datetime) -> None:
    """Nothing due; then all due at once; then a deadline that moved for three hundred."""
    async with db.write() as c:
        began = time.perf_counter()
        await tick(c, now)
        assert time.perf_counter() - began < TICK_SECONDS

    tomorrow = now + DAY
    async with db.write() as c:
        began = time.perf_counter()
        assert len(await deliveries.claim(c, tomorrow, tomorrow + LEASE, 70, BULK)) == 70
        assert time.perf_counter() - began < TICK_SECONDS

    async with db.write() as c:
        for n in range(1, 301):
            await follows.set_muted(c, n, call.id, muted=False)
        began = time.perf_counter()
        await plan_anew(c, now)
        assert time.perf_counter() - began < BATCH_SECONDS


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_look_for_suspects_reads_only_suspects(db: Database, now: datetime) -> None:
    """It is taken every second, and in the loop: while it lasts nobody is answered."""
    when, hundreds_of_steps = now + 2 * DAY, count()

    async with db.write() as c:
        raw = (await c.get_raw_connection()).driver_connection
        assert raw is not None
        raw.set_progress_handler(lambda: next(hundreds_of_steps) < 0, 100)
        assert not await deliveries.lanes_of_suspects(c, when, steady=True)
        assert not await deliveries.claim_suspect(c, when, when + LEASE, BULK, steady=True)
        raw.set_progress_handler(None, 0)

    assert next(hundreds_of_steps) < 10


async def plan_anew(c: Connection, now: datetime) -> None:
    rows = await follows.to_plan(c, now)
    assert len(rows) == 300
    pairs = [(followed.person_id, followed.call_id) for _, followed, _ in rows]
    await deliveries.withdraw_planned(c, pairs, "reminder", now)
    drafts = [
        Draft(f"new{person}", Lane.REMINDER, person, "reminder", {}, now + DAY, call_id=call)
        for person, call in pairs
    ]
    await deliveries.put_all(c, drafts, now)
