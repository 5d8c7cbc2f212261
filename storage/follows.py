"""Follows: who wants to hear of which call."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, delete, not_, select, update

from erasmus.calls import Call
from storage.calls import COLUMNS as CALL_COLUMNS
from storage.database import Connection, for_both
from storage.models import calls, follows, people
from storage.people import COLUMNS as PERSON_COLUMNS
from storage.people import Person


@dataclass(frozen=True, slots=True)
class Follow:
    """A person's wish to hear of a call.

    `muted` keeps it on the list without reminders. After `submitted_at` there is nothing left to
    remind of. `planned_at` is when its reminders were put last.
    """

    person_id: int
    call_id: str
    followed_at: datetime
    muted: bool
    submitted_at: datetime | None
    planned_at: datetime | None = None


# A statement that sets columns gives its parameters other names than theirs.
_THIS = (follows.c.person_id == bindparam("whose"), follows.c.call_id == bindparam("which"))

_FOLLOW = for_both(
    lambda insert: insert(follows).on_conflict_do_nothing().returning(follows.c.call_id)
)
_UNFOLLOW = delete(follows).where(*_THIS)
_COLUMNS = tuple(follows.c[field.name] for field in fields(Follow))
_GET = select(*_COLUMNS).where(*_THIS)
_SET = update(follows).where(*_THIS)
_OF_PERSON = (
    select(*_COLUMNS)
    .where(follows.c.person_id == bindparam("whose"))
    .order_by(follows.c.followed_at, follows.c.call_id)
)

_WANTED = (
    select(*PERSON_COLUMNS, *_COLUMNS, *CALL_COLUMNS)
    .join_from(follows, people, follows.c.person_id == people.c.id)
    .join(calls, follows.c.call_id == calls.c.id)
    .where(
        people.c.reminders_on,
        ~follows.c.muted,
        follows.c.submitted_at.is_(None),
        calls.c.withdrawn_at.is_(None),
    )
    .order_by(follows.c.person_id, follows.c.call_id)
)
_ACTIVE = _WANTED.where(people.c.unreachable_since.is_(None))

# Only then is everything read: whoever changes a person, a call or a paper marks the follow last,
# and has either done so before this lock or has to wait for it.
_LOCK_UNPLANNED = (
    select(follows.c.person_id, follows.c.call_id)
    .where(not_(follows.c.planned))
    .order_by(follows.c.person_id, follows.c.call_id)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)
# By person: pairs in a list become a chain of ORs, which PostgreSQL tries on every row.
_WANTED_BY = _WANTED.where(follows.c.person_id.in_(bindparam("people", expanding=True)))
_PLANNED = update(follows).where(*_THIS).values(planned=True, planned_at=bindparam("now"))

_CALL_STARTS = len(PERSON_COLUMNS) + len(_COLUMNS)


async def follow(c: Connection, person_id: int, call_id: str, now: datetime) -> bool:
    """Begin to follow a call; False when it is followed already, which changes nothing."""
    row = {"person_id": person_id, "call_id": call_id, "followed_at": now}
    return (await c.execute(_FOLLOW(c), row)).one_or_none() is not None


async def unfollow(c: Connection, person_id: int, call_id: str) -> bool:
    """Stop following; False when it was not followed. Planned reminders are left to the caller."""
    return (await c.execute(_UNFOLLOW, {"whose": person_id, "which": call_id})).rowcount > 0


async def get(c: Connection, person_id: int, call_id: str) -> Follow | None:
    """Return whether and how a person follows a call."""
    row = (await c.execute(_GET, {"whose": person_id, "which": call_id})).one_or_none()
    return None if row is None else Follow(*row)


async def of_person(c: Connection, person_id: int) -> list[Follow]:
    """Return what a person follows, oldest first, muted and submitted ones too."""
    return [Follow(*row) for row in await c.execute(_OF_PERSON, {"whose": person_id})]


async def set_muted(c: Connection, person_id: int, call_id: str, *, muted: bool) -> None:
    """Switch the reminders of one call off or on."""
    which = {"whose": person_id, "which": call_id}
    await c.execute(_SET, which | {"muted": muted, "planned": False})


async def set_submitted(c: Connection, person_id: int, call_id: str, at: datetime | None) -> None:
    """Remember when the application was handed in; None takes that back."""
    which = {"whose": person_id, "which": call_id}
    await c.execute(_SET, which | {"submitted_at": at, "planned": False})


async def to_plan(
    c: Connection, now: datetime, limit: int = 500
) -> list[tuple[Person, Follow, Call]]:
    """Take follows whose reminders are out of date, and return those that may bring reminders.

    They count as planned when the transaction commits, so put their reminders in it; those of
    people who cannot be reached wait for them. Nothing is left to plan when none is returned.
    Several planners take different ones.
    """
    while True:
        taken = {(row[0], row[1]) for row in await c.execute(_LOCK_UNPLANNED, {"limit": limit})}
        if not taken:
            return []
        theirs = await _active(c, _WANTED_BY, {"people": list({person for person, _ in taken})})
        wanted = [row for row in theirs if (row[0].id, row[2].id) in taken]
        each = [{"whose": person, "which": call, "now": now} for person, call in taken]
        await c.execute(_PLANNED, each)
        if wanted:
            return wanted


async def all_active(c: Connection) -> list[tuple[Person, Follow, Call]]:
    """Return every follow that may bring reminders, by person and call.

    Left out are the unreachable, those who switched reminders off, and what is muted or submitted.
    """
    return await _active(c, _ACTIVE, {})


async def _active(
    c: Connection, statement: Select[Any], which: dict[str, Any]
) -> list[tuple[Person, Follow, Call]]:
    person, call = len(PERSON_COLUMNS), _CALL_STARTS
    return [
        (Person(*row[:person]), Follow(*row[person:call]), Call(*row[call:]))
        for row in await c.execute(statement, which)
    ]
