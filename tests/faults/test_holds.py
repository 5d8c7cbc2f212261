"""Holds: what goes to many is stopped by hand, goes on, and is withdrawn."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from storage import deliveries, holds
from storage.deliveries import Lane, State
from tests.faults.forms import BOTH_WHEN_LONG, Size, forms
from tests.faults.trial import Trial, now

pytestmark = pytest.mark.long  # kills and clocks by chance: not for every change

HELD_SECONDS = 3.0


@BOTH_WHEN_LONG
@forms(Size(chats=200, times=2), Size(chats=3000, times=20))
async def test_bulk_is_held_and_goes_on(trial: Trial, size: Size) -> None:
    """Held and resumed at random points, at last withdrawn: the totals are exact."""
    chats = [person.id for person in await trial.know(size.chats)]
    await trial.queue(chats, Lane.ANNOUNCEMENT)
    await trial.machine().ready()
    late = [await _hold_once(trial, size) for _ in range(size.times)]
    await trial.reached(len(trial.sent()) + 10)
    withdrawn = await _withdraw(trial, chats)
    await trial.until(trial.settled)

    sent = trial.sent()
    trial.tell(
        40,
        "last send <= 2 s after the hold; sent + withdrawn = all, each once",
        f"held {size.times} times: the last send {max(late):.2f} s after it; "
        f"{len(sent)} sent + {withdrawn} withdrawn of {size.chats}, {len(trial.again())} doubles",
    )
    assert max(late) <= 2
    assert withdrawn > 0
    assert trial.again() == []
    assert await trial.counts() == {State.SENT: len(sent), State.CANCELLED: withdrawn}
    assert len(sent) + withdrawn == size.chats


async def _hold_once(trial: Trial, size: Size) -> float:
    """Hold bulk for a while; return how long after that the last message left."""
    share = size.chats // (size.times + 1)
    goal = len(trial.sent()) + trial.random.randrange(1, share)
    await trial.reached(goal, seconds=60 + share / 10)
    async with trial.db.write() as c:
        await holds.hold(c, holds.BULK, None, None, now())
    held_at = now()
    await asyncio.sleep(HELD_SECONDS)  # how long it is held is the point
    left = max((entry.at - held_at).total_seconds() for entry in trial.sent())
    async with trial.db.write() as c:
        await holds.resume(c, holds.BULK)
    return left


async def _withdraw(trial: Trial, chats: Sequence[int]) -> int:
    keys = [f"t{Lane.ANNOUNCEMENT.value}:{chat}:0" for chat in chats]
    async with trial.db.write() as c:
        return await deliveries.cancel(c, keys, now())
