"""Live messages: each shows one person how far an announcement or a correction is.

It is only ever edited, so whoever dies while telling leaves nothing behind that is not true.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update

from storage.columns import Utc
from storage.database import Connection, Insert, InsertInto, for_both
from storage.models import live_messages


@dataclass(frozen=True, slots=True)
class LiveMessage:
    """Who is shown what in which message (None: it has to be sent first).

    `shown_by` is the key of the newest delivery that shows it.
    """

    batch: str
    chat_id: int
    message_id: int | None
    shown_by: str | None


COLUMNS = tuple(live_messages.c[field.name] for field in fields(LiveMessage))
_OF_BATCH = live_messages.c.batch == bindparam("of")
_OF = select(*COLUMNS).where(_OF_BATCH).order_by(live_messages.c.chat_id)
_FORGET = delete(live_messages).where(_OF_BATCH)
_LEAVE = delete(live_messages).where(
    live_messages.c.chat_id == bindparam("whose"),
    live_messages.c.message_id == bindparam("which"),
)
_NOTE = (
    update(live_messages)
    .where(_OF_BATCH, live_messages.c.chat_id == bindparam("whose"))
    .values(message_id=bindparam("which"), shown_by=bindparam("named"))
)
_PURGE = delete(live_messages).where(live_messages.c.since < bindparam("before", type_=Utc))


def _show(insert: InsertInto) -> Insert:
    row = insert(live_messages)
    return row.on_conflict_do_update(
        index_elements=[live_messages.c.batch, live_messages.c.chat_id],
        set_={name: row.excluded[name] for name in ("message_id", "shown_by", "since")},
    )


_SHOW = for_both(_show)


async def show(
    c: Connection, batch: str, chat_id: int, message_id: int | None, now: datetime
) -> None:
    """Let a message of a person show it from now on, and nothing else; None: send one."""
    if message_id is not None:
        await c.execute(_LEAVE, {"whose": chat_id, "which": message_id})
    row = {"batch": batch, "chat_id": chat_id, "message_id": message_id, "since": now}
    await c.execute(_SHOW(c), row | {"shown_by": None})


async def of(c: Connection, batch: str) -> list[LiveMessage]:
    """Return the messages that show something."""
    return [LiveMessage(*row) for row in await c.execute(_OF, {"of": batch})]


async def note(c: Connection, live: LiveMessage) -> None:
    """Keep where a message is now, and by which delivery it was shown last."""
    row = {"of": live.batch, "whose": live.chat_id}
    await c.execute(_NOTE, row | {"which": live.message_id, "named": live.shown_by})


async def forget(c: Connection, batch: str) -> None:
    """Show it nowhere any more."""
    await c.execute(_FORGET, {"of": batch})


async def purge(c: Connection, before: datetime) -> None:
    """Delete what has been shown since before a moment."""
    await c.execute(_PURGE, {"before": before})
