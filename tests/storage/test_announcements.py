"""Announcements as rows: written, confirmed by two, let go a few at a time."""

from datetime import datetime, timedelta

import pytest

from erasmus.announcement_contents import ButtonKind as Kind
from erasmus.announcement_contents import Content, ContentKind, NewsButton
from erasmus.announcements import UNDO, Announcement, By, Stage, Topic, Window
from erasmus.audiences import Audience
from erasmus.limits import Limits
from erasmus.offices import Role
from erasmus.words import Language, Words
from storage import (
    Connection,
    Database,
    announcements,
    audiences,
    belongings,
    copies,
    offices,
    people,
)
from storage.announcements import Said
from storage.deliveries import State
from storage.members import Member
from storage.models import offices as office_rows
from tests.offices import hire

AUTHOR, SECOND, FIRST_READER = 700000001, 700000002, 700001000
HELLO = Content(ContentKind.TEXT, "<b>Hello</b>")


@pytest.fixture
async def office(db: Database, now: datetime) -> str:
    """A national office, and thirty people who read three languages."""
    async with db.write() as c:
        row = {
            "id": "kg",
            "country": "KG",
            "name": Words({Language.EN: "National office"}),
            "zone": "Asia/Bishkek",
            "created_at": now,
        }
        await c.execute(office_rows.insert(), row)
        languages = [Language.KY, Language.RU, Language.EN]
        for n in range(30):
            await people.greet(c, FIRST_READER + n, languages[n % 3], "Asia/Bishkek", now)
            await people.set_language(c, FIRST_READER + n, languages[n % 3])
    return "kg"


@pytest.fixture
def author(now: datetime) -> By:
    return By(AUTHOR, now)


@pytest.fixture
async def draft(db: Database, office: str, author: By) -> Announcement:
    """A draft that could be sent."""
    async with db.write() as c:
        made = await announcements.create(c, office, AUTHOR, Audience(), author.at)
        assert await announcements.set_text(c, made.id, Language.EN, HELLO, author)
        return await found(c, made.id)


async def found(c: Connection, announcement_id: int) -> Announcement:
    """Return an announcement that is there."""
    row = await announcements.get(c, announcement_id)
    assert row is not None
    return row


async def under_way(c: Connection, draft: Announcement, by: By) -> Announcement:
    """Bring a draft so far that its copies are frozen."""
    await announcements.confirm(c, draft.id, draft.version, Limits(), by)
    begun = await announcements.move(c, draft.id, Stage.SENDING, by, started_at=by.at)
    assert begun is not None
    office = await offices.get(c, begun.office_id)
    assert office is not None
    everybody = await audiences.chunk(
        c, office, begun.audience, begun.topic, by.at, after=0, limit=100, known_by=by.at
    )
    await copies.freeze(c, begun, everybody, by.at)
    return begun


async def test_a_draft_keeps_what_was_written(
    db: Database, draft: Announcement, author: By
) -> None:
    button = NewsButton(Kind.LINK, "https://example.org", "Open")
    at, window = author.at + timedelta(days=1), Window(9, 18, readers=True)
    audience = Audience(roles=("student",), languages=(Language.KY,), active_months=6)
    async with db.write() as c:
        await announcements.set_buttons(c, draft.id, [button], author.at)
        await announcements.set_when(c, draft.id, at, window, author.at)
        await announcements.set_audience(c, draft.id, audience, author.at)
        await announcements.set_topic(c, draft.id, Topic.EVENTS, author.at)
        kept = await found(c, draft.id)
        assert await announcements.texts(c, draft.id) == {Language.EN: HELLO}

    assert (kept.buttons, kept.send_at, kept.window) == ((button,), at, window)
    assert (kept.audience, kept.topic) == (audience, Topic.EVENTS)
    assert kept.version == draft.version + 4


async def test_one_for_few_needs_one_person(db: Database, draft: Announcement, author: By) -> None:
    async with db.write() as c:
        told = await announcements.confirm(c, draft.id, draft.version, Limits(), author)

    assert told is not None
    assert told.said is Said.SCHEDULED
    assert (told.announcement.recipients, told.announcement.leaves_at) == (30, author.at)


async def test_one_for_many_needs_another_person_and_the_same_version(
    db: Database, draft: Announcement, author: By, now: datetime
) -> None:
    limits = Limits(two_people_from=30)
    second = By(SECOND, now)
    async with db.write() as c:
        for person_id in (AUTHOR, SECOND):
            await hire(c, Member(draft.office_id, person_id, Role.PUBLISHER, "", now, None))
        heard = [
            await announcements.confirm(c, draft.id, version, limits, by)
            for version, by in (
                (draft.version - 1, author),
                (draft.version, author),
                (draft.version, author),
                (draft.version - 1, second),
                (draft.version, second),
                (draft.version, second),
            )
        ]
        kept = await found(c, draft.id)

    assert [told.said for told in heard if told] == [
        Said.CHANGED,
        Said.AWAITING,
        Said.SAME_PERSON,
        Said.CHANGED,
        Said.SCHEDULED,
        Said.ALREADY,
    ]
    assert (kept.confirmed_by, kept.second_by, kept.stage) == (AUTHOR, SECOND, Stage.SCHEDULED)


async def test_who_confirmed_first_and_is_forgotten_has_confirmed_nothing(
    db: Database, draft: Announcement, author: By
) -> None:
    """They may come back under the same number: two confirmations are two people's."""
    async with db.write() as c:
        await people.greet(c, AUTHOR, Language.EN, "Asia/Bishkek", author.at)
        await announcements.confirm(c, draft.id, draft.version, Limits(two_people_from=30), author)
        await belongings.forget(c, AUTHOR)
        left = await found(c, draft.id)

    assert (left.stage, left.confirmed_by, left.recipients) == (Stage.DRAFT, None, None)


async def test_who_confirmed_it_is_known_until_it_is_over(
    db: Database, draft: Announcement, author: By
) -> None:
    """It may stop by itself until somebody else confirms it."""
    async with db.write() as c:
        await people.greet(c, AUTHOR, Language.EN, "Asia/Bishkek", author.at)
        await under_way(c, draft, author)
        await belongings.forget(c, AUTHOR)
        assert (await found(c, draft.id)).confirmed_by == AUTHOR
        await people.greet(c, AUTHOR, Language.EN, "Asia/Bishkek", author.at)
        await announcements.move(c, draft.id, Stage.DONE, author)
        await belongings.forget(c, AUTHOR)
        assert (await found(c, draft.id)).confirmed_by is None


async def test_an_edit_voids_the_first_confirmation(
    db: Database, draft: Announcement, author: By
) -> None:
    async with db.write() as c:
        await announcements.confirm(c, draft.id, draft.version, Limits(two_people_from=1), author)
        assert await announcements.set_text(c, draft.id, Language.RU, HELLO, author)
        kept = await found(c, draft.id)

    assert (kept.stage, kept.confirmed_by, kept.recipients) == (Stage.DRAFT, None, None)


async def test_what_is_confirmed_is_frozen_until_it_is_taken_back(
    db: Database, draft: Announcement, author: By
) -> None:
    async with db.write() as c:
        await announcements.set_when(c, draft.id, author.at, None, author.at)
        told = await announcements.confirm(c, draft.id, draft.version + 1, Limits(), author)
        assert told is not None
        assert told.announcement.leaves_at == author.at + UNDO
        assert not await announcements.set_text(c, draft.id, Language.RU, HELLO, author)
        back = await announcements.take_back(c, draft.id, author)
        assert back is not None
        assert back.leaves_at is None
        assert await announcements.set_text(c, draft.id, Language.RU, HELLO, author)


async def test_one_without_a_text_or_without_readers_is_not_confirmed(
    db: Database, office: str, author: By
) -> None:
    async with db.write() as c:
        empty = await announcements.create(c, office, AUTHOR, Audience(), author.at)
        told = await announcements.confirm(c, empty.id, empty.version, Limits(), author)
        assert told is not None
        assert told.said is Said.EMPTY
        await announcements.set_text(c, empty.id, Language.EN, HELLO, author)
        await announcements.set_audience(c, empty.id, Audience(roles=("staff",)), author.at)
        told = await announcements.confirm(c, empty.id, empty.version + 2, Limits(), author)
        assert told is not None
        assert told.said is Said.EMPTY


@pytest.mark.parametrize(
    ("stars", "said"), [(0, Said.TOO_DEAR), (2, Said.TOO_DEAR), (3, Said.SCHEDULED)]
)
async def test_a_paid_one_must_not_cost_more_than_is_allowed(
    db: Database, draft: Announcement, author: By, stars: int, said: Said
) -> None:
    async with db.write() as c:
        await announcements.set_paid(c, draft.id, author.at, paid=True)
        limits = Limits(stars=stars)
        told = await announcements.confirm(c, draft.id, draft.version + 1, limits, author)

    assert told is not None
    assert told.said is said


async def test_a_pause_takes_back_what_is_queued_at_once(
    db: Database, draft: Announcement, author: By
) -> None:
    async with db.write() as c:
        begun = await under_way(c, draft, author)
        assert await copies.release(c, begun.batch, 10, author.at, version=2) == 10
        assert await announcements.pause(c, begun.id, author) is not None
        assert await announcements.pause(c, begun.id, author) is None
        paused = await announcements.progress(c, begun.id)
        assert await announcements.resume(c, begun.id, author) is not None
        assert await copies.release(c, begun.batch, 12, author.at, version=2) == 12
        gone_on = await announcements.progress(c, begun.id)
        assert await announcements.stop(c, begun.id, author) is not None
        assert await announcements.resume(c, begun.id, author) is None
        stopped = await announcements.progress(c, begun.id)

    assert paused.by_state == {State.HELD: 30}
    assert gone_on.by_state == {State.HELD: 18, State.QUEUED: 12}
    assert stopped.by_state == {State.HELD: 18, State.CANCELLED: 12}


async def test_a_recipient_is_frozen_once(db: Database, draft: Announcement, author: By) -> None:
    async with db.write() as c:
        begun = await under_way(c, draft, author)
        reader = audiences.Recipient(FIRST_READER, Language.KY, "Asia/Bishkek")
        await copies.freeze(c, begun, [reader, reader], author.at)

        assert (await announcements.progress(c, begun.id)).total == 30
