"""Follows: who wants to hear of which call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, delete, select, update

from erasmus.calls import Call
from storage.calls import COLUMNS as CALL_COLUMNS
from storage.database import Connection, for_both
from storage.models import calls, follows, people
from storage.people import Person


@dataclass(frozen=True, slots=True)
class Follow:
    """A person's wish to hear of a call.

    `muted` keeps it on the list without reminders. After `submitted_at` there is nothing left to
    remind of.
    """

    person_id: int
    call_id: str
    followed_at: datetime
    muted: bool
    submitted_at: datetime | None


# A statement that sets columns gives its parameters other names than theirs.
_THIS = (follows.c.person_id == bindparam("whose"), follows.c.call_id == bindparam("which"))

_FOLLOW = for_both(
    lambda insert: insert(follows).on_conflict_do_nothing().returning(follows.c.call_id)
)
_UNFOLLOW = delete(follows).where(*_THIS)
_GET = select(follows).where(*_THIS)
_SET = update(follows).where(*_THIS)
_OF_PERSON = (
    select(follows)
    .where(follows.c.person_id == bindparam("whose"))
    .order_by(follows.c.followed_at, follows.c.call_id)
)

_ACTIVE = (
    select(*people.c, *follows.c, *CALL_COLUMNS)
    .join_from(follows, people, follows.c.person_id == people.c.id)
    .join(calls, follows.c.call_id == calls.c.id)
    .where(
        people.c.unreachable_since.is_(None),
        people.c.reminders_on,
        ~follows.c.muted,
        follows.c.submitted_at.is_(None),
    )
    .order_by(follows.c.person_id, follows.c.call_id)
)
_ACTIVE_OF_PERSON = _ACTIVE.where(follows.c.person_id == bindparam("whose"))
_ACTIVE_OF_CALL = _ACTIVE.where(follows.c.call_id == bindparam("which"))

_CALL_STARTS = len(people.c) + len(follows.c)


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
    await c.execute(_SET, {"whose": person_id, "which": call_id, "muted": muted})


async def set_submitted(c: Connection, person_id: int, call_id: str, at: datetime | None) -> None:
    """Remember when the application was handed in; None takes that back."""
    await c.execute(_SET, {"whose": person_id, "which": call_id, "submitted_at": at})


async def all_active(c: Connection) -> list[tuple[Person, Follow, Call]]:
    """Return every follow that may bring reminders, by person and call.

    Left out are the unreachable, those who switched reminders off, and what is muted or submitted.
    """
    return await _active(c, _ACTIVE, {})


async def active_of_person(c: Connection, person_id: int) -> list[tuple[Person, Follow, Call]]:
    """Return the same as `all_active` for one person."""
    return await _active(c, _ACTIVE_OF_PERSON, {"whose": person_id})


async def active_of_call(c: Connection, call_id: str) -> list[tuple[Person, Follow, Call]]:
    """Return the same as `all_active` for one call."""
    return await _active(c, _ACTIVE_OF_CALL, {"which": call_id})


async def _active(
    c: Connection, statement: Select[Any], which: dict[str, Any]
) -> list[tuple[Person, Follow, Call]]:
    person, call = len(people.c), _CALL_STARTS
    return [
        (Person(*row[:person]), Follow(*row[person:call]), Call(*row[call:]))
        for row in await c.execute(statement, which)
    ]
