"""Waves: many students ask within a minute, and their office's group takes twenty messages of one.

The short form is one process that is stopped now and then, with a clock that is moved; the long
one is three processes and eight minutes.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.assistant import Assistant
from bot.clock import MovableClock
from bot.telegram_double import Group, Pace, TelegramDouble
from tests.conftest import TOKEN
from tests.faults.forms import POSTGRESQL
from tests.faults.students import WRITTEN, ask, founded, have_all, written
from tests.faults.trial import Trial, now

STUDENTS = range(700_300_000, 700_300_040)
OWNER = 700_000_800
APART = timedelta(minutes=1) / len(STUDENTS)
PATIENCE = timedelta(minutes=15)
STEP = timedelta(seconds=2)
RESTART_EVERY = 30
"""Steps."""

PLACES = pytest.mark.parametrize("topics", [True, False], ids=["topics", "replies"])


@pytest.fixture
def double(clock: MovableClock) -> TelegramDouble:
    """Return a double at Telegram's limits, by the clock that is moved."""
    return TelegramDouble(clock.now, pace=Pace.telegram(), token=TOKEN)


@pytest.fixture
def pace() -> Pace:
    """Return Telegram's limits."""
    return Pace.telegram()


def a_group(double: TelegramDouble, *, topics: bool) -> Group:
    owner = double.person(OWNER, "Owner", "ru")
    group = double.group("Office", [owner], topics=topics, admins=[owner])
    group.add_bot(owner, admin=True)
    return group


def too_many(double: TelegramDouble) -> int:
    return sum(refusal.code == 429 for refusal in double.refusals)


@PLACES
async def test_forty_students_ask_within_a_minute(
    new_assistant: Callable[[], Assistant],
    double: TelegramDouble,
    clock: MovableClock,
    *,
    topics: bool,
) -> None:
    """Nothing is lost or doubled, each student's messages stay in order, Telegram never refuses."""
    group = a_group(double, topics=topics)
    assistant = new_assistant()
    await assistant.start()
    office = await founded(assistant.db, group, clock.now(), topics=topics)
    for student in STUDENTS:
        await ask(assistant.db, office, student, clock.now())
        clock.move(APART)
    steps = 0
    while not have_all(group, STUDENTS) and steps < PATIENCE / STEP:
        if steps % RESTART_EVERY == 0:
            await assistant.stop()
            assistant = new_assistant()
            await assistant.start()
        clock.move(STEP)
        await assistant.catch_up()
        steps += 1
    await assistant.stop()

    assert {written(group, student) for student in STUDENTS} == {WRITTEN}
    assert len(group.topics) == (len(STUDENTS) if topics else 0)
    assert too_many(double) == 0


@pytest.mark.long
@POSTGRESQL
@PLACES
async def test_a_wave_of_questions(trial: Trial, *, topics: bool) -> None:
    """Three processes, one of which is killed, write to one group."""
    group = a_group(trial.double, topics=topics)
    trial.double.world.updates.waiting.clear()
    office = await founded(trial.db, group, now(), topics=topics)
    machines = [trial.machine() for _ in range(3)]
    await asyncio.gather(*(machine.ready() for machine in machines))
    for student in STUDENTS:
        await ask(trial.db, office, student, now())
        await asyncio.sleep(APART.total_seconds())  # the rate is the point
    await machines[0].kill()
    await trial.until(lambda: have_all(group, STUDENTS), seconds=PATIENCE.total_seconds())
    await trial.until(trial.settled, seconds=60)

    arrived = [written(group, student) for student in STUDENTS]
    doubles = sum(max(0, *Counter(each).values()) - 1 for each in arrived)
    refused, took = too_many(trial.double), trial.sent()[-1].at - trial.sent()[0].at
    trial.tell(
        37,
        "40 students ask within a minute: 0 lost, doubles <= 1 for the kill, at most 5 x 429",
        f"{len(trial.sent())} messages to a group {'with' if topics else 'without'} topics in "
        f"{took.total_seconds() / 60:.1f} minutes, 1 of 3 processes killed: 0 lost, "
        f"{doubles} doubles, {refused} x 429",
    )
    assert {tuple(dict.fromkeys(each)) for each in arrived} == {WRITTEN}
    assert doubles <= 1
    assert refused <= 5
