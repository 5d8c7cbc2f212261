"""What a student writes soon after a question, without saying whom it is for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.telegram_double import Group, Person
from erasmus.words import Language
from handlers.presses import ShowCall
from handlers.questions.presses import AddKept, SearchKept
from storage import drafts
from tests.chats import Chat
from tests.question_desk import ask, in_topic, states

MORE = "And how long does it take?"


def kept(chat: Chat, kind: type[AddKept | SearchKept] = AddKept) -> AddKept | SearchKept:
    (press,) = [press for press in chat.presses if isinstance(press, kind)]
    return press


async def test_soon_after_a_question_it_is_asked_what_a_message_is(
    chat: Chat, group: Group, language: Language
) -> None:
    await ask(chat, language)
    sent = chat.person.send_text(MORE)
    await chat.settled()
    assert MORE not in in_topic(group)
    assert isinstance(kept(chat, SearchKept), SearchKept)

    await chat.press(kept(chat))
    await chat.settled()
    assert in_topic(group).count(MORE) == 1
    assert sent.reactions == ["👀"]
    assert chat.double.mistakes == []


async def test_a_message_is_added_once_and_waits_for_an_answer_again(
    chat: Chat, group: Group, owner: Person
) -> None:
    await ask(chat)
    owner.send_text("Yes.", group=group, thread=group.topics[0].id)
    await chat.settled()
    await chat.wait(minutes=50)
    await chat.send(MORE)
    add, shown = kept(chat), chat.message.id
    for _ in range(2):
        await chat.press_old(shown, add.pack())
    assert in_topic(group).count(MORE) == 1
    assert await states(chat, 1) == ["open"]
    assert "waits for an answer" in chat.text


async def test_what_is_looked_for_is_found_and_can_still_be_added(chat: Chat, group: Group) -> None:
    await ask(chat)
    await chat.send("EMAI")
    await chat.press(kept(chat, SearchKept))
    assert ShowCall("emjm-emai-2027") in chat.presses
    assert "EMAI" not in in_topic(group)
    await chat.press(kept(chat))
    assert "EMAI" in in_topic(group)


async def test_each_of_several_messages_can_be_added(chat: Chat, group: Group) -> None:
    await ask(chat)
    offered: list[tuple[int, str]] = []
    for text in ("First", "Second"):
        await chat.send(text)
        offered.append((chat.message.id, kept(chat).pack()))
    for place, press in offered:
        await chat.press_old(place, press)
    assert in_topic(group)[-2:] == ["First", "Second"]


async def test_a_photo_is_offered_to_the_office(chat: Chat, group: Group) -> None:
    await ask(chat)
    chat.person.send_photo("Is this the form?")
    await chat.settled()
    assert not any(isinstance(press, SearchKept) for press in chat.presses)
    await chat.press(kept(chat))
    last = group.thread(group.topics[0].id)[-1]
    assert last.media is not None
    assert last.text == "Is this the form?"


async def test_an_edit_before_it_is_added_counts(chat: Chat, group: Group) -> None:
    await ask(chat)
    sent = chat.person.send_text("And hw long?")
    await chat.settled()
    chat.person.edit_text(sent.id, "And how long?")
    await chat.settled()
    await chat.press(kept(chat))
    assert in_topic(group)[-1] == "And how long?"


async def test_private_numbers_are_not_even_kept(chat: Chat, group: Group) -> None:
    await ask(chat)
    await chat.send("My IIN is 010215500123")
    assert "did not pass it on" in chat.text
    sent = chat.person.send_text("Here it is")
    await chat.settled()
    chat.person.edit_text(sent.id, "My IIN is 010215500123")
    await chat.settled()
    assert "did not pass it on" in chat.text
    assert not any("0102" in text for text in in_topic(group))
    async with chat.assistant.db.read() as c:
        [(_, body)] = [(one.id, one.body) for one in await drafts.of_person(c, chat.person.id)]
    assert "0102" not in str(body)


@pytest.mark.usefixtures("group")
async def test_while_the_assistant_asks_something_nothing_is_offered(chat: Chat) -> None:
    await ask(chat)
    await chat.send("/check")
    await chat.send("EMAI")
    assert ShowCall("emjm-emai-2027") in chat.presses


@pytest.mark.usefixtures("group")
async def test_an_hour_later_a_message_is_a_search(chat: Chat) -> None:
    await ask(chat)
    await chat.wait(minutes=61)
    await chat.send("EMAI")
    assert ShowCall("emjm-emai-2027") in chat.presses


async def test_somebody_elses_message_cannot_be_added(
    chat: Chat, group: Group, colleague: Person
) -> None:
    await ask(chat)
    await chat.send(MORE)
    thief = Chat(chat.assistant, colleague, chat.double, chat.clock, chat.settled)
    await thief.start()
    await thief.press_old(thief.message.id, kept(chat).pack())
    assert MORE not in in_topic(group)
    assert "out of date" in thief.toast


@pytest.mark.usefixtures("group")
async def test_what_nobody_added_goes_after_two_days(chat: Chat) -> None:
    await ask(chat)
    await chat.send(MORE)
    async with chat.assistant.db.read() as c:
        assert await drafts.of_person(c, chat.person.id)
    chat.clock.move_to(chat.clock.now() + timedelta(days=3))
    await chat.assistant.planner.purge()
    async with chat.assistant.db.read() as c:
        assert not await drafts.of_person(c, chat.person.id)
