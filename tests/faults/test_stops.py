"""Stops and starts: SIGTERM in the middle of everything, many starts at once, two pollers."""

from __future__ import annotations

import asyncio
import time

import pytest

from bot.inbox import TWO_PROGRAMS
from storage.deliveries import Lane
from storage.migrate import current
from tests.faults.forms import Size, forms
from tests.faults.traffic import Traffic
from tests.faults.trial import Trial

pytestmark = pytest.mark.long  # kills and clocks by chance: not for every change

MIGRATE = ("-m", "bot", "migrate")
MOST_SECONDS = 10.0
ROUNDS = 5
MOST_SILENT = 60.0


@forms(Size(times=2), Size(times=20))
async def test_sigterm_in_the_middle(trial: Trial, size: Size) -> None:
    """Stopped while bulk is sent and updates flow, with a server that takes its time."""
    traffic = Traffic(trial, await trial.know(20))
    readers = [person.id for person in await trial.know(30 * size.times, first=700_200_001)]
    await trial.queue(readers, Lane.REMINDER)
    trial.double.faults.add("slow", method="sendMessage", times=None, chance=0.3, seconds=0.5)
    machine, took = trial.machine(), []
    for _ in range(size.times):
        await machine.ready()
        goal = len(trial.double.ledger) + trial.random.randrange(5, 40)
        traffic.burst(40)
        await trial.reached(goal)
        took.append(await machine.stop())
        assert await trial.in_flight(Lane.REPLY, Lane.REMINDER) == 0
    await machine.ready()
    await trial.until(trial.settled, seconds=60 + 4 * size.times)

    lost = await traffic.lost()
    missed = set(readers) - {entry.chat_id for entry in trial.sent()}
    trial.tell(
        23,
        "exit <= 10 s, 0 lost, 0 doubled",
        f"{size.times} times: at most {max(took):.1f} s, {len(lost) + len(missed)} lost, "
        f"{len(trial.again())} doubles",
    )
    assert max(took) <= MOST_SECONDS
    assert lost == []
    assert missed == set()
    assert trial.again() == []


@pytest.mark.long
async def test_sigterm_while_telegram_hangs(trial: Trial) -> None:
    """No answer ever comes: the process ends in time all the same."""
    await trial.queue([person.id for person in await trial.know(5)], Lane.REMINDER)
    trial.double.faults.add("hang", method="sendMessage", times=None)
    machine = await trial.machine().ready()
    await trial.until(lambda: len(trial.double.faults.used) == 5)
    took = await machine.stop()
    trial.tell(23, "exit <= 10 s", f"5 messages hang: {took:.1f} s")
    assert took <= MOST_SECONDS


@pytest.mark.long
async def test_six_migrate_an_empty_database_at_once(trial: Trial) -> None:
    """Each migration is applied once, and all six go on."""
    went_well = 0
    for n in range(ROUNDS):
        url = f"sqlite:///{trial.place / f'round{n}.db'}"
        machines = [trial.machine(MIGRATE, DATABASE_URL=url) for _ in range(6)]
        await asyncio.gather(*(machine.start() for machine in machines))
        went_well += (await asyncio.gather(*(m.ended() for m in machines))).count(0)
        assert await current(url) == await current(trial.url)
    trial.tell(28, "all start", f"{went_well} of {6 * ROUNDS} migrations went well (SQLite)")
    assert went_well == 6 * ROUNDS


@pytest.mark.long
async def test_somebody_else_polls_with_our_token(trial: Trial) -> None:
    """Two assistants with one token and different databases: both say so, neither falls over."""
    one = await trial.machine().ready()
    other = trial.machine(DATABASE_URL=f"sqlite:///{trial.place / 'other.db'}")
    await other.ready()
    told = [asyncio.create_task(machine.says(TWO_PROGRAMS)) for machine in (one, other)]
    done, waiting = await asyncio.wait(told, return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        task.cancel()
    assert all(TWO_PROGRAMS in task.result() for task in done)
    assert one.alive
    assert other.alive
    await other.kill()
    (writer,) = await trial.know(1)
    writer.send_text("zqxj")
    await trial.until(lambda: len(trial.sent()) == 1)
    conflicts = [refusal for refusal in trial.double.refusals if refusal.code == 409]
    trial.tell(41, "an alarm, no crash loop", f"{len(conflicts)} x 409 until the other one ended")
    assert conflicts


async def test_somebody_else_sets_a_webhook_while_we_poll(trial: Trial) -> None:
    """Updates are pushed elsewhere with our token: that is said at once."""
    machine = await trial.machine().ready()
    (writer,) = await trial.know(1)
    writer.send_text("zqxj")
    await trial.until(lambda: len(trial.sent()) == 1)
    began = time.monotonic()
    trial.double.call("setWebhook", {"url": "https://elsewhere.example/hook"})
    await machine.says(TWO_PROGRAMS, seconds=MOST_SILENT)
    took = time.monotonic() - began
    trial.tell(42, "alarm <= 60 s", f"polling, a webhook is set: said after {took:.1f} s")
    assert machine.alive
