"""All processes of a bot share one pace: even, guarded, cut by refusals and slowly raised."""

import asyncio
from collections import deque
from dataclasses import replace

import pytest

from storage import Database, pace
from storage.pace import Departure, Limits, Turns

BOT = "1000001"
LIMITS = Limits()
FRESH = Turns(0.0, LIMITS.most, 0.0, 0.0, 0.0, ())
START = 1000.0


class StrictServer:
    """Allows so many messages in any second, and asks to wait when there are more."""

    def __init__(self, per_second: int, wait: float = 3.0) -> None:
        self._most, self._wait = per_second, wait
        self._taken: deque[float] = deque()
        self.refusals = 0

    def send(self, now: float) -> float | None:
        """Return None, or how long to wait."""
        while self._taken and self._taken[0] <= now - 1:
            self._taken.popleft()
        if len(self._taken) >= self._most:
            self.refusals += 1
            return self._wait
        self._taken.append(now)
        return None


def send_all(
    server: StrictServer, messages: int, *, late: float = 0.004, limits: Limits = LIMITS
) -> tuple[float, list[float]]:
    """Send messages as fast as turns are given, each look a little late; return the times."""
    turns, now, sent = FRESH, START, list[float]()
    while len(sent) < messages:
        turns, grant = turns.at(now, limits).take(8, now, limits)
        for _ in range(grant.granted):
            wait = server.send(now)
            if wait is None:
                sent.append(now)
            else:
                turns = turns.pause(wait, now, limits)
        now += max(grant.wait, 0.001) + late
    return now - START, sent


def most_within(times: list[float], window: float) -> int:
    """Return how many of the times lie in the fullest window."""
    return max(sum(at <= other < at + window for other in times) for at in times)


@pytest.mark.parametrize("late", [0.0, 0.004, 0.02, 0.06])
def test_at_full_pace_at_least_28_a_second_leave_and_never_more_than_30(late: float) -> None:
    server = StrictServer(30)

    took, sent = send_all(server, 1500, late=late)

    assert server.refusals == 0
    assert most_within(sent, 1.05) <= 30
    assert 1500 / took >= 28 * (1 if late < 0.02 else 0.93)


def test_a_server_that_allows_less_is_met_with_few_refusals() -> None:
    server = StrictServer(20)

    took, sent = send_all(server, 1500)

    after_a_minute = [at for at in sent if at >= START + 60]
    assert server.refusals <= 6
    assert len(after_a_minute) / (START + took - after_a_minute[0]) >= 0.7 * 20


@pytest.mark.parametrize("late", [0.002, 0.03])
def test_paid_messages_leave_at_nearly_a_thousand_a_second(late: float) -> None:
    server, paid = StrictServer(1000), Limits(1000, 1.05, 1000.0)
    turns, now, sent = replace(FRESH, rate=1000.0), START, 0
    while now < START + 10:
        turns, grant = turns.at(now, paid).take(100, now, paid)
        sent += sum(server.send(now) is None for _ in range(grant.granted))
        now += max(grant.wait, 0.001) + late

    assert server.refusals == 0
    assert sent >= 9000


def test_bulk_uses_what_replies_leave() -> None:
    turns, now, bulk, replies = FRESH, START, list[float](), list[float]()
    while now < START + 20:
        turns, grant = turns.at(now, LIMITS).take(8, now, LIMITS)
        bulk += [now] * grant.granted
        if len(replies) < (now - START) * 10:
            turns = turns.at(now, LIMITS).count(1, now)
            replies.append(now)
        now += 0.01

    assert most_within([*bulk, *replies], 1.0) <= 30
    assert len(bulk) / 20 >= 15


def test_refusals_of_one_pause_cut_once() -> None:
    turns = FRESH.at(START, LIMITS).take(2, START, LIMITS)[0]
    cut = turns.pause(5, START, LIMITS)

    again = cut.at(START + 1, LIMITS).pause(9, START + 1, LIMITS)
    late = again.at(START + 10.5, LIMITS).pause(2, START + 10.5, LIMITS)

    assert cut.rate == pytest.approx(21)
    assert again.rate == cut.rate
    assert late.rate == pytest.approx(cut.rate, rel=0.05)
    assert late.paused_until == START + 12.5


def test_turns_given_back_are_taken_again() -> None:
    turns = FRESH.at(START, LIMITS)
    taken, grant = turns.take(2, START, LIMITS)

    back = taken.give_back(grant.granted)

    assert back.take(2, START, LIMITS)[1].granted == grant.granted
    assert sum(departure.bulk for departure in back.departures) == 0


def test_a_clock_that_was_set_back_stops_nothing_for_long() -> None:
    ahead = replace(FRESH, next_at=START + 5000, departures=(Departure(START + 5000, 1, 0),))

    turns, grant = ahead.at(START, LIMITS).take(1, START, LIMITS)

    assert grant.wait <= LIMITS.window
    assert turns.at(START + 2, LIMITS).take(1, START + 2, LIMITS)[1].granted == 1


async def test_processes_take_turns_from_one_row(db: Database, other_db: Database) -> None:
    """Several ask at one moment of the database's clock; together they get what one would."""

    async def ask(database: Database) -> int:
        async with database.write() as c:
            return (await pace.take(c, BOT, 5, now=START)).granted

    granted = await asyncio.gather(*(ask((db, other_db)[n % 2]) for n in range(8)))

    alone = FRESH.at(START, LIMITS).take(5, START, LIMITS)[1].granted
    assert 1 <= sum(granted) <= alone + 1


async def test_a_refusal_told_to_one_process_pauses_all(db: Database, other_db: Database) -> None:
    async with db.write() as c:
        await pace.take(c, BOT, 1)
        assert await pace.pause(c, BOT, 30)
        assert not await pace.pause(c, BOT, 20)

    async with other_db.write() as c:
        grant = await pace.take(c, BOT, 1)
        await pace.count(c, BOT, 2)
        await pace.give_back(c, BOT, 1)
        seen = await pace.look(c, BOT)

    assert (grant.granted, grant.paused) == (0, True)
    assert 29 < grant.wait <= 30
    assert seen is not None
    assert seen.paused
    assert seen.rate == pytest.approx(21, rel=0.05)


async def test_nothing_is_known_before_the_first_turn(db: Database) -> None:
    async with db.read() as c:
        assert await pace.look(c, BOT) is None


async def test_the_databases_clock_goes_on_within_a_transaction(db: Database) -> None:
    async with db.write() as c:
        grants = [await pace.take(c, BOT, 1) for _ in range(2)]
        await asyncio.sleep(grants[1].wait + 0.01)
        third = await pace.take(c, BOT, 1)

    assert grants[0].granted == third.granted == 1
