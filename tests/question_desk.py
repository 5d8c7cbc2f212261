"""Questions at the desk: what a student does to ask, and what an office sees of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.clock import MovableClock
from bot.telegram_double import Group, Message, Person
from erasmus.announcements import By
from erasmus.words import Language, Words
from handlers.questions.presses import AskAt, SendQuestion, Sharing
from handlers.routes import unpack
from handlers.staff.answer_presses import Connect
from storage import faq, questions
from tests.chats import Chat

OFFICE = "kg"
QUESTION = "Can I apply with a grade of 3.9?"
Settled = Callable[[], Awaitable[None]]


async def connect(group: Group, owner: Person, settled: Settled) -> None:
    owner.send_text("/connect", group=group)
    await settled()
    owner.press_data(group.last.id, Connect(OFFICE).pack(), group=group)
    await settled()


async def ask(chat: Chat, language: Language = Language.EN, *, share: str = "") -> Message:
    """Ask the office something and return the student's message."""
    await chat.settle_in(language)
    await chat.send("/ask")
    await chat.press(AskAt(OFFICE))
    sent = chat.person.send_text(QUESTION)
    await chat.settled()
    number = next(press.question for press in chat.presses if isinstance(press, SendQuestion))
    if share:
        await chat.press(Sharing(number, share))
    await chat.press(SendQuestion(number))
    return sent


async def ask_again(chat: Chat, text: str) -> None:
    await chat.send("/ask")
    await chat.press(AskAt(OFFICE))
    await chat.send(text)
    send = next(press for press in chat.presses if isinstance(press, SendQuestion))
    await chat.press(send)


def in_topic(group: Group) -> list[str]:
    (topic,) = group.topics
    return [message.text for message in group.thread(topic.id) if message.text]


def presses_of(message: Message) -> list[object]:
    return [unpack(str(b.value)) for b in message.buttons if b.kind == "callback_data"]


async def states(chat: Chat, *numbers: int) -> list[str]:
    async with chat.assistant.db.read() as c:
        found = [await questions.get(c, number) for number in numbers]
    return [str(one.state) for one in found if one]


async def published(chat: Chat, owner: Person, clock: MovableClock) -> int:
    """Return an entry that the owner wrote and somebody else published."""
    question = Words({Language.EN: "Which grade average do I need?", Language.KY: "Баа?"})
    answer = Words({Language.EN: "At least 4.", Language.KY: "Орточо 4."})
    async with chat.assistant.db.write() as c:
        by = By(owner.id, clock.now())
        entry = await faq.add(c, OFFICE, question, answer, by)
        assert not await faq.publish(c, entry, owner.id)
        assert await faq.publish(c, entry, owner.id + 1)
    return entry
