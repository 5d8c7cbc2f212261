"""Random walks over every button ever shown: nothing breaks, and everything fits a phone."""

from __future__ import annotations

import random

import pytest

from bot.telegram_double import Message
from erasmus.words import Language
from handlers.codec import Press
from handlers.presses import Forget, Languages, SetLanguage
from locales import widths
from tests.chats import Chat

STEPS = 120
LONGEST_TEXT = 4096


def too_wide(message: Message) -> list[str]:
    """Return the labels that some phones would cut beyond recognition."""
    return [
        button.text
        for row in message.keyboard
        for button in row
        if widths.signs(button.text) > widths.MOST.get(len(row), 7)
    ]


@pytest.mark.parametrize("role", ["student", "graduate", "staff", "institution"])
async def test_any_button_in_any_order_leads_to_a_screen_that_fits(
    chat: Chat, language: Language, role: str
) -> None:
    """Old buttons and new ones, in any order: always an answer, never a refusal of Telegram's."""
    await chat.settle_in(language, role)
    chance = random.Random(f"{language} {role}")  # noqa: S311 - a walk, not a secret
    seen: list[tuple[int, Press]] = []
    for _ in range(STEPS):
        await _step(chat, chance, seen, language)
        assert not too_wide(chat.message), chat.message.labels
        assert len(chat.text) <= LONGEST_TEXT
    assert not chat.double.mistakes


async def _step(
    chat: Chat, chance: random.Random, seen: list[tuple[int, Press]], language: Language
) -> None:
    keeps = [p for p in chat.presses if p not in {Forget(sure=True), Languages()}]
    keeps = [p for p in keeps if not isinstance(p, SetLanguage) or p.language == language]
    seen.extend((chat.message.id, press) for press in keeps)
    if seen and chance.random() < 0.2:
        message, press = chance.choice(seen)
        await chat.press_old(message, press.pack())
    elif keeps:
        await chat.press(chance.choice(keeps))
    else:
        await chat.send("/check")
