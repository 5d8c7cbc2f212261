"""What tests of the desk's calls share: an office, who works at it, and a student."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from bot.assistant import Assistant
from bot.clock import MovableClock
from bot.telegram_double import TelegramDouble
from erasmus.offices import Office
from erasmus.words import Language
from storage import Database, offices
from tests.call_desk import OFFICE, enter
from tests.chats import Chat
from tests.offices import an_office

STUDENT = 700000002


@pytest.fixture
async def office(db: Database, clock: MovableClock) -> Office:
    made = an_office(clock.now(), OFFICE)
    async with db.write() as c:
        await offices.put(c, made)
    return made


@pytest.fixture
async def desk(chat: Chat, office: Office, db: Database) -> Chat:
    """A publisher at the calls of the desk."""
    assert office.national
    return await enter(chat, db)


@pytest.fixture
async def student(
    assistant: Assistant,
    double: TelegramDouble,
    clock: MovableClock,
    settled: Callable[[], Awaitable[None]],
) -> Chat:
    other = Chat(assistant, double.person(STUDENT, language_code="ru"), double, clock, settled)
    await other.settle_in(Language.RU)
    return other
