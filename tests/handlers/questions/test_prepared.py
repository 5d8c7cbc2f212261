"""Prepared answers: sent in the student's language, and made of an answer that was given."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta

import pytest

from bot.clock import MovableClock
from bot.telegram_double import Group, Person, TelegramDouble
from erasmus.announcements import By
from erasmus.enquiries import Entry
from erasmus.offices import Office
from erasmus.words import Language, Words
from handlers.staff.answer_presses import (
    KeepAnswer,
    PublishEntry,
    SendEntry,
    ShowEntry,
    ToEntry,
    WriteEntry,
)
from storage import Connection, faq
from tests.chats import Chat
from tests.question_desk import OFFICE, ask, ask_again, presses_of, published

COLLEAGUE = 700000802


async def test_a_prepared_answer_is_sent_once_in_the_students_language(
    chat: Chat, group: Group, owner: Person, clock: MovableClock
) -> None:
    entry = await published(chat, owner, clock)
    await chat.settle_in(Language.KY)
    await ask_again(chat, "Билбейм")
    card = next(m for m in group.messages if m.buttons)
    for _ in range(2):
        owner.press_data(card.id, SendEntry(OFFICE, 1, entry).pack(), group=group)
        await chat.settled()
    assert sum("Орточо 4." in text for text in chat.person.said) == 1


async def test_an_answer_becomes_a_prepared_one_that_another_publishes(
    chat: Chat, group: Group, owner: Person, double: TelegramDouble
) -> None:
    await ask(chat)
    owner.send_text("At least 4.", group=group, thread=group.topics[0].id)
    await chat.settled()
    card = next(m for m in group.messages if m.buttons)
    owner.press_data(card.id, ToEntry(OFFICE, 1).pack(), group=group)
    await chat.settled()

    office = Chat(chat.assistant, owner, double, chat.clock, chat.settled)
    await office.send("/answers")
    await office.press(ShowEntry(OFFICE, 1))
    await office.press(WriteEntry(OFFICE, 1, "ru"))
    await office.send("Какой нужен балл?\nНе ниже 4.")
    assert "Не ниже 4." in office.text
    await office.press(publishing(office))
    assert "somebody else" in office.toast
    async with chat.assistant.db.read() as c:
        entry = await faq.get(c, 1)
    assert entry is not None
    assert not entry.published
    assert entry.missing == [Language.KY, Language.KK]


def publishing(desk: Chat) -> PublishEntry:
    return next(press for press in desk.presses if isinstance(press, PublishEntry))


@pytest.mark.both_databases
async def test_what_was_rewritten_is_published_only_when_it_was_read(
    chat: Chat, office: Office, owner: Person, clock: MovableClock, double: TelegramDouble
) -> None:
    """Somebody rewrites it at the very moment at which another publishes what he has read."""
    await office_entry(chat, office, COLLEAGUE, "At least 4.")
    desk = Chat(chat.assistant, owner, double, chat.clock, chat.settled)
    await desk.send("/answers")
    await desk.press(ShowEntry(office.id, 1))
    read = publishing(desk)
    clock.move_to(clock.now() + timedelta(seconds=1))
    await rewrite(chat, COLLEAGUE, Language.EN, "Pay me.")

    await desk.press_old(desk.message.id, read.pack())
    assert "read it again" in desk.toast
    assert "Pay me." in desk.text
    async with chat.assistant.db.read() as c:
        entry = await faq.get(c, 1)
    assert entry is not None
    assert not entry.published
    await desk.press(publishing(desk))
    assert "Students see it" in desk.toast


@pytest.mark.both_databases
async def test_two_translators_at_once_lose_no_language(
    chat: Chat, office: Office, owner: Person, double: TelegramDouble
) -> None:
    await office_entry(chat, office, COLLEAGUE, "At least 4.")
    desk = Chat(chat.assistant, owner, double, chat.clock, chat.settled)
    await desk.send("/answers")
    await desk.press(ShowEntry(office.id, 1))
    await desk.press(WriteEntry(office.id, 1, "ru"))
    async with chat.assistant.db.write() as c:
        await written(c, COLLEAGUE, Language.KK, "Кемінде 4.", chat.clock.now())
        desk.person.send_text("Какой нужен балл?\nНе ниже 4.")
        with suppress(TimeoutError):
            async with asyncio.timeout(0.5):  # it is answered, or waits for the colleague
                await chat.settled()
    await chat.settled()
    async with chat.assistant.db.read() as c:
        entry = await faq.get(c, 1)
    assert entry is not None
    assert entry.missing == [Language.KY]


async def office_entry(chat: Chat, office: Office, writer: int, answer: str) -> None:
    """Keep a prepared answer in English."""
    texts = Words({Language.EN: "Which grade?"}), Words({Language.EN: answer})
    async with chat.assistant.db.write() as c:
        await faq.add(c, office.id, *texts, By(writer, chat.clock.now()))


async def rewrite(chat: Chat, writer: int, language: Language, answer: str) -> None:
    async with chat.assistant.db.write() as c:
        await written(c, writer, language, answer, chat.clock.now())


async def written(
    c: Connection, writer: int, language: Language, answer: str, now: datetime
) -> None:
    """Let somebody write one language of the first prepared answer."""
    entry = await faq.lock(c, 1)
    assert entry is not None
    asked = Words({**entry.question, language: "Which grade?"})
    given = Words({**entry.answer, language: answer})
    await faq.write(c, entry, asked, given, By(writer, now))


async def kept(chat: Chat, group: Group, owner: Person) -> list[Entry]:
    """Press "keep" on the card of question 1 and return all prepared answers."""
    card = next(m for m in group.messages if m.buttons)
    owner.press_data(card.id, ToEntry(OFFICE, 1).pack(), group=group)
    await chat.settled()
    async with chat.assistant.db.read() as c:
        return await faq.of_office(c, OFFICE)


async def test_the_text_is_kept_not_what_stands_under_a_file(
    chat: Chat, group: Group, owner: Person
) -> None:
    """That the file is not kept is said."""
    await ask(chat)
    topic = group.topics[0].id
    owner.send_text("At least 4.", group=group, thread=topic)
    owner.send_document("form.pdf", "the form", group=group, thread=topic)
    await chat.settled()
    [entry] = await kept(chat, group, owner)
    assert entry.answer[Language.EN] == "At least 4."
    assert "The file is not kept" in group.last.text
    assert len(await kept(chat, group, owner)) == 1
    assert "kept already" in group.last.text


async def test_of_several_answers_one_is_chosen(chat: Chat, group: Group, owner: Person) -> None:
    await ask(chat)
    for text in ("I am looking.", "At least 4 & a half."):
        owner.send_text(text, group=group, thread=group.topics[0].id)
    await chat.settled()
    assert not await kept(chat, group, owner)
    assert "2. At least 4 & a half." in group.last.text
    second = presses_of(group.last)[1]
    assert isinstance(second, KeepAnswer)
    owner.press_data(group.last.id, second.pack(), group=group)
    await chat.settled()
    async with chat.assistant.db.read() as c:
        [entry] = await faq.of_office(c, OFFICE)
    assert entry.answer[Language.EN] == "At least 4 &amp; a half."
    assert not chat.double.mistakes


async def test_a_long_question_with_signs_of_its_own_is_kept_as_one_line(
    chat: Chat, group: Group, owner: Person
) -> None:
    """A list shows it: it is cut, and what looks like a tag stays text."""
    await chat.settle_in()
    await ask_again(chat, "Is 3 < 4?\n" + "Why? " * 100)
    owner.send_text("Yes.", group=group, thread=group.topics[0].id)
    await chat.settled()
    [entry] = await kept(chat, group, owner)
    assert entry.question[Language.EN].startswith("Is 3 &lt; 4? Why?")
    assert entry.question[Language.EN].endswith("…")
    owner.send_text("/answers")
    await chat.settled()
    assert "Is 3 < 4?" in owner.last.text
    assert "missing: Кыргызча, Қазақша, Русский" in owner.last.text
    assert not chat.double.mistakes


async def test_a_text_for_an_answer_that_was_deleted_meanwhile_is_told_so(
    chat: Chat, owner: Person, office: Office, clock: MovableClock, double: TelegramDouble
) -> None:
    """What is written next is taken as anybody's words again."""
    entry = await published(chat, owner, clock)
    desk = Chat(chat.assistant, owner, double, chat.clock, chat.settled)
    await desk.send("/answers")
    await desk.press(ShowEntry(office.id, entry))
    await desk.press(WriteEntry(office.id, entry, "ru"))
    async with chat.assistant.db.write() as c:
        assert await faq.remove(c, entry)

    await desk.send("Какой нужен балл?\nНе ниже 4.")
    assert "was deleted meanwhile" in desk.text
    await desk.send("medicine")
    assert "Found for" in desk.text or "I found nothing" in desk.text


async def test_long_answers_are_shown_in_part_and_read_whole_by_language(
    chat: Chat, owner: Person, office: Office, clock: MovableClock, double: TelegramDouble
) -> None:
    """Four of them have no room in one message."""
    answer = f"<b>{'Read <this> & that. ' * 140}</b>".replace("<this> &", "&lt;this&gt; &amp;")
    texts = Words(dict.fromkeys(Language, "What?")), Words(dict.fromkeys(Language, answer))
    async with chat.assistant.db.write() as c:
        entry = await faq.add(c, office.id, *texts, By(owner.id, clock.now()))
    desk = Chat(chat.assistant, owner, double, chat.clock, chat.settled)
    await desk.send("/answers")
    await desk.press(ShowEntry(office.id, entry))
    assert desk.text.count("Read <this> & that.") == 4 * 30
    await desk.press(WriteEntry(office.id, entry, "ru"))
    assert owner.said[-2].count("Read <this> & that.") == 140
    assert double.mistakes == []
