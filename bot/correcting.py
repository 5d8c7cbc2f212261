"""Correcting: copies that arrived are written anew, or taken back, some at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import ceil

import structlog

from bot.announcing import AHEAD, brake
from bot.clock import Clock
from erasmus.announcements import Correction, Stage
from erasmus.limits import Limits
from erasmus.waves import Trouble
from storage import Connection, Database, announcements, copies, corrections
from storage.deliveries import Delivery, State

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Corrector:
    """Brings corrections and recalls further; keeps nothing between two looks."""

    db: Database
    clock: Clock
    limits: Limits

    async def tick(self) -> bool:
        """Put the edits of the next seconds; tell whether anything was to be done."""
        async with self.db.read() as c:
            waiting = await corrections.in_stage(c, [Stage.SENDING])
        moved = [await self._further(one) for one in waiting]
        return any(moved)

    async def _further(self, one: Correction) -> bool:
        now = self.clock.now()
        async with self.db.write() as c:
            found = await corrections.lock(c, one.id)
            if found is None or found.stage is not Stage.SENDING:
                return False
            await copies.settle_gone(c, found.batch, now)
            if await _brake(c, found):
                return True
            progress = await copies.progress(c, found.batch)
            room = self._room - progress.of(State.QUEUED)
            if room <= 0:
                return False
            moved = await copies.release(c, found.batch, room, now)
            if moved < room:
                moved += await corrections.expand(c, found, room - moved, now)
            return moved > 0 or (not progress.waiting and await _end(c, found, now))

    @property
    def _room(self) -> int:
        return ceil(self.limits.per_second * AHEAD.total_seconds())


async def look_after_refusal(c: Connection, row: Delivery, now: datetime) -> None:
    """Stop what a row belongs to that Telegram found wrong, if it was not the first of them."""
    if "correction" in row.body:
        correction = await corrections.lock(c, row.body["correction"])
        if correction is not None and correction.stage is Stage.SENDING:
            await _brake(c, correction)
    elif "announcement" in row.body:
        one = await announcements.lock(c, row.body["announcement"])
        if one is not None and one.stage is Stage.SENDING:
            await brake(c, one, now)


async def _brake(c: Connection, one: Correction) -> bool:
    seen = (await copies.seen(c, one.batch)).since(one.judged)
    if seen.trouble is not Trouble.REFUSED:
        return False  # people who are gone need no correction
    await corrections.brake(c, one.id, Trouble.REFUSED)
    log.warning("correction stopped by itself", id=one.id)
    return True


async def _end(c: Connection, one: Correction, now: datetime) -> bool:
    """End it, unless copies with an old text may still arrive, or did behind the cursor."""
    if one.cursor or await copies.on_their_way(c, one.of, one.version):
        return False
    await corrections.move(c, one.id, Stage.DONE, ended_at=now)
    log.info("correction ended", id=one.id)
    return True
