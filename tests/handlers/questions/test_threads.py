"""Where questions stand in a group: one topic, or one thread, for each student."""

from __future__ import annotations

from bot.telegram_double import Group, Person, TelegramDouble
from handlers.questions.presses import AddTo, RateAnswer, ShowQuestion
from tests.chats import Chat
from tests.question_desk import QUESTION, ask, ask_again, in_topic, states


async def test_a_students_questions_stand_in_one_topic(
    chat: Chat, group: Group, owner: Person, double: TelegramDouble
) -> None:
    """It is closed with the last of them, opened by the next, and answers find their question."""
    await ask(chat)
    (topic,) = group.topics
    await ask_again(chat, "And which papers?")
    assert group.topics == [topic]
    assert sum("another question" in text for text in in_topic(group)) == 1

    first = next(m for m in group.messages if m.text == QUESTION)
    owner.send_text("Yes.", group=group, thread=topic.id, reply_to=first.id)
    await chat.settled()
    assert await states(chat, 1, 2) == ["answered", "open"]
    await chat.press(RateAnswer(1, helped=True))
    await chat.settled()
    assert not topic.closed
    owner.send_text("A transcript.", group=group, thread=topic.id)
    await chat.settled()
    assert await states(chat, 1, 2) == ["closed", "answered"]
    await chat.press(RateAnswer(2, helped=True))
    await chat.settled()
    assert topic.closed

    await ask_again(chat, "Until when?")
    assert group.topics == [topic]
    assert not topic.closed
    assert "Until when?" in in_topic(group)
    assert double.mistakes == []


async def test_a_students_questions_are_one_thread_without_topics(
    chat: Chat, plain: Group, owner: Person, double: TelegramDouble
) -> None:
    await ask(chat)
    first = next(m for m in plain.messages if "Question 1" in m.text)
    await ask_again(chat, "And which papers?")
    second = next(m for m in plain.messages if "Question 2" in m.text)
    assert second.reply_to == first.id
    owner.send_text("A transcript.", group=plain, reply_to=second.id)
    await chat.settled()
    assert await states(chat, 1, 2) == ["open", "answered"]
    assert double.mistakes == []


async def test_a_deleted_topic_of_two_questions_is_opened_once(chat: Chat, group: Group) -> None:
    await ask(chat)
    await ask_again(chat, "And which papers?")
    group.delete_topic(group.topics[0])
    await chat.send("/ask")
    await chat.press(ShowQuestion(2))
    await chat.press(AddTo(2))
    await chat.send("Please hurry")
    await chat.wait(seconds=10)
    assert {QUESTION, "And which papers?", "Please hurry"} <= set(in_topic(group))


async def test_a_deleted_topic_is_opened_again_with_everything(chat: Chat, group: Group) -> None:
    await ask(chat)
    group.delete_topic(group.topics[0])
    await chat.send("/ask")
    await chat.press(next(press for press in chat.presses if "eh1" in press.pack()))
    await chat.press(AddTo(1))
    await chat.send("Please hurry")
    await chat.wait(seconds=10)
    assert {QUESTION, "Please hurry"} <= set(in_topic(group))
