"""A lease is one process's at a time, and changes hands when it ends or is given back."""

import asyncio
from datetime import datetime, timedelta

from storage import Database, leases

NAME = "poller"
A_WHILE = timedelta(seconds=15)


async def hold(db: Database, owner: str, now: datetime) -> int | None:
    async with db.write() as c:
        return await leases.hold(c, NAME, owner, now + A_WHILE, now)


async def test_the_first_to_ask_holds_it_and_renews_it(db: Database, now: datetime) -> None:
    token = await hold(db, "one", now)

    assert token is not None
    assert await hold(db, "one", now + A_WHILE / 2) == token
    assert await hold(db, "one", now + A_WHILE * 3) == token
    async with db.read() as c:
        assert await leases.holder(c, NAME) == leases.Lease(NAME, "one", now + A_WHILE * 4, token)


async def test_another_has_to_wait_until_it_ends(db: Database, now: datetime) -> None:
    await hold(db, "one", now)

    assert await hold(db, "two", now + A_WHILE / 2) is None
    assert await hold(db, "two", now + A_WHILE) is not None
    assert await hold(db, "one", now + A_WHILE) is None


async def test_a_lease_given_back_is_free_at_once(db: Database, now: datetime) -> None:
    token = await hold(db, "one", now)
    async with db.write() as c:
        assert await leases.release(c, NAME, token or 0)
        assert await leases.holder(c, NAME) is None

    assert await hold(db, "two", now) is not None


async def test_who_slept_through_the_lease_cannot_give_it_back(db: Database, now: datetime) -> None:
    old = await hold(db, "one", now) or 0
    new = await hold(db, "two", now + A_WHILE) or 0

    async with db.write() as c:
        assert not await leases.release(c, NAME, old)
    assert new > old


async def test_of_many_that_ask_at_once_one_gets_it(
    db: Database, other_db: Database, now: datetime
) -> None:
    asked = [hold((db, other_db)[n % 2], f"process {n}", now) for n in range(10)]

    assert len([token for token in await asyncio.gather(*asked) if token is not None]) == 1
