"""From a question to its answer, with a new process for every step."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.clock import MovableClock
from bot.telegram_double import Group, Person, TelegramDouble
from erasmus.offices import Role
from erasmus.words import Language
from handlers.presses import SetLanguage, SetRole, SetUniversity
from handlers.questions.presses import AskAt, SendQuestion
from storage import Database, deliveries, offices
from storage.deliveries import Lane
from storage.members import Member
from tests.offices import an_office, hire
from tests.question_desk import OFFICE, QUESTION, in_topic
from tests.restarts import Restarting


@pytest.fixture
async def connected(
    db: Database, double: TelegramDouble, owner: Person, clock: MovableClock
) -> Group:
    """A group with topics that was connected before the process began."""
    made = double.group("Office", [owner], topics=True, admins=[owner])
    made.add_bot(owner, admin=True)
    now = clock.now()
    async with db.write() as c:
        await offices.put(c, replace(an_office(now), group_id=made.id, group_has_topics=True))
        await hire(c, Member(OFFICE, owner.id, Role.OWNER, "Данияр", now, None))
    return made


async def test_restarts_between_all_steps_lose_nothing(  # noqa: PLR0913, PLR0917 - fixtures
    phone: Restarting,
    connected: Group,
    owner: Person,
    person: Person,
    db: Database,
    language: Language,
) -> None:
    await phone.after(lambda _chat: person.start())
    for press in (SetLanguage(str(language)), SetRole("student"), SetUniversity("")):
        await phone.press(press)
    await phone.send("/ask")
    await phone.press(AskAt(OFFICE))
    await phone.send(QUESTION)
    await phone.press(SendQuestion(1))
    topic = connected.topics[0].id
    chat = await phone.after(lambda _: owner.send_text("Yes.", group=connected, thread=topic))

    assert sum(text.endswith("Yes.") for text in chat.person.said) == 1
    assert in_topic(connected).count(QUESTION) == 1
    async with db.read() as c:
        assert not await deliveries.queued_for(c, person.id, Lane.STAFF)
    assert phone.double.mistakes == []
