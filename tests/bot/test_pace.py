"""Bulk leaves at the pace that all processes share, and takes what replies leave of it."""

import asyncio
import time

import pytest

from bot.pace import Pace, paid_limits
from storage import Database
from storage.pace import Limits, look


def test_a_person_gets_one_message_a_second() -> None:
    pace = Pace("1", monotonic=lambda: 0.0)

    assert [pace.chat_wait(chat) for chat in (1, 1, 2)] == [0, 1, 0]


async def test_what_was_granted_and_not_needed_is_given_back(db: Database) -> None:
    pace = Pace("1", Limits(per_window=30, most=300))
    async with db.write() as c:
        granted = await pace.grant(c, 1)
        await pace.give_back(c, granted)
        again = await pace.grant(c, 1)

    assert (granted, again) == (1, 1)


async def test_a_refusal_pauses_every_process_and_cuts_once(db: Database) -> None:
    first, second = Pace("1"), Pace("1")
    async with db.write() as c:
        await first.grant(c, 1)
        first.slow_down(30)
        first.slow_down(30)
        await first.tell(c, sending=True, alone=False)
        refused = await second.grant(c, 1)
        known = await look(c, "1")

    assert refused == 0
    assert second.paused
    assert known is not None
    assert known.rate == pytest.approx(21, abs=0.1)


async def test_a_refusal_is_told_again_until_it_is_committed(db: Database) -> None:
    """The transaction that was to tell it failed."""
    pace = Pace("1")
    pace.slow_down(30)
    with pytest.raises(ConnectionResetError):
        await _fail(db, pace)
    async with db.write() as c:
        await pace.tell(c, sending=True, alone=False)
        known = await look(c, "1")

    assert known is not None
    assert known.paused
    assert known.rate == pytest.approx(21, abs=0.1)


async def _fail(db: Database, pace: Pace) -> None:
    async with db.write() as c:
        await pace.tell(c, sending=True, alone=False)
        raise ConnectionResetError


async def test_replies_are_told_where_bulk_is_sent(db: Database) -> None:
    """They wait for nothing; of thirty in a second bulk gets what they leave."""
    pace = Pace("1", Limits(most=300))
    async with db.write() as c:
        for _ in range(28):
            pace.replied()
        await pace.tell(c, sending=True, alone=True)
        await asyncio.sleep(0.2)
        granted = await pace.grant(c, 30)

    assert granted <= 2


async def test_the_others_learn_of_a_message_that_came_late(db: Database) -> None:
    """It took a place in the second in which it arrived, not in that of its turn."""
    pace = Pace("1", Limits(per_window=3, most=90))
    async with pace.departure(time.monotonic()):
        pass
    async with pace.departure(time.monotonic() - 0.5):
        pass
    async with db.write() as c:
        await pace.tell(c, sending=True, alone=False)
        await asyncio.sleep(0.1)
        granted = await pace.grant(c, 3)

    assert granted == 2


async def test_a_paid_pace_loses_little_and_has_it_back_soon(db: Database) -> None:
    pace = Pace("1:paid", paid_limits(1000))
    async with db.write() as c:
        await pace.grant(c, 1)
        pace.slow_down(1)
        await pace.tell(c, sending=True, alone=True)
        known = await look(c, "1:paid")

    assert known is not None
    assert known.rate == pytest.approx(900, abs=1)
    assert paid_limits(1000).recovery == 50
