"""Calls at the desk: texts that offices paste, and the steps from one to a published call."""

from __future__ import annotations

from datetime import datetime

from erasmus.calls import Call
from erasmus.offices import Role
from erasmus.words import Language
from handlers.codec import Press
from handlers.presses import ShowCall
from handlers.staff.calls.presses import (
    ConfirmDate,
    NewCall,
    OfficeCalls,
    PublishCall,
    SetCallAction,
)
from storage import Database, calls, drafts, members, people
from tests.chats import Chat

OFFICE = "kg-neo"
TEXTS = {
    Language.RU: (
        "Обмен в Гранаде, весна 2027\nЗаявки на обмен до 15.02.2027, 18:00 по времени Бишкека.\n"
        "Подробнее: https://example.org/granada"
    ),
    Language.KY: (
        "Гранада университетинде алмашуу\nӨтүнмөлөр 2027-жылдын 15-февралына чейин, саат 18:00гө "
        "чейин (Бишкек убактысы боюнча) кабыл алынат. https://example.org/granada"
    ),
    Language.KK: (
        "Гранада університетінде алмасу\nӨтінімдер 2027 жылғы 15 ақпанға дейін, Бишкек уақыты "
        "бойынша сағат 18:00-ге дейін қабылданады. https://example.org/granada"
    ),
    Language.EN: (
        "Exchange in Granada\nApply by 15 February 2027, 18:00 Bishkek time. "
        "Details: https://example.org/granada"
    ),
}
"""One call in each language, with everything that a draft needs."""


async def employ(db: Database, person_id: int, role: Role, now: datetime) -> None:
    """Give a person a role, at an office that has an owner."""
    async with db.write() as c:
        await people.greet(c, 1, Language.EN, "Asia/Bishkek", now)
        await members.put(c, OFFICE, 1, Role.OWNER, now, name="Owner")
        await members.put(c, OFFICE, person_id, role, now, name="Бермет")


async def enter(chat: Chat, db: Database, language: Language = Language.EN) -> Chat:
    """Let somebody settle in and come to the desk's calls as a publisher."""
    await chat.settle_in(language, "staff")
    await employ(db, chat.person.id, Role.PUBLISHER, chat.clock.now())
    await chat.send("/desk")
    await chat.press(OfficeCalls(OFFICE))
    return chat


def only(chat: Chat, kind: type[Press]) -> Press:
    """Return the one button of a kind that is on the screen."""
    (press,) = [press for press in chat.presses if isinstance(press, kind)]
    return press


async def paste(chat: Chat, text: str = TEXTS[Language.EN]) -> None:
    """Send the text of a new call, and choose its action if that is asked."""
    await chat.press(NewCall(OFFICE))
    await chat.send(text)
    await choose_action(chat)


async def choose_action(chat: Chat) -> None:
    """Take the first action that is offered, if any is."""
    found = [press for press in chat.presses if isinstance(press, SetCallAction)]
    if found:
        await chat.press(found[0])


async def confirm_and_publish(chat: Chat) -> None:
    """Confirm the only date of a draft, and publish it."""
    await chat.press(only(chat, ConfirmDate))
    await chat.press(only(chat, PublishCall))


async def publish(chat: Chat) -> str:
    """Paste a text, confirm its date and publish it; return the call's id."""
    await paste(chat)
    await confirm_and_publish(chat)
    return published_id(chat)


def published_id(chat: Chat) -> str:
    """Return the call that was just published."""
    return next(press.call for press in chat.presses if isinstance(press, ShowCall))


async def stored(db: Database, call_id: str) -> Call:
    """Return a call that is there."""
    async with db.read() as c:
        call = await calls.get(c, call_id)
    assert call is not None
    return call


async def of_office(db: Database) -> list[Call]:
    """Return what the office has published."""
    async with db.read() as c:
        return await calls.of_office(c, OFFICE)


async def open_drafts(db: Database) -> list[drafts.StoredDraft]:
    """Return the office's drafts of calls."""
    async with db.read() as c:
        return await drafts.of_office(c, OFFICE, "call")
