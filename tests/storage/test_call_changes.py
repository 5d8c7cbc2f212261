"""A call of an office changes in one transaction: row, revision, reminders, and news told once."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from erasmus.calls import Call, CallStatus
from erasmus.universities import University
from erasmus.words import Language, Words
from storage import (
    Database,
    audit,
    belongings,
    call_changes,
    call_revisions,
    calls,
    deliveries,
    follows,
    offices,
    people,
    universities,
)
from storage.call_revisions import Change
from storage.deliveries import Delivery, Draft, Lane
from storage.people import Person
from tests.offices import an_office

DAY = timedelta(days=1)
PUBLISHER, OTHER = 700000801, 700000802
NAME = Words({Language.EN: "Office", Language.RU: "Офис"})


@pytest.fixture
async def office(db: Database, now: datetime) -> str:
    """A country's office, and one of a university."""
    async with db.write() as c:
        await universities.add(c, University("kstu", "KG", NAME, NAME), None, now)
        for name, university in (("kg-neo", None), ("kstu-io", "kstu")):
            await offices.put(c, an_office(now, name, university))
    return "kg-neo"


@pytest.fixture
async def published(db: Database, office: str, call: Call, now: datetime) -> Call:
    """A call that the office published."""
    theirs = replace(
        call,
        id="kg-neo-1",
        status=CallStatus.OFFICE,
        office_id=office,
        published_at=now,
        source_id="",
        section="",
    )
    async with db.write() as c:
        assert await call_changes.store(c, theirs, PUBLISHER, now)
    return theirs


async def follow(db: Database, call: Call, now: datetime, ids: Sequence[int] = (1,)) -> None:
    async with db.write() as c:
        for person_id in ids:
            await people.greet(c, person_id, Language.EN, "Asia/Bishkek", now)
            await follows.follow(c, person_id, call.id, now)
        await follows.to_plan(c, now)


async def news_for(db: Database, person_id: int) -> list[Delivery]:
    async with db.read() as c:
        return await deliveries.queued_for(c, person_id, Lane.REMINDER)


async def change(db: Database, call: Call, now: datetime, *, quietly: bool = False) -> bool:
    async with db.write() as c:
        return await call_changes.store(c, call, PUBLISHER, now, quietly=quietly)


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


async def test_followers_are_told_once_and_their_reminders_are_planned_anew(
    db: Database, published: Call, now: datetime
) -> None:
    await follow(db, published, now, [1, 2])
    reminder = Draft(
        key="r1",
        lane=Lane.REMINDER,
        chat_id=1,
        kind="reminder",
        body={},
        due_at=now,
        call_id=published.id,
        revision=1,
    )
    async with db.write() as c:
        await deliveries.put(c, reminder, now)
    later = replace(published, closes=published.closes + DAY)

    assert [await change(db, later, now) for _ in range(2)] == [True, False]

    (news,) = await news_for(db, 1)
    assert (news.kind, news.key, news.revision) == ("change", "c1:kg-neo-1:2", 2)
    assert datetime.fromisoformat(news.body["was"]) == published.closes
    assert len(await news_for(db, 2)) == 1
    async with db.write() as c:
        assert len(await follows.to_plan(c, now)) == 2


async def test_two_changes_before_anybody_was_told_are_one_message_from_the_date_they_know(
    db: Database, published: Call, now: datetime
) -> None:
    await follow(db, published, now)
    await change(db, replace(published, closes=published.closes + DAY), now, quietly=True)
    (quiet,) = await news_for(db, 1)

    await change(db, replace(published, closes=published.closes + 2 * DAY), now)

    (news,) = await news_for(db, 1)
    assert (quiet.occasion, news.occasion) == ("quiet", None)
    assert (news.id, news.revision) == (quiet.id, 3)
    assert datetime.fromisoformat(news.body["was"]) == published.closes


async def test_news_that_came_back_does_not_stand_in_the_way_of_the_next_change(
    db: Database, published: Call, now: datetime
) -> None:
    """Telegram asked to wait while the call was changed again: there are two for one reader."""
    await follow(db, published, now)
    await change(db, replace(published, closes=published.closes + DAY), now)
    async with db.write() as c:
        until = now + timedelta(minutes=1)
        (news,) = [
            row
            for row in await deliveries.claim(c, now, until, 10, [Lane.REMINDER])
            if row.kind == "change"
        ]
    await change(db, replace(published, closes=published.closes + 2 * DAY), now)
    async with db.write() as c:
        assert await deliveries.postpone(c, news, now + timedelta(seconds=20), "429")
    await change(db, replace(published, closes=published.closes + 3 * DAY), now)

    (only,) = await news_for(db, 1)
    assert only.revision == 4


async def test_quiet_after_loud_stays_loud(db: Database, published: Call, now: datetime) -> None:
    """Whoever decided that people have to hear of it is not overruled by the next small change."""
    await follow(db, published, now)
    await change(db, replace(published, closes=published.closes + DAY), now)
    await change(db, replace(published, closes=published.closes + 2 * DAY), now, quietly=True)

    (news,) = await news_for(db, 1)
    assert news.occasion is None


@pytest.mark.parametrize("silence", ["muted", "reminders off", "unreachable", "submitted"])
async def test_who_wants_no_reminders_hears_of_no_new_date(
    db: Database, published: Call, now: datetime, silence: str
) -> None:
    await follow(db, published, now)
    async with db.write() as c:
        match silence:
            case "muted":
                await follows.set_muted(c, 1, published.id, muted=True)
            case "reminders off":
                await people.set_reminders(c, 1, on=False)
            case "unreachable":
                await people.mark_unreachable(c, 1, now)
            case _:
                await follows.set_submitted(c, 1, published.id, now)

    await change(db, replace(published, closes=published.closes + DAY), now)

    assert await news_for(db, 1) == []


async def test_a_new_text_is_a_revision_and_no_news(
    db: Database, published: Call, now: datetime
) -> None:
    await follow(db, published, now)
    renamed = replace(published, title=Words({Language.EN: "Another title"}))

    assert await change(db, renamed, now)

    async with db.read() as c:
        entries = await audit.of_subject(c, "kg-neo", published.id)
    assert [entry.what for entry in entries] == ["call.published", "call.changed"]
    assert await news_for(db, 1) == []
    async with db.read() as c:
        newest = await call_revisions.newest(c, published.id)
    assert newest
    assert newest.revision == 1


async def test_a_withdrawn_call_reminds_nobody_is_listed_no_more_and_stays_followed(
    db: Database, published: Call, aigul: Person, now: datetime
) -> None:
    await follow(db, published, now)
    async with db.write() as c:
        await follows.set_submitted(c, 1, published.id, now)
        assert await call_changes.withdraw(c, published, PUBLISHER, now)
        assert not await call_changes.withdraw(c, published, OTHER, now + DAY)

    async with db.write() as c:
        assert await follows.to_plan(c, now) == []
        assert await calls.listing(c, aigul.id) == []
        assert [call.id for call in await calls.of_office(c, "kg-neo")] == [published.id]
        assert len(await follows.of_person(c, 1)) == 1
        assert await call_revisions.newest(c, published.id)
    (news,) = await news_for(db, 1)
    assert news.revision == 2


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
