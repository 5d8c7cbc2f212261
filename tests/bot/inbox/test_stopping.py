"""A stop waits for what is being handled, and nothing begins after it."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.clock import MovableClock
from bot.reception import Reception
from storage import Database
from tests.bot.inbox.desk import Desk, texts

pytestmark = pytest.mark.both_databases


async def test_stopping_waits_for_what_is_being_handled(
    reception: Reception, desk: Desk, states: Callable[[], Awaitable[int]]
) -> None:
    begun = desk.hold("slow")
    await reception.admit(texts((1, 5, "slow"), (2, 5, "later")))
    await begun.wait()
    stopping = asyncio.create_task(reception.stop(5))
    desk.gates["slow"].set()
    await stopping

    assert desk.handled == ["slow"]
    assert await states() == 1


async def test_nothing_begins_after_a_stop_at_any_moment(
    db: Database, desk: Desk, clock: MovableClock
) -> None:
    """Handled later, a reply would be put as on its way when nobody sends any more."""
    for moment in range(0, 240, 4):
        desk.reception = stopped = Reception(db, clock, desk, desk.handle, desk.set_aside)
        stopped.open()
        admitting = asyncio.create_task(stopped.admit(texts((moment + 1, moment + 1, "a"))))
        for _ in range(moment):
            await asyncio.sleep(0)
        await stopped.stop(5)
        handled = len(desk.handled)
        await admitting
        await asyncio.sleep(0)

        assert len(desk.handled) == handled
