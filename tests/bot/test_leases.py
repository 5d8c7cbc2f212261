"""Several processes on one database: one polls, another stands by; each tick runs once."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.assistant import Assistant
from bot.clock import MovableClock
from bot.leases import Lease, Standby, drop_dead, own_name
from bot.telegram_double import TelegramDouble
from bot.ticks import Ticks
from storage import Database, leases

LASTS = timedelta(seconds=15)
NewLease = Callable[[str], Lease]


@pytest.fixture
def new_lease(db: Database, clock: MovableClock) -> NewLease:
    return lambda owner: Lease(db, clock, "poller", owner, LASTS)


async def test_one_process_holds_a_lease_until_it_lets_go(new_lease: NewLease) -> None:
    first, second = new_lease("a:1:x"), new_lease("b:2:y")

    assert (await first.hold(), await second.hold(), await first.hold()) == (True, False, True)
    await first.release()
    assert not first.held
    assert await second.hold()


async def test_a_lease_of_a_process_that_is_gone_runs_out(
    new_lease: NewLease, clock: MovableClock
) -> None:
    first, second = new_lease("a:1:x"), new_lease("b:2:y")
    await first.hold()
    clock.move(LASTS)

    assert await second.hold()
    assert not await first.hold()
    assert not first.held


async def test_a_restart_on_the_same_machine_does_not_wait(
    db: Database, new_lease: NewLease
) -> None:
    host, numbering, *_ = own_name().rsplit(":", 3)
    dead, elsewhere = f"{host}:{numbering}:999999999:x", f"elsewhere:{numbering}:999999999:x"

    assert await freed(db, new_lease(dead))
    assert not await freed(db, new_lease(elsewhere))


async def test_a_living_process_keeps_its_lease(db: Database, new_lease: NewLease) -> None:
    host, numbering, *_ = own_name().rsplit(":", 3)

    assert not await freed(db, new_lease(f"{host}:{numbering}:1:x"))


async def test_a_container_is_gone_where_nobody_shares_the_database(
    db: Database, new_lease: NewLease
) -> None:
    """On a shared one it may run beside this one, and its numbers say nothing here."""
    host, *_ = own_name().rsplit(":", 3)

    assert await freed(db, new_lease(f"{host}:1:1:x")) is db.is_alone


async def freed(db: Database, lease: Lease) -> bool:
    """Take a lease and tell whether a start on this machine frees it."""
    await lease.hold()
    await drop_dead(db, ["poller", "plan"])
    async with db.read() as c:
        return await leases.holder(c, "poller") is None


async def test_who_stands_by_begins_when_the_other_stops(new_lease: NewLease) -> None:
    begun = [asyncio.Event(), asyncio.Event()]
    processes = [
        Standby(new_lease(f"h:{n}:x"), timedelta(seconds=0.04), event.set, event.clear)
        for n, event in enumerate(begun)
    ]
    running = [asyncio.create_task(process.run()) for process in processes]
    await asyncio.wait_for(begun[0].wait(), 5)
    assert not begun[1].is_set()
    processes[0].stop()
    await asyncio.wait_for(begun[1].wait(), 5)
    processes[1].stop()
    await asyncio.gather(*running)


async def test_of_all_processes_one_runs_a_tick(db: Database, clock: MovableClock) -> None:
    runs: list[str] = []

    def ticks_of(owner: str) -> Ticks:
        async def plan() -> None:
            runs.append(owner)

        def lease(name: str, lasts: timedelta) -> Lease:
            return Lease(db, clock, name, owner, lasts)

        return Ticks({"plan": (timedelta(minutes=5), plan)}, lease)

    first, second = ticks_of("a:1:x"), ticks_of("b:2:y")
    for ticks in (first, second, first):
        await ticks.run("plan")
    assert runs == ["a:1:x", "a:1:x"]

    await first.stop(1)
    await second.run("plan")
    assert runs[2:] == ["b:2:y"]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_two_replicas_answer_each_press_once_and_one_goes_on_alone(
    double: TelegramDouble, new_assistant: Callable[[], Assistant]
) -> None:
    first, second = new_assistant(), new_assistant()
    await first.start()
    await double.listening()
    await second.start()
    people = [double.person() for _ in range(20)]
    for person in people:
        person.start()
        person.send_text("/help")
    await double.listening()
    await first.quiet()
    await second.quiet()
    await first.stop()
    people[0].send_text("/help")
    await asyncio.wait_for(double.listening(), 20)
    await second.quiet()
    await second.stop()

    assert [len(person.said) for person in people] == [3, *[2] * 19]
    assert double.mistakes == []
