"""Every update is handled once, and those of one chat in their order."""

from datetime import datetime, timedelta

import pytest

from storage import Connection, Database, inbox
from storage.inbox import Arrival, State

TALAS, OSH = 100, 200


@pytest.fixture
async def four(db: Database, now: datetime) -> None:
    """Updates of two chats, mixed."""
    async with db.write() as c:
        updates = [(1, TALAS, {"n": 1}), (2, OSH, {"n": 2}), (3, TALAS, {}), (4, OSH, {})]
        await inbox.receive(c, updates, now)


async def waiting(c: Connection, *busy: int, limit: int = 10) -> list[int]:
    return [arrival.update_id for arrival in await inbox.waiting(c, busy, limit)]


async def test_an_update_waits_as_it_came(db: Database, now: datetime) -> None:
    async with db.write() as c:
        await inbox.receive(c, [(7, OSH, {"message": {"text": "Салам"}})], now)

        assert await inbox.waiting(c, [], 10) == [
            Arrival(7, OSH, {"message": {"text": "Салам"}}, now, State.NEW, attempts=0)
        ]


async def test_receiving_nothing_is_fine(db: Database, now: datetime) -> None:
    async with db.write() as c:
        await inbox.receive(c, [], now)

        assert await waiting(c) == []


@pytest.mark.usefixtures("four")
async def test_a_repeated_update_changes_nothing(db: Database, now: datetime) -> None:
    """Telegram repeats what it is not sure of, before it was handled and after."""
    async with db.write() as c:
        await inbox.handled(c, 1, now)
        await inbox.receive(c, [(1, TALAS, {"n": 1}), (2, OSH, {"n": "forged"})], now)

        assert await waiting(c) == [2, 3]
        assert (await inbox.waiting(c, [], 1))[0].payload == {"n": 2}


@pytest.mark.usefixtures("four")
async def test_a_chat_offers_its_oldest_update_only(db: Database, now: datetime) -> None:
    async with db.write() as c:
        assert await waiting(c) == [1, 2]
        await inbox.handled(c, 2, now)
        assert await waiting(c) == [1, 4]
        await inbox.handled(c, 1, now)
        assert await waiting(c) == [3, 4]


@pytest.mark.usefixtures("four")
async def test_a_busy_chat_offers_nothing(db: Database) -> None:
    async with db.read() as c:
        assert await waiting(c, TALAS) == [2]
        assert await waiting(c, TALAS, OSH) == []


@pytest.mark.usefixtures("four")
async def test_no_more_is_offered_than_asked_for(db: Database) -> None:
    async with db.read() as c:
        assert await waiting(c, limit=1) == [1]


@pytest.mark.usefixtures("four")
async def test_an_update_that_keeps_crashing_shows_by_its_attempts(db: Database) -> None:
    for attempt in (1, 2, 3):
        async with db.write() as c:
            assert await inbox.take(c, [1, 2]) == {1: attempt, 2: attempt}

    async with db.read() as c:
        assert [arrival.attempts for arrival in await inbox.waiting(c, [], 10)] == [3, 3]


@pytest.mark.usefixtures("four")
async def test_what_another_replica_finished_is_not_taken(db: Database, now: datetime) -> None:
    async with db.write() as c:
        await inbox.handled(c, 1, now)

        assert await inbox.take(c, [1, 2]) == {2: 1}


@pytest.mark.usefixtures("four")
async def test_an_update_is_finished_once(db: Database, now: datetime) -> None:
    async with db.write() as c:
        assert await inbox.handled(c, 1, now)
        assert not await inbox.handled(c, 1, now)
        assert await inbox.failed(c, 2, "KeyError", now)
        assert not await inbox.ignored(c, 2, now)
        assert await inbox.ignored(c, 3, now)
        assert await inbox.backlog(c) == 1


@pytest.mark.usefixtures("four")
async def test_a_failed_update_lets_the_next_of_its_chat_go_on(db: Database, now: datetime) -> None:
    async with db.write() as c:
        await inbox.failed(c, 1, "KeyError", now)

        assert await waiting(c) == [2, 3]


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
        assert await inbox.backlog(c) == 3


@pytest.mark.usefixtures("four")
async def test_the_highest_id_counts_only_while_it_is_fresh(db: Database, now: datetime) -> None:
    """After a quiet week Telegram numbers from a random id, perhaps a lower one."""
    async with db.read() as c:
        assert await inbox.max_update_id(c, now - timedelta(days=1)) == 4
        assert await inbox.max_update_id(c, now + timedelta(days=1)) is None
