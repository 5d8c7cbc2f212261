"""Edits of questions and answers reach the other side."""

from __future__ import annotations

from bot.telegram_double import Group, Person, TelegramDouble
from storage import members
from tests.chats import Chat
from tests.question_desk import OFFICE, QUESTION, ask, in_topic


async def test_edits_are_mirrored_on_both_sides(chat: Chat, group: Group, owner: Person) -> None:
    sent = await ask(chat)
    chat.person.edit_text(sent.id, "Can I apply with 4.1?")
    await chat.settled()
    assert "Can I apply with 4.1?" in in_topic(group)
    assert QUESTION not in in_topic(group)

    (topic,) = group.topics
    answer = owner.send_text("No.", group=group, thread=topic.id)
    await chat.settled()
    shown = chat.message.id
    owner.edit_text(answer.id, "Yes!", group=group)
    await chat.settled()
    assert chat.message.id == shown
    assert chat.text.endswith("Yes!")


async def test_an_edit_that_overtakes_its_message_is_not_lost(
    chat: Chat, group: Group, double: TelegramDouble
) -> None:
    """The topic cannot be opened for some seconds, and the student corrects the question."""
    double.faults.add("too_many", method="createForumTopic", retry_after=5)
    sent = await ask(chat)
    assert group.topics == []
    chat.person.edit_text(sent.id, "Can I apply with 4.1?")
    await chat.settled()
    await chat.wait(seconds=6)
    assert "Can I apply with 4.1?" in in_topic(group)


async def test_an_edit_with_a_private_number_is_not_mirrored(chat: Chat, group: Group) -> None:
    sent = await ask(chat)
    chat.person.edit_text(sent.id, "My card is 4111 1111 1111 1111")
    await chat.settled()
    assert "bank card" in chat.text
    assert not any("4111" in text for text in in_topic(group))


async def test_who_left_the_office_changes_nothing_at_the_student(
    chat: Chat, group: Group, colleague: Person
) -> None:
    """The message stays theirs in Telegram, and they can still edit it."""
    await ask(chat)
    group.chat.members[colleague.id] = "member"
    answer = colleague.send_text("Yes.", group=group, thread=group.topics[0].id)
    await chat.settled()
    async with chat.assistant.db.write() as c:
        assert await members.remove(c, OFFICE, colleague.id)
    colleague.edit_text(answer.id, "Pay me first.", group=group)
    await chat.settled()
    assert chat.text.endswith("Yes.")
    assert "Not changed for the student" in group.last.text
