"""Drafts outlive everything but their publishing."""

import asyncio
from datetime import datetime, timedelta

import pytest

from storage import Database, drafts, offices
from storage.people import Person
from tests.offices import an_office

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def office(db: Database, now: datetime) -> str:
    made = an_office(now, "kg-neo")
    async with db.write() as c:
        await offices.put(c, made)
    return "kg-neo"


async def test_each_step_is_kept(db: Database, office: str, aigul: Person, now: datetime) -> None:
    async with db.write() as c:
        number = await drafts.begin(c, office, aigul.id, "call", body={"title": {}}, now=now)
    async with db.write() as c:
        taken = await drafts.take(c, number)
        assert taken
        await drafts.save(c, number, {"title": {"ky": "Чакыруу"}}, now + MINUTE)

    async with db.read() as c:
        draft = await drafts.get(c, number)
    assert draft
    assert (draft.body, draft.updated_at) == ({"title": {"ky": "Чакыруу"}}, now + MINUTE)
    assert (draft.office_id, draft.person_id, draft.kind) == (office, aigul.id, "call")


async def test_an_office_s_drafts_come_by_kind_the_latest_first(
    db: Database, office: str, aigul: Person, now: datetime
) -> None:
    async with db.write() as c:
        old = await drafts.begin(c, office, aigul.id, "call", body={}, now=now)
        new = await drafts.begin(c, office, aigul.id, "call", body={}, now=now + MINUTE)
        await drafts.begin(c, office, aigul.id, "announcement", body={}, now=now)

        assert [draft.id for draft in await drafts.of_office(c, office, "call")] == [new, old]
        assert await drafts.of_office(c, "another", "call") == []


async def test_a_dropped_draft_is_gone_and_its_number_does_not_come_back(
    db: Database, office: str, aigul: Person, now: datetime
) -> None:
    """A published call is named after the draft: another one must not get that name."""
    async with db.write() as c:
        first = await drafts.begin(c, office, aigul.id, "call", body={}, now=now)
        assert await drafts.drop(c, first)
        assert not await drafts.drop(c, first)
        assert await drafts.get(c, first) is None
        assert await drafts.begin(c, office, aigul.id, "call", body={}, now=now) != first


async def test_a_draft_is_closed_once_by_whoever_is_first(
    db: Database, other_db: Database, office: str, aigul: Person, now: datetime
) -> None:
    """Two publishers press at one moment: the second one sees what became of it."""
    async with db.write() as c:
        number = await drafts.begin(c, office, aigul.id, "call", body={}, now=now)

    async def publish(base: Database) -> str:
        async with base.write() as c:
            taken = await drafts.take(c, number)
            assert taken
            if taken.kind == "call":
                await drafts.close(c, number, {"call": "kg-neo-1"})
            return taken.kind

    assert sorted(await asyncio.gather(publish(db), publish(other_db))) == ["call", "closed"]
    async with db.read() as c:
        assert await drafts.of_office(c, office, "call") == []
        closed = await drafts.get(c, number)
    assert closed
    assert closed.body == {"call": "kg-neo-1"}
