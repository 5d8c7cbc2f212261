"""Each claim ends in an outcome, and what a dead process held is neither lost nor repeated."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from storage import Database, belongings, deliveries
from storage.deliveries import Delivery, Draft, Lane, State

ALL = tuple(Lane)
LEASE = timedelta(seconds=60)


@pytest.fixture
def reminder(now: datetime) -> Draft:
    """A reminder that is due."""
    return Draft("r", Lane.REMINDER, 1, "reminder", {}, now)


async def claimed(db: Database, draft: Draft, now: datetime) -> Delivery:
    """Put a draft and claim it."""
    async with db.write() as c:
        await deliveries.put(c, draft, now)
        [row] = await deliveries.claim(c, now, now + LEASE, 10, ALL)
    return row


async def now_is(db: Database, row: Delivery) -> Delivery:
    async with db.read() as c:
        stored = await deliveries.get(c, row.id)
    assert stored
    return stored


async def test_what_was_sent_keeps_the_number_of_its_message(
    db: Database, reminder: Draft, now: datetime
) -> None:
    row = await claimed(db, reminder, now)
    async with db.write() as c:
        assert await deliveries.settle(c, row, State.SENT, now, message_id=42)

    assert await now_is(db, row) == replace(row, state=State.SENT, message_id=42, settled_at=now)


@pytest.mark.parametrize("state", [State.FAILED, State.UNKNOWN, State.CANCELLED, State.UNREACHABLE])
async def test_what_was_not_sent_keeps_the_reason(
    db: Database, reminder: Draft, now: datetime, state: State
) -> None:
    row = await claimed(db, reminder, now)
    async with db.write() as c:
        assert await deliveries.settle(c, row, state, now, problem="Forbidden")

    stored = await now_is(db, row)
    assert (stored.state, stored.problem) == (state, "Forbidden")


@pytest.mark.parametrize("state", [State.QUEUED, State.SENDING, State.JOINED])
async def test_an_outcome_is_final(
    db: Database, reminder: Draft, now: datetime, state: State
) -> None:
    row = await claimed(db, reminder, now)
    async with db.write() as c:
        with pytest.raises(ValueError, match="not a final state"):
            await deliveries.settle(c, row, state, now)


async def test_a_postponed_row_is_tried_again_when_due(
    db: Database, reminder: Draft, now: datetime
) -> None:
    row = await claimed(db, reminder, now)
    later = now + timedelta(seconds=30)
    async with db.write() as c:
        assert await deliveries.postpone(c, row, later, "RetryAfter(30)")
        assert await deliveries.claim(c, now, now + LEASE, 10, ALL) == []
        [again] = await deliveries.claim(c, later, later + LEASE, 10, ALL)

    assert (again.id, again.attempts, again.problem) == (row.id, 2, "RetryAfter(30)")


async def test_recovery_waits_for_the_lease_to_end(
    db: Database, reminder: Draft, now: datetime
) -> None:
    row = await claimed(db, reminder, now)
    async with db.write() as c:
        assert await deliveries.recover(c, now + LEASE - timedelta(seconds=1)) == 0
        assert await deliveries.recover(c, now + LEASE) == 1

    stored = await now_is(db, row)
    assert stored.state is State.QUEUED
    assert stored.due_at == reminder.due_at


async def test_a_restart_does_not_hammer_what_it_may_have_died_of(
    db: Database, reminder: Draft, now: datetime
) -> None:
    row = await claimed(db, reminder, now)
    async with db.write() as c:
        await deliveries.recover(c, now, everything=True)

    assert (await now_is(db, row)).due_at == now + LEASE


async def test_the_only_process_recovers_everything_at_its_start(
    db: Database, reminder: Draft, now: datetime
) -> None:
    """Nobody else can hold a lease there, and a person who pressed a button is waiting."""
    row = await claimed(db, replace(reminder, lane=Lane.REPLY), now)
    async with db.write() as c:
        assert await deliveries.recover(c, now, everything=True) == 1
        [again] = await deliveries.claim_suspect(c, now, now + LEASE, ALL, steady=False)

    assert again.id == row.id


async def test_a_crashed_announcement_is_listed_and_never_sent_again(
    db: Database, reminder: Draft, now: datetime
) -> None:
    row = await claimed(db, replace(reminder, lane=Lane.ANNOUNCEMENT), now)
    async with db.write() as c:
        await deliveries.recover(c, now + LEASE)
        far = now + timedelta(days=1)
        assert await deliveries.claim(c, far, far + LEASE, 10, ALL) == []

    stored = await now_is(db, row)
    assert (stored.state, stored.settled_at) == (State.UNKNOWN, now + LEASE)


async def test_a_row_found_in_three_crashes_is_set_aside(
    db: Database, reminder: Draft, now: datetime
) -> None:
    """It may be what brings the process down."""
    row = await claimed(db, reminder, now)
    found = []
    for _ in range(3):
        async with db.write() as c:
            now += timedelta(hours=1)
            await deliveries.recover(c, now)
            now += timedelta(hours=1)
            await deliveries.claim_suspect(c, now, now + LEASE, ALL, steady=True)
        found.append((await now_is(db, row)).state)

    assert found == [State.SENDING, State.SENDING, State.UNKNOWN]


async def test_what_a_crash_left_is_claimed_alone_and_others_at_once(
    db: Database, reminder: Draft, now: datetime
) -> None:
    drafts = [replace(reminder, key=f"r{chat}", chat_id=chat) for chat in range(3)]
    async with db.write() as c:
        await deliveries.put_all(c, drafts, now)
        await deliveries.claim(c, now, now + LEASE, 2, ALL)
        assert await deliveries.recover(c, now + LEASE) == 2

        later = now + 2 * LEASE
        [fresh] = await deliveries.claim(c, later, later + LEASE, 10, ALL)
        lanes = await deliveries.lanes_of_suspects(c, later, steady=False)
        [suspect] = await deliveries.claim_suspect(c, later, later + LEASE, ALL, steady=False)
    assert (fresh.chat_id, lanes, suspect.attempts) == (2, frozenset({Lane.REMINDER}), 2)


async def test_the_last_try_is_left_to_a_steady_process(
    db: Database, reminder: Draft, now: datetime
) -> None:
    await claimed(db, reminder, now)
    async with db.write() as c:
        await deliveries.recover(c, now + LEASE)
        now += 2 * LEASE
        [row] = await deliveries.claim_suspect(c, now, now + LEASE, ALL, steady=False)
        await deliveries.recover(c, now + LEASE)
        now += 2 * LEASE

        assert await deliveries.claim_suspect(c, now, now + LEASE, ALL, steady=False) == []
        assert await deliveries.lanes_of_suspects(c, now, steady=False) == frozenset()
        assert await deliveries.lanes_of_suspects(c, now, steady=True) == {Lane.REMINDER}
        [again] = await deliveries.claim_suspect(c, now, now + LEASE, ALL, steady=True)
    assert again.id == row.id


async def test_a_slow_sender_is_believed_while_nobody_else_tried(
    db: Database, reminder: Draft, now: datetime
) -> None:
    """The lease ran out, but the message did leave: it must not leave again."""
    row = await claimed(db, reminder, now)
    async with db.write() as c:
        await deliveries.recover(c, now + LEASE)
        assert await deliveries.settle(c, row, State.SENT, now + LEASE, message_id=7)

    assert (await now_is(db, row)).state is State.SENT


async def test_what_was_claimed_unheard_is_taken_back(
    db: Database, reminder: Draft, now: datetime
) -> None:
    """The connection broke with the commit, which came through."""
    row = await claimed(db, reminder, now)
    async with db.write() as c:
        await deliveries.take_back(c, [(row, now + LEASE)])

    assert (await now_is(db, row)).state is State.QUEUED


async def test_what_another_process_claimed_meanwhile_is_not_taken_back(
    db: Database, reminder: Draft, now: datetime
) -> None:
    """The claim was undone with its connection, so the other one's attempt has its number."""
    row = await claimed(db, reminder, now + timedelta(seconds=1))
    async with db.write() as c:
        await deliveries.take_back(c, [(row, now + LEASE)])

    assert (await now_is(db, row)).state is State.SENDING


async def test_a_slow_sender_is_overtaken_by_the_next_attempt(
    db: Database, reminder: Draft, now: datetime
) -> None:
    row = await claimed(db, reminder, now)
    async with db.write() as c:
        await deliveries.recover(c, now + LEASE)
        later = now + 2 * LEASE
        [second] = await deliveries.claim_suspect(c, later, later + LEASE, ALL, steady=False)

        assert not await deliveries.settle(c, row, State.FAILED, later, problem="TimedOut")
        assert not await deliveries.postpone(c, row, later + LEASE, "TimedOut")
        assert await deliveries.settle(c, second, State.SENT, later)


async def test_a_forgotten_person_s_outcome_goes_nowhere(
    db: Database, reminder: Draft, now: datetime
) -> None:
    """Least of all to a newer row: the number of a deleted one does not come back."""
    row = await claimed(db, reminder, now)
    async with db.write() as c:
        await belongings.forget(c, 1)
        farewell = await deliveries.put(c, replace(reminder, key="farewell"), now)

        assert farewell != row.id
        assert not await deliveries.settle(c, row, State.SENT, now)


async def test_the_ledger_counts_its_rows_by_state(
    db: Database, reminder: Draft, now: datetime
) -> None:
    await claimed(db, reminder, now)
    async with db.write() as c:
        await deliveries.put_all(c, [replace(reminder, key=f"{n}") for n in range(2)], now)
        assert await deliveries.counts(c) == {State.SENDING: 1, State.QUEUED: 2}
