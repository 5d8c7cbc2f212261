"""Rests: until when a chat is not written to, whichever process writes.

Telegram limits every chat, and a group to twenty messages a minute; it names the limits and keeps
the right to others. What left is counted when its answer has come, which is later than Telegram
counted it, so a claim that waits for the end of a rest is never early. Nothing is claimed for a
chat that rests: its rows stay in the queue, in their order, and hold up nobody else's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypeAlias

from sqlalchemy import BindParameter, ColumnElement, Row, bindparam, delete, exists, or_, select

from storage.database import Connection, Insert, InsertInto, for_both
from storage.models import rests

SKEW: Final = timedelta(seconds=5)
"""So far apart the clocks of two processes may be. Further back, a clock was set back."""

REMEMBERED: Final = 20


@dataclass(frozen=True, slots=True)
class Rule:
    """Once `most` messages have left within `seconds`, the chat rests.

    It does so until the first of them is so old, or, with `apart`, so long after the last.
    """

    most: int
    seconds: float
    apart: float | None = None

    def until(self, left: list[float]) -> float:
        """Return when the next may leave after those that left, in order."""
        if len(left) < self.most or left[-1] - left[-self.most] >= self.seconds:
            return 0.0
        return left[-self.most] + self.seconds if self.apart is None else left[-1] + self.apart


Rules: TypeAlias = tuple[Rule, ...]

BURST: Final = Rule(3, 3.15, apart=1.05)
"""One a second; a few at once are tolerated."""


@dataclass(frozen=True, slots=True)
class ChatLimits:
    """How fast a person and a group may be written to.

    A quiet group is answered at once; a busy one evenly, so that nobody in it waits long.
    """

    person: Rules = (BURST,)
    group: Rules = (BURST, Rule(10, 63.0, apart=3.15), Rule(20, 63.0))

    def until(self, chat_id: int, left: list[float]) -> float:
        """Return when a chat may be written to again."""
        rules = self.group if chat_id < 0 else self.person
        return max((rule.until(left) for rule in rules), default=0.0)


TELEGRAM: Final = ChatLimits()
NO_LIMITS: Final = ChatLimits((), ())
"""For a clock that stands still."""

_READ = (
    select(rests.c.chat_id, rests.c.since, rests.c.until, rests.c.departures)
    .where(rests.c.chat_id.in_(bindparam("chats", expanding=True)))
    .order_by(rests.c.chat_id)  # in one order everywhere, or two would wait for each other
    .with_for_update()
)
_IDLE = delete(rests).where(
    or_(rests.c.until < bindparam("before"), rests.c.since > bindparam("future"))
)


def _write(insert: InsertInto) -> Insert:
    row = insert(rests)
    return row.on_conflict_do_update(
        index_elements=[rests.c.chat_id],
        set_={name: row.excluded[name] for name in ("since", "until", "departures")},
    )


_WRITE = for_both(_write)


def resting(
    chat: ColumnElement[int] | BindParameter[int], now: BindParameter[datetime]
) -> ColumnElement[bool]:
    """Say that a chat rests at a moment. A rest that begins in the future is none."""
    return exists().where(rests.c.chat_id == chat, rests.c.since <= now, rests.c.until > now)


async def count(
    c: Connection, chats: Iterable[int], limits: ChatLimits, now: datetime
) -> list[datetime]:
    """Count a message to each of some chats; return when those that rest now may go on."""
    sent = sorted(chats)
    if not sent:
        return []
    known = {row.chat_id: row for row in await c.execute(_READ, {"chats": sent})}
    written = [_counted(chat_id, known.get(chat_id), limits, now) for chat_id in sent]
    await c.execute(_WRITE(c), written)
    ends: list[datetime] = [row["until"] for row in written]
    return [until for until in ends if until > now]


async def pause(c: Connection, chat_id: int, until: datetime, now: datetime) -> None:
    """Let a chat rest for as long as Telegram asks."""
    known = (await c.execute(_READ, {"chats": [chat_id]})).one_or_none()
    row = {"chat_id": chat_id, "since": now - SKEW, "until": until}
    await c.execute(_WRITE(c), row | {"departures": known.departures if known else []})


async def purge(c: Connection, before: datetime, now: datetime) -> int:
    """Forget chats that have been written to freely since a moment; return how many."""
    return (await c.execute(_IDLE, {"before": before, "future": now})).rowcount


def _counted(
    chat_id: int, known: Row[Any, Any, Any, Any] | None, limits: ChatLimits, now: datetime
) -> dict[str, Any]:
    """Return the row of a chat to which one more message has left now."""
    at = now.timestamp()
    before = [] if known is None else known.departures
    # A clock that was set back must not stop a chat until it has caught up.
    left = [*(min(moment, at) for moment in before), at][-REMEMBERED:]
    until = datetime.fromtimestamp(max(at, limits.until(chat_id, left)), tz=UTC)
    if known is not None and known.since <= now:
        until = max(until, known.until)
    return {"chat_id": chat_id, "since": now - SKEW, "until": until, "departures": left}
