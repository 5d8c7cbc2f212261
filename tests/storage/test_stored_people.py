"""People are found again as they were left, and forgotten without a trace."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from erasmus.calls import Call
from erasmus.facts import Facts
from erasmus.offices import Office, Role
from erasmus.plans import ItemState
from erasmus.reminders import DEFAULT_LADDER
from erasmus.universities import EXAMPLE, read_university
from erasmus.words import Language
from storage import (
    Connection,
    Database,
    belongings,
    calls,
    deliveries,
    follows,
    holds,
    inbox,
    invitations,
    members,
    offices,
    people,
    ticks,
    universities,
    verdicts,
)
from storage.deliveries import Draft, Lane
from storage.models import metadata
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


@pytest.fixture
async def possessions(
    db: Database, aigul: Person, call: Call, office: Office, now: datetime
) -> None:
    """Something of a person in every table, and a waiting update that asks for its end."""
    async with db.write() as c:
        await people.learn(c, aigul.id, {"city": "Нарын"})
        await calls.put(c, call, now)
        await calls.put(c, replace(call, id="own", owner=aigul.id), now)
        await follows.follow(c, aigul.id, call.id, now)
        await follows.follow(c, aigul.id, "own", now)
        await ticks.set_state(c, aigul.id, call.id, "transcript", ItemState.DONE, now)
        draft = Draft("r1", Lane.REMINDER, aigul.id, "reminder", {"text": "Эртең"}, now)
        await deliveries.put(c, draft, now)
        await verdicts.put(c, aigul.id, {"icm": "eligible"}, now)
        await offices.put(c, office)
        await members.put(c, office.id, aigul.id, Role.OWNER, now, name="Айгүл")
        await invitations.make(c, "token", office.id, Role.READER, now, made_by=aigul.id)
        await holds.hold(c, holds.BULK, office.id, aigul.id, now)
        await universities.add(c, read_university(EXAMPLE, "KG"), aigul.id, now)
        await inbox.receive(c, [(1, aigul.id, {"message": {}}), (2, aigul.id, {})], now)
        await inbox.handled(c, 1, now)


async def rows_about(c: Connection, person_id: int) -> list[tuple[str, Any]]:
    """Return every row of every table in which a number is the person's."""
    return [
        (table.name, row)
        for table in metadata.sorted_tables
        for row in (await c.execute(select(table))).all()
        if person_id in row
    ]


@pytest.mark.usefixtures("possessions")
async def test_forgetting_leaves_nothing_but_the_update_still_to_be_answered(
    db: Database, aigul: Person, now: datetime
) -> None:
    async with db.write() as c:
        assert await belongings.forget(c, aigul.id)
        left = await rows_about(c, aigul.id)

        assert [(table, row.update_id) for table, row in left] == [("inbox", 2)]
        assert await inbox.handled(c, 2, now)
        assert await inbox.purge(c, now + timedelta(days=2)) == 1
        assert await rows_about(c, aigul.id) == []


@pytest.mark.usefixtures("possessions")
async def test_forgetting_one_person_touches_no_other(
    db: Database, aigul: Person, now: datetime
) -> None:
    async with db.write() as c:
        other = await people.greet(c, 5, Language.KK, "Asia/Almaty", now)
        await deliveries.put(c, Draft("r2", Lane.REMINDER, 5, "reminder", {}, now), now)
        await belongings.forget(c, aigul.id)

        assert await people.find(c, 5) == other
        assert await deliveries.queued_for(c, 5, Lane.REMINDER)


async def test_forgetting_nobody_says_so(db: Database) -> None:
    async with db.write() as c:
        assert not await belongings.forget(c, 1)


@pytest.mark.usefixtures("possessions")
async def test_an_export_holds_everything_as_json(
    db: Database, aigul: Person, call: Call, now: datetime
) -> None:
    async with db.read() as c:
        exported = await belongings.export(c, aigul.id)

    assert exported
    assert json.loads(json.dumps(exported)).keys() == exported.keys()
    assert exported["person"]["facts"] == {"city": "Нарын"}
    assert exported["person"]["created_at"] == now.isoformat()
    assert {follow["call_id"] for follow in exported["follows"]} == {call.id, "own"}
    assert exported["calls"][0]["title"]["ky"] == call.title[Language.KY]
    assert exported["ticks"][0]["item"] == "transcript"
    assert exported["deliveries"][0]["body"] == {"text": "Эртең"}
    assert exported["verdicts"][0]["verdict"] == "eligible"
    assert exported["members"][0]["role"] == "owner"
    assert len(exported["inbox"]) == 2


async def test_there_is_nothing_to_export_of_a_stranger(db: Database) -> None:
    async with db.read() as c:
        assert await belongings.export(c, 1) is None


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
