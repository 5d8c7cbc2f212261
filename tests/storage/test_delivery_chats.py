"""A group's rows follow it to its new id; the ledger tells how much waits."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from storage import Database, deliveries, inbox
from storage.deliveries import Draft, Lane, State

GROUP, SUPERGROUP = -100, -1_000_000_000_100
HOUR = timedelta(hours=1)
ALL = tuple(Lane)


@pytest.fixture
def reply(now: datetime) -> Draft:
    return Draft("u1:0", Lane.REPLY, GROUP, "screen", {}, now)


async def test_a_group_that_became_a_supergroup_gets_the_same_message(
    db: Database, reply: Draft, now: datetime
) -> None:
    """Its refusal told the new id: the row on its way is queued again under its old key."""
    async with db.write() as c:
        await deliveries.put(c, reply, now)
        await deliveries.put(c, replace(reply, key="u2:0"), now)
        await inbox.receive(c, [(7, GROUP, {})], now)
        [on_its_way] = await deliveries.claim(c, now, now + HOUR, 10, ALL)

        assert await deliveries.rename_chat(c, GROUP, SUPERGROUP) == 2

        [again] = await deliveries.claim(c, now, now + HOUR, 10, ALL)
        [arrival] = await inbox.claim(c, "one", now + HOUR, 10)
        assert not await deliveries.settle(c, on_its_way, State.SENT, now)
    assert (again.id, again.key, again.chat_id) == (on_its_way.id, "u1:0", SUPERGROUP)
    assert arrival.chat_id == SUPERGROUP


async def test_a_renamed_row_waits_for_what_is_on_its_way_to_the_new_id(
    db: Database, reply: Draft, now: datetime
) -> None:
    async with db.write() as c:
        await deliveries.put(c, replace(reply, key="new", chat_id=SUPERGROUP), now)
        await deliveries.put(c, reply, now)
        rows = await deliveries.claim(c, now, now + HOUR, 10, ALL)
        assert len(rows) == 2

        assert await deliveries.rename_chat(c, GROUP, SUPERGROUP) == 1
        assert await deliveries.claim(c, now, now + HOUR, 10, ALL) == []


async def test_an_update_in_work_keeps_its_chat(db: Database, now: datetime) -> None:
    async with db.write() as c:
        await inbox.receive(c, [(7, GROUP, {}), (8, SUPERGROUP, {})], now)
        assert len(await inbox.claim(c, "one", now + HOUR, 10)) == 2

        assert await deliveries.rename_chat(c, GROUP, SUPERGROUP) == 0
        assert await inbox.handled(c, 7, now)


async def test_depths_count_what_is_due_in_each_lane(
    db: Database, reply: Draft, now: datetime
) -> None:
    async with db.write() as c:
        for n in range(3):
            due = now + (n - 1) * HOUR
            reminder = replace(reply, key=f"r{n}", lane=Lane.REMINDER, due_at=due)
            await deliveries.put(c, reminder, now)
        depths = await deliveries.depths(c, now)

    assert depths[Lane.REMINDER] == (2, now - HOUR)
    assert depths[Lane.REPLY] == (0, None)


async def test_many_that_arrived_are_settled_at_once(
    db: Database, reply: Draft, now: datetime
) -> None:
    """One that a later attempt or a forgotten person overtook is left alone."""
    async with db.write() as c:
        for chat in range(3):
            await deliveries.put(c, replace(reply, key=f"u{chat}", chat_id=chat), now)
        rows = await deliveries.claim(c, now, now + HOUR, 10, ALL)
        await deliveries.settle_sent(c, [], now)
        await deliveries.settle_sent(
            c, [(replace(rows[0], attempts=9), 1), (rows[1], 11), (rows[2], None)], now
        )
        states = [await deliveries.get(c, row.id) for row in rows]

    assert [(row.state, row.message_id) for row in states if row] == [
        (State.SENDING, None),
        (State.SENT, 11),
        (State.SENT, None),
    ]


async def test_what_perhaps_arrived_is_listed_announcements_first(
    db: Database, reply: Draft, now: datetime
) -> None:
    async with db.write() as c:
        await deliveries.put(c, reply, now)
        news = replace(reply, key="a1:1", lane=Lane.ANNOUNCEMENT, chat_id=1)
        await deliveries.put(c, news, now)
        for row in await deliveries.claim(c, now, now + HOUR, 10, ALL):
            await deliveries.settle(c, row, State.UNKNOWN, now)

        assert [row.key for row in await deliveries.unknown_list(c, 10)] == ["a1:1", "u1:0"]


async def test_planning_anew_withdraws_only_what_nobody_touched_and_is_still_to_come(
    db: Database, reply: Draft, now: datetime
) -> None:
    reminder = replace(
        reply, lane=Lane.REMINDER, kind="reminder", chat_id=1, call_id="call", due_at=now + HOUR
    )
    drafts = [
        replace(reminder, key="later"),
        replace(reminder, key="due", due_at=now),
        replace(reminder, key="other call", call_id="other"),
        replace(reminder, key="other person", chat_id=2),
        replace(reminder, key="news", kind="change"),
        replace(reminder, key="held", due_at=now - HOUR),
    ]
    async with db.write() as c:
        await deliveries.put_all(c, drafts, now)
        [held] = await deliveries.claim(c, now, now + HOUR, 10, ALL)
        await deliveries.postpone(c, held, now + HOUR, "night")

        await deliveries.withdraw_planned(c, [(1, "call")], "reminder", now)
        waiting = await deliveries.queued_for(c, 1, Lane.REMINDER)
        moved = replace(reminder, key="later", due_at=now + 2 * HOUR)
        revived = await deliveries.put(c, moved, now)

    assert {row.key for row in waiting} == {"due", "other call", "news", "held"}
    assert revived is not None
