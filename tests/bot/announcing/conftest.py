"""What tests of announcements share: an office, and people who began the chat long ago."""

import pytest

from bot.assistant import Assistant
from bot.clock import MovableClock
from bot.telegram_double import Person, TelegramDouble
from erasmus.words import Language
from tests.bot.announcing.rounds import Known
from tests.newsroom import Newsroom


@pytest.fixture
async def newsroom(assistant: Assistant, clock: MovableClock) -> Newsroom:
    """An office; announcements go on when a test lets them, not between two of its steps."""
    await assistant.ticks.stop(1)
    room = Newsroom(assistant.db, clock.now)
    await room.open()
    return room


@pytest.fixture
def known(newsroom: Newsroom, double: TelegramDouble) -> Known:
    """Makes people who began the chat long ago."""

    async def make(number: int, language: Language = Language.EN) -> list[Person]:
        found = [double.person() for _ in range(number)]
        for person in found:
            double.world.accounts[person.id].started = True
        await newsroom.readers([person.id for person in found], language)
        return found

    return make
