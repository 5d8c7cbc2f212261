"""Presenting: what the process says by itself, in the words of the handlers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from bot.flights import Render
from erasmus.library import Library
from erasmus.words import Language
from handlers import notices, promises, start
from handlers.staff import menu
from handlers.turn import Turn
from locales import texts_for
from storage import Connection, people
from storage.deliveries import Delivery


def renderer(library: Library) -> Render:
    """Return what makes the body of a delivery at the moment it leaves."""

    async def render(
        c: Connection, rows: list[Delivery], now: datetime
    ) -> Mapping[str, Any] | None:
        person = await people.find(c, rows[0].chat_id)
        if person is None:
            return None
        if rows[0].kind in promises.KINDS:
            turn = Turn(person, c, library, now)
            screen = await promises.keep(turn, rows[0].kind, rows[0].body)
        else:
            screen = await notices.render(c, library, person, rows, now)
        return screen.body() if screen else None

    return render


def apology(language: Language, code: str) -> dict[str, Any]:
    """Return what somebody is told whose update failed."""
    return notices.apology(language, code).body()


def too_fast(language: Language) -> dict[str, Any]:
    """Return what somebody is told who sends faster than anybody reads."""
    return notices.too_fast(language).body()


def commands(language: Language, staff: Collection[str]) -> list[tuple[str, str]]:
    """Return the menu of a chat: the commands, with those of staff first, and what they do."""
    t = texts_for(language)
    if "connect" in staff:  # nobody is served in a group
        return menu.described(t, staff)
    return [*menu.described(t, staff), *start.commands(t)]


def introduction(language: Language) -> tuple[str, str, str]:
    """Return the name, the short description and the description of the assistant."""
    return start.profile(texts_for(language))
