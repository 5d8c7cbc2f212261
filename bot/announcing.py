"""Announcing: what was confirmed is brought to its readers, wave by wave, in short transactions.

Every step looks at the ledger, locks its announcement, does a little and commits: a process that
is killed anywhere is followed by one that goes on at the cursor. Pauses and stops are done by the
presses themselves; here nothing is let go that is not being sent.
"""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Final

import structlog

from bot.clock import Clock
from erasmus.announcements import Announcement, By, Stage
from erasmus.limits import Limits
from erasmus.offices import Office
from erasmus.waves import Trouble, Wave
from storage import Connection, Database, announcements, audiences, copies, offices
from storage.copies import Progress
from storage.deliveries import State

CHUNK: Final = 500
"""Recipients in one transaction: short enough that nobody's press waits for it."""

SWEEP: Final = 2000
"""Held copies that are withdrawn in one transaction after a stop."""

AHEAD: Final = timedelta(seconds=5)
"""For so long there is enough in the queue; a pause has to take back no more."""

LONGEST_FREEZING: Final = 1.0
"""Seconds; then others have their turn, too."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Announcer:
    """Brings announcements from stage to stage; keeps nothing between two looks."""

    db: Database
    clock: Clock
    limits: Limits

    async def tick(self) -> bool:
        """Bring everything a little further; tell whether anything was to be done."""
        async with self.db.read() as c:
            waiting = await announcements.to_do(c, self.clock.now())
        moved = [await self._further(one) for one in waiting]
        return any(moved)

    async def _further(self, one: Announcement) -> bool:
        if one.stage is Stage.STOPPED:
            return await self._clear(one)
        if one.stage is Stage.SCHEDULED and not await self._begin(one):
            return False
        froze = await self._freeze(one)
        return await self._let_go(one) or froze

    async def _begin(self, one: Announcement) -> bool:
        now = self.clock.now()
        async with self.db.write() as c:
            if not await _may_leave(c, one, now):
                return False
            by = By(None, now)
            begun = await announcements.move(c, one.id, Stage.SENDING, by, started_at=now)
        log.info("announcement begins", id=one.id, begun=begun is not None)
        return begun is not None

    async def _freeze(self, one: Announcement) -> bool:
        """Make copies of recipients who have none yet, for a while."""
        end = time.monotonic() + LONGEST_FREEZING
        some = False
        while time.monotonic() < end and await self._freeze_some(one):
            some = True
        return some

    async def _freeze_some(self, one: Announcement) -> bool:
        """Make some; tell whether any were missing."""
        now = self.clock.now()
        async with self.db.write() as c:
            found, office = await _locked(c, one)
            if found is None or office is None or found.expanded_at is not None:
                return False
            recipients = await audiences.chunk(
                c,
                office,
                found.audience,
                found.topic,
                now,
                after=found.cursor,
                limit=CHUNK,
                known_by=found.confirmed_at or now,
            )
            trouble = await self._more_than_confirmed(c, found, len(recipients))
            if trouble is not None:
                await announcements.brake(c, found.id, trouble, now)
                return False
            await copies.freeze(c, found, recipients, now)
            await announcements.note(
                c,
                found.id,
                cursor=recipients[-1].id if recipients else found.cursor,
                expanded_at=now if len(recipients) < CHUNK else None,
                zones=tuple(sorted({*found.zones, *(one.zone for one in recipients)})),
            )
        return True

    async def _more_than_confirmed(
        self, c: Connection, one: Announcement, more: int
    ) -> Trouble | None:
        """Say why so many recipients are more than what was confirmed holds for."""
        total = (await copies.progress(c, one.batch)).total + more
        if one.paid and not self.limits.may_pay(total):
            return Trouble.TOO_DEAR
        were_few = one.recipients is not None and not self.limits.needs_two(one.recipients)
        if were_few and one.second_by is None and self.limits.needs_two(total):
            return Trouble.TOO_MANY
        return None

    async def _let_go(self, one: Announcement) -> bool:
        """Queue as many copies as may leave in the next seconds; end what is over."""
        now = self.clock.now()
        async with self.db.write() as c:
            found, office = await _locked(c, one)
            if found is None or office is None:
                return False
            await copies.settle_gone(c, found.batch, now)
            progress = await copies.progress(c, found.batch)
            if await brake(c, found, now):
                return True
            if found.expanded_at is not None and not progress.waiting:
                await _end(c, found, Stage.DONE, now)
                return True
            zones = _open_zones(found, office, now)
            if zones is not None:
                closed = [zone for zone in found.zones if zone not in zones]
                await copies.hold_zones(c, found.batch, closed)
            number = await self._room(c, found, progress, now)
            if number <= 0:
                return False
            released = await copies.release(
                c, found.batch, number, now, version=found.version, zones=zones
            )
            await copies.withdraw_opted_out(c, found.batch, found.topic, now)
            return released > 0

    async def _room(
        self, c: Connection, one: Announcement, progress: Progress, now: datetime
    ) -> int:
        """Return how many copies may be queued: the first wave alone, then some seconds' worth."""
        if one.waved_at is None:
            under_way = progress.of(State.QUEUED, State.SENDING)
            wave = Wave(
                progress.total - progress.of(State.HELD),
                under_way,
                now - (one.started_at or now),
            )
            if not wave.over:
                return wave.left
            await announcements.note(c, one.id, waved_at=now)
        rate = self.limits.paid_per_second if one.paid else self.limits.per_second
        return ceil(rate * AHEAD.total_seconds()) - progress.of(State.QUEUED)

    async def _clear(self, one: Announcement) -> bool:
        """Withdraw what a stopped announcement still holds."""
        now = self.clock.now()
        async with self.db.write() as c:
            if await copies.cancel_held(c, one.batch, SWEEP, now):
                return True
            # What was on its way at the stop may have come back into the queue.
            await copies.cancel_queued(c, one.batch, now)
            if not (await copies.progress(c, one.batch)).waiting:
                await announcements.note(c, one.id, ended_at=now)
        return True


async def _locked(c: Connection, one: Announcement) -> tuple[Announcement | None, Office | None]:
    """Return an announcement as it is now, if it is still being sent, and its office."""
    found = await announcements.lock(c, one.id)
    if found is None or found.stage is not Stage.SENDING:
        return None, None
    return found, await offices.get(c, found.office_id)


async def brake(c: Connection, one: Announcement, now: datetime) -> bool:
    """Stop a locked announcement that is being sent, if its outcomes speak against going on."""
    trouble = (await copies.seen(c, one.batch)).since(one.judged).trouble
    if trouble is None:
        return False
    await announcements.brake(c, one.id, trouble, now)
    log.warning("announcement stopped by itself", id=one.id, trouble=trouble.value)
    return True


async def _end(c: Connection, one: Announcement, stage: Stage, now: datetime) -> None:
    await announcements.move(c, one.id, stage, By(None, now), ended_at=now)
    log.info("announcement ended", id=one.id, stage=stage.value)


async def _may_leave(c: Connection, one: Announcement, now: datetime) -> bool:
    office = await offices.get(c, one.office_id)
    if office is None:
        return False
    return one.window is None or one.window.readers or one.window.is_open(now, office.zone)


def _open_zones(one: Announcement, office: Office, now: datetime) -> Collection[str] | None:
    """Return the zones to whose readers copies may leave now; None: to all."""
    window = one.window
    if window is None:
        return None
    if not window.readers:
        return None if window.is_open(now, office.zone) else ()
    return [zone for zone in one.zones if window.is_open(now, zone)]
