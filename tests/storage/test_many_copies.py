"""An announcement to tens of thousands: a pause and a stop act at once, counting takes no time."""

import time
from datetime import datetime

import pytest

from erasmus.announcements import Announcement, By, Stage
from erasmus.words import Language
from storage import Database, announcements, copies
from storage.audiences import Recipient
from storage.deliveries import State
from tests.newsroom import EDITOR, Newsroom

READERS = 50_000
QUEUED = 4_750
"""Five seconds of the paid pace: the most that is ever queued."""

AT_ONCE = 2.0
MANNER = (Language.KY, "Asia/Bishkek")


@pytest.fixture
async def under_way(db: Database, now: datetime) -> Announcement:
    """An announcement whose copies are frozen, and as many let go as ever are."""
    room = Newsroom(db, lambda: now)
    await room.open()
    await room.readers([1])
    one = await room.announce()
    async with db.write() as c:
        begun = await announcements.move(c, one.id, Stage.SENDING, By(None, now))
        assert begun is not None
        for first in range(0, READERS, 5000):
            readers = [Recipient(n, *MANNER) for n in range(first + 1, first + 5001)]
            await copies.freeze(c, begun, readers, now)
        assert await copies.release(c, begun.batch, QUEUED, now, version=1) == QUEUED
    return begun


async def test_a_pause_a_resumption_and_a_stop_act_at_once(
    db: Database, under_way: Announcement, now: datetime
) -> None:
    took = {}
    for name, move in (
        ("pause", announcements.pause),
        ("resume", announcements.resume),
        ("stop", announcements.stop),
    ):
        began = time.perf_counter()
        async with db.write() as c:
            assert await move(c, under_way.id, By(EDITOR, now))
            progress = await announcements.progress(c, under_way.id)
        took[name] = time.perf_counter() - began
        assert not progress.of(State.QUEUED)
        assert progress.total == READERS

    assert max(took.values()) < AT_ONCE, took


async def test_what_is_left_after_a_stop_goes_in_short_steps(
    db: Database, under_way: Announcement, now: datetime
) -> None:
    async with db.write() as c:
        await announcements.stop(c, under_way.id, By(EDITOR, now))
    steps = []
    left = 1
    while left:
        began = time.perf_counter()
        async with db.write() as c:
            left = await copies.cancel_held(c, under_way.batch, 2000, now)
        steps.append(time.perf_counter() - began)

    async with db.read() as c:
        progress = await announcements.progress(c, under_way.id)
    assert progress.by_state == {State.CANCELLED: READERS}
    assert max(steps) < AT_ONCE, steps
