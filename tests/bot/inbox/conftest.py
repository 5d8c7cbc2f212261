"""What tests of the inbox share: a desk, and the reception that brings updates to it."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from bot.clock import MovableClock
from bot.reception import Reception
from storage import Database, inbox
from tests.bot.inbox.desk import Desk, running


@pytest.fixture
def desk(db: Database, clock: MovableClock) -> Desk:
    return Desk(db, clock)


@pytest.fixture
async def reception(db: Database, clock: MovableClock, desk: Desk) -> AsyncIterator[Reception]:
    async with running(Reception(db, clock, desk, desk.handle, desk.set_aside), desk) as made:
        yield made


@pytest.fixture
def states(db: Database) -> Callable[[], Awaitable[int]]:
    """Counts what still waits in the inbox."""

    async def backlog() -> int:
        async with db.read() as c:
            return (await inbox.depth(c))[0]

    return backlog
