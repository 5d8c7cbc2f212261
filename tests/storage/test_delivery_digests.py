"""What a person is due to hear on one day goes out as one message and shares its fate."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from storage import Database, deliveries
from storage.deliveries import Delivery, Draft, Lane, State

LANES = (Lane.REMINDER,)
LEASE = timedelta(seconds=60)
HOUR = timedelta(hours=1)


@pytest.fixture
async def leader(db: Database, now: datetime) -> Delivery:
    """The first of three due reminders, claimed; others are not due, or not of its kind."""
    one = Draft("one", Lane.REMINDER, 1, "reminder", {}, now)
    drafts = [
        one,
        replace(one, key="two"),
        replace(one, key="three", due_at=now - timedelta(minutes=1)),
        replace(one, key="this evening", due_at=now + HOUR),
        replace(one, key="too late", valid_until=now),
        replace(one, key="a change", kind="change"),
        replace(one, key="somebody else", chat_id=2),
    ]
    async with db.write() as c:
        await deliveries.put_all(c, drafts, now)
        row, _ = await deliveries.claim(c, now, now + LEASE, 10, LANES)
    assert row.key == "three"
    return row


async def keys(db: Database, state: State) -> set[str]:
    async with db.read() as c:
        rows = [await deliveries.get(c, n) for n in range(1, 8)]
    return {row.key for row in rows if row and row.state is state}


async def test_due_reminders_of_the_chat_join_the_first(
    db: Database, leader: Delivery, now: datetime
) -> None:
    async with db.write() as c:
        joined = await deliveries.claim_companions(c, leader, now)

    assert [row.key for row in joined] == ["one", "two"]
    assert await keys(db, State.JOINED) == {"one", "two"}
    assert await keys(db, State.SENDING) == {"three", "somebody else"}


async def test_the_rest_of_a_day_can_be_taken_along(
    db: Database, leader: Delivery, now: datetime
) -> None:
    async with db.write() as c:
        joined = await deliveries.claim_companions(c, leader, now, due_by=now + HOUR)

    assert [row.key for row in joined] == ["one", "two", "this evening"]


async def test_nobody_else_can_claim_what_has_joined(
    db: Database, leader: Delivery, now: datetime
) -> None:
    async with db.write() as c:
        await deliveries.claim_companions(c, leader, now)

        assert await deliveries.claim(c, now, now + LEASE, 10, LANES) == []


async def test_one_message_settles_all_of_its_reminders(
    db: Database, leader: Delivery, now: datetime
) -> None:
    async with db.write() as c:
        joined = await deliveries.claim_companions(c, leader, now)
        await deliveries.settle(c, leader, State.SENT, now, message_id=9)
        rows = [await deliveries.get(c, row.id) for row in (leader, *joined)]

    assert [(row.state, row.message_id) for row in rows if row] == [(State.SENT, 9)] * 3


@pytest.mark.parametrize("state", [State.FAILED, State.UNREACHABLE, State.CANCELLED])
async def test_companions_fail_with_their_leader(
    db: Database, leader: Delivery, now: datetime, state: State
) -> None:
    async with db.write() as c:
        await deliveries.claim_companions(c, leader, now)
        await deliveries.settle(c, leader, state, now, problem="Forbidden")

    assert await keys(db, state) == {"one", "two", "three"}


async def test_a_postponed_digest_is_gathered_anew(
    db: Database, leader: Delivery, now: datetime
) -> None:
    tomorrow = now + timedelta(days=1)
    async with db.write() as c:
        await deliveries.claim_companions(c, leader, now)
        await deliveries.postpone(c, leader, tomorrow, "one digest a day")
        [change] = await deliveries.claim(c, tomorrow, tomorrow + LEASE, 10, LANES)
        await deliveries.settle(c, change, State.SENT, tomorrow)
        [first] = await deliveries.claim(c, tomorrow, tomorrow + LEASE, 10, LANES)
        joined = await deliveries.claim_companions(c, first, tomorrow)

    gathered = {row.key for row in (first, *joined)}
    assert gathered == {"one", "two", "three", "this evening"}


async def test_what_joined_a_crashed_digest_is_queued_again(
    db: Database, leader: Delivery, now: datetime
) -> None:
    async with db.write() as c:
        await deliveries.claim_companions(c, leader, now)

        assert await deliveries.recover(c, now) == 0
        assert await deliveries.recover(c, now + LEASE) == 2

    assert await keys(db, State.JOINED) == set()
    assert await keys(db, State.QUEUED) >= {"one", "two", "three"}


async def test_a_slow_sender_s_digest_does_not_settle_what_was_queued_again(
    db: Database, leader: Delivery, now: datetime
) -> None:
    async with db.write() as c:
        await deliveries.claim_companions(c, leader, now)
        await deliveries.recover(c, now + LEASE)
        await deliveries.settle(c, leader, State.SENT, now + LEASE)

    assert await keys(db, State.SENT) == {"three"}
    assert await keys(db, State.QUEUED) >= {"one", "two"}
