"""Numbers of an office: how many, never who. The people are those it speaks to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, Final, TypeAlias
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, FromClause, and_, case, distinct, func, or_, select

from erasmus.announcements import batch_of
from erasmus.enquiries import Stage
from erasmus.offices import Office
from erasmus.words import Language
from storage.audiences import belonging
from storage.database import Connection
from storage.inline_sqlite import LONG
from storage.models import (
    announcements,
    counts,
    deliveries,
    follows,
    people,
    questions,
    universities,
    verdicts,
)
from storage.states import DeliveryState, Lane

CHECK: Final = "check"
"""What a result that somebody saw counts as."""

Weeks: TypeAlias = Sequence[datetime]
"""The beginnings of weeks, and at last the end of the last one."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Questions of some weeks; of those that were answered, `half` were within that time."""

    asked: int
    answered: int
    helped: int
    half: timedelta | None
    longest: timedelta | None


@dataclass(frozen=True, slots=True)
class Numbers:
    """What an office sees of its people. The tuples have a number for each week."""

    people: int
    blocked: int
    languages: dict[Language, int]
    universities: dict[str | None, int]
    verdicts: dict[str, int]
    checked: int
    following: int
    follows: dict[str, int]
    newcomers: tuple[int, ...]
    checks: tuple[int, ...]
    reminders: tuple[int, ...]
    announcements: int
    copies: tuple[int, ...]
    answers: Answers


async def of_office(c: Connection, office: Office, weeks: Weeks) -> Numbers:
    """Count everything, over the given weeks where it is a matter of time."""
    number, away = await _totals(c, office)
    answered = await _answers(c, office, weeks)
    batches = await _batches(c, office, weeks)
    ours = verdicts.join(people, people.c.id == verdicts.c.person_id)
    followed = follows.join(people, people.c.id == follows.c.person_id)
    reminded = deliveries.join(people, people.c.id == deliveries.c.chat_id)
    reminder = (deliveries.c.lane == Lane.REMINDER, belonging(office))
    copy = (deliveries.c.lane == Lane.ANNOUNCEMENT, deliveries.c.batch.in_(batches))
    sent = deliveries.c.state == DeliveryState.SENT
    settled = deliveries.c.settled_at
    return Numbers(
        people=number,
        blocked=away,
        languages=await _groups(c, people, people.c.language, office),
        universities=await _groups(c, people, people.c.university, office),
        verdicts=await _groups(c, ours, verdicts.c.verdict, office),
        checked=await _one(c, ours, distinct(verdicts.c.person_id), office),
        following=await _one(c, followed, distinct(follows.c.person_id), office),
        follows=await _groups(c, followed, follows.c.call_id, office),
        newcomers=await _by_week(c, people, people.c.created_at, weeks, belonging(office)),
        checks=await _checks(c, office, weeks),
        reminders=await _by_week(c, reminded, settled, weeks, sent, *reminder),
        announcements=len(batches),
        copies=await _by_week(c, deliveries, settled, weeks, sent, *copy),
        answers=answered,
    )


async def _totals(c: Connection, office: Office) -> tuple[int, int]:
    away = func.sum(case((people.c.unreachable_since.is_not(None), 1), else_=0))
    counted = select(func.count(), away).where(belonging(office)).execution_options(**LONG)
    number, blocked = (await c.execute(counted)).one()
    return number, blocked or 0


async def _one(c: Connection, table: FromClause, what: ColumnElement[Any], office: Office) -> int:
    statement = select(func.count(what)).select_from(table).where(belonging(office))
    return int((await c.execute(statement.execution_options(**LONG))).scalar_one())


async def _groups(
    c: Connection, table: FromClause, by: ColumnElement[Any], office: Office
) -> dict[Any, int]:
    """Return the numbers of a column's values, the greatest first."""
    number = func.count()
    statement = select(by, number).select_from(table).where(belonging(office)).group_by(by)
    ranked = statement.order_by(number.desc(), by).execution_options(**LONG)
    return {row[0]: row[1] for row in await c.execute(ranked)}


async def _by_week(
    c: Connection,
    table: FromClause,
    at: ColumnElement[Any],
    weeks: Weeks,
    *conditions: ColumnElement[bool],
) -> tuple[int, ...]:
    within = [and_(at >= begin, at < end) for begin, end in pairwise(weeks)]
    statement = (
        select(*(func.sum(case((week, 1), else_=0)) for week in within))
        .select_from(table)
        .where(at >= weeks[0], *conditions)
        .execution_options(**LONG)
    )
    return tuple(number or 0 for number in (await c.execute(statement)).one())


async def _checks(c: Connection, office: Office, weeks: Weeks) -> tuple[int, ...]:
    """Add up what was counted on the days of each week."""
    days = [at.astimezone(ZoneInfo(office.zone)).date() for at in weeks]
    within = [and_(counts.c.day >= begin, counts.c.day < end) for begin, end in pairwise(days)]
    statement = select(*(func.sum(case((week, counts.c.number), else_=0)) for week in within))
    mine = statement.where(counts.c.what == CHECK, counts.c.day >= days[0], _counted(office))
    return tuple(int(number or 0) for number in (await c.execute(mine)).one())


def _counted(office: Office) -> ColumnElement[bool]:
    if office.university is not None:
        return counts.c.university == office.university
    here = select(universities.c.id).where(universities.c.country == office.country)
    return or_(counts.c.university.in_(here), counts.c.university == f"@{office.country}")


async def _batches(c: Connection, office: Office, weeks: Weeks) -> list[str]:
    """Return the batches of what the office announced in these weeks."""
    began = announcements.c.started_at >= weeks[0]
    ours = select(announcements.c.id).where(announcements.c.office_id == office.id, began)
    return [batch_of(number) for number in (await c.execute(ours)).scalars()]


async def _answers(c: Connection, office: Office, weeks: Weeks) -> Answers:
    asked, answered = questions.c.opened_at, questions.c.answered_at
    recent = select(asked, answered, questions.c.helped).where(
        questions.c.office_id == office.id, asked >= weeks[0], questions.c.state != Stage.DRAFT
    )
    rows = (await c.execute(recent.execution_options(**LONG))).all()
    times = sorted(row[1] - row[0] for row in rows if row[1] is not None)
    return Answers(
        asked=len(rows),
        answered=len(times),
        helped=sum(row[2] is True for row in rows),
        half=times[len(times) // 2] if times else None,
        longest=times[-1] if times else None,
    )
