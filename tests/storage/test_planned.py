"""Planning takes what is out of date, and nothing else, whoever changed it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from erasmus.calls import Call
from erasmus.plans import ItemState
from erasmus.words import Language
from storage import Connection, Database, calls, follows, people, ticks
from storage.people import Person

HOUR = timedelta(hours=1)

Change = Callable[[Connection, int, Call, datetime], Awaitable[object]]


@pytest.fixture
async def followed(db: Database, aigul: Person, call: Call, now: datetime) -> Call:
    """A call that a person follows and that is planned."""
    async with db.write() as c:
        await calls.put(c, call, now)
        await follows.follow(c, aigul.id, call.id, now)
        assert await to_plan(c, now) == [(aigul.id, call.id)]
    return call


async def to_plan(c: Connection, now: datetime, limit: int = 100) -> list[tuple[int, str]]:
    rows = await follows.to_plan(c, now, limit)
    return [(person.id, call.id) for person, _, call in rows]


async def test_what_is_planned_is_not_planned_again(
    db: Database, aigul: Person, followed: Call, now: datetime
) -> None:
    async with db.write() as c:
        assert await to_plan(c, now + HOUR) == []
        follow = await follows.get(c, aigul.id, followed.id)

    assert follow is not None
    assert follow.planned_at == now


CHANGES: dict[str, Change] = {
    "zone": lambda c, person, _call, _now: people.set_zone(c, person, "Asia/Almaty"),
    "ladder": lambda c, person, _call, _now: people.set_ladder(c, person, [3]),
    "facts": lambda c, person, _call, _now: people.learn(c, person, {"role": "student"}),
    "paper": lambda c, person, _call, now: ticks.set_state(
        c, person, "plan", "visa", ItemState.DONE, now
    ),
    "reminders on": lambda c, person, _call, _now: people.set_reminders(c, person, on=True),
    "unmuted": lambda c, person, call, _now: follows.set_muted(c, person, call.id, muted=False),
    "not submitted": lambda c, person, call, _now: follows.set_submitted(c, person, call.id, None),
    "deadline": lambda c, _person, call, now: calls.put(
        c, replace(call, closes=call.closes + HOUR), now
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
async def test_a_change_has_it_planned_anew(
    db: Database, aigul: Person, followed: Call, now: datetime, change: Change
) -> None:
    async with db.write() as c:
        await change(c, aigul.id, followed, now)

    async with db.write() as c:
        [(person, follow, call)] = await follows.to_plan(c, now + HOUR)
        assert person == await people.find(c, aigul.id)
        assert call == await calls.get(c, followed.id)
    assert follow.planned_at == now


async def test_a_new_wording_of_a_call_plans_nothing(
    db: Database, followed: Call, now: datetime
) -> None:
    async with db.write() as c:
        await calls.put(c, replace(followed, section="Dates"), now)

        assert await to_plan(c, now) == []


QUIET: dict[str, Change] = {
    "muted": lambda c, person, call, _now: follows.set_muted(c, person, call.id, muted=True),
    "submitted": lambda c, person, call, now: follows.set_submitted(c, person, call.id, now),
    "reminders off": lambda c, person, _call, _now: people.set_reminders(c, person, on=False),
}


@pytest.mark.parametrize("change", QUIET.values(), ids=QUIET)
async def test_who_wants_no_reminders_is_looked_at_once(
    db: Database, aigul: Person, followed: Call, now: datetime, change: Change
) -> None:
    """A million muted follows must not be read at every tick."""
    async with db.write() as c:
        await change(c, aigul.id, followed, now)
        assert await to_plan(c, now + HOUR) == []
        follow = await follows.get(c, aigul.id, followed.id)

    assert follow is not None
    assert follow.planned_at == now + HOUR


async def test_a_planner_that_fails_leaves_everything_to_be_planned(
    db: Database, aigul: Person, followed: Call, now: datetime
) -> None:
    async def fail() -> None:
        async with db.write() as c:
            assert await to_plan(c, now)
            raise KeyError

    async with db.write() as c:
        await people.set_zone(c, aigul.id, "Asia/Almaty")
    with pytest.raises(KeyError):
        await fail()

    async with db.write() as c:
        assert await to_plan(c, now) == [(aigul.id, followed.id)]


async def test_who_cannot_be_reached_is_planned_and_the_rows_wait(
    db: Database, aigul: Person, followed: Call, now: datetime
) -> None:
    async with db.write() as c:
        await people.mark_unreachable(c, aigul.id, now)
        await people.set_zone(c, aigul.id, "Asia/Almaty")

        assert await to_plan(c, now) == [(aigul.id, followed.id)]


async def test_planners_at_work_at_once_take_different_follows(
    db: Database, other_db: Database, call: Call, now: datetime
) -> None:
    everybody = range(1, 61)
    async with db.write() as c:
        await calls.put(c, call, now)
        for person in everybody:
            await people.greet(c, person, Language.KY, "Asia/Bishkek", now)
            await follows.follow(c, person, call.id, now)

    async def plan(database: Database) -> list[int]:
        taken: list[int] = []
        while True:
            async with database.write() as c:
                batch = await to_plan(c, now, limit=7)
                await asyncio.sleep(0)
            if not batch:
                return taken
            taken += [person for person, _ in batch]

    first, second = await asyncio.gather(plan(db), plan(other_db))

    assert sorted(first + second) == list(everybody)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_change_during_planning_is_planned_after_it(
    db: Database, other_db: Database, aigul: Person, followed: Call, now: datetime
) -> None:
    """The planner has read the old zone already; its mark must not hide the new one."""
    async with db.write() as c:
        await people.set_ladder(c, aigul.id, [3])

    async def move() -> None:
        async with other_db.write() as c:
            await people.set_zone(c, aigul.id, "Asia/Almaty")

    async with db.write() as c:
        assert await to_plan(c, now) == [(aigul.id, followed.id)]
        moving = asyncio.create_task(move())
        done, _ = await asyncio.wait([moving], timeout=0.2)
        assert not done
    await moving

    async with db.write() as c:
        assert await to_plan(c, now) == [(aigul.id, followed.id)]


async def test_papers_of_several_people_are_read_at_once(
    db: Database, aigul: Person, now: datetime
) -> None:
    async with db.write() as c:
        await ticks.set_state(c, aigul.id, "plan", "visa", ItemState.DONE, now)

        assert await ticks.of_people(c, [aigul.id, 5]) == {
            aigul.id: await ticks.of_person(c, aigul.id)
        }
