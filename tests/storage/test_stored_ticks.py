"""How far a person is with their papers, and since when."""

from datetime import datetime, timedelta

from erasmus.plans import ItemState
from storage import Database, ticks
from storage.people import Person
from storage.ticks import Tick


async def test_an_untouched_plan_has_no_ticks(db: Database, aigul: Person) -> None:
    async with db.read() as c:
        assert await ticks.of_plan(c, aigul.id, "emjm") == {}


async def test_a_new_state_begins_a_new_time(db: Database, aigul: Person, now: datetime) -> None:
    later = now + timedelta(days=2)
    async with db.write() as c:
        await ticks.set_state(c, aigul.id, "emjm", "transcript", ItemState.WORKING, now)
        await ticks.set_state(c, aigul.id, "emjm", "transcript", ItemState.DONE, later)

        assert await ticks.of_plan(c, aigul.id, "emjm") == {
            "transcript": Tick("emjm", "transcript", ItemState.DONE, later)
        }


async def test_pressing_the_same_button_twice_keeps_the_first_time(
    db: Database, aigul: Person, now: datetime
) -> None:
    async with db.write() as c:
        for hours in (0, 5):
            moment = now + timedelta(hours=hours)
            await ticks.set_state(c, aigul.id, "emjm", "visa", ItemState.WORKING, moment)

        assert (await ticks.of_plan(c, aigul.id, "emjm"))["visa"].since == now


async def test_plans_and_people_are_kept_apart(db: Database, aigul: Person, now: datetime) -> None:
    async with db.write() as c:
        for plan in ("icm", "emjm"):
            await ticks.set_state(c, aigul.id, plan, "visa", ItemState.OPEN, now)

        assert [tick.plan for tick in await ticks.of_person(c, aigul.id)] == ["emjm", "icm"]
        assert (await ticks.of_plan(c, aigul.id, "icm")).keys() == {"visa"}
        assert await ticks.of_person(c, 1) == []
