"""Followers are told of a change once; their reminders move with it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from erasmus.calls import Call
from erasmus.words import Language, Words
from storage import (
    Database,
    audit,
    call_changes,
    call_revisions,
    calls,
    deliveries,
    follows,
    people,
)
from storage.deliveries import Draft, Lane
from storage.people import Person
from tests.storage.call_changes.followers import DAY, OTHER, PUBLISHER, change, follow, news_for


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
        entries = await audit.page(c, after=0)
    assert [(e.what, e.subject) for e in entries] == [
        ("call.published", published.id),
        ("call.changed", published.id),
    ]
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
