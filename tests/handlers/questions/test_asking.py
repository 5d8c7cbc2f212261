"""A student asks an office: what is shared, refused, kept, and what helps unsent."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.clock import MovableClock
from bot.telegram_double import Group, Person, TelegramDouble
from erasmus.offices import Office
from erasmus.words import Language, Words
from handlers.questions.presses import (
    AskAt,
    AskOffice,
    CloseQuestion,
    SendQuestion,
    Sharing,
    ShowAnswer,
    ThisHelped,
)
from storage import faq, offices, questions
from tests.chats import Chat
from tests.question_desk import OFFICE, QUESTION, ask, in_topic, published


async def test_what_was_ticked_is_shared_and_nothing_else(chat: Chat, group: Group) -> None:
    await ask(chat, share="name")
    (card, *_) = in_topic(group)
    assert chat.person.account.first_name in card
    assert "tudent" not in card.replace("the student", "").replace("student.", "")


@pytest.mark.parametrize(
    "text",
    [
        "My IIN is 010215500123",
        "ПИН 21502200112345",
        "паспорт ID1234567",
        "card 4111 1111 1111 1111",
    ],
)
async def test_private_numbers_are_refused_with_the_reason(
    chat: Chat, group: Group, text: str
) -> None:
    await chat.settle_in()
    await chat.send("/ask")
    await chat.press(AskAt(OFFICE))
    await chat.send(text)
    assert "This looks like" in chat.text
    await chat.send("phone +996 555 123456, by 2027-01-15")
    assert any(isinstance(press, SendQuestion) for press in chat.presses)
    assert group.topics == []


@pytest.mark.parametrize("edited", [False, True])
async def test_a_longer_caption_than_can_be_passed_on_is_refused_with_the_reason(
    chat: Chat, group: Group, *, edited: bool
) -> None:
    """Who pays Telegram may write 2,048 signs under a photo; nobody can relay them."""
    chat.person.account.premium = True
    await chat.settle_in()
    await chat.send("/ask")
    await chat.press(AskAt(OFFICE))
    if edited:
        sent = chat.person.send_photo("Is this the form?")
        await chat.settled()
        chat.person.edit_text(sent.id, "x" * 1025)
    else:
        chat.person.send_photo("x" * 1025)
    await chat.settled()
    assert "1025 signs, and at most 1024 fit" in chat.text
    assert "did not pass it on" in chat.text
    chat.person.send_photo("x" * 1024)
    await chat.settled()
    await chat.press(next(press for press in chat.presses if isinstance(press, SendQuestion)))
    assert chat.double.mistakes == []
    assert "x" * 1024 in in_topic(group)


async def test_a_prepared_answer_helps_before_anything_is_sent(
    chat: Chat, group: Group, owner: Person, clock: MovableClock
) -> None:
    entry = await published(chat, owner, clock)
    await chat.settle_in(Language.KY)
    await chat.send("/ask")
    await chat.press(AskAt(OFFICE))
    await chat.send("Which grade average do I need?")
    await chat.press(ShowAnswer(1, entry))
    assert "Орточо" in chat.text
    await chat.press(ThisHelped(1, entry))
    assert group.topics == []
    async with chat.assistant.db.read() as c:
        known = await faq.get(c, entry)
    assert known is not None
    assert (known.shown, known.helped) == (1, 1)


async def test_without_an_office_the_way_is_shown(chat: Chat) -> None:
    await chat.settle_in()
    await chat.send("/ask")
    assert "National Erasmus+ Office" in chat.text
    assert chat.message.buttons[0].value == "https://erasmusplus.kg"


async def test_what_was_begun_is_not_lost(chat: Chat, group: Group) -> None:
    """Whoever looks at something else comes back to what they wrote."""
    await chat.settle_in()
    await chat.send("/ask")
    await chat.press(AskAt(OFFICE))
    await chat.send(QUESTION)
    await chat.send("/deadlines")
    await chat.send("/ask")
    await chat.press(Sharing(1, ""))
    await chat.press(SendQuestion(1))
    assert QUESTION in in_topic(group)


@pytest.mark.usefixtures("group")
async def test_a_question_of_somebody_else_cannot_be_pressed(
    chat: Chat, double: TelegramDouble
) -> None:
    await ask(chat)
    thief = Chat(
        chat.assistant, double.person(700000666, "Х", "en"), double, chat.clock, chat.settled
    )
    await thief.settle_in()
    await thief.press_old(thief.message.id, CloseQuestion(1).pack())
    async with chat.assistant.db.read() as c:
        question = await questions.get(c, 1)
    assert question is not None
    assert question.state == "open"
    assert AskOffice() in thief.presses


async def test_the_expected_day_passes_over_public_holidays(
    chat: Chat,
    group: Group,  # noqa: ARG001 - it answers
    clock: MovableClock,
) -> None:
    """Asked on 31 December, the office means to answer after New Year's holidays."""
    clock.move_to(datetime(2026, 12, 31, 6, tzinfo=UTC))
    await ask(chat)
    assert "12 January" in chat.text


async def test_signs_in_an_offices_name_stand_on_buttons_as_they_are(
    chat: Chat, group: Group, office: Office
) -> None:
    """What is shown as a text is kept as HTML; a button shows plain signs."""
    named = Words(dict.fromkeys(Language, "Research &amp; Mobility"))
    async with chat.assistant.db.write() as c:
        await offices.put(c, replace(office, name=named, group_id=group.id))
    await chat.settle_in()
    await chat.send("/ask")
    assert "Research & Mobility" in [button.text for button in chat.message.buttons]
