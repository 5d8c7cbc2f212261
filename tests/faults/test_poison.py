"""Poison: what crashes the assistant every time is set aside, and others are served."""

from __future__ import annotations

import pytest

from storage.deliveries import Draft, Lane, State, put_all
from tests.faults.forms import BOTH
from tests.faults.machines import RIGGED, Machine
from tests.faults.traffic import echo
from tests.faults.trial import Trial, now

pytestmark = pytest.mark.long  # kills and clocks by chance: not for every change


async def test_an_update_that_raises(trial: Trial) -> None:
    """Set aside after three crashes, with an apology; everybody else is answered."""
    victim, *others = await trial.know(6)
    machine = await _rigged(trial, RIG_CRASH="zqxj-crash").ready()
    victim.send_text("zqxj-crash")
    victim.send_text("zqxj-after")
    for n, person in enumerate(others):
        person.send_text(f"zqxj{n}")
    await trial.until(trial.settled)

    answered = {echo(entry.text) for entry in trial.sent()}
    crashes = sum("update crashed" in line for line in machine.lines)
    failed = await trial.number("SELECT count(*) FROM inbox WHERE state = 'failed'")
    trial.tell(
        61,
        "set aside after 3, others unaffected",
        f"raises: {crashes + failed} crashes, {failed} set aside, "
        f"{len(answered & {f'zqxj{n}' for n in range(5)})} of 5 others answered",
    )
    assert failed == 1
    assert crashes == 2
    assert {"zqxj-after", *(f"zqxj{n}" for n in range(5))} <= answered
    assert machine.alive


@BOTH
async def test_an_update_that_ends_the_process(trial: Trial) -> None:
    """It kills three processes, and the fourth sets it aside; whoever was beside it is answered."""
    victim, *others = await trial.know(21)
    machine = _rigged(trial, RIG_KILL="zqxj-kill")
    for n, person in enumerate(others):
        if n == len(others) // 2:
            victim.send_text("zqxj-kill")
            victim.send_text("zqxj-after")
        person.send_text(f"zqxj{n}")
    deaths = await _start_until_it_lives(trial, machine)

    answered = {echo(entry.text) for entry in trial.sent()}
    failed = await trial.number("SELECT count(*) FROM inbox WHERE state = 'failed'")
    served = len(answered & {f"zqxj{n}" for n in range(20)})
    trial.tell(
        61,
        "set aside after 3, others unaffected",
        f"ends the process: {deaths} deaths, {failed} set aside, {served} of 20 others answered",
    )
    assert deaths == 3
    assert failed == 1
    assert "zqxj-after" in answered
    assert served == 20


@BOTH
async def test_a_message_that_ends_the_process(trial: Trial) -> None:
    """It kills three processes, becomes unknown and is left alone; everything else arrives."""
    victim, *others = await trial.know(6)
    moment = now()
    drafts = [
        Draft(f"t{p.id}", Lane.REMINDER, p.id, "screen", {"text": f"lane-{word}"}, moment)
        for p, word in [(victim, "kill"), *((other, "fine") for other in others)]
    ]
    async with trial.db.write() as c:
        await put_all(c, drafts, moment)
    deaths = await _start_until_it_lives(trial, _rigged(trial, RIG_KILL="lane-kill"))

    unknown = await trial.chats_in(State.UNKNOWN)
    arrived = {entry.chat_id for entry in trial.sent()}
    trial.tell(
        62,
        "unknown after 3, not repeated",
        f"{deaths} deaths, then {len(unknown)} unknown; {len(arrived)} of 5 others arrived",
    )
    assert deaths == 3
    assert unknown == [victim.id]
    assert arrived == {person.id for person in others}


def _rigged(trial: Trial, **rig: str) -> Machine:
    machine = trial.machine(RIGGED)
    machine.environment |= rig
    return machine


async def _start_until_it_lives(trial: Trial, machine: Machine) -> int:
    """Start again after every death, as a supervisor does; return how often it died."""
    deaths = 0
    for _ in range(9):
        await machine.start()
        await trial.until_still_or_dead(machine)
        if await trial.settled():
            return deaths
        deaths += not machine.alive
        await machine.kill()
        await trial.a_minute_passes()
    return deaths
