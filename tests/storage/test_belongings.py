"""What belongs to a person: all of it is known, and deleted as they ask."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from erasmus.calls import Call
from erasmus.offices import Office, Role
from erasmus.plans import ItemState
from erasmus.universities import EXAMPLE, read_university
from erasmus.words import Language
from storage import (
    Connection,
    Database,
    belongings,
    calls,
    deliveries,
    drafts,
    follows,
    holds,
    inbox,
    invitations,
    members,
    offices,
    people,
    questions,
    ticks,
    universities,
    verdicts,
)
from storage.belongings import PLACES, Fate, Place
from storage.deliveries import Draft, Lane
from storage.models import metadata
from storage.people import Person

NOT_NULL = {
    ("corrections", "person_id"),  # who began a correction is never left out
    ("faq", "updated_by"),  # whoever it is must not publish it alone
}
NO_PERSON = {
    ("leases", "owner"),  # a process
    ("live_messages", "shown_by"),  # a delivery
    ("question_messages", "chat_id"),  # goes with its question
    ("question_messages", "copy_chat_id"),
}


def test_every_column_that_names_a_person_says_what_becomes_of_it() -> None:
    naming = {
        (table.name, column.name)
        for table in metadata.sorted_tables
        for column in table.columns
        if column.name.endswith(("person_id", "_by", "chat_id")) or column.name == "owner"
    }

    known = {(place.column.table.name, place.column.name) for place in PLACES}
    assert known == naming - NOT_NULL - NO_PERSON


@pytest.mark.parametrize("place", PLACES, ids=lambda place: str(place.column))
def test_what_goes_along_refers_to_the_person(place: Place) -> None:
    refers = any(
        key.column.table.name == "people" and key.ondelete == "CASCADE"
        for key in place.column.foreign_keys
    )

    assert refers == (place.fate is Fate.GOES_ALONG)
    assert place.column.nullable or place.fate is not Fate.UNNAMED


async def test_what_the_office_was_told_of_a_question_is_wiped(
    db: Database, aigul: Person, office: Office, now: datetime
) -> None:
    async with db.write() as c:
        await offices.put(c, office)
        number = await questions.begin(c, office.id, aigul.id, now)
        draft = Draft(f"q{number}.1:t", Lane.STAFF, -5, "topic", {"text": "Эмне үчүн?"}, now)
        put = await deliveries.put(c, draft, now)
        assert put is not None
        (row,) = await deliveries.claim(c, now, now + timedelta(minutes=1), 1, [Lane.STAFF])
        await deliveries.settle_sent(c, [(row, 7)], now)
        await belongings.forget(c, aigul.id)
        kept = await deliveries.get(c, put)

    assert kept is not None
    assert (kept.body, kept.message_id) == ({}, 7)


async def test_an_owner_has_the_drafts_of_a_member_who_is_forgotten(
    db: Database, aigul: Person, office: Office, now: datetime
) -> None:
    """What they wrote as a student goes with them."""
    async with db.write() as c:
        await offices.put(c, office)
        await people.greet(c, 5, Language.KK, "Asia/Almaty", now)
        await members.put(c, office.id, aigul.id, Role.EDITOR, now, name="Айгүл")
        await members.put(c, office.id, 5, Role.OWNER, now, name="Данияр")
        call, further = [
            await drafts.begin(c, office.id, aigul.id, kind, body={}, now=now)
            for kind in ("call", drafts.FURTHER)
        ]
        await belongings.forget(c, aigul.id)
        kept = await drafts.get(c, call)

        assert kept is not None
        assert kept.person_id == 5
        assert await drafts.get(c, further) is None


async def test_a_question_on_its_way_to_the_office_is_not_told_any_more(
    db: Database, aigul: Person, office: Office, now: datetime
) -> None:
    """That of somebody else, whose number begins alike, is told."""
    async with db.write() as c:
        await offices.put(c, office)
        await people.greet(c, 5, Language.KK, "Asia/Almaty", now)
        number = await questions.begin(c, office.id, aigul.id, now)
        for key in (f"q{number}.1:t", f"q{number}:x1", f"q{number}7:x1"):
            await deliveries.put(c, Draft(key, Lane.STAFF, -5, "screen", {}, now), now)
        await belongings.forget(c, aigul.id)

        assert [row.key for row in await deliveries.queued_for(c, -5, Lane.STAFF)] == [
            f"q{number}7:x1"
        ]


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
