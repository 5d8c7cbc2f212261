"""Planning: follows and calls become rows that are due, and old rows go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

import structlog

from bot.clock import Clock, zone_version
from bot.figures import Figures
from erasmus.announcements import CORRECTABLE
from erasmus.calls import Call
from erasmus.library import Library
from erasmus.plans import ItemState, Progress, plan
from erasmus.reminders import Moment, deadline_moments, start_by_moment
from handlers.questions import further
from handlers.staff.nudging import nudge
from storage import (
    Connection,
    Database,
    call_news,
    calls,
    deliveries,
    drafts,
    follows,
    inbox,
    invitations,
    live_messages,
    marks,
    planned,
    rests,
    ticks,
)
from storage.deliveries import MEANT_FOR, Draft, Lane
from storage.follows import Follow
from storage.people import Person

BATCH: Final = 100
"""Follows in one transaction: short enough that nobody's press waits for it."""

ZONES: Final = "zones"
"""The mark of the zone data that reminders were planned with."""

KEEP_RESTS: Final = timedelta(hours=1)
KEEP_UPDATES: Final = timedelta(hours=48)
KEEP_REPLIES: Final = timedelta(hours=48)
KEEP_INVITATIONS: Final = timedelta(days=7)
"""So long whoever opens a link too late reads that it was good once."""
KEEP_DELIVERIES: Final = timedelta(days=90)
KEEP_COPIES: Final = CORRECTABLE + KEEP_DELIVERIES
"""A copy can be corrected only while it is known where it arrived."""

PlanProgress: TypeAlias = dict[str, dict[str, Progress]]
"""By plan, then by item."""

log = structlog.get_logger(__name__)


class Planner:
    """Looks at follows whose plan is out of date and puts all their reminders, however far ahead.

    A follow is marked planned in the transaction that puts its rows, so that any number of
    processes may plan, and be killed, at any time. A standstill of any length loses nothing: what
    fell due meanwhile is a row, which is sent late or expires and is counted.
    """

    def __init__(
        self, db: Database, library: Library, clock: Clock, figures: Figures | None = None
    ) -> None:
        """Start nothing; `tick` does one look."""
        self._db, self._library, self._clock = db, library, clock
        self._figures = figures or Figures()
        self._stopping = False

    def stop(self) -> None:
        """End a tick that goes on after its present batch."""
        self._stopping = True

    async def tick(self) -> None:
        """Plan what is out of date, a batch at a time; give up what is too late; remind offices."""
        await self._follow_zones()
        while not self._stopping and await self._plan_some():
            continue
        async with self._db.write() as c:
            expired = await deliveries.expire(c, self._clock.now())
            await nudge(c, self._clock.now())
        self._figures.expired.inc(expired)
        if expired:
            log.warning("reminders expired unsent", number=expired)

    async def recover(self, *, everything: bool = False) -> int:
        """Queue again what a process that ended had claimed; return how many.

        `everything` also takes leases that still run: right only for a process that is alone.
        """
        async with self._db.write() as c:
            recovered = await deliveries.recover(c, self._clock.now(), everything=everything)
        if recovered:
            log.warning("deliveries recovered", number=recovered)
        return recovered

    async def purge(self) -> None:
        """Delete what nobody needs any more."""
        now = self._clock.now()
        async with self._db.write() as c:
            await inbox.purge(c, now - KEEP_UPDATES)
            await invitations.purge(c, now - KEEP_INVITATIONS)
            await drafts.purge(c, further.KIND, now - KEEP_UPDATES)
            await rests.purge(c, now - KEEP_RESTS, now)
            await deliveries.purge(c, [Lane.REPLY, Lane.STAFF], now - KEEP_REPLIES)
            await deliveries.purge(c, [Lane.REMINDER, Lane.CORRECTION], now - KEEP_DELIVERIES)
            await deliveries.purge(c, [Lane.ANNOUNCEMENT], now - KEEP_COPIES)
            await live_messages.purge(c, now - KEEP_COPIES)

    async def _follow_zones(self) -> None:
        """Have everything planned anew, once, when a country has moved its clocks.

        A process that still has older zones, while others are replaced, changes nothing back.
        """
        version = zone_version()
        async with self._db.write() as c:
            if await marks.raised(c, ZONES, version):
                log.info("reminders follow new time zones", version=version)
                await planned.outdate_open(c, self._clock.now())

    async def _plan_some(self) -> bool:
        """Plan one batch; tell whether there was any."""
        async with self._db.write() as c:
            now = self._clock.now()
            rows = await follows.to_plan(c, now, BATCH)
            if not rows:
                return False
            theirs = [(follow.person_id, follow.call_id) for _, follow, _ in rows]
            await deliveries.withdraw_planned(c, theirs, "reminder", now)
            progress = await _progress(c, {person.id: person for person, _, _ in rows}.values())
            drafts = [
                draft
                for person, follow, call in rows
                for draft in self._drafts(person, follow, call, progress[person.id], now)
            ]
            await deliveries.put_all(c, drafts, now)
        return True

    def _drafts(
        self, person: Person, follow: Follow, call: Call, progress: PlanProgress, now: datetime
    ) -> Iterator[Draft]:
        since = follow.planned_at or follow.followed_at
        for moment in self._moments(person, call, progress, now):
            if moment.at >= since:
                yield _reminder(person, call, moment)

    def _moments(
        self, person: Person, call: Call, progress: PlanProgress, now: datetime
    ) -> list[Moment]:
        ladder = deadline_moments(call, person.zone, person.ladder)
        return [*ladder, *self._start_by(person, call, progress, now)]

    def _start_by(
        self, person: Person, call: Call, progress: PlanProgress, now: datetime
    ) -> Iterator[Moment]:
        """Yield the moments at which papers must be begun."""
        action = self._library.actions.get(call.action)
        if action is None or action.checklist is None:
            return
        today = now.astimezone(ZoneInfo(person.zone)).date()
        case = self._library.case(person.facts, today)
        items = self._library.checklists[action.checklist].for_case(case)
        planned = plan(items, progress.get(f"c.{call.id}", {}), call.safe_day(person.zone), today)
        for paper in planned.before:
            if paper.state is ItemState.OPEN and paper.start_by is not None:
                yield start_by_moment(paper.item.id, paper.start_by, person.zone, call.closes)


async def seed(c: Connection, known: Iterable[Call], now: datetime) -> None:
    """Put the calls of the content into the ledger; tell followers of dates that moved."""
    stored = {call.id: call for call in await calls.shared(c)}
    for call in known:
        before = stored.get(call.id)
        if before is not None and replace(call, revision=before.revision) == before:
            continue
        if await calls.put(c, call, now) and before is not None:
            await call_news.tell(c, before, now)


def _reminder(person: Person, call: Call, moment: Moment) -> Draft:
    return Draft(
        key=f"r{person.id}:{call.id}:{call.revision}:{moment.occasion}",
        lane=Lane.REMINDER,
        chat_id=person.id,
        kind="reminder",
        body={MEANT_FOR: moment.at.isoformat()},
        due_at=moment.at,
        valid_until=moment.valid_until,
        call_id=call.id,
        revision=call.revision,
        occasion=moment.occasion,
    )


async def _progress(c: Connection, persons: Iterable[Person]) -> dict[int, PlanProgress]:
    """Return how far people are with each item of each plan; days are those of their zones."""
    zones = {person.id: ZoneInfo(person.zone) for person in persons}
    progress: dict[int, PlanProgress] = {person_id: {} for person_id in zones}
    for person_id, found in (await ticks.of_people(c, list(zones))).items():
        for tick in found:
            since = tick.since.astimezone(zones[person_id]).date()
            plans = progress[person_id].setdefault(tick.plan, {})
            plans[tick.item] = Progress(tick.state, since)
    return progress
