"""Replicas: several processes on one PostgreSQL, one of them lost, and the database away."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from datetime import timedelta

import pytest

from bot.leases import POLLER_LEASE, RENEWALS
from bot.telegram_double import Pace
from storage.changing import changing_tables
from storage.deliveries import Lane, State
from storage.migrate import HEAD, KNOWN, current, upgrade
from tests.faults.forms import POSTGRESQL, Size, forms
from tests.faults.machines import Machine
from tests.faults.measures import busiest, busiest_second
from tests.faults.traffic import Traffic
from tests.faults.trial import Trial, now
from tests.postgres import Postgres

pytestmark = pytest.mark.long  # kills and clocks by chance: not for every change

REPLICAS = 3
FIRST_MEMBER = 700_300_001


@pytest.fixture
def pace() -> Pace:
    """Return Telegram's limits: the replicas share them."""
    return Pace.telegram()


async def _replicas(trial: Trial, number: int = REPLICAS) -> list[Machine]:
    machines = [trial.machine() for _ in range(number)]
    await asyncio.gather(*(machine.ready() for machine in machines))
    return machines


@POSTGRESQL
@forms(Size(chats=240), Size(chats=10_000))
async def test_replicas_share_the_pace(trial: Trial, size: Size) -> None:
    """Everything is due at once: each row is sent once, and never too fast together."""
    await trial.queue([person.id for person in await trial.know(size.chats)], Lane.REMINDER)
    await _replicas(trial)
    await trial.until(trial.settled, seconds=60 + size.chats / 15)

    sent = trial.sent()
    rate = (len(sent) - 1) / (sent[-1].at - sent[0].at).total_seconds()
    trial.tell(
        13,
        "<= 30 in any second, 0 x 429, >= 28 a second",
        f"{len(sent)} messages, {REPLICAS} replicas: at most {busiest_second(sent)} in a second, "
        f"{len(trial.double.mistakes)} x 429, {rate:.1f} a second",
    )
    counts = Counter(entry.chat_id for entry in sent)
    trial.tell(17, "each sent once", f"{len(counts)} of {size.chats}, {len(trial.again())} doubles")
    assert len(counts) == size.chats
    assert trial.again() == []
    assert busiest_second(sent) <= 30
    assert trial.double.mistakes == []
    assert rate >= 24


@POSTGRESQL
@forms(Size(times=12), Size(times=30))
async def test_replicas_share_the_pace_of_a_group(trial: Trial, size: Size) -> None:
    """A group may be written to twenty times a minute, whichever process writes."""
    owner = trial.double.person(FIRST_MEMBER, "Owner", "en")
    group = trial.double.group("Office", [owner], admins=[owner])
    group.add_bot(owner)
    trial.double.world.updates.waiting.clear()
    await trial.queue([group.id], Lane.REMINDER, each=size.times)
    await _replicas(trial)
    await trial.until(trial.settled, seconds=60 + 4 * size.times)

    sent = trial.sent()
    most = busiest(sent, timedelta(minutes=1))
    trial.tell(
        37,
        "20 a minute, 0 x 429, in order",
        f"{len(sent)} messages to a group, {REPLICAS} replicas: at most {most} in a minute, "
        f"{len(trial.double.mistakes)} x 429",
    )
    assert [entry.text.split()[1] for entry in sent] == [str(n) for n in range(size.times)]
    assert most <= 20
    assert trial.double.mistakes == []


@POSTGRESQL
async def test_the_one_that_polls_is_killed(trial: Trial) -> None:
    """The second polls when the lease has ended; what people wrote meanwhile is answered."""
    first, second = trial.machine(), trial.machine()
    await first.ready()
    await trial.double.listening()
    await second.ready()
    traffic = Traffic(trial, await trial.know(10))
    await first.kill()
    killed_at = now()
    traffic.burst(20)
    await trial.until(trial.settled, seconds=60)

    took = (trial.double.ledger[0].at - killed_at).total_seconds()
    lost, most = await traffic.lost(), POLLER_LEASE.total_seconds() * (1 + 1 / RENEWALS)
    trial.tell(
        41,
        f"the second polls within {most:.0f} s, 0 lost",
        f"killed with -9: the first answer after {took:.1f} s, {len(lost)} of {traffic.number} "
        "updates lost",
    )
    assert took <= most + 1
    assert lost == []
    assert await traffic.double_effects() == 0


@POSTGRESQL
async def test_one_of_two_polls(trial: Trial) -> None:
    """The second stands by, and takes over when the first is stopped: no conflict ever."""
    first, second = trial.machine(), trial.machine()
    await first.ready()
    await trial.double.listening()
    await second.ready()
    (person,) = await trial.know(1)
    person.send_text("zqxj0")
    await trial.until(lambda: len(trial.sent()) == 1)
    await first.stop()
    person.send_text("zqxj1")
    await trial.until(lambda: len(trial.sent()) == 2)
    conflicts = [refusal for refusal in trial.double.refusals if refusal.code == 409]
    trial.tell(41, "exactly one polls", f"2 processes, 1 take-over: {len(conflicts)} x 409")
    assert conflicts == []
    assert second.alive


@pytest.mark.long
@POSTGRESQL
async def test_one_replica_is_killed_for_good(trial: Trial) -> None:
    """The others take its rows over when its leases have ended."""
    chats = [person.id for person in await trial.know(900)]
    await trial.queue(chats, Lane.REMINDER, each=2)
    machines = await _replicas(trial)
    await trial.until(lambda: len(trial.sent()) >= 100)
    await machines[0].kill()
    killed_at = now()
    held = set(await trial.chats_in(State.SENDING))
    await trial.until(trial.settled, seconds=240)

    sent = trial.sent()
    missing = 2 * len(chats) - len(sent) + len(trial.again())
    over = max(
        (entry.at - killed_at).total_seconds()
        for entry in sent
        if entry.chat_id in held and entry.text.startswith("Message 0")
    )
    inversions = _inversions(trial, chats)
    trial.tell(
        6,
        "its rows taken over within 70 s; 0 lost, 0 inversions",
        f"{2 * len(chats)} messages to {len(chats)} chats, 1 of {REPLICAS} killed: {missing} lost, "
        f"{len(trial.again())} doubles, {inversions} inversions; "
        f"what it held arrived after {over:.0f} s at the most",
    )
    assert missing == 0
    assert len(trial.again()) <= 8
    assert inversions == 0
    assert over <= 70


def _inversions(trial: Trial, chats: list[int]) -> int:
    """Return to how many chats the messages came first in another order than they were put."""
    firsts: dict[int, list[str]] = {chat: [] for chat in chats}
    for entry in trial.sent():
        if entry.copy == 1:
            firsts[entry.chat_id].append(entry.text)
    return sum(found != sorted(found) for found in firsts.values())


@pytest.mark.long
@POSTGRESQL
async def test_a_replica_that_slept_through_its_leases(trial: Trial) -> None:
    """It wakes after ninety seconds and sends nothing that is no longer its own."""
    chats = [person.id for person in await trial.know(3000)]
    await trial.queue(chats, Lane.REMINDER)
    machines = await _replicas(trial)
    await trial.until(lambda: len(trial.sent()) >= 100)
    machines[0].freeze()
    await asyncio.sleep(90)
    before = len(trial.again())
    machines[0].thaw()
    await trial.until(trial.settled, seconds=300)
    extra = len(trial.again()) - before
    trial.tell(7, "0 extra copies", f"asleep for 90 s: {extra} extra copies after it woke")
    assert extra == 0


@pytest.mark.long
@POSTGRESQL
@pytest.mark.parametrize("size", [Size(times=2), Size(times=60)], ids=["blink", "minute"])
async def test_the_database_is_away(trial: Trial, size: Size, postgres: Postgres) -> None:
    """Stopped for a while in the middle of everything: the processes go on at once, by themselves.

    What a living process holds does not wait for its lease.
    """
    traffic = Traffic(trial, await trial.know(20))
    machines = await _replicas(trial, 2)
    traffic.burst(20)
    await trial.until(lambda: len(trial.double.ledger) > 5)
    await trial.db.close()
    postgres.stop()
    traffic.burst(20)
    await asyncio.sleep(size.times)  # how long it is away is the fault
    postgres.start()
    back = time.monotonic()
    await trial.until(trial.settled, seconds=200)
    seconds = time.monotonic() - back

    lost, again = await traffic.lost(), len(trial.again())
    trial.tell(
        43,
        "recovers by itself within 10 s, 0 lost",
        f"away for {size.times} s, {traffic.number} updates: {len(lost)} lost, "
        f"{await traffic.double_effects()} double effects, {again} replies sent again; "
        f"all answered {seconds:.1f} s after its return",
    )
    assert seconds <= 10
    assert lost == []
    assert await traffic.double_effects() == 0
    assert all(machine.alive for machine in machines)


@POSTGRESQL
@forms(Size(times=3), Size(times=30))
async def test_connections_are_cut_by_the_database(trial: Trial, size: Size) -> None:
    """Every connection of the processes is ended, again and again, in the middle of work."""
    traffic = Traffic(trial, await trial.know(20))
    await _replicas(trial, 2)
    for _ in range(size.times):
        goal = len(trial.double.ledger) + trial.random.randrange(1, 15)
        traffic.burst(20)
        await trial.reached(goal)
        await trial.number(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        # What piled up would leave at once, and meet Telegram's limits instead.
        await trial.until(trial.settled, seconds=60)

    lost = await traffic.lost()
    trial.tell(
        44,
        "0 lost, 0 double effects",
        f"{traffic.number} updates, all connections cut {size.times} times: {len(lost)} lost, "
        f"{await traffic.double_effects()} double effects",
    )
    assert lost == []
    assert await traffic.double_effects() == 0


@pytest.mark.parametrize("revision", [None, *KNOWN[::3]], ids=lambda found: found or "empty")
@forms(Size(times=1), Size(times=5))
async def test_six_replicas_start_at_once(
    trial: Trial, size: Size, postgres: Postgres, revision: str | None
) -> None:
    """On an empty PostgreSQL database, or one of an older version: one migrates, all six begin."""
    for _ in range(size.times):
        url = await postgres.fresh(migrated=False)
        if revision is not None:
            async with changing_tables(url) as c:
                await c.run_sync(upgrade, revision)
        machines = [trial.machine(DATABASE_URL=url) for _ in range(6)]
        await asyncio.gather(*(machine.ready() for machine in machines))
        assert all(machine.alive for machine in machines)
        assert await current(url) == HEAD
        for machine in machines:
            await machine.kill()
        await postgres.drop(url)
    where = "empty PostgreSQL" if revision is None else f"PostgreSQL at revision {revision}"
    trial.tell(28, "all start", f"{6 * size.times} of {6 * size.times} started ({where})")
