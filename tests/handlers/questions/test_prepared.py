"""Prepared answers: sent in the student's language, and made of an answer that was given."""

from __future__ import annotations

from bot.clock import MovableClock
from bot.telegram_double import Group, Person, TelegramDouble
from erasmus.words import Language
from handlers.staff.answer_presses import PublishEntry, SendEntry, ShowEntry, ToEntry, WriteEntry
from storage import faq
from tests.chats import Chat
from tests.question_desk import OFFICE, ask, ask_again, published


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
    await office.press(PublishEntry(OFFICE, 1))
    assert "somebody else" in office.toast
    async with chat.assistant.db.read() as c:
        entry = await faq.get(c, 1)
    assert entry is not None
    assert not entry.published
    assert entry.missing == [Language.KY, Language.KK]
