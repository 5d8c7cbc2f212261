"""Late: a stall, a day without power, a clock that jumps. Nothing is dropped silently."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

from handlers.presses import SetDate
from storage.deliveries import Lane, State
from tests.faults.forms import Size, forms
from tests.faults.machines import RIGGED, Machine
from tests.faults.measures import percentile
from tests.faults.traffic import show
from tests.faults.trial import Trial, now

PER_SECOND = 26
HOUR = 3600.0


@forms(Size(chats=150), Size(chats=1000))
async def test_a_stall_while_reminders_fall_due(trial: Trial, size: Size) -> None:
    """The process stands still for five seconds, in which all of them fall due."""
    chats = [person.id for person in await trial.know(size.chats)]
    machine = await trial.machine().ready()
    begin = now() + timedelta(seconds=1.5)
    due = {chat: begin + timedelta(seconds=5 * n / size.chats) for n, chat in enumerate(chats)}
    await trial.queue(chats, Lane.REMINDER, due_at=due)
    machine.freeze()
    await asyncio.sleep((begin - now()).total_seconds() + 5)
    machine.thaw()
    await trial.until(trial.settled, seconds=60 + size.chats / 10)

    late = [(entry.at - due[entry.chat_id]).total_seconds() for entry in trial.sent()]
    dropped, bound = size.chats - len(late), 5 + size.chats / PER_SECOND + 2
    trial.tell(
        15,
        f"0 dropped; p99 late <= stall + N/26 s + 2 s = {bound:.1f} s",
        f"{size.chats} due in a stall of 5 s: {dropped} dropped, "
        f"p99 {percentile(late, 99):.1f} s late, {len(trial.again())} doubles",
    )
    assert dropped == 0
    assert trial.again() == []
    assert min(late) >= 0
    assert percentile(late, 99) <= bound


async def test_a_day_and_two_hours_without_power(trial: Trial) -> None:
    """Reminders for deadlines of every coming day: each is sent late, or counted as expired."""
    clock = _clock(trial)
    people = await trial.know(12)
    machine = await _rigged(trial).ready()
    for n, person in enumerate(people):
        day = (now() + timedelta(hours=_to_noon() / HOUR, days=1 + n)).date()
        person.press_data(show(trial, person), SetDate("a.is", day.isoformat()).pack())
    await trial.until(trial.settled_but_reminders)
    await machine.stop()
    await machine.ready()
    await trial.until(trial.has_reminders)
    await machine.stop()
    told = len(trial.sent())
    _turn(clock, _to_noon() + 26 * HOUR)
    missed = await trial.reminders_due_in(_to_noon() + 26 * HOUR)
    await machine.ready()
    await trial.until(lambda: _all_told(trial, missed))
    await machine.stop()

    counts = await trial.reminder_states(missed)
    sent = len(trial.sent()) - told
    silent = len(missed) - sum(counts.get(s, 0) for s in (State.SENT, State.EXPIRED))
    trial.tell(
        16,
        "sent late, or expired and counted; 0 silent",
        f"{len(missed)} fell due in 26 h: {counts.get(State.SENT, 0)} sent in {sent} messages, "
        f"{counts.get(State.EXPIRED, 0)} expired, {silent} silent",
    )
    assert missed
    assert silent == 0
    assert sent > 0


@forms(Size(chats=120, times=2), Size(chats=600, times=10))
async def test_a_clock_that_jumps(trial: Trial, size: Size) -> None:
    """An hour forward, an hour back, while messages are on their way: leases hold, 0 doubles."""
    clock = _clock(trial)
    await trial.queue([person.id for person in await trial.know(size.chats)], Lane.REMINDER)
    await _rigged(trial).ready()
    for jump in range(2 * size.times):
        goal = (jump + 1) * size.chats // (2 * size.times + 1)
        await trial.reached(goal, seconds=60)
        _turn(clock, HOUR if jump % 2 == 0 else 0)
    await trial.until(trial.settled, seconds=120)
    trial.tell(
        50,
        "0 lost, 0 doubles",
        f"{size.chats} messages, {2 * size.times} jumps of an hour: "
        f"{size.chats - len(trial.sent())} lost, {len(trial.again())} doubles",
    )
    assert trial.again() == []
    assert len(trial.sent()) == size.chats


async def test_a_machine_with_old_time_zones(trial: Trial) -> None:
    """The machine says that Almaty is six hours ahead: the package's zones are used, not those."""
    zones = trial.place / "zones" / "Asia"
    zones.mkdir(parents=True)
    for name in ("Almaty", "Bishkek"):
        (zones / name).write_bytes(OLD_ZONE)
    machine = trial.machine((str(Path(__file__).with_name("saying_time.py")),))
    machine.environment["PYTHONTZPATH"] = str(zones.parent)
    await machine.start()
    said = await machine.says("Almaty is at")
    trial.tell(49, "the zones of the package, whatever the machine has", said)
    assert said == "Almaty is at +05:00, not at +06:00 as the machine says"


OLD_ZONE = (
    b"TZif2" + b"\0" * 15 + b"\0\0\0\0" * 4 + b"\0\0\0\1\0\0\0\4" + b"\0\0\x54\x60\0\0+06\0"
    b"TZif2" + b"\0" * 15 + b"\0\0\0\0" * 4 + b"\0\0\0\1\0\0\0\4" + b"\0\0\x54\x60\0\0+06\0"
    b"\n<+06>-6\n"
)
"""A file of zone data that knows one time only: six hours ahead."""


def _rigged(trial: Trial) -> Machine:
    machine = trial.machine(RIGGED)
    machine.environment["RIG_CLOCK"] = str(trial.place / "clock")
    return machine


def _clock(trial: Trial) -> Path:
    return _turn(trial.place / "clock", 0)


def _turn(clock: Path, seconds: float) -> Path:
    """Set the clock that a rigged machine goes by; never half-written."""
    new = clock.with_suffix(".new")
    new.write_text(str(seconds), encoding="utf-8")
    return new.replace(clock)


def _to_noon() -> float:
    """Return the seconds until it is noon in Bishkek, outside of everybody's quiet hours."""
    moment = now()
    noon = moment.replace(hour=6, minute=0, second=0)
    return (noon - moment).total_seconds() % (24 * HOUR)


async def _all_told(trial: Trial, keys: list[str]) -> bool:
    states = await trial.reminder_states(keys)
    return not states.get(State.QUEUED) and not states.get(State.SENDING)
