"""How a test lets an announcement leave: the whole of it, or one wave."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from bot.assistant import Assistant
from bot.telegram_double import Person
from erasmus.announcements import Announcement
from erasmus.words import Language
from tests.newsroom import Newsroom

Known: TypeAlias = Callable[..., Awaitable[list[Person]]]
"""Makes people who began the chat long ago."""
NEW = {Language.EN: "Info day in Jalal-Abad"}


async def delivered(assistant: Assistant, newsroom: Newsroom) -> Announcement:
    """Announce, and let whatever can leave do so; return it as it was confirmed."""
    one = await newsroom.announce()
    await assistant.catch_up()
    return one


async def one_wave(assistant: Assistant) -> None:
    """Let one wave leave and arrive."""
    await assistant.announcer.tick()
    assistant.sender.wake()
    await assistant.quiet()
