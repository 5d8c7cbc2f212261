"""What a student does at the very moment at which their question gets its place in the group."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest

from bot.telegram_double import Group
from erasmus.announcement_contents import Content, ContentKind
from handlers import relay
from handlers.incoming import Incoming, Kind
from handlers.questions import following, sending, writing
from handlers.questions.contents import own_question
from handlers.questions.presses import AskAt, SendQuestion
from handlers.turn import Turn
from storage import Connection, deliveries, people, question_messages, questions
from storage.deliveries import Delivery, Lane
from tests.chats import Chat
from tests.question_desk import OFFICE, QUESTION

pytestmark = pytest.mark.both_databases

PLACE, COPY, SECONDS = 77, 78, 0.5
Act = Callable[[Connection], Awaitable[object]]


@dataclass(frozen=True)
class Moment:
    """A question was sent, its topic is not there yet; nothing leaves by itself."""

    chat: Chat
    group: Group
    question: int

    async def turn(self, c: Connection) -> Turn:
        person = await people.find(c, self.chat.person.id)
        assert person is not None
        return Turn(person, c, self.chat.assistant.library, self.chat.clock.now())

    def typed(self, text: str, message_id: int = 991) -> Incoming:
        return Incoming(self.chat.person.id, message_id, Kind.TEXT, text, text, update_id=5)

    async def waiting(self, kind: str) -> list[Delivery]:
        async with self.chat.assistant.db.read() as c:
            rows = await deliveries.queued_for(c, self.group.id, Lane.STAFF)
        return [row for row in rows if row.kind == kind]

    async def settle(self, c: Connection, row: Delivery, number: int) -> None:
        await relay.settled(c, row, number, self.chat.clock.now())

    async def during(self, first: Act, second: Act) -> None:
        """Do something between what another does and its commit, where the database lets it."""

        async def do_second() -> None:
            async with self.chat.assistant.db.write() as c:
                await second(c)

        async with self.chat.assistant.db.write() as c:
            await first(c)
            other = asyncio.create_task(do_second())
            await asyncio.wait([other], timeout=SECONDS)  # it ends, or waits for this one
        await other


@pytest.fixture
async def moment(chat: Chat, group: Group) -> Moment:
    await chat.settle_in()
    await chat.send("/ask")
    await chat.press(AskAt(OFFICE))
    await chat.send(QUESTION)
    send = next(press for press in chat.presses if isinstance(press, SendQuestion))
    await chat.assistant.sender.stop(1)
    sent = Moment(chat, group, send.question)
    async with chat.assistant.db.write() as c:
        await sending.send(await sent.turn(c), send)
    return sent


async def test_a_further_message_follows_into_the_topic(moment: Moment) -> None:
    [topic] = await moment.waiting("topic")

    async def add(c: Connection) -> None:
        turn = await moment.turn(c)
        question = await own_question(turn, moment.question)
        await following.add(turn, question, moment.typed("And with 4.1?"))

    await moment.during(lambda c: moment.settle(c, topic, PLACE), add)

    told = [row.body["text"] for row in await moment.waiting("relay")]
    assert sorted(told) == ["And with 4.1?", QUESTION]


async def test_a_second_question_follows_into_the_topic(moment: Moment) -> None:
    [topic] = await moment.waiting("topic")
    async with moment.chat.assistant.db.write() as c:
        number = await questions.begin(c, OFFICE, moment.chat.person.id, moment.chat.clock.now())
        second = await own_question(await moment.turn(c), number)
        said = Content(ContentKind.TEXT, "And which papers?")
        now, chat_id = moment.chat.clock.now(), moment.chat.person.id
        await question_messages.add(c, second, said, now, chat_id=chat_id, message_id=991)

    async def send(c: Connection) -> None:
        await sending.send(await moment.turn(c), SendQuestion(number))

    await moment.during(lambda c: moment.settle(c, topic, PLACE), send)

    told = [row.body["text"] for row in await moment.waiting("relay")]
    assert sorted(told) == ["And which papers?", QUESTION]


async def test_an_edit_reaches_a_copy_that_is_just_arriving(moment: Moment) -> None:
    [topic] = await moment.waiting("topic")
    async with moment.chat.assistant.db.write() as c:
        await moment.settle(c, topic, PLACE)
        [message] = await question_messages.of_question(c, moment.question)
    [copy] = await moment.waiting("relay")

    async def edit(c: Connection) -> None:
        better = moment.typed("Can I apply with 4.1?", message.message_id)
        await writing.edited(await moment.turn(c), better)

    await moment.during(lambda c: moment.settle(c, copy, COPY), edit)

    edits = [row.body for row in await moment.waiting("screen") if row.body.get("copy")]
    assert [(edit["copy"], edit["text"]) for edit in edits] == [(COPY, "Can I apply with 4.1?")]
