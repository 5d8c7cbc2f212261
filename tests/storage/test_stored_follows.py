"""Who follows which call, and for whom reminders are planned."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from erasmus.calls import Call
from storage import Database, calls, follows, people
from storage.follows import Follow
from storage.people import Person


@pytest.fixture
async def followed(db: Database, aigul: Person, call: Call, now: datetime) -> Call:
    """A call that a person follows."""
    async with db.write() as c:
        await calls.put(c, call, now)
        await follows.follow(c, aigul.id, call.id, now)
    return call


async def test_following_twice_is_following_once(
    db: Database, aigul: Person, followed: Call, now: datetime
) -> None:
    async with db.write() as c:
        later = now + timedelta(days=1)

        assert not await follows.follow(c, aigul.id, followed.id, later)
        assert await follows.of_person(c, aigul.id) == [
            Follow(aigul.id, followed.id, now, muted=False, submitted_at=None)
        ]


async def test_unfollowing_ends_it_once(db: Database, aigul: Person, followed: Call) -> None:
    async with db.write() as c:
        assert await follows.unfollow(c, aigul.id, followed.id)
        assert not await follows.unfollow(c, aigul.id, followed.id)
        assert await follows.get(c, aigul.id, followed.id) is None


async def test_follows_are_listed_oldest_first(
    db: Database, aigul: Person, followed: Call, now: datetime
) -> None:
    async with db.write() as c:
        await calls.put(c, replace(followed, id="a-newer-one"), now)
        await follows.follow(c, aigul.id, "a-newer-one", now + timedelta(hours=1))

        listed = await follows.of_person(c, aigul.id)

    assert [follow.call_id for follow in listed] == [followed.id, "a-newer-one"]


async def test_a_follow_comes_with_its_person_and_its_call(
    db: Database, aigul: Person, followed: Call
) -> None:
    async with db.read() as c:
        follow = await follows.get(c, aigul.id, followed.id)

        assert follow
        assert await follows.all_active(c) == [(aigul, follow, followed)]


@pytest.fixture(params=["muted", "submitted", "reminders off", "unreachable"])
async def silence(
    request: pytest.FixtureRequest, db: Database, aigul: Person, followed: Call, now: datetime
) -> str:
    """One of the reasons for which a person gets no reminder of a call."""
    async with db.write() as c:
        match request.param:
            case "muted":
                await follows.set_muted(c, aigul.id, followed.id, muted=True)
            case "submitted":
                await follows.set_submitted(c, aigul.id, followed.id, now)
            case "reminders off":
                await people.set_reminders(c, aigul.id, on=False)
            case "unreachable":
                await people.mark_unreachable(c, aigul.id, now)
    return str(request.param)


@pytest.mark.usefixtures("silence")
async def test_nothing_is_planned_for_who_wants_or_can_get_no_reminder(
    db: Database, aigul: Person
) -> None:
    async with db.read() as c:
        assert await follows.all_active(c) == []
        assert len(await follows.of_person(c, aigul.id)) == 1


async def test_what_was_silenced_can_be_heard_again(
    db: Database, aigul: Person, followed: Call, now: datetime
) -> None:
    async with db.write() as c:
        await follows.set_muted(c, aigul.id, followed.id, muted=True)
        await follows.set_submitted(c, aigul.id, followed.id, now)
        await follows.set_muted(c, aigul.id, followed.id, muted=False)
        await follows.set_submitted(c, aigul.id, followed.id, None)

        assert len(await follows.all_active(c)) == 1
