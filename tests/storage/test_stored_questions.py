"""Questions, their messages and prepared answers, on both databases."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from erasmus.announcement_contents import Content, ContentKind
from erasmus.announcements import By
from erasmus.enquiries import Enquiry, Stage
from erasmus.offices import Office
from erasmus.words import Language, Words
from storage import (
    Database,
    belongings,
    faq,
    offices,
    question_messages,
    question_places,
    questions,
)
from storage.people import Person
from tests.offices import an_office

GROUP, TOPIC = -100, 7
TEXT = Content(ContentKind.TEXT, "Can I <b>apply</b>?")


@pytest.fixture
async def office(db: Database, now: datetime) -> Office:
    made = replace(an_office(now), group_id=GROUP, group_has_topics=True)
    async with db.write() as c:
        await offices.put(c, made)
    return made


@pytest.fixture
async def question(db: Database, office: Office, aigul: Person, now: datetime) -> Enquiry:
    """A question that waits."""
    async with db.write() as c:
        begun = await questions.begin(c, office.id, aigul.id, now)
        await questions.ask(c, begun, now)
        found = await questions.get(c, begun)
    assert found is not None
    return found


async def test_what_was_begun_is_one_and_is_not_listed(
    db: Database, office: Office, aigul: Person, now: datetime
) -> None:
    async with db.write() as c:
        await questions.begin(c, office.id, aigul.id, now)
        second = await questions.begin(c, office.id, aigul.id, now)
        begun = await questions.begun(c, aigul.id)
        assert begun is not None
        assert begun.id == second
        assert await questions.of_person(c, aigul.id) == []
        await questions.discard(c, aigul.id)
        assert await questions.begun(c, aigul.id) is None


async def test_the_longest_waiting_comes_first(
    db: Database, office: Office, aigul: Person, question: Enquiry, now: datetime
) -> None:
    async with db.write() as c:
        second = await questions.begin(c, office.id, aigul.id, now)
        await questions.ask(c, second, now - timedelta(days=1))
        assert [one.id for one in await questions.waiting(c, office.id)] == [second, question.id]
        await questions.answered(c, second, 5, now)
        assert [one.id for one in await questions.waiting(c)] == [question.id]


async def test_a_message_is_kept_once_and_found_by_both_numbers(
    db: Database, question: Enquiry, aigul: Person, now: datetime
) -> None:
    async with db.write() as c:
        for _ in range(2):
            await question_messages.add(c, question, TEXT, now, chat_id=aigul.id, message_id=3)
        (message,) = await question_messages.of_question(c, question.id)
        await question_messages.carry(c, message, "k1")
        await question_messages.arrived(c, message, GROUP, 30)
        assert message.content == TEXT
        for chat, number in ((aigul.id, 3), (GROUP, 30)):
            found = await questions.with_message(c, chat, number)
            assert found is not None
            assert found.id == question.id
        assert await questions.with_message(c, GROUP, 3) is None


async def test_another_group_has_no_place_for_it_yet(
    db: Database, office: Office, question: Enquiry
) -> None:
    async with db.write() as c:
        await questions.place(c, question.id, thread_id=TOPIC)
        assert await question_places.in_thread(c, office.id, TOPIC) != []
        await questions.bind(c, office.id, GROUP - 1, topics=False)
        assert await question_places.in_thread(c, office.id, TOPIC) == []
        assert await questions.offices_in(c, GROUP - 1) == [office.id]
        assert await questions.offices_in(c, GROUP) == []


async def test_it_goes_with_the_person(
    db: Database, question: Enquiry, aigul: Person, now: datetime
) -> None:
    async with db.write() as c:
        await question_messages.add(c, question, TEXT, now, chat_id=aigul.id, message_id=3)
        await belongings.forget(c, aigul.id)
        assert await questions.get(c, question.id) is None
        assert await question_messages.of_question(c, question.id) == []


async def test_an_entry_is_published_by_somebody_else_until_it_is_written_again(
    db: Database, office: Office, now: datetime
) -> None:
    words = Words({Language.RU: "Балл?"})
    async with db.write() as c:
        number = await faq.add(c, office.id, words, words, By(1, now))
        assert not await faq.publish(c, number, 1)
        assert await faq.publish(c, number, 2)
        assert not await faq.publish(c, number, 2)
        await faq.count(c, number, helped=True)
        (entry,) = await faq.of_office(c, office.id, published=True)
        assert (entry.helped, entry.missing) == (1, [Language.KY, Language.KK, Language.EN])
        await faq.write(c, entry, words, words, By(2, now))
        assert await faq.of_office(c, office.id, published=True) == []
        assert await faq.remove(c, number)


def test_stages_fit_their_column() -> None:
    assert max(len(stage) for stage in Stage) <= 16
