"""What waits too long: its age in the queue, and reminders to the office."""

from __future__ import annotations

from datetime import timedelta

from bot.clock import MovableClock
from bot.telegram_double import Group, Person
from storage import questions
from tests.chats import Chat
from tests.question_desk import ask, in_topic


async def test_the_queue_shows_ages(
    chat: Chat, group: Group, owner: Person, clock: MovableClock
) -> None:
    await ask(chat)
    clock.move_to(clock.now() + timedelta(days=5))
    owner.send_text("/queue", group=group)
    await chat.settled()
    assert "3.9" in group.last.text
    assert "4 working days" in group.last.text


async def test_an_office_is_reminded_once_a_working_day_then_a_second_person(
    chat: Chat, group: Group, owner: Person, colleague: Person
) -> None:
    """Asked on a Saturday, with three working days to answer; another is called on Thursday."""
    await ask(chat)
    async with chat.assistant.db.write() as c:
        await questions.take(c, 1, owner.id)

    def reminders() -> int:
        return sum("has waited" in text for text in in_topic(group))

    await chat.wait(days=3)
    assert reminders() == 0
    await chat.wait(days=1)
    await chat.wait(hours=2)
    assert reminders() == 1
    assert colleague.said == []
    await chat.wait(days=1)
    assert reminders() == 2
    assert any("3.9" in text for text in colleague.said)
    await chat.wait(days=2)
    assert reminders() == 2  # it is Saturday


async def test_what_was_just_asked_is_new(chat: Chat, group: Group, owner: Person) -> None:
    await ask(chat)
    owner.send_text("/queue", group=group)
    await chat.settled()
    assert "(new)" in group.last.text
