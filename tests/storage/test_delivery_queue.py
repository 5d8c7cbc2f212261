"""What is put into the queue goes out once; what lost its reason is withdrawn."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from storage import Database, deliveries
from storage.deliveries import Delivery, Draft, Lane, State

AIGUL, BAKYT = 700000001, 700000002
DAY = timedelta(days=1)


@pytest.fixture
def reminder(now: datetime) -> Draft:
    """A reminder for tomorrow."""
    return Draft(
        key=f"r{AIGUL}:emai:1:d7",
        lane=Lane.REMINDER,
        chat_id=AIGUL,
        kind="reminder",
        body={"days": 7},
        due_at=now + DAY,
        valid_until=now + 7 * DAY,
        call_id="emai",
        revision=1,
        occasion="d7",
    )


async def states(db: Database) -> dict[State, int]:
    async with db.read() as c:
        return await deliveries.counts(c)


async def test_a_draft_becomes_a_row_that_waits(
    db: Database, reminder: Draft, now: datetime
) -> None:
    async with db.write() as c:
        delivery_id = await deliveries.put(c, reminder, now)
        assert delivery_id
        stored = await deliveries.get(c, delivery_id)

    assert stored == Delivery(
        id=delivery_id,
        key=reminder.key,
        lane=Lane.REMINDER,
        chat_id=AIGUL,
        kind="reminder",
        body={"days": 7},
        due_at=now + DAY,
        valid_until=now + 7 * DAY,
        state=State.QUEUED,
        attempts=0,
        call_id="emai",
        revision=1,
        occasion="d7",
        message_id=None,
        created_at=now,
        problem=None,
        settled_at=None,
    )


async def test_a_key_is_queued_once(db: Database, reminder: Draft, now: datetime) -> None:
    """Planning runs again and again, and must find what it planned before."""
    async with db.write() as c:
        first = await deliveries.put(c, reminder, now)
        assert first
        assert await deliveries.put(c, replace(reminder, body={"days": 1}), now) is None
        await deliveries.put_all(c, [reminder, replace(reminder, key="another")], now)
        await deliveries.put_all(c, [], now)

        stored = await deliveries.get(c, first)

    assert stored
    assert stored.body == {"days": 7}
    assert await states(db) == {State.QUEUED: 2}


async def test_a_withdrawn_reminder_returns_with_its_reason(
    db: Database, reminder: Draft, now: datetime
) -> None:
    """Unfollowed and followed again, a call brings its reminders again, at their new times."""
    moved = replace(reminder, due_at=now + 2 * DAY, body={"days": 6})
    async with db.write() as c:
        first = await deliveries.put(c, reminder, now)
        await deliveries.cancel_for_follow(c, AIGUL, "emai", now)
        again = await deliveries.put(c, moved, now)
        stored = await deliveries.get(c, again or 0)

    assert again == first
    assert stored
    assert (stored.state, stored.settled_at) == (State.QUEUED, None)
    assert (stored.due_at, stored.body) == (now + 2 * DAY, {"days": 6})


async def test_what_a_sender_looked_at_and_dropped_does_not_return(
    db: Database, reminder: Draft, now: datetime
) -> None:
    async with db.write() as c:
        await deliveries.put(c, replace(reminder, due_at=now), now)
        [claimed] = await deliveries.claim(c, now, now + DAY, 1, [Lane.REMINDER])
        await deliveries.settle(c, claimed, State.CANCELLED, now, problem="nothing left to say")

        assert await deliveries.put(c, reminder, now) is None


@pytest.fixture
async def several(db: Database, reminder: Draft, now: datetime) -> None:
    """Two revisions of one call and another call for one person, and something for another."""
    drafts = [
        replace(reminder, key="old"),
        replace(reminder, key="new", revision=2),
        replace(reminder, key="other call", call_id="other"),
        replace(reminder, key="news", kind="change"),
        replace(reminder, key="other person", chat_id=BAKYT),
    ]
    async with db.write() as c:
        await deliveries.put_all(c, drafts, now)


async def queued(db: Database) -> set[str]:
    async with db.read() as c:
        rows = [
            row
            for chat_id in (AIGUL, BAKYT)
            for row in await deliveries.queued_for(c, chat_id, Lane.REMINDER)
        ]
    return {row.key for row in rows}


@pytest.mark.usefixtures("several")
async def test_a_moved_deadline_withdraws_what_was_planned_before(
    db: Database, now: datetime
) -> None:
    async with db.write() as c:
        assert await deliveries.cancel_stale(c, "emai", 2, now) == 3

    assert await queued(db) == {"new", "other call"}


@pytest.mark.usefixtures("several")
async def test_unfollowing_withdraws_one_call_of_one_person(db: Database, now: datetime) -> None:
    async with db.write() as c:
        assert await deliveries.cancel_for_follow(c, AIGUL, "emai", now) == 3

    assert await queued(db) == {"other call", "other person"}


@pytest.mark.usefixtures("several")
async def test_switching_reminders_off_withdraws_them_and_nothing_else(
    db: Database, now: datetime
) -> None:
    async with db.write() as c:
        assert await deliveries.cancel_for_person(c, AIGUL, "reminder", now) == 3

    assert await queued(db) == {"news", "other person"}


@pytest.mark.usefixtures("several")
async def test_rows_are_withdrawn_by_key(db: Database, now: datetime) -> None:
    async with db.write() as c:
        assert await deliveries.cancel(c, ["old", "new", "never put"], now) == 2
        assert await deliveries.cancel(c, [], now) == 0

    assert await queued(db) == {"other call", "news", "other person"}


async def test_what_is_on_its_way_cannot_be_withdrawn(
    db: Database, reminder: Draft, now: datetime
) -> None:
    async with db.write() as c:
        await deliveries.put(c, replace(reminder, due_at=now), now)
        await deliveries.claim(c, now, now + DAY, 1, [Lane.REMINDER])

        assert await deliveries.cancel(c, [reminder.key], now) == 0


async def test_a_reminder_that_came_too_late_expires_and_is_counted(
    db: Database, reminder: Draft, now: datetime
) -> None:
    end = now + 7 * DAY
    async with db.write() as c:
        await deliveries.put(c, reminder, now)

        assert await deliveries.expire(c, end - timedelta(seconds=1)) == 0
        assert await deliveries.claim(c, end, end + DAY, 9, [Lane.REMINDER]) == []
        assert await deliveries.expire(c, end) == 1

    assert await states(db) == {State.EXPIRED: 1}


async def test_what_waits_for_a_chat_is_listed_by_due_time(
    db: Database, reminder: Draft, now: datetime
) -> None:
    drafts = [
        replace(reminder, key="later", due_at=now + 3 * DAY),
        replace(reminder, key="sooner"),
        replace(reminder, key="a reply", lane=Lane.REPLY),
        replace(reminder, key="another chat", chat_id=BAKYT),
    ]
    async with db.write() as c:
        await deliveries.put_all(c, drafts, now)
        rows = await deliveries.queued_for(c, AIGUL, Lane.REMINDER)

    assert [row.key for row in rows] == ["sooner", "later"]


async def test_the_next_reminder_is_the_first_one_after_a_moment(
    db: Database, reminder: Draft, now: datetime
) -> None:
    async with db.write() as c:
        assert await deliveries.next_due(c, now) is None
        reply = replace(reminder, key="reply", lane=Lane.REPLY, due_at=now + timedelta(hours=1))
        later = replace(reminder, key="later", due_at=now + 3 * DAY)
        await deliveries.put_all(c, [reminder, later, reply], now)

        assert await deliveries.next_due(c, now) == now + DAY
        assert await deliveries.next_due(c, now + DAY) == now + 3 * DAY
        assert await deliveries.next_due(c, now, Lane.REPLY) == now + timedelta(hours=1)


async def test_the_list_of_sent_messages_begins_with_the_newest(
    db: Database, reminder: Draft, now: datetime
) -> None:
    async with db.write() as c:
        for n in range(3):
            moment = now + n * DAY
            await deliveries.put(c, replace(reminder, key=f"{n}", due_at=moment), now)
            [row] = await deliveries.claim(c, moment, moment + DAY, 1, [Lane.REMINDER])
            await deliveries.settle(c, row, State.SENT, moment, message_id=100 + n)
        sent = await deliveries.sent_list(c, 2)

    assert [(row.key, row.message_id) for row in sent] == [("2", 102), ("1", 101)]


async def test_old_settled_rows_are_purged_lane_by_lane(
    db: Database, reminder: Draft, now: datetime
) -> None:
    async with db.write() as c:
        for lane in (Lane.REPLY, Lane.REMINDER):
            await deliveries.put(c, replace(reminder, key=lane.name, lane=lane, due_at=now), now)
            [row] = await deliveries.claim(c, now, now + DAY, 1, [lane])
            await deliveries.settle(c, row, State.SENT, now)
        await deliveries.put(c, replace(reminder, key="waits"), now)

        assert await deliveries.purge(c, list(Lane), now) == 0
        assert await deliveries.purge(c, [Lane.REPLY], now + DAY) == 1

    assert await states(db) == {State.SENT: 1, State.QUEUED: 1}
