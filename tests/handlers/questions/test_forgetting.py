"""Who asked, or answers, deletes everything about themselves: nobody waits for nothing."""

from __future__ import annotations

from bot.telegram_double import Group, Person
from erasmus.offices import Role
from handlers.presses import Forget
from handlers.questions.presses import AskAt, ShowQuestion
from storage import members
from tests.chats import Chat
from tests.conftest import ADMIN
from tests.question_desk import OFFICE, ask, ask_again, in_topic


async def forget(chat: Chat) -> str:
    """Delete everything; return what was asked before."""
    await chat.send("/forget")
    asked = chat.text
    await chat.press(Forget(sure=True))
    return asked


async def test_the_office_reads_that_answers_reach_nobody(chat: Chat, group: Group) -> None:
    """Once in the topic of several questions, which is closed."""
    await ask(chat)
    await ask_again(chat, "And which papers?")
    assert "get no answer then" in await forget(chat)
    await chat.settled()
    assert sum("deleted everything" in text for text in in_topic(group)) == 1
    assert group.topics[0].closed


async def test_an_answer_to_a_question_that_is_gone_is_told(
    chat: Chat, group: Group, owner: Person
) -> None:
    """In its topic; what members say to each other, and notes, are left alone."""
    await ask(chat)
    await forget(chat)
    await chat.settled()
    topic, had = group.topics[0].id, len(group.messages)
    group.topics[0].closed = False
    owner.send_text("// what a pity", group=group, thread=topic)
    owner.send_text("Lunch?", group=group)
    await chat.settled()
    assert len(group.messages) == had + 2
    owner.send_text("Yes, you can.", group=group, thread=topic)
    await chat.settled()
    assert group.last.text.startswith("Not sent: I know no question that this belongs to")


async def test_the_last_owner_is_warned_and_the_team_told(
    chat: Chat, group: Group, owner: Person, colleague: Person
) -> None:
    desk = Chat(chat.assistant, owner, chat.double, chat.clock, chat.settled)
    asked = await forget(desk)
    assert "no longer be on the team of National Erasmus+ Office" in asked
    assert "only owner" in asked
    await chat.settled()
    assert "Данияр has left" in colleague.last.text
    assert "no owner now" in colleague.last.text
    await ask(chat)
    assert len(group.topics) == 1


async def test_who_runs_the_assistant_is_told_once_of_an_office_without_an_owner(
    chat: Chat, group: Group, owner: Person, colleague: Person
) -> None:
    assert group.topics == []
    admin = chat.double.person(ADMIN)
    await Chat(chat.assistant, admin, chat.double, chat.clock, chat.settled).settle_in()
    seen = len(admin.messages)
    await forget(Chat(chat.assistant, colleague, chat.double, chat.clock, chat.settled))
    await chat.settled()
    assert len(admin.messages) == seen
    await forget(Chat(chat.assistant, owner, chat.double, chat.clock, chat.settled))
    await chat.settled()
    [told] = admin.messages[seen:]
    assert told.text.startswith("kg: it has no owner any more")
    assert f"office invite {OFFICE}" in told.text


async def test_an_office_without_anybody_who_may_answer_is_not_offered(
    chat: Chat, group: Group, owner: Person, colleague: Person
) -> None:
    async with chat.assistant.db.write() as c:
        await members.put(c, OFFICE, colleague.id, Role.READER, chat.clock.now(), name="Азиза")
    await forget(Chat(chat.assistant, owner, chat.double, chat.clock, chat.settled))
    await chat.settle_in()
    await chat.send("/ask")
    assert AskAt(OFFICE) not in chat.presses
    assert group.topics == []


async def test_who_has_asked_before_is_shown_where_to_ask_now(
    chat: Chat, group: Group, owner: Person
) -> None:
    """The old question stays in sight; nobody answers here any more."""
    await ask(chat)
    assert group.topics
    await forget(Chat(chat.assistant, owner, chat.double, chat.clock, chat.settled))
    await chat.send("/ask")
    assert ShowQuestion(1) in chat.presses
    assert "No office of yours answers" in chat.text
    assert any(button.value == "https://erasmusplus.kg" for button in chat.message.buttons)


async def test_a_reply_to_no_question_is_told_in_a_group_without_topics(
    chat: Chat, plain: Group, owner: Person
) -> None:
    """A copy whose number was lost with the process, or an answer to a list."""
    owner.send_text("/queue", group=plain)
    await chat.settled()
    owner.send_text("Yes.", group=plain, reply_to=plain.last.id)
    await chat.settled()
    assert "try the other one" in plain.last.text
