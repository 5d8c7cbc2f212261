"""Every update is handled once, and those of one chat in their order."""

import asyncio
from datetime import datetime, timedelta

import pytest

from storage import Connection, Database, inbox
from storage.inbox import Arrival, State

TALAS, OSH = 100, 200
LEASE = timedelta(seconds=60)


@pytest.fixture
async def four(db: Database, now: datetime) -> None:
    """Updates of two chats, mixed."""
    async with db.write() as c:
        updates = [(1, TALAS, {"n": 1}), (2, OSH, {"n": 2}), (3, TALAS, {}), (4, OSH, {})]
        await inbox.receive(c, updates, now)


async def claimed(
    c: Connection, now: datetime, *busy: int, owner: str = "one", limit: int = 10
) -> list[int]:
    arrivals = await inbox.claim(c, owner, now + LEASE, limit, busy)
    return [arrival.update_id for arrival in arrivals]


async def suspects(
    c: Connection, now: datetime, *, steady: bool = True, limit: int = 10
) -> list[int]:
    """Claim one suspect after the other."""
    found: list[int] = []
    while len(found) < limit:
        suspect = await inbox.claim_suspect(c, "one", now + LEASE, steady=steady)
        if suspect is None:
            break
        found.append(suspect.update_id)
    return found


async def test_an_update_waits_as_it_came(db: Database, now: datetime) -> None:
    async with db.write() as c:
        await inbox.receive(c, [(7, OSH, {"message": {"text": "Салам"}})], now)

        assert await inbox.claim(c, "one", now + LEASE, 10) == [
            Arrival(7, OSH, {"message": {"text": "Салам"}}, now, State.NEW, attempts=1, deaths=0)
        ]


async def test_receiving_nothing_is_fine(db: Database, now: datetime) -> None:
    async with db.write() as c:
        await inbox.receive(c, [], now)

        assert await claimed(c, now) == []


@pytest.mark.usefixtures("four")
async def test_a_repeated_update_changes_nothing(db: Database, now: datetime) -> None:
    """Telegram repeats what it is not sure of, before it was handled and after."""
    async with db.write() as c:
        await inbox.handled(c, 1, now)
        await inbox.receive(c, [(1, TALAS, {"n": 1}), (2, OSH, {"n": "forged"})], now)

        arrivals = await inbox.claim(c, "one", now + LEASE, 10)
        assert [arrival.update_id for arrival in arrivals] == [2, 3]
        assert arrivals[0].payload == {"n": 2}


@pytest.mark.usefixtures("four")
async def test_a_chat_offers_its_oldest_update_only(db: Database, now: datetime) -> None:
    async with db.write() as c:
        assert await claimed(c, now) == [1, 2]
        await inbox.handled(c, 2, now)
        assert await claimed(c, now) == [4]
        await inbox.handled(c, 1, now)
        assert await claimed(c, now) == [3]


@pytest.mark.usefixtures("four")
async def test_a_busy_chat_offers_nothing(db: Database, now: datetime) -> None:
    async with db.write() as c:
        assert await claimed(c, now, TALAS, OSH) == []
        assert await claimed(c, now, TALAS) == [2]


@pytest.mark.usefixtures("four")
async def test_no_more_is_taken_than_asked_for(db: Database, now: datetime) -> None:
    async with db.write() as c:
        assert await claimed(c, now, limit=1) == [1]


@pytest.mark.usefixtures("four")
async def test_a_chat_that_another_process_serves_is_left_to_it(
    db: Database, other_db: Database, now: datetime
) -> None:
    async with db.write() as c:
        assert await claimed(c, now, OSH) == [1]

    async with other_db.write() as c:
        assert await claimed(c, now, owner="two") == [2]


@pytest.mark.usefixtures("four")
async def test_an_update_with_a_lower_id_that_comes_late_waits_for_its_chat(
    db: Database, now: datetime
) -> None:
    """Webhooks bring updates to several processes, and not in order."""
    async with db.write() as c:
        await claimed(c, now)
        await inbox.receive(c, [(0, TALAS, {})], now)

        assert await claimed(c, now) == []
        await inbox.handled(c, 1, now)
        assert await claimed(c, now) == [0]


async def test_processes_that_claim_at_once_never_serve_one_chat_together(
    db: Database, other_db: Database, now: datetime
) -> None:
    chats = 20
    async with db.write() as c:
        await inbox.receive(c, [(n, n % chats, {}) for n in range(chats * 5)], now)
    order: dict[int, list[int]] = {chat: [] for chat in range(chats)}

    async def serve(database: Database, owner: str) -> None:
        while True:
            async with database.write() as c:
                arrivals = await inbox.claim(c, owner, now + LEASE, 7)
                left = (await inbox.depth(c))[0]
            for arrival in arrivals:
                order[arrival.chat_id].append(arrival.update_id)
                async with database.write() as c:
                    assert await inbox.handled(c, arrival.update_id, now)
            if not left:
                return

    await asyncio.gather(*(serve((db, other_db)[n % 2], f"process {n}") for n in range(6)))

    assert order == {chat: [chat + chats * n for n in range(5)] for chat in range(chats)}


@pytest.mark.usefixtures("four")
async def test_an_update_that_keeps_crashing_shows_by_its_attempts(
    db: Database, now: datetime
) -> None:
    for attempt in (1, 2, 3):
        async with db.write() as c:
            arrivals = await inbox.claim(c, "one", now + LEASE, 10)
            assert [arrival.attempts for arrival in arrivals] == [attempt, attempt]
            assert await inbox.let_go(c, "two", []) == 0
            assert await inbox.let_go(c, "one", []) == 2


@pytest.mark.usefixtures("four")
async def test_what_a_dead_process_held_is_free_after_its_lease(
    db: Database, now: datetime
) -> None:
    async with db.write() as c:
        await claimed(c, now)

        assert await inbox.recover(c, now) == 0
        assert await suspects(c, now) == []
        assert await inbox.recover(c, now + LEASE) == 2
        assert await suspects(c, now) == [1, 2]


@pytest.mark.usefixtures("four")
async def test_the_only_process_takes_everything_back_at_its_start(
    db: Database, now: datetime
) -> None:
    async with db.write() as c:
        await claimed(c, now)

        assert await inbox.recover(c, now, everything=True) == 2
        assert await suspects(c, now) == [1, 2]


@pytest.mark.usefixtures("four")
async def test_what_had_begun_when_a_process_ended_is_claimed_alone(
    db: Database, now: datetime
) -> None:
    """It, and whatever comes behind it in its chat, waits while others are handled."""
    async with db.write() as c:
        await inbox.receive(c, [(9, 300, {})], now)
        await claimed(c, now, 300)
        await inbox.recover(c, now, everything=True)

        assert await claimed(c, now) == [9]
        assert await suspects(c, now, limit=1) == [1]


@pytest.mark.usefixtures("four")
async def test_the_last_try_is_left_to_a_steady_process(db: Database, now: datetime) -> None:
    async with db.write() as c:
        await claimed(c, now, OSH)
        for _ in range(inbox.DEATHS - 2):
            await inbox.recover(c, now, everything=True)
            assert await suspects(c, now, steady=False) == [1]
        await inbox.recover(c, now, everything=True)

        assert await inbox.backlog(c, steady=False) == (4, 0)
        assert await suspects(c, now, steady=False) == []
        assert await inbox.backlog(c, steady=True) == (4, 1)
        assert await suspects(c, now) == [1]


@pytest.mark.usefixtures("four")
async def test_an_owner_lets_go_of_what_it_is_not_busy_with(db: Database, now: datetime) -> None:
    """It was alive all the time: what it held is no suspect."""
    async with db.write() as c:
        await inbox.receive(c, [(9, 300, {})], now)
        await claimed(c, now, 300)
        await claimed(c, now, owner="another")

        assert await inbox.let_go(c, "one", [TALAS]) == 1
        assert await claimed(c, now) == [2]


@pytest.mark.usefixtures("four")
async def test_what_another_process_finished_is_not_taken(db: Database, now: datetime) -> None:
    async with db.write() as c:
        await inbox.handled(c, 1, now)

        assert await claimed(c, now) == [2, 3]


async def test_the_depth_tells_how_long_the_oldest_waits(db: Database, now: datetime) -> None:
    async with db.write() as c:
        assert await inbox.depth(c) == (0, None)
        await inbox.receive(c, [(1, TALAS, {})], now)
        await inbox.receive(c, [(2, TALAS, {})], now + LEASE)
        assert await inbox.depth(c) == (2, now)


@pytest.mark.usefixtures("four")
async def test_an_update_is_finished_once(db: Database, now: datetime) -> None:
    async with db.write() as c:
        assert await inbox.handled(c, 1, now)
        assert not await inbox.handled(c, 1, now)
        assert await inbox.failed(c, 2, "KeyError", now)
        assert not await inbox.ignored(c, 2, now)
        assert await inbox.ignored(c, 3, now)
        assert (await inbox.depth(c))[0] == 1


@pytest.mark.usefixtures("four")
async def test_a_failed_update_lets_the_next_of_its_chat_go_on(db: Database, now: datetime) -> None:
    async with db.write() as c:
        await inbox.failed(c, 1, "KeyError", now)

        assert await claimed(c, now) == [2, 3]


@pytest.mark.usefixtures("four")
async def test_what_people_wrote_is_wiped_once_handled(db: Database, now: datetime) -> None:
    """Only a failed update keeps its contents, for whoever looks into it."""
    async with db.write() as c:
        await inbox.handled(c, 1, now)
        await inbox.failed(c, 2, "KeyError", now)
        rows = await c.exec_driver_sql("SELECT payload FROM inbox ORDER BY update_id LIMIT 2")

        assert rows.scalars().all() == ["{}", '{"n":2}']


@pytest.mark.usefixtures("four")
async def test_purging_keeps_what_is_not_handled_however_old(db: Database, now: datetime) -> None:
    async with db.write() as c:
        await inbox.handled(c, 1, now)
        assert await inbox.purge(c, now) == 0

        assert await inbox.purge(c, now + timedelta(seconds=1)) == 1
        assert (await inbox.depth(c))[0] == 3
