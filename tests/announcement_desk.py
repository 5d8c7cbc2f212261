"""Announcement 1 of an office, as staff write it, send it and look at it at their desk."""

from __future__ import annotations

from erasmus.announcement_contents import Content
from erasmus.announcements import Announcement, By, Stage
from erasmus.words import Language
from handlers.staff.announcing.presses import (
    Announcements,
    Confirm,
    Send,
    ShowAnnouncement,
    WriteText,
)
from storage import announcements
from tests.chats import Chat

OFFICE, OWNER, SECOND, THIRD = "kg", 700000801, 700000802, 700000803
CALL = "emjm-emai-2027"


def by_owner(chat: Chat) -> By:
    """Return who acts, now."""
    return By(OWNER, chat.clock.now())


async def write(chat: Chat, language: str, text: str) -> None:
    """Choose a language and send its text."""
    await chat.press(WriteText(OFFICE, 1, language))
    await chat.send(text)


async def open_it(chat: Chat) -> None:
    """Look at it from the desk."""
    await chat.send("/desk")
    await chat.press(Announcements(OFFICE, 0))
    await chat.press(ShowAnnouncement(OFFICE, 1))


async def send(chat: Chat) -> None:
    """Send it as it is now."""
    await open_it(chat)
    await chat.press(Confirm(OFFICE, 1))
    press = next(p for p in chat.presses if isinstance(p, Send))
    await chat.press(press)


async def stored(chat: Chat) -> Announcement:
    """Return it as the ledger has it."""
    async with chat.assistant.db.read() as c:
        found = await announcements.get(c, 1)
    assert found is not None
    return found


async def stage(chat: Chat) -> Stage:
    """Return how far it is."""
    return (await stored(chat)).stage


async def texts(chat: Chat) -> dict[Language, Content]:
    """Return its texts."""
    async with chat.assistant.db.read() as c:
        return await announcements.texts(c, 1)


def copies(chat: Chat, text: str = "Приходите") -> int:
    """Count the messages of a person's chat that say so."""
    return sum(text in said for said in chat.person.said)
