"""Kill -9: whatever the moment, nothing that arrived is lost, and nothing counts twice."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest

from storage.deliveries import Lane, State
from tests.faults.forms import BOTH, BOTH_WHEN_LONG, Size, forms
from tests.faults.machines import Machine
from tests.faults.traffic import Traffic
from tests.faults.trial import Trial

pytestmark = pytest.mark.long  # kills and clocks by chance: not for every change

BURST = 60


@BOTH
@forms(Size(times=4), Size(times=30))
async def test_killed_while_updates_flow(trial: Trial, size: Size) -> None:
    """Texts and taps in bursts; each kill comes at a random point of a burst."""
    traffic = Traffic(trial, await trial.know(BURST // 3))
    machine, in_flight = trial.machine(), 0
    for _ in range(size.times):
        await machine.ready()
        done = len(trial.double.ledger)
        traffic.burst(BURST)
        goal = done + trial.random.randrange(1, BURST)
        await trial.reached(goal)
        await _kill_soon(trial, machine)
        in_flight += await trial.in_flight(Lane.REPLY)
        await trial.a_minute_passes()
    await machine.ready()
    await trial.until(trial.settled)

    lost = await traffic.lost()
    again = len(trial.again())
    trial.tell(
        1,
        "0 lost, 0 double effects",
        f"{traffic.number} updates, {size.times} kills: {len(lost)} lost, "
        f"{await traffic.double_effects()} double effects; "
        f"{again} replies sent again, {in_flight} in flight",
    )
    assert lost == []
    assert await traffic.double_effects() == 0
    assert again <= in_flight
    assert trial.double.mistakes == []


@BOTH_WHEN_LONG
@forms(Size(250, 5), Size(10_000, 50))
async def test_killed_while_reminders_are_sent(trial: Trial, size: Size) -> None:
    """What must arrive arrives; what was on its way at a kill may arrive twice, nothing else."""
    chats = [person.id for person in await trial.know(size.chats)]
    await trial.queue(chats, Lane.REMINDER)
    machine = trial.machine()
    in_flight = await _kill_often(trial, machine, size, Lane.REMINDER)
    await _finish(trial, machine)

    arrived = Counter(entry.chat_id for entry in trial.sent())
    lost, again = set(chats) - set(arrived), len(trial.again())
    trial.tell(
        3,
        "0 lost; doubles <= in flight at the kills",
        f"{size.chats} chats, {size.times} kills: {len(lost)} lost, {again} doubles, "
        f"{sum(in_flight)} in flight, at most {max(in_flight)} at a kill",
    )
    assert lost == set()
    assert again <= sum(in_flight)
    assert max(arrived.values()) <= 1 + -(-size.times // 5)
    assert await trial.counts() == {State.SENT: size.chats}


@BOTH_WHEN_LONG
@forms(Size(250, 5), Size(10_000, 50))
async def test_killed_while_an_announcement_is_sent(trial: Trial, size: Size) -> None:
    """Never twice: what was on its way at a kill becomes unknown and is listed."""
    chats = [person.id for person in await trial.know(size.chats)]
    await trial.queue(chats, Lane.ANNOUNCEMENT)
    machine = trial.machine()
    in_flight = await _kill_often(trial, machine, size, Lane.ANNOUNCEMENT)
    await _finish(trial, machine)

    counts, arrived = await trial.counts(), {entry.chat_id for entry in trial.sent()}
    unknown = await trial.chats_in(State.UNKNOWN)
    trial.tell(
        4,
        "0 doubles; sent + unknown = all; every unknown listed",
        f"{size.chats} chats, {size.times} kills: {len(trial.again())} doubles, "
        f"{counts[State.SENT]} sent + {len(unknown)} unknown, {sum(in_flight)} in flight",
    )
    assert trial.again() == []
    assert counts[State.SENT] + len(unknown) == size.chats
    assert len(unknown) == sum(in_flight)
    assert set(chats) - arrived <= set(unknown)


async def _kill_soon(trial: Trial, machine: Machine) -> None:
    """Kill a moment after a message has arrived: before, while or after that is written down."""
    await asyncio.sleep(max(0.0, trial.random.uniform(-0.05, 0.05)))  # half of them at once
    await machine.kill()
    await trial.written()


async def _kill_often(trial: Trial, machine: Machine, size: Size, lane: Lane) -> list[int]:
    """Kill in the middle of sending; return what was in flight each time."""
    found = []
    for _ in range(size.times):
        await machine.ready()
        goal = len(trial.double.ledger) + trial.random.randrange(3, size.chats // size.times)
        await trial.reached(goal, seconds=60)
        await _kill_soon(trial, machine)
        found.append(await trial.in_flight(lane))
        await trial.a_minute_passes()
    return found


async def _finish(trial: Trial, machine: Machine) -> None:
    """Let a machine send what is left, also what waits for a minute after a kill."""
    await machine.ready()
    await machine.stop()
    await trial.a_minute_passes()
    await machine.ready()
    await trial.until(trial.settled, seconds=1200)
    await machine.stop()
