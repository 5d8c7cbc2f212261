"""Somebody who writes to the assistant."""

import pytest

from bot.telegram_double import Person, TelegramDouble


@pytest.fixture
def alice(double: TelegramDouble) -> Person:
    return double.person(first_name="Айгүл", language_code="ky")
