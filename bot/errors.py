"""Errors: a short code joins what the person sees, the log and the message to administrators."""

from __future__ import annotations

import base64
import hashlib
import traceback
from collections.abc import Callable, Collection
from datetime import datetime
from html import escape
from typing import Any, Final

import structlog

from bot.logs import tell_failure
from erasmus.words import Language
from locales import language_of
from storage import Connection, Database, deliveries, inbox, people
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
        if not _waits(arrival):
            return
        user, query = _asker(arrival)
        person = await people.find(c, user["id"]) if "id" in user else None
        guess = language_of(user.get("language_code"))
        body = self._apology(person.language if person else guess or Language.RU, code)
        if query is not None:
            body["callback"] = query
        if arrival.chat_id < 0:  # others read there, too: the button alone answers
            body |= {"text": "", "keyboard": []}
        key = f"u{arrival.update_id}:error"
        draft = Draft(key, Lane.REPLY, arrival.chat_id, "screen", body, due_at=now)
        await deliveries.put(c, draft, now)


def _waits(arrival: Arrival) -> bool:
    """Tell whether somebody asked for something: pressed a button, or wrote in private.

    Nobody did who edited, joined or left, or who writes in a group; nor does Telegram, which
    tells of its own doings by messages without any content.
    """
    if arrival.payload.get("callback_query"):
        return True
    return arrival.chat_id > 0 and not CONTENTS.isdisjoint(arrival.payload.get("message") or ())


def _asker(arrival: Arrival) -> tuple[dict[str, Any], str | None]:
    """Return who waits, as Telegram tells it, and the button to be answered, if it was one."""
    query = arrival.payload.get("callback_query") or {}
    asked = query or arrival.payload.get("message") or {}
    return asked.get("from") or {}, query.get("id")
