"""What tests of the Telegram double share: a bot of the library that talks to it, and a person."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from bot.telegram_double import DoubleRequest, Person, TelegramDouble
from bot.transport import NotSent


@pytest.fixture
async def bot(double: TelegramDouble, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bot]:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    request = DoubleRequest(double, not_sent=NotSent)
    async with Bot(
        double.token, request=request, get_updates_request=DoubleRequest(double)
    ) as made:
        yield made


@pytest.fixture
def alice(double: TelegramDouble) -> Person:
    person = double.person(first_name="Айгүл", language_code="ky")
    person.start()
    return person
