"""What became of an announcement's copies, and sending again what is not known."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from erasmus.announcements import By, Stage, batch_of
from storage import copies
from storage.announcements.ledger import lock, recalled
from storage.announcements.stages import move
from storage.database import Connection
from storage.deliveries.rows import State


async def progress(c: Connection, announcement_id: int) -> copies.Progress:
    """Return how many copies stand where."""
    return await copies.progress(c, batch_of(announcement_id))


async def recipients(
    c: Connection, announcement_id: int, state: State, after: int, limit: int
) -> list[copies.Copy]:
    """Return a page of the copies in a state; it begins after the id of a delivery."""
    return await copies.listing(c, batch_of(announcement_id), state, after, limit)


async def unknown(c: Connection, announcement_id: int, limit: int = 100) -> list[copies.Copy]:
    """Return the copies that perhaps arrived."""
    return await copies.unknown(c, batch_of(announcement_id), limit)


async def send_again(
    c: Connection, announcement_id: int, delivery_ids: Collection[int], now: datetime
) -> int:
    """Send copies again that perhaps arrived; return how many were not sent again before.

    What had ended is under way again until they have left, and reaches nobody else. What was
    stopped a moment ago is not touched before the rest of it is withdrawn, and what was recalled
    never again.
    """
    found = await lock(c, announcement_id)
    if found is None or (found.stage is Stage.STOPPED and found.ended_at is None):
        return 0
    if await recalled(c, announcement_id):
        return 0
    again = sum([await copies.send_again(c, found, one, now) for one in delivery_ids])
    if again and found.ended_at is not None:
        over = found.expanded_at or now  # else a stop in the middle of freezing would be undone
        by = By(None, now)
        await move(c, announcement_id, Stage.SENDING, by, ended_at=None, expanded_at=over)
    return again
