"""A clock that jumps ends no lease of what is on its way."""

from datetime import UTC, datetime, timedelta

from bot.assistant import Assistant
from bot.clock import Evenness, MovableClock
from bot.leases import RECOVER
from storage import Database, deliveries
from storage.deliveries import Draft, Lane, State

LEASE = timedelta(seconds=60)


def test_a_clock_that_jumped_is_trusted_again_after_a_while() -> None:
    seconds = [0.0]
    clock = MovableClock(datetime(2026, 11, 21, 6, tzinfo=UTC))
    evenness = Evenness(clock, lambda: seconds[0])

    def passes(time: float, told: timedelta) -> bool:
        seconds[0] += time
        clock.move(told)
        return evenness.holds_for(60)

    assert passes(5, timedelta(seconds=5.1))
    assert not passes(5, timedelta(hours=1))
    assert not passes(59, timedelta(seconds=59))
    assert passes(1, timedelta(seconds=1))
    assert not passes(5, timedelta(hours=-1))


async def test_what_is_on_its_way_is_not_taken_back_when_the_clock_is_set(
    assistant: Assistant, db: Database, clock: MovableClock
) -> None:
    now = clock.now()
    async with db.write() as c:
        await deliveries.put(c, Draft("k", Lane.REMINDER, 1, "screen", {}, now), now)
        [row] = await deliveries.claim(c, now, now + LEASE, 1, [Lane.REMINDER])
    clock.move(timedelta(hours=1))
    await assistant.ticks.run(RECOVER)

    async with db.read() as c:
        kept = await deliveries.get(c, row.id)
    assert kept is not None
    assert (kept.state, kept.problem) == (State.SENDING, None)
