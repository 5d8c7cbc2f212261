"""Errors: a short code joins what the person sees, the log and the message to administrators."""

from __future__ import annotations

import base64
import hashlib
import traceback
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from html import escape
from typing import Any, Final

import structlog

from bot.logs import tell_failure
from erasmus.words import Language
from locales import language_of
from storage import Connection, Database, deliveries, inbox, members, people, questions
from storage.deliveries import Draft, Lane
from storage.inbox import Arrival

ROOMS: Final = ("bot", "handlers", "storage", "locales", "erasmus")
log = structlog.get_logger(__name__)

CONTENTS: Final = frozenset(
    {"text", "caption", "photo", "document", "voice", "audio", "video", "video_note"}
    | {"animation", "sticker", "contact", "location", "poll"}
)
"""What a message of a person has at least one of."""

Apology = Callable[[Language, str], dict[str, Any]]
"""Makes the body of the message that asks for patience and names the code."""


def code_of(error: BaseException) -> str:
    """Return four signs that are the same for the same fault, whoever met it.

    They come from the kind of the error and the last place in our own code, not from its text.
    """
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f for f in frames if any(f"/{room}/" in f.filename for room in ROOMS)]
    place = f"{ours[-1].filename.rsplit('/', 2)[-1]}:{ours[-1].name}" if ours else ""
    digest = hashlib.sha256(f"{type(error).__qualname__}@{place}".encode()).digest()
    return base64.b32encode(digest)[:4].decode()


async def tell_admins(
    c: Connection, admins: Collection[int], code: str, text: str, now: datetime
) -> None:
    """Put one message for each administrator.

    A code is told once, and again only when it comes up after its row is deleted, days later.
    """
    for admin in admins:
        body = {"text": f"<b>{code}</b> {escape(text)}"}
        draft = Draft(f"e{code}:{admin}", Lane.STAFF, admin, "screen", body, due_at=now)
        await deliveries.put(c, draft, now)


class Faults:
    """Sets updates aside that crash again and again, and tells those who should know."""

    def __init__(
        self,
        db: Database,
        now: Callable[[], datetime],
        admins: Collection[int],
        apology: Apology,
        wake: Callable[[], None],
    ) -> None:
        """`wake` makes the sender look at what was put."""
        self._db, self._now, self._admins = db, now, admins
        self._apology, self._wake = apology, wake

    async def set_aside(self, arrival: Arrival, error: Exception) -> None:
        """Mark an update failed, apologise to the person with the code, tell administrators."""
        code, now = code_of(error), self._now()
        tell_failure(log, "update set aside", error, update=arrival.update_id, code=code)
        text = f"An update failed {arrival.attempts} times: {type(error).__name__}. See the log."
        async with self._db.write() as c:
            if not await inbox.failed(c, arrival.update_id, f"{code} {type(error).__name__}", now):
                return  # another process came to an end with it
            await self._apologise(c, arrival, code, now)
            await tell_admins(c, self._admins, code, text, now)
        self._wake()

    async def _apologise(self, c: Connection, arrival: Arrival, code: str, now: datetime) -> None:
        if not await _waits(c, arrival):
            return
        body = self._apology(await reader_of(c, arrival), code)
        body |= beside_a_press(arrival) if arrival.chat_id > 0 else _in_group(arrival)
        key = f"u{arrival.update_id}:error"
        draft = Draft(key, Lane.REPLY, arrival.chat_id, "screen", body, due_at=now)
        await deliveries.put(c, draft, now)


async def reader_of(c: Connection, arrival: Arrival) -> Language:
    """Return the language of whoever sent an update, by what is known of them."""
    user = _asked(arrival).get("from") or {}
    person = await people.find(c, user["id"]) if "id" in user else None
    guess = language_of(user.get("language_code"))
    return person.language if person else guess or Language.RU


def beside_a_press(arrival: Arrival) -> dict[str, Any]:
    """Return what answers the button as well, where an update is a press."""
    query = arrival.payload.get("callback_query")
    return {"callback": query["id"]} if query else {}


async def _waits(c: Connection, arrival: Arrival) -> bool:
    """Tell whether somebody asked for something: pressed a button, wrote in private, or answered.

    Nobody did who edited, joined or left, or who writes in a group to others; nor does Telegram,
    which tells of its own doings by messages without any content.
    """
    asked = _asked(arrival)
    if "callback_query" in arrival.payload:
        return True
    if CONTENTS.isdisjoint(asked):
        return False
    return arrival.chat_id > 0 or await _answers_a_student(c, arrival.chat_id, asked)


async def _answers_a_student(c: Connection, group_id: int, message: Mapping[str, Any]) -> bool:
    """Tell whether a member wrote where a student's question stands: it was not passed on."""
    if not (message.get("is_topic_message") or message.get("reply_to_message")):
        return False
    who = (message.get("from") or {}).get("id", 0)
    offices = await questions.offices_in(c, group_id)
    return any([await members.role_of(c, office, who) for office in offices])


def _asked(arrival: Arrival) -> Mapping[str, Any]:
    """Return the press or the message; nothing for any other update."""
    return arrival.payload.get("callback_query") or arrival.payload.get("message") or {}


def _in_group(arrival: Arrival) -> dict[str, Any]:
    """Return what keeps an apology to the one who asked: on the button, or as a reply."""
    asked = _asked(arrival)
    if "callback_query" in arrival.payload:
        return {"callback": asked["id"], "text": "", "keyboard": []}
    thread = asked.get("message_thread_id") if asked.get("is_topic_message") else None
    return {"keyboard": [], "reply": asked.get("message_id"), "thread": thread}
