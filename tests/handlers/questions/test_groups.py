"""The office's group: connected, moved, lost, with rights and without, and strangers in it."""

from __future__ import annotations

import re

import pytest

from bot.telegram_double import Group, Person, TelegramDouble
from erasmus.offices import Office
from erasmus.words import Language
from handlers.staff.answer_presses import Connect
from handlers.staff.office_presses import OfficeSettings
from storage import people
from tests.chats import Chat
from tests.question_desk import OFFICE, QUESTION, ask, connect, in_topic


async def test_a_group_that_becomes_a_supergroup_keeps_its_questions(
    chat: Chat, plain: Group, owner: Person
) -> None:
    await ask(chat)
    plain.migrate()
    await chat.settled()
    relayed = next(message for message in plain.messages if message.text == QUESTION)
    owner.send_text("Yes.", group=plain, reply_to=relayed.id)
    await chat.settled()
    assert chat.text.endswith("Yes.")


async def test_a_missing_right_is_named_and_answers_work_by_replies(
    chat: Chat, group: Group, owner: Person
) -> None:
    """The right to open topics is taken away and the office connects again."""
    group.add_bot(owner, admin=True, without=["can_manage_topics"])
    await chat.wait(seconds=1)
    await connect(group, owner, chat.settled)
    assert "right to manage topics" in group.last.text
    await ask(chat)
    assert group.topics == []
    relayed = next(message for message in group.messages if message.text == QUESTION)
    owner.send_text("Yes.", group=group, reply_to=relayed.id)
    await chat.settled()
    assert chat.text.endswith("Yes.")


async def test_a_topic_that_cannot_be_opened_any_more_becomes_a_thread(
    chat: Chat, group: Group, owner: Person
) -> None:
    """Nobody told the assistant that it lost the right."""
    group.add_bot(owner, admin=True, without=["can_manage_topics"])
    await ask(chat)
    assert any(message.text == QUESTION for message in group.messages)


async def test_a_lost_group_is_told_and_loses_no_question(
    chat: Chat, group: Group, owner: Person
) -> None:
    """Somebody throws the assistant out; what was asked meanwhile comes when it is back."""
    group.remove_bot(owner)
    await chat.settled()
    await ask(chat)
    assert "cannot write in the group" in owner.last.text
    group.add_bot(owner, admin=True)
    await chat.wait(seconds=10)
    await connect(group, owner, chat.settled)
    await chat.wait(seconds=10)
    assert in_topic(group).count(QUESTION) == 1


@pytest.mark.parametrize("forged", ["fc1:kg:1", "fe1:kg:1:1", "ff1:kg:1", "fa1:kg", "h1", "?"])
async def test_strangers_presses_in_the_group_do_nothing(
    chat: Chat, group: Group, double: TelegramDouble, forged: str
) -> None:
    await ask(chat)
    before = [message.text for message in group.messages]
    stranger = Chat(
        chat.assistant, double.person(700000803, "Х", "en"), double, chat.clock, chat.settled
    )
    await stranger.settle_in()
    stranger.person.press_data(group.messages[-1].id, forged, group=group)
    await chat.settled()
    assert [message.text for message in group.messages] == before
    assert "not for you" in stranger.toast


async def test_a_connected_group_has_its_own_menu(group: Group, double: TelegramDouble) -> None:
    (menu,) = [
        str(asked.params["commands"])
        for asked in double.requests
        if asked.method == "setMyCommands" and str(group.id) in str(asked.params.get("scope"))
    ]
    named = re.findall(r"command[\"']: [\"'](\w+)", menu)
    assert named == ["queue", "answers", "connect"]


async def test_who_adds_the_assistant_to_a_group_reads_about_connect(group: Group) -> None:
    assert any("/connect" in message.text for message in group.messages if message.from_bot)


async def test_the_button_of_the_settings_leads_to_a_connected_group(
    office: Office, double: TelegramDouble, owner: Person, chat: Chat
) -> None:
    """Telegram adds the assistant to the group that was chosen and sends /start there."""
    desk = Chat(chat.assistant, owner, double, chat.clock, chat.settled)
    await desk.send("/queue")
    assert "Students cannot ask yet" in desk.text
    await desk.send("/desk")
    await desk.press(OfficeSettings(OFFICE))
    [link] = [str(button.value) for button in desk.message.buttons if button.kind == "url"]
    assert "startgroup=connect&admin=manage_topics" in link

    made = double.group("Office", [owner], topics=True, admins=[owner])
    made.add_bot(owner, admin=True)
    owner.send_text("/start@erasmus_double_bot connect", group=made)
    await chat.settled()
    owner.press_data(made.last.id, Connect(office.id).pack(), group=made)
    await chat.settled()
    await desk.send("/desk")
    await desk.press(OfficeSettings(OFFICE))
    assert "in a topic for each student" in desk.text
    await desk.send("/queue")
    assert "Nothing waits" in desk.text
    assert not double.mistakes


async def test_what_is_said_in_the_group_is_in_the_groups_language(
    chat: Chat, group: Group, colleague: Person
) -> None:
    """That of the office's owner, whoever pressed or wrote."""
    async with chat.assistant.db.write() as c:
        await people.set_language(c, colleague.id, Language.KY)
    await ask(chat)
    group.chat.members[colleague.id] = "member"
    colleague.send_text("/queue", group=group)
    await chat.settled()
    assert group.last.text.startswith("Waiting at National")
