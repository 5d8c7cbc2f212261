"""Copies are frozen: one for each recipient, held until the announcement lets it go."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from erasmus.announcements import Announcement
from storage.audiences import Recipient
from storage.copies.rows import KIND
from storage.database import Connection, for_both
from storage.deliveries.rows import Lane, State
from storage.models import deliveries

_FREEZE = for_both(
    lambda insert: insert(deliveries).on_conflict_do_nothing(index_elements=[deliveries.c.key])
)


async def freeze(
    c: Connection, announcement: Announcement, recipients: Iterable[Recipient], now: datetime
) -> None:
    """Make a held copy for each recipient; nobody gets a second one."""
    rows = [_row(announcement, recipient, now) for recipient in recipients]
    if rows:
        await c.execute(_FREEZE(c), rows)


def _row(announcement: Announcement, recipient: Recipient, now: datetime) -> dict[str, Any]:
    body = {"announcement": announcement.id, "language": recipient.language.value}
    return {
        "key": f"{announcement.batch}:{recipient.id}",
        "lane": Lane.ANNOUNCEMENT,
        "chat_id": recipient.id,
        "kind": KIND,
        "body": body | {"paid": True} if announcement.paid else body,
        "due_at": now,
        "state": State.HELD,
        "occasion": recipient.zone,
        "revision": announcement.version,
        "created_at": now,
        "batch": announcement.batch,
    }
