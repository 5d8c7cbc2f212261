"""People are found again as they were left, and forgotten without a trace."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import text

from erasmus.facts import Facts
from erasmus.reminders import DEFAULT_LADDER
from erasmus.words import Language
from storage import (
    Database,
    people,
)
from storage.people import Person

CHOSEN_BY = text("SELECT role, level, university FROM people")


async def found(db: Database, person_id: int) -> Person:
    async with db.read() as c:
        person = await people.find(c, person_id)
    assert person
    return person


async def test_nobody_is_found_before_they_wrote(db: Database) -> None:
    async with db.read() as c:
        assert await people.find(c, 1) is None


async def test_a_newcomer_gets_the_language_and_zone_that_were_guessed(
    db: Database, aigul: Person, now: datetime
) -> None:
    assert aigul == Person(
        id=700000001,
        language=Language.KY,
        language_chosen=False,
        zone="Asia/Bishkek",
        facts={},
        ladder=DEFAULT_LADDER,
        reminders_on=True,
        asking=None,
        created_at=now,
        seen_at=now,
        unreachable_since=None,
        digest_day=None,
    )
    assert await found(db, aigul.id) == aigul


async def test_a_known_person_keeps_what_they_chose_and_is_seen_again(
    db: Database, aigul: Person, now: datetime
) -> None:
    later = now + timedelta(days=3)
    async with db.write() as c:
        await people.set_language(c, aigul.id, Language.RU)
        await people.set_zone(c, aigul.id, "Asia/Almaty")
        await people.learn(c, aigul.id, {"role": "student"})
        again = await people.greet(c, aigul.id, Language.EN, "Europe/Brussels", later)

    assert (again.language, again.language_chosen) == (Language.RU, True)
    assert (again.zone, again.facts) == ("Asia/Almaty", {"role": "student"})
    assert (again.created_at, again.seen_at) == (now, later)
    assert await found(db, aigul.id) == again


async def test_who_blocked_us_can_be_reached_again_once_they_write(
    db: Database, aigul: Person, now: datetime
) -> None:
    async with db.write() as c:
        await people.mark_unreachable(c, aigul.id, now)
    assert (await found(db, aigul.id)).unreachable_since == now

    async with db.write() as c:
        back = await people.greet(c, aigul.id, aigul.language, aigul.zone, now)

    assert back.unreachable_since is None


async def test_facts_are_replaced_as_a_whole(db: Database, aigul: Person) -> None:
    told: Facts = {"role": "student", "months_used": 2.5, "citizenships": ["KG"], "enrolled": True}
    async with db.write() as c:
        await people.learn(c, aigul.id, {"role": "staff", "age": 40})
        await people.learn(c, aigul.id, told)

    assert (await found(db, aigul.id)).facts == told


async def test_the_days_of_telling_are_kept_beside_the_facts(db: Database, aigul: Person) -> None:
    days = {"role": "2026-11-21"}
    async with db.write() as c:
        await people.learn(c, aigul.id, {"role": "staff"}, days)

    assert (await found(db, aigul.id)).told_on == days


async def test_settings_are_kept(db: Database, aigul: Person) -> None:
    async with db.write() as c:
        await people.set_ladder(c, aigul.id, [7, 1])
        await people.set_reminders(c, aigul.id, on=False)
        await people.set_asking(c, aigul.id, "months_used")
        await people.set_digest_day(c, aigul.id, "2026-11-21")

    person = await found(db, aigul.id)
    assert person.ladder == (7, 1)
    assert person.reminders_on is False
    assert person.asking == "months_used"
    assert person.digest_day == "2026-11-21"


async def test_what_audiences_are_chosen_by_follows_what_a_person_tells(
    db: Database, aigul: Person
) -> None:
    async def copied() -> tuple[Any, ...]:
        async with db.read() as c:
            return tuple((await c.execute(CHOSEN_BY)).one())

    async with db.write() as c:
        await people.learn(c, aigul.id, {"role": "student", "enrolled_level": "master"})
        await people.set_university(c, aigul.id, "knu")
    assert await copied() == ("student", "master", "knu")

    async with db.write() as c:
        await people.learn(c, aigul.id, {"role": "graduate"})
        await people.set_university(c, aigul.id, None)
    assert await copied() == ("graduate", None, None)
