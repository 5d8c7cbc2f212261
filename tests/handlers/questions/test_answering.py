"""An office answers a student: in topics, by replies, with files, and to somebody who is gone."""

from __future__ import annotations

import pytest

from bot.telegram_double import Group, Person, TelegramDouble
from erasmus.words import Language
from handlers.questions.presses import AddTo, AskAt, CloseQuestion, RateAnswer, SendQuestion
from handlers.staff.group import ANONYMOUS
from storage import people, questions
from tests.chats import Chat
from tests.question_desk import OFFICE, QUESTION, ask, in_topic


async def test_a_question_is_answered_in_its_topic(
    chat: Chat, group: Group, owner: Person, double: TelegramDouble, language: Language
) -> None:
    """Delivered, answered, rated: with 👀 and 👍, and no name on either side."""
    sent = await ask(chat, language)
    (topic,) = group.topics

    assert QUESTION in in_topic(group)
    assert sent.reactions == ["👀"]
    assert all(chat.person.account.first_name not in text for text in in_topic(group))
    answer = owner.send_text("Yes, you can.", group=group, thread=topic.id)
    await chat.settled()

    assert "Yes, you can." in chat.text
    assert "Erasmus+" in chat.text
    assert "Данияр" not in chat.text
    assert sent.reactions == ["👍"]
    assert answer.reactions == ["👍"]
    await chat.press(RateAnswer(1, helped=True))
    async with chat.assistant.db.read() as c:
        question = await questions.get(c, 1)
    assert question is not None
    assert (question.state, question.helped) == ("closed", True)
    assert double.mistakes == []


async def test_a_group_without_topics_answers_by_replies(
    chat: Chat, plain: Group, owner: Person, double: TelegramDouble
) -> None:
    await ask(chat)
    relayed = next(message for message in plain.messages if message.text == QUESTION)
    owner.send_text("Chatting among ourselves", group=plain)
    owner.send_text("Yes.", group=plain, reply_to=relayed.id)
    await chat.settled()

    assert chat.text.endswith("Yes.")
    assert not any("Chatting" in text for text in chat.person.said)
    assert double.mistakes == []


async def test_notes_stay_in_the_group_and_strangers_are_not_heard(
    chat: Chat, group: Group, owner: Person, double: TelegramDouble
) -> None:
    await ask(chat)
    said = list(chat.person.said)
    (topic,) = group.topics
    owner.send_text("// call her first", group=group, thread=topic.id)
    stranger = double.person(700000801, "Азиза")
    group.chat.members[stranger.id] = "member"
    stranger.send_text("Of course not", group=group, thread=topic.id)
    await chat.settled()
    assert chat.person.said == said


async def test_files_go_both_ways_by_their_number(
    chat: Chat, group: Group, owner: Person, double: TelegramDouble
) -> None:
    await ask(chat)
    (topic,) = group.topics
    owner.send_document("form.pdf", "Please fill this in", group=group, thread=topic.id)
    await chat.settled()
    assert chat.message.media is not None
    assert chat.message.media.name == "form.pdf"
    await chat.press(AddTo(1))
    chat.person.send_photo("Like this?")
    await chat.settled()
    last = group.thread(topic.id)[-1]
    assert last.media is not None
    assert last.text == "Like this?"
    assert not any(asked.method == "getFile" for asked in double.requests)


async def test_an_answer_to_whoever_blocked_the_bot_is_told(
    chat: Chat, group: Group, owner: Person
) -> None:
    await ask(chat)
    chat.person.block()
    (topic,) = group.topics
    owner.send_text("Yes.", group=group, thread=topic.id)
    await chat.settled()
    assert any("has blocked me" in text for text in in_topic(group))
    chat.person.restart()
    await chat.settled()
    assert sum(text.endswith("Yes.") for text in chat.person.said) == 1


async def test_an_answer_that_meets_a_block_is_told(
    chat: Chat, group: Group, owner: Person, double: TelegramDouble
) -> None:
    """The student blocks the assistant while the answer is on its way."""
    await ask(chat)
    double.faults.add("block", method="sendMessage", chat_id=chat.person.id)
    owner.send_text("Yes.", group=group, thread=group.topics[0].id)
    await chat.settled()
    assert any("Not delivered" in text for text in in_topic(group))


async def test_a_closed_question_is_told_and_can_be_taken_up_again(
    chat: Chat, group: Group
) -> None:
    await ask(chat)
    await chat.press(CloseQuestion(1))
    await chat.settled()
    assert any("closed the question" in text for text in in_topic(group))
    await chat.press(AddTo(1))
    await chat.send("One more thing")
    assert "One more thing" in in_topic(group)


async def test_the_office_reads_whether_an_answer_helped(
    chat: Chat, group: Group, owner: Person
) -> None:
    await ask(chat)
    owner.send_text("Yes.", group=group, thread=group.topics[0].id)
    await chat.settled()
    await chat.press(RateAnswer(1, helped=False))
    await chat.settled()
    assert any("did not help" in text for text in in_topic(group))


async def test_an_answer_too_long_is_refused_with_the_count(
    chat: Chat, group: Group, owner: Person
) -> None:
    await ask(chat)
    said = list(chat.person.said)
    owner.send_text("Yes, " * 800, group=group, thread=group.topics[0].id)
    await chat.settled()
    assert "Not sent" in group.last.text
    assert "Too long: 4000 signs, and at most" in group.last.text
    assert chat.person.said == said


async def test_files_without_a_word_go_both_ways(
    chat: Chat, group: Group, owner: Person, double: TelegramDouble
) -> None:
    """They have a name where words would stand."""
    await chat.settle_in()
    await chat.send("/ask")
    await chat.press(AskAt(OFFICE))
    sent = chat.person.send_document("diploma.pdf")
    await chat.settled()
    await chat.press(SendQuestion(1))
    await chat.settled()
    (topic,) = group.topics
    assert topic.name == "1. a file"
    assert not any("None" in text for text in [chat.text, *in_topic(group)])
    assert sent.reactions == ["👀"]

    owner.send_text("/queue", group=group)
    answer = owner.send_document("form.pdf", group=group, thread=topic.id)
    await chat.settled()
    assert any("1. a file (new)" in (message.text or "") for message in group.messages)
    assert answer.reactions == ["👍"]
    assert chat.message.media is not None
    assert chat.message.media.name == "form.pdf"
    assert "None" not in chat.text
    assert not double.mistakes


@pytest.mark.parametrize(
    ("number", "why"), [(700000801, "only members"), (ANONYMOUS, "hides who you are")]
)
async def test_whom_the_assistant_does_not_know_learns_that_nothing_was_sent(
    chat: Chat, group: Group, double: TelegramDouble, number: int, why: str
) -> None:
    """A new colleague, or an administrator without a name; nothing is kept of either."""
    await ask(chat)
    said = list(chat.person.said)
    stranger = double.person(number, "Азиза", "en")
    group.chat.members[stranger.id] = "administrator"
    stranger.send_text("Of course.", group=group, thread=group.topics[0].id)
    await chat.settled()
    assert group.last.text.startswith("Not sent")
    assert why in group.last.text
    assert chat.person.said == said
    async with chat.assistant.db.read() as c:
        assert await people.find(c, stranger.id) is None
