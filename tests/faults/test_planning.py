"""Planning: one row for each reminder of each follower, whenever the planner is killed."""

from __future__ import annotations

from functools import partial

import pytest

from erasmus.loading import load_library
from storage import follows
from tests.faults.forms import BOTH_WHEN_LONG, Size, forms
from tests.faults.trial import Trial, now

pytestmark = pytest.mark.long  # kills and clocks by chance: not for every change

ROWS = "SELECT count(*) FROM deliveries WHERE kind = 'reminder'"
KINDS = "SELECT count(DISTINCT occasion) FROM deliveries WHERE kind = 'reminder'"


@BOTH_WHEN_LONG
@forms(Size(chats=1000, times=3), Size(chats=10_000, times=20))
async def test_killed_while_followers_become_rows(trial: Trial, size: Size) -> None:
    """Followers of one call are expanded into reminders, a batch in each transaction."""
    machine = await trial.machine().ready()
    await machine.stop()
    await _follow(trial, size.chats)
    each, killed = 1, 0
    for kill in range(1, size.times + 1):
        await machine.start()
        goal = kill * size.chats * each // (size.times + 2)
        await trial.until(partial(_planned, trial, goal), seconds=60)
        await machine.kill()
        each = await trial.number(KINDS)
        killed += 0 < await trial.number("SELECT count(*) FROM follows WHERE NOT planned")
    await machine.start()
    await trial.until(partial(_planned, trial, each * size.chats), seconds=120)
    await machine.stop()

    rows, keys = await trial.number(ROWS), await trial.number(ROWS.replace("*", "DISTINCT key"))
    trial.tell(
        5,
        "exactly one row for each, 0 double keys",
        f"{size.chats} followers, {each} reminders each, {killed} kills in the middle: "
        f"{rows} rows, {rows - keys} double keys",
    )
    assert rows == keys == each * size.chats
    assert killed == size.times


async def _follow(trial: Trial, number: int) -> None:
    """Let people follow the call that closes last."""
    people = await trial.know(number)
    moment = now()
    call = max(load_library().calls, key=lambda call: call.closes)
    async with trial.db.write() as c:
        for person in people:
            await follows.follow(c, person.id, call.id, moment)


async def _planned(trial: Trial, number: int) -> bool:
    return await trial.number(ROWS) >= number
