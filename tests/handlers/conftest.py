"""A person's chat with the whole assistant: real database, real handlers, Telegram's double."""

from collections.abc import Awaitable, Callable

import pytest

from bot.assistant import Assistant
from bot.clock import MovableClock
from bot.telegram_double import Person, TelegramDouble
from erasmus.words import Language
from tests.chats import Chat
from tests.offices import Staff
from tests.restarts import Restarting


@pytest.fixture
def person(double: TelegramDouble) -> Person:
    return double.person(700000001, first_name="Айгүл", language_code="ky")


@pytest.fixture
def chat(
    assistant: Assistant,
    person: Person,
    double: TelegramDouble,
    clock: MovableClock,
    settled: Callable[[], Awaitable[None]],
) -> Chat:
    """A chat that nobody has begun."""
    return Chat(assistant, person, double, clock, settled)


@pytest.fixture
def phone(
    new_assistant: Callable[[], Assistant],
    person: Person,
    double: TelegramDouble,
    clock: MovableClock,
) -> Restarting:
    """A phone whose assistant begins anew for every press."""
    return Restarting(new_assistant, person, double, clock)


@pytest.fixture(params=list(Language), ids=str)
def language(request: pytest.FixtureRequest) -> Language:
    """Every journey in every language."""
    assert isinstance(request.param, Language)
    return request.param


@pytest.fixture
def staff(chat: Chat, assistant: Assistant, double: TelegramDouble) -> Staff:
    """Makes offices and their people."""
    return Staff(chat, assistant, double)
