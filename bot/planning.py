"""Planning: follows and calls become rows that are due, and old rows go."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

import structlog

from bot.clock import Clock
from erasmus.calls import Call
from erasmus.library import Library
from erasmus.plans import ItemState, Progress, plan
from erasmus.reminders import Moment, deadline_moments, start_by_moment
from storage import Connection, Database, calls, deliveries, follows, inbox, ticks
from storage.deliveries import Draft, Lane
from storage.people import Person

HORIZON: Final = timedelta(hours=48)
"""How far ahead rows are put: a process that is down for less misses nothing."""

LOOK_BACK: Final = timedelta(hours=72)
"""How far back the first look after a start goes for what was missed."""

KEEP_UPDATES: Final = timedelta(hours=48)
KEEP_REPLIES: Final = timedelta(hours=48)
KEEP_DELIVERIES: Final = timedelta(days=90)

PlanProgress: TypeAlias = dict[str, dict[str, Progress]]
"""By plan, then by item."""

log = structlog.get_logger(__name__)


class Planner:
    """Looks at what people follow and puts what falls due within the horizon.

    Everything it does may be done again at any time: keys name person, call, revision, occasion.
    """

    def __init__(self, db: Database, library: Library, clock: Clock) -> None:
        """Start nothing; `tick` does one look."""
        self._db, self._library, self._clock = db, library, clock
        self._looked: datetime | None = None

    async def tick(self) -> None:
        """Put what falls due, withdraw what is stale, give up what is too late."""
        now = self._clock.now()
        async with self._db.read() as c:
            drafts = [draft async for draft in self._drafts(c, now)]
        async with self._db.write() as c:
            await deliveries.put_all(c, drafts, now)
            expired = await deliveries.expire(c, now)
        self._looked = now
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
            await deliveries.purge(c, [Lane.REPLY, Lane.STAFF], now - KEEP_REPLIES)
            await deliveries.purge(c, [Lane.REMINDER, Lane.ANNOUNCEMENT], now - KEEP_DELIVERIES)

    async def _drafts(self, c: Connection, now: datetime) -> AsyncIterator[Draft]:
        since = self._looked or now - LOOK_BACK
        following = [row for row in await follows.all_active(c) if not row[2].closed(now)]
        for person, rows in groupby(following, lambda row: row[0]):
            progress = await _progress(c, person)
            for _, follow, call in rows:
                moments = self._moments(person, call, progress, now)
                begun = max(since, follow.followed_at)
                for moment in worth_putting(moments, begun, now, now + HORIZON):
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


def worth_putting(
    moments: Iterable[Moment], since: datetime, now: datetime, until: datetime
) -> list[Moment]:
    """Return the moments between two times; of the ladder's missed ones only the last.

    After a standstill one late reminder tells all that the earlier ones would have told.
    """
    inside = [m for m in moments if since <= m.at < until and m.valid_until > now]
    missed = [m for m in inside if m.at < now and m.occasion.startswith("d")]
    last = max(missed, key=lambda m: m.at, default=None)
    return [m for m in inside if m not in missed or m is last]


async def seed(c: Connection, known: Iterable[Call], now: datetime) -> None:
    """Put the calls of the content into the ledger; tell followers of dates that moved."""
    stored = {call.id: call for call in await calls.listing(c)}
    for call in known:
        before = stored.get(call.id)
        if before is not None and replace(call, revision=before.revision) == before:
            continue
        if await calls.put(c, call, now) and before is not None:
            await _tell_change(c, before, now)


async def _tell_change(c: Connection, before: Call, now: datetime) -> None:
    call = await calls.get(c, before.id)
    if call is None:
        return
    await deliveries.cancel_stale(c, call.id, call.revision, now)
    if call.closed(now):
        return
    body = {"was": before.closes.isoformat(), "was_status": before.status.value}
    drafts = [
        Draft(
            key=f"c{person.id}:{call.id}:{call.revision}",
            lane=Lane.REMINDER,
            chat_id=person.id,
            kind="change",
            body=body,
            due_at=now,
            valid_until=call.closes,
            call_id=call.id,
            revision=call.revision,
        )
        for person, _, _ in await follows.active_of_call(c, call.id)
    ]
    await deliveries.put_all(c, drafts, now)


def _reminder(person: Person, call: Call, moment: Moment) -> Draft:
    item = moment.occasion.removeprefix("s:")
    return Draft(
        key=f"r{person.id}:{call.id}:{call.revision}:{moment.occasion}",
        lane=Lane.REMINDER,
        chat_id=person.id,
        kind="reminder",
        body={"item": item} if item != moment.occasion else {},
        due_at=moment.at,
        valid_until=moment.valid_until,
        call_id=call.id,
        revision=call.revision,
        occasion=moment.occasion,
    )


async def _progress(c: Connection, person: Person) -> PlanProgress:
    """Return how far a person is with each item of each plan; days are those of their zone."""
    progress: PlanProgress = {}
    for tick in await ticks.of_person(c, person.id):
        since = tick.since.astimezone(ZoneInfo(person.zone)).date()
        progress.setdefault(tick.plan, {})[tick.item] = Progress(tick.state, since)
    return progress
