"""Who answers a question: taken with a button, handed to a colleague, named in the queue."""

from __future__ import annotations

from bot.telegram_double import Group, Message, Person
from erasmus.offices import Role
from handlers.staff.answer_presses import HandOver, HandTo, TakeOver
from storage import members, questions
from tests.chats import Chat
from tests.question_desk import OFFICE, ask, presses_of


async def taken(chat: Chat, office: Group, owner: Person) -> tuple[Message, Message]:
    """Take a question with the button of its card; return the card and what was said to that."""
    await ask(chat)
    card = next(m for m in office.messages if m.buttons and TakeOver(OFFICE, 1) in presses_of(m))
    owner.press_data(card.id, TakeOver(OFFICE, 1).pack(), group=office)
    await chat.settled()
    assert "takes this question" in office.last.text
    return card, office.last


async def test_a_press_in_a_topic_is_answered_in_it(
    chat: Chat, group: Group, owner: Person
) -> None:
    """Not in the general one, where nobody knows what is meant."""
    card, said = await taken(chat, group, owner)
    assert said.thread_id == card.thread_id == group.topics[0].id


async def test_a_press_in_a_group_without_topics_is_answered_by_a_reply(
    chat: Chat, plain: Group, owner: Person
) -> None:
    card, said = await taken(chat, plain, owner)
    assert said.reply_to == card.id


async def test_the_queue_names_who_has_taken_a_question(
    chat: Chat, group: Group, owner: Person
) -> None:
    await ask(chat)
    card = next(m for m in group.messages if m.buttons)
    owner.press_data(card.id, TakeOver(OFFICE, 1).pack(), group=group)
    await chat.settled()
    owner.send_text("/queue", group=group)
    await chat.settled()
    assert "taken by Данияр" in group.last.text


async def test_a_question_is_handed_to_a_colleague_who_is_told_once(
    chat: Chat, group: Group, owner: Person, colleague: Person
) -> None:
    await ask(chat)
    card = next(m for m in group.messages if m.buttons)
    owner.press_data(card.id, HandOver(OFFICE, 1).pack(), group=group)
    await chat.settled()
    offered = [one for one in presses_of(group.last) if isinstance(one, HandTo)]
    assert HandTo(OFFICE, 1, colleague.id) in offered
    for _ in range(2):
        owner.press_data(group.last.id, HandTo(OFFICE, 1, colleague.id).pack(), group=group)
        await chat.settled()

    assert sum("Данияр asks you to answer" in text for text in colleague.said) == 1
    assert not any("taken by" in text for text in colleague.said)
    colleague.press_data(group.last.id, HandTo(OFFICE, 1, owner.id).pack(), group=group)
    await chat.settled()
    assert "Азиза asks you to answer" in owner.last.text
    owner.press_data(group.last.id, HandTo(OFFICE, 1, colleague.id).pack(), group=group)
    await chat.settled()
    async with chat.assistant.db.read() as c:
        question = await questions.get(c, 1)
    assert question is not None
    assert question.taken_by == colleague.id


async def test_a_second_member_reads_who_has_taken_a_question(
    chat: Chat, group: Group, owner: Person, colleague: Person
) -> None:
    card, _ = await taken(chat, group, owner)
    colleague.press_data(card.id, TakeOver(OFFICE, 1).pack(), group=group)
    await chat.settled()
    assert group.last.text.startswith("Данияр answers this question already")
    async with chat.assistant.db.read() as c:
        question = await questions.get(c, 1)
    assert question is not None
    assert question.taken_by == owner.id


async def test_what_a_former_member_took_can_be_taken(
    chat: Chat, group: Group, owner: Person, colleague: Person
) -> None:
    card, _ = await taken(chat, group, owner)
    async with chat.assistant.db.write() as c:
        await members.put(c, OFFICE, colleague.id, Role.OWNER, chat.clock.now(), name="Азиза")
        await members.remove(c, OFFICE, owner.id)
    colleague.press_data(card.id, TakeOver(OFFICE, 1).pack(), group=group)
    await chat.settled()
    assert "Азиза takes this question" in group.last.text
