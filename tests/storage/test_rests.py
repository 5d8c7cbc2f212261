"""A chat is written to as fast as Telegram allows, by all processes together, and no faster."""

import asyncio
from collections import deque
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram_double import Pace
from storage import Database, deliveries, rests
from storage.deliveries import Draft, Lane
from storage.rests import TELEGRAM

GROUP, PERSON = -100, 7
LEASE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
START = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)


@given(
    chat_id=st.sampled_from([GROUP, PERSON]),
    asked=st.lists(st.floats(0, 20), min_size=1, max_size=80),
    ways=st.lists(st.floats(0, 1.5), min_size=1, max_size=20),
)
@settings(max_examples=300, deadline=None)
def test_telegram_never_refuses_whoever_keeps_the_rests(
    chat_id: int, asked: list[float], ways: list[float]
) -> None:
    """However messages come in, and however long each is on its way."""
    telegram = Pace.telegram()
    departures: deque[float] = deque(maxlen=rests.REMEMBERED)
    wanted = free_at = START.timestamp()
    for n, pause in enumerate(asked):
        wanted += pause if n % 7 == 0 else pause / 20
        there = max(wanted, free_at) + ways[n % len(ways)] / 2
        telegram.spend(chat_id, datetime.fromtimestamp(there, tz=UTC))
        back = there + ways[n % len(ways)] / 2
        departures.append(back)
        free_at = max(back, TELEGRAM.until(chat_id, list(departures)))


def test_a_busy_group_is_written_to_nearly_as_often_as_it_may_be() -> None:
    departures, at = [0.0], 0.0
    while at < 600:
        at = max(at, TELEGRAM.until(GROUP, departures))
        departures.append(at)

    assert len(departures) >= 180


def test_a_quiet_group_is_answered_at_once() -> None:
    assert TELEGRAM.until(GROUP, [0.0, 30.0, 30.1]) == 0.0
    assert TELEGRAM.until(GROUP, [0.0, 0.1, 0.2]) == pytest.approx(1.25)


def drafts(now: datetime) -> list[Draft]:
    return [
        Draft(f"{lane.name}{chat}", lane, chat, "screen", {}, now)
        for chat in (GROUP, PERSON)
        for lane in (Lane.REPLY, Lane.STAFF)
    ]


async def test_nothing_is_claimed_for_a_chat_that_rests(
    db: Database, other_db: Database, now: datetime
) -> None:
    """Whichever process wrote to it, and whoever asks; other chats go on."""
    async with db.write() as c:
        await deliveries.put_all(c, drafts(now), now)
        await rests.pause(c, GROUP, now + 9 * SECOND, now)
    async with other_db.write() as c:
        soon = await deliveries.claim(c, now, now + LEASE, 10, tuple(Lane))
        later = now + 9 * SECOND
        rested = await deliveries.claim(c, later, later + LEASE, 10, tuple(Lane))

    assert [row.key for row in soon] == ["REPLY7"]
    assert [row.key for row in rested] == ["REPLY-100"]


async def test_a_reply_to_a_chat_that_rests_waits_in_the_queue(db: Database, now: datetime) -> None:
    draft = drafts(now)[0]
    async with db.write() as c:
        await rests.pause(c, GROUP, now + SECOND, now)

        assert await deliveries.put_sending(c, draft, now, now + LEASE) is None
        [row] = await deliveries.claim(c, now + SECOND, now + LEASE, 1, [Lane.REPLY])

    assert row.key == draft.key


async def test_two_processes_count_for_one_chat(
    db: Database, other_db: Database, now: datetime
) -> None:
    async def count(database: Database, times: int) -> list[datetime]:
        ends: list[datetime] = []
        for _ in range(times):
            async with database.write() as c:
                ends += await rests.count(c, {PERSON}, TELEGRAM, now)
        return ends

    ends = await count(db, 1) + await count(other_db, 1)
    assert ends == []
    assert await count(db, 1) == [now + 1.05 * SECOND]


async def test_counting_keeps_the_pause_that_telegram_asked_for(
    db: Database, now: datetime
) -> None:
    """An answer may come after a refusal that came first."""
    async with db.write() as c:
        await rests.pause(c, PERSON, now + 60 * SECOND, now)
        assert await rests.count(c, {PERSON}, TELEGRAM, now) == [now + 60 * SECOND]


async def test_a_clock_that_was_set_back_stops_no_chat(db: Database, now: datetime) -> None:
    async with db.write() as c:
        await rests.pause(c, GROUP, now + SECOND, now)
        before = now - timedelta(hours=1)
        await deliveries.put(c, drafts(before)[0], before)

        assert len(await deliveries.claim(c, before, now, 10, tuple(Lane))) == 1
        assert await rests.count(c, {GROUP}, TELEGRAM, before) == []


async def test_chats_that_are_free_for_long_are_forgotten(db: Database, now: datetime) -> None:
    async with db.write() as c:
        await rests.pause(c, GROUP, now + SECOND, now)
        await rests.pause(c, PERSON, now + LEASE, now)

        assert await rests.purge(c, now + 2 * SECOND, now + 2 * SECOND) == 1


async def test_what_was_tried_for_a_group_is_not_overtaken(db: Database, now: datetime) -> None:
    """A message that failed comes before those of its chat that were written after it."""
    first, second = (Draft(key, Lane.STAFF, GROUP, "relay", {}, now) for key in "ab")
    async with db.write() as c:
        await deliveries.put_all(c, [first, second], now)
        [row] = await deliveries.claim(c, now, now + LEASE, 10, tuple(Lane))
        await deliveries.postpone(c, row, now + 5 * SECOND, "a failure")

        assert await deliveries.claim(c, now, now + LEASE, 10, tuple(Lane)) == []
        [again] = await deliveries.claim(c, now + 5 * SECOND, now + LEASE, 10, tuple(Lane))

    assert (row.key, again.key) == ("a", "a")


async def test_what_failed_again_and_again_holds_back_nothing(db: Database, now: datetime) -> None:
    first, second = (Draft(key, Lane.STAFF, GROUP, "relay", {}, now) for key in "ab")
    async with db.write() as c:
        await deliveries.put_all(c, [first, second], now)
        for due in (now, now, now, now + LEASE):
            [row] = await deliveries.claim(c, now, now + LEASE, 10, tuple(Lane))
            await deliveries.postpone(c, row, due, "a failure")
        claimed = await deliveries.claim(c, now, now + LEASE, 10, tuple(Lane))

    assert [row.key for row in claimed] == ["b"]


async def test_processes_that_count_at_once_do_not_fail(
    db: Database, other_db: Database, now: datetime
) -> None:
    """Whichever chats they have in common, none waits for one that waits for it."""

    async def count(database: Database, step: int) -> None:
        for n in range(10):
            async with database.write() as c:
                chats = {GROUP, PERSON, *range(n, 60, step)}
                await rests.count(c, chats, TELEGRAM, now)

    await count(db, 1)  # from then on there are rows to wait for
    await asyncio.gather(*(count(each, 1 + n) for n, each in enumerate((db, other_db) * 3)))
    async with db.write() as c:
        assert await rests.count(c, {PERSON}, TELEGRAM, now) != []
