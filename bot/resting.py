"""Resting: after which attempts a chat is let alone, and for how long."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from telegram.error import RetryAfter

from bot.outcomes import Outcome, asked_wait, classify
from bot.settling import COMMON, Attempt
from storage import Connection, rests
from storage.rests import ChatLimits

UNCOUNTED: Final = frozenset({"react", "rights"})
"""Deeds that put nothing into a group. To open, close or reopen a topic does: a line that says so.
"""

SHOWN: Final = ("text", "media", "image", "chart", "file", "deed")


async def rest(
    c: Connection, attempts: Iterable[Attempt], limits: ChatLimits, now: datetime
) -> list[datetime]:
    """Count what left for its chats, and keep the pauses that Telegram asked for.

    Return when chats that rest now may be written to again.
    """
    counted: set[int] = set()
    pauses: list[datetime] = []
    for attempt in attempts:
        if isinstance(attempt.error, RetryAfter):
            pauses.append(now + asked_wait(attempt.error))
            await rests.pause(c, attempt.row.chat_id, pauses[-1], now)
        elif _counts(attempt):
            counted.add(attempt.row.chat_id)
    return pauses + await rests.count(c, counted, limits, now)


def _counts(attempt: Attempt) -> bool:
    """Tell whether Telegram counts it, or may, to the messages of its chat.

    Edits and sent messages share the limit of a chat, and a new topic is a message; what answers a
    press is free, and so is a reaction. (So says the author of Telegram's server: tdlib/td 2592 and
    3034, tdlib/telegram-bot-api 648.) A person's own presses make the edits in their chat, and
    short bursts are tolerated there: those are not counted, or every press would cost a write. Nor
    are copies for many, of which a person has one.
    """
    row, body = attempt.row, attempt.row.body
    arrived = not attempt.needless and classify(attempt.error) in {Outcome.OK, Outcome.UNCERTAIN}
    if not arrived or row.kind == "commands" or body.get("deed") in UNCOUNTED:
        return False
    if row.chat_id < 0:
        return any(body.get(part) for part in SHOWN)
    rewritten = body.get("edit") or body.get("copy")
    return row.lane not in COMMON and (not rewritten or rewritten != attempt.message_id)
