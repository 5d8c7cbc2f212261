"""A call of an office changes in one transaction: row, revision and audit."""

import asyncio
from dataclasses import replace
from datetime import datetime

import pytest

from erasmus.calls import Call
from storage import (
    Database,
    belongings,
    call_changes,
    call_revisions,
    calls,
    people,
)
from storage.call_revisions import Change
from storage.people import Person
from tests.storage.call_changes.followers import (
    DAY,
    OTHER,
    PUBLISHER,
    change,
    follow,
    news_for,
)


async def test_a_later_deadline_is_a_revision_that_says_who_when_before_and_after(
    db: Database, published: Call, now: datetime
) -> None:
    later = replace(published, closes=published.closes + DAY)

    assert await change(db, later, now + DAY, quietly=True)

    async with db.read() as c:
        first, second = await call_revisions.of_call(c, published.id)
        assert second == await call_revisions.newest(c, published.id)
    assert (first.what, first.before) == (Change.PUBLISHED, None)
    assert (second.what, second.person_id, second.at) == (Change.CHANGED, PUBLISHER, now + DAY)
    assert (second.revision, second.quietly) == (2, True)
    assert second.before
    assert second.after
    assert datetime.fromisoformat(second.before["closes"]) == published.closes
    assert datetime.fromisoformat(second.after["closes"]) == later.closes


async def test_two_publishers_at_once_have_one_effect(
    db: Database, other_db: Database, published: Call, now: datetime
) -> None:
    await follow(db, published, now)

    async def withdraw(base: Database, who: int) -> bool:
        async with base.write() as c:
            return await call_changes.withdraw(c, published, who, now)

    done = await asyncio.gather(withdraw(db, PUBLISHER), withdraw(other_db, OTHER))

    assert sorted(done) == [False, True]
    assert len(await news_for(db, 1)) == 1
    async with db.read() as c:
        assert len(await call_revisions.of_call(c, published.id)) == 2


async def test_a_publisher_who_is_forgotten_leaves_the_change_without_a_name(
    db: Database, published: Call, aigul: Person, now: datetime
) -> None:
    async with db.write() as c:
        await call_changes.withdraw(c, published, aigul.id, now)
        await belongings.forget(c, aigul.id)
        newest = await call_revisions.newest(c, published.id)

    assert newest
    assert (newest.what, newest.person_id) == (Change.WITHDRAWN, None)


async def test_an_office_cannot_take_over_a_call_that_is_not_its_own(
    db: Database, published: Call, now: datetime
) -> None:
    async with db.write() as c:
        with pytest.raises(call_changes.NotTheirs):
            await call_changes.store(c, replace(published, office_id="kstu-io"), 1, now)


async def test_a_university_s_calls_are_listed_for_its_people_alone(
    db: Database, published: Call, aigul: Person, now: datetime
) -> None:
    """A country's calls are for everybody; both open by their link."""
    theirs = replace(published, id="kstu-io-1", office_id="kstu-io")
    async with db.write() as c:
        await call_changes.store(c, theirs, PUBLISHER, now)
        before = [call.id for call in await calls.listing(c, aigul.id)]
        await people.set_university(c, aigul.id, "kstu")
        after = [call.id for call in await calls.listing(c, aigul.id)]
        assert await calls.get(c, theirs.id)

    assert before == ["kg-neo-1"]
    assert sorted(after) == ["kg-neo-1", "kstu-io-1"]
