"""Offices and their members: an office always keeps an owner."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from erasmus.offices import Office, Role
from erasmus.universities import EXAMPLE, read_university
from erasmus.words import Language
from storage import Database, members, offices, people, universities
from storage.members import LastOwner, Member

OWNER, OTHER, READER = 700000011, 700000012, 700000013


@pytest.fixture
async def staffed(db: Database, office: Office, now: datetime) -> Office:
    """An office with two owners and a reader."""
    async with db.write() as c:
        await offices.put(c, office)
        for person in (OWNER, OTHER, READER):
            await people.greet(c, person, Language.KY, "Asia/Bishkek", now)
        await members.put(c, office.id, OWNER, Role.OWNER, now, name="Айгүл")
        later = now + timedelta(hours=1)
        await members.put(c, office.id, OTHER, Role.OWNER, later, name="Bek", invited_by=OWNER)
        await members.put(c, office.id, READER, Role.READER, later, invited_by=OWNER)
    return office


async def roles(db: Database, office: Office) -> dict[int, Role]:
    async with db.read() as c:
        return {member.person_id: member.role for member in await members.of_office(c, office.id)}


async def test_an_office_is_read_as_it_was_kept(db: Database, office: Office) -> None:
    async with db.write() as c:
        await offices.put(c, office)
        await offices.put(c, replace(office, zone="Asia/Almaty", answer_days=5))

    async with db.read() as c:
        assert await offices.listing(c) == [replace(office, zone="Asia/Almaty", answer_days=5)]
        assert await offices.get(c, "no-such-office") is None


async def test_members_are_told_apart_by_role_and_name(
    db: Database, staffed: Office, now: datetime
) -> None:
    async with db.read() as c:
        owner, other, reader = await members.of_office(c, staffed.id)
        assert await members.offices_of(c, READER) == [(staffed, Role.READER)]

    assert owner == Member(staffed.id, OWNER, Role.OWNER, "Айгүл", now, None)
    assert (other.name, other.invited_by) == ("Bek", OWNER)
    assert reader.role is Role.READER


async def test_another_role_keeps_name_and_day(db: Database, staffed: Office) -> None:
    async with db.write() as c:
        before = await members.get(c, staffed.id, OTHER)
        await members.put(c, staffed.id, OTHER, Role.EDITOR, datetime.now().astimezone())
        after = await members.get(c, staffed.id, OTHER)

    assert before is not None
    assert after == replace(before, role=Role.EDITOR)


async def test_a_removed_member_has_no_role(db: Database, staffed: Office) -> None:
    async with db.write() as c:
        assert await members.remove(c, staffed.id, READER)
        assert not await members.remove(c, staffed.id, READER)
        assert await members.role_of(c, staffed.id, READER) is None


async def test_the_last_owner_can_neither_leave_nor_become_less(
    db: Database, staffed: Office, now: datetime
) -> None:
    async with db.write() as c:
        await members.remove(c, staffed.id, OTHER)

    async with db.write() as c:
        with pytest.raises(LastOwner):
            await members.remove(c, staffed.id, OWNER)
        with pytest.raises(LastOwner):
            await members.put(c, staffed.id, OWNER, Role.PUBLISHER, now)

    assert (await roles(db, staffed))[OWNER] is Role.OWNER


async def test_two_owners_who_remove_each_other_leave_one(
    db: Database, other_db: Database, staffed: Office
) -> None:
    async def remove(database: Database, person: int) -> bool:
        async with database.write() as c:
            return await members.remove(c, staffed.id, person)

    ended: Sequence[object] = await asyncio.gather(
        remove(db, OWNER), remove(other_db, OTHER), return_exceptions=True
    )

    assert sorted(type(end).__name__ for end in ended) == ["LastOwner", "bool"]
    assert list((await roles(db, staffed)).values()).count(Role.OWNER) == 1


AUCA = read_university(EXAMPLE, "KG")


async def test_the_first_directory_is_seeded_once_and_follows_the_release(
    db: Database, now: datetime
) -> None:
    for site in (None, "auca.kg", "auca.kg"):
        async with db.write() as c:
            await universities.seed(c, [replace(AUCA, site=site)], now)

    async with db.read() as c:
        assert await universities.listing(c) == [AUCA]
        assert await universities.get(c, "auca") == AUCA
        assert await universities.get(c, "no-such-university") is None


async def test_what_an_office_added_is_neither_doubled_nor_overwritten(
    db: Database, now: datetime
) -> None:
    async with db.write() as c:
        assert await universities.add(c, AUCA, OWNER, now)
        assert not await universities.add(c, replace(AUCA, country="KZ"), OTHER, now)
        await universities.seed(c, [replace(AUCA, site="elsewhere.example")], now)

        assert await universities.listing(c) == [AUCA]
