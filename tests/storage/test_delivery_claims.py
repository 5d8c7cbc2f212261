"""A claim takes what is due, each row once, never two of one chat, in the order people expect."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from erasmus.words import Language
from storage import Connection, Database, deliveries, people
from storage.deliveries import Delivery, Draft, Lane, State

ALL = tuple(Lane)
CHATS = 40
HOUR = timedelta(hours=1)


@pytest.fixture
def reminder(now: datetime) -> Draft:
    """A reminder that is due."""
    return Draft("r", Lane.REMINDER, 1, "reminder", {}, now)


@pytest.fixture
def reply(now: datetime) -> Draft:
    """An answer to a button."""
    return Draft("u", Lane.REPLY, 1, "screen", {}, now)


async def claim(
    c: Connection, now: datetime, limit: int = 10, lanes: tuple[Lane, ...] = ALL
) -> list[str]:
    rows = await deliveries.claim(c, now, now + HOUR, limit, lanes)
    return [row.key for row in rows]


async def finish(c: Connection, key: str, chat_id: int, now: datetime) -> None:
    """Claim one row that must be the next of its chat, and call it sent."""
    rows = await deliveries.claim(c, now, now + HOUR, 10, ALL)
    [row] = [row for row in rows if row.chat_id == chat_id]
    assert row.key == key
    await deliveries.settle(c, row, State.SENT, now)


async def test_a_claimed_row_is_on_its_way_until_its_lease_ends(
    db: Database, reminder: Draft, now: datetime
) -> None:
    async with db.write() as c:
        await deliveries.put(c, reminder, now)
        [row] = await deliveries.claim(c, now, now + HOUR, 10, ALL)

        assert (row.state, row.attempts) == (State.SENDING, 1)
        assert await deliveries.get(c, row.id) == row
        assert await claim(c, now) == []


async def test_what_is_not_due_stays(db: Database, reminder: Draft, now: datetime) -> None:
    async with db.write() as c:
        await deliveries.put(c, replace(reminder, due_at=now + HOUR), now)

        assert await claim(c, now) == []
        assert await claim(c, now + HOUR) == ["r"]


async def test_urgent_lanes_go_first_and_then_what_waited_longest(
    db: Database, reminder: Draft, now: datetime
) -> None:
    drafts = [
        replace(reminder, key="news", chat_id=1, lane=Lane.ANNOUNCEMENT, due_at=now - 9 * HOUR),
        replace(reminder, key="late", chat_id=2),
        replace(reminder, key="first", chat_id=3, due_at=now - HOUR),
        replace(reminder, key="office", chat_id=4, lane=Lane.STAFF),
        replace(reminder, key="answer", chat_id=5, lane=Lane.REPLY),
    ]
    async with db.write() as c:
        await deliveries.put_all(c, drafts, now)

        assert await claim(c, now, limit=3) == ["answer", "office", "first"]
        assert await claim(c, now) == ["late", "news"]


async def test_only_the_lanes_asked_for_are_taken(
    db: Database, reminder: Draft, reply: Draft, now: datetime
) -> None:
    async with db.write() as c:
        await deliveries.put_all(c, [reminder, replace(reply, chat_id=2)], now)

        assert await claim(c, now, lanes=(Lane.ANNOUNCEMENT, Lane.REPLY)) == ["u"]
        assert await claim(c, now, lanes=(Lane.REMINDER,)) == ["r"]


async def test_a_chat_gets_its_replies_one_after_the_other(
    db: Database, reply: Draft, now: datetime
) -> None:
    async with db.write() as c:
        for n in range(3):
            # Due times may be disturbed; what a person reads has to stay in order.
            moment = now - n * HOUR
            await deliveries.put(c, replace(reply, key=f"u{n}", due_at=moment), now)

        for n in range(3):
            await finish(c, f"u{n}", 1, now)


async def test_a_postponed_reply_holds_back_the_replies_after_it(
    db: Database, reply: Draft, now: datetime
) -> None:
    async with db.write() as c:
        await deliveries.put_all(c, [replace(reply, key="u1"), replace(reply, key="u2")], now)
        [first] = await deliveries.claim(c, now, now + HOUR, 10, ALL)
        await deliveries.postpone(c, first, now + HOUR, "RetryAfter")

        assert await claim(c, now) == []
        await finish(c, "u1", 1, now + HOUR)
        await finish(c, "u2", 1, now + HOUR)


async def test_a_reminder_for_next_month_holds_back_nothing(
    db: Database, reminder: Draft, reply: Draft, now: datetime
) -> None:
    async with db.write() as c:
        far = replace(reminder, key="far", due_at=now + 30 * 24 * HOUR)
        await deliveries.put_all(c, [far, reminder, reply], now)

        await finish(c, "u", 1, now)
        await finish(c, "r", 1, now)
        assert await claim(c, now) == []


async def test_what_is_no_longer_true_holds_back_nothing(
    db: Database, reminder: Draft, now: datetime
) -> None:
    async with db.write() as c:
        over = replace(reminder, key="over", due_at=now - HOUR, valid_until=now)
        await deliveries.put_all(c, [over, reminder], now)

        assert await claim(c, now) == ["r"]


async def test_in_one_chat_the_reply_goes_before_the_reminder(
    db: Database, reminder: Draft, reply: Draft, now: datetime
) -> None:
    """Also when the sender of reminders asks first."""
    async with db.write() as c:
        await deliveries.put_all(c, [reminder, reply], now)

        assert await claim(c, now, lanes=(Lane.REMINDER,)) == []
        await finish(c, "u", 1, now)
        await finish(c, "r", 1, now)


async def test_a_chat_that_something_is_on_its_way_to_is_left_alone(
    db: Database, reminder: Draft, reply: Draft, now: datetime
) -> None:
    async with db.write() as c:
        await deliveries.put(c, reminder, now)
        [sending] = await deliveries.claim(c, now, now + HOUR, 10, ALL)
        assert await deliveries.put_sending(c, reply, now, now + HOUR) is None
        await deliveries.put(c, replace(reply, key="elsewhere", chat_id=2), now)

        assert await claim(c, now) == ["elsewhere"]
        await deliveries.settle(c, sending, State.SENT, now)
        assert await claim(c, now) == ["u"]


async def test_a_reply_is_put_as_sending_where_its_chat_is_free(
    db: Database, reply: Draft, reminder: Draft, now: datetime
) -> None:
    async with db.write() as c:
        await deliveries.put_all(c, [reminder, replace(reply, key="x", chat_id=2)], now)
        told = replace(reply, body={"text": "Салам", "keyboard": [[{"text": "1"}]]})
        row = await deliveries.put_sending(c, told, now, now + HOUR)

        assert row
        assert (row.key, row.state, row.attempts) == ("u", State.SENDING, 1)
        assert await deliveries.get(c, row.id) == row
        assert await deliveries.recover(c, now + HOUR) == 1


async def test_a_reply_put_as_sending_goes_behind_an_earlier_one_that_waits(
    db: Database, reply: Draft, now: datetime
) -> None:
    async with db.write() as c:
        await deliveries.put(c, reply, now)

        assert await deliveries.put_sending(c, replace(reply, key="v"), now, now + HOUR) is None
        await finish(c, "u", 1, now)
        await finish(c, "v", 1, now)


async def test_a_reply_is_put_as_sending_once(db: Database, reply: Draft, now: datetime) -> None:
    async with db.write() as c:
        assert await deliveries.put_sending(c, reply, now, now + HOUR)
        assert await deliveries.put_sending(c, reply, now, now + HOUR) is None
        assert await deliveries.counts(c) == {State.SENDING: 1}


async def test_messages_to_the_unreachable_wait_until_they_return(
    db: Database, reminder: Draft, now: datetime
) -> None:
    async with db.write() as c:
        await people.greet(c, 1, Language.KK, "Asia/Almaty", now)
        await people.mark_unreachable(c, 1, now)
        await deliveries.put(c, reminder, now)

        assert await claim(c, now) == []
        await people.greet(c, 1, Language.KK, "Asia/Almaty", now)
        assert await claim(c, now) == ["r"]


async def test_concurrent_claimers_take_each_row_once_and_never_two_of_a_chat(
    db: Database, other_db: Database, reminder: Draft, now: datetime
) -> None:
    """Four claimers on two databases, as two processes would have them; three rows a chat."""
    async with db.write() as c:
        drafts = [
            replace(reminder, key=f"{chat}:{n}", chat_id=chat)
            for chat in range(CHATS)
            for n in range(3)
        ]
        await deliveries.put_all(c, drafts, now)
    on_the_way: set[int] = set()
    sent: list[str] = []

    async def send(database: Database, row: Delivery) -> None:
        assert row.chat_id not in on_the_way
        on_the_way.add(row.chat_id)
        await asyncio.sleep(0)
        on_the_way.remove(row.chat_id)
        sent.append(row.key)
        async with database.write() as c:
            assert await deliveries.settle(c, row, State.SENT, now)

    async def work(database: Database) -> None:
        while len(sent) < len(drafts):
            async with database.write() as c:
                rows = await deliveries.claim(c, now, now + HOUR, 5, ALL)
            await asyncio.gather(*(send(database, row) for row in rows))

    await asyncio.gather(*(work(database) for database in (db, other_db) * 2))

    assert sorted(sent) == sorted(draft.key for draft in drafts)
    in_order = {chat: [key for key in sent if key.startswith(f"{chat}:")] for chat in range(CHATS)}
    assert all(keys == sorted(keys) for keys in in_order.values())
