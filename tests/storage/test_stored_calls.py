"""Calls come back as they were put, and their revision tells when reminders went stale."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from erasmus.calls import Call, CallStatus
from erasmus.words import Language, Words
from storage import Database, calls
from storage.people import Person


async def put(db: Database, call: Call, now: datetime) -> tuple[bool, Call]:
    """Return what putting said, and the call as it is stored then."""
    async with db.write() as c:
        changed = await calls.put(c, call, now)
        stored = await calls.get(c, call.id)
    assert stored
    return changed, stored


async def test_a_new_call_is_stored_whole(db: Database, call: Call, now: datetime) -> None:
    assert await put(db, call, now) == (True, call)


async def test_the_closing_moment_and_the_zone_it_was_stated_in_are_both_kept(
    db: Database, call: Call, now: datetime
) -> None:
    _, stored = await put(db, call, now)

    assert stored.closes == datetime(2027, 1, 15, 16, 0, tzinfo=UTC)
    assert stored.zone == "Europe/Brussels"
    assert stored.closing_day() == date(2027, 1, 15)


@pytest.mark.parametrize("revision", [1, 7])
async def test_the_same_call_again_changes_nothing(
    db: Database, call: Call, now: datetime, revision: int
) -> None:
    """Content is seeded at each start, and always says revision 1."""
    await put(db, call, now)

    assert await put(db, replace(call, revision=revision), now) == (False, call)


@pytest.mark.parametrize(
    "edit",
    [
        {"closes": datetime(2027, 1, 20, 16, 0, tzinfo=UTC)},
        {"opens": None},
        {"zone": "Europe/Paris"},
        {"date_only": True},
        {"status": CallStatus.PROJECTION},
    ],
    ids=lambda edit: next(iter(edit)),
)
async def test_other_timing_raises_the_revision(
    db: Database, call: Call, now: datetime, edit: dict[str, Any]
) -> None:
    await put(db, call, now)
    moved = replace(call, **edit)

    assert await put(db, moved, now) == (True, replace(moved, revision=2))
    assert await put(db, moved, now) == (False, replace(moved, revision=2))


@pytest.mark.parametrize(
    "edit",
    [
        {"title": Words({Language.EN: "Another title"})},
        {"note": Words({Language.RU: "Примечание"})},
        {"url": None},
        {"field": None},
        {"based_on": None},
    ],
    ids=lambda edit: next(iter(edit)),
)
async def test_other_texts_are_stored_under_the_same_revision(
    db: Database, call: Call, now: datetime, edit: dict[str, Any]
) -> None:
    await put(db, call, now)
    edited = replace(call, **edit)

    assert await put(db, edited, now) == (False, edited)


async def test_the_call_that_closes_first_is_listed_first(
    db: Database, call: Call, now: datetime
) -> None:
    late = replace(call, id="late", closes=call.closes + timedelta(days=9))
    early = replace(call, id="early", closes=call.closes - timedelta(days=9))
    async with db.write() as c:
        for one in (late, call, early):
            await calls.put(c, one, now)
        listed = await calls.listing(c, 0)

    assert [one.id for one in listed] == ["early", call.id, "late"]


async def test_a_date_that_somebody_set_for_themselves_is_listed_for_them_alone(
    db: Database, call: Call, aigul: Person, now: datetime
) -> None:
    private = replace(call, id="own", owner=aigul.id)
    async with db.write() as c:
        await calls.put(c, call, now)
        await calls.put(c, private, now)

        assert await calls.listing(c, 0) == [call]
        assert await calls.own(c, aigul.id) == [private]
        assert await calls.own(c, 1) == []


async def test_an_unknown_call_is_none(db: Database) -> None:
    async with db.read() as c:
        assert await calls.get(c, "never-heard-of") is None
