"""Calls: what closes when; seeded from content, or set by a person for themselves."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, or_, select, update

from erasmus.calls import Call
from storage.database import Connection, for_both
from storage.models import calls, offices, people
from storage.planned import outdate_of_call

TIMING = ("opens", "closes", "zone", "date_only", "status", "withdrawn_at")
"""What reminders are planned from: when one of these changes, planned reminders are stale."""

FIELDS = tuple(field.name for field in fields(Call))
COLUMNS = tuple(calls.c[name] for name in FIELDS)

_GET = select(*COLUMNS).where(calls.c.id == bindparam("call_id"))
_GET_TO_CHANGE = _GET.with_for_update()
_BY_CLOSING = select(*COLUMNS).order_by(calls.c.closes, calls.c.id)
_EVERYBODYS = _BY_CLOSING.where(calls.c.owner.is_(None))
_SHARED = _EVERYBODYS.where(calls.c.office_id.is_(None))
_THEIR_UNIVERSITY = (
    select(people.c.university).where(people.c.id == bindparam("person_id")).scalar_subquery()
)
# An office that speaks to this person: a country's, or their own university's.
_SPEAKING = select(offices.c.id).where(
    or_(offices.c.university.is_(None), offices.c.university == _THEIR_UNIVERSITY)
)
_LISTING = _EVERYBODYS.where(
    calls.c.withdrawn_at.is_(None),
    or_(calls.c.office_id.is_(None), calls.c.office_id.in_(_SPEAKING)),
)
_OF_OFFICE = _BY_CLOSING.where(calls.c.office_id == bindparam("which"))
_OF_OFFICES = (
    select(*COLUMNS).where(calls.c.office_id.is_not(None)).order_by(calls.c.office_id, calls.c.id)
)
_OWN = _BY_CLOSING.where(calls.c.owner == bindparam("person_id"))
_INSERT = for_both(lambda insert: insert(calls).on_conflict_do_nothing())
_UPDATE = update(calls).where(calls.c.id == bindparam("call_id"))


async def put(c: Connection, call: Call, now: datetime) -> bool:
    """Store a call; True when its reminders have to be planned anew.

    That is when it is new, or when its timing or status changed, which raises its revision. Other
    edits are stored under the same revision. The revision of the given call does not matter.
    """
    known = await _one(c, _GET_TO_CHANGE, call.id)
    if known is None:
        made = await c.execute(_INSERT(c), _row(call) | {"revision": 1, "revised_at": now})
        if made.rowcount:
            return True
        # Another process was first. A statement of its own sees what that one committed.
        known = await _one(c, _GET_TO_CHANGE, call.id)
    if known is None:
        return False  # and somebody deleted it again
    if replace(call, revision=known.revision) == known:
        return False
    changes = _row(call) | {"call_id": call.id, "revision": known.revision}
    revised = any(getattr(call, name) != getattr(known, name) for name in TIMING)
    if revised:
        changes |= {"revision": known.revision + 1, "revised_at": now}
    await c.execute(_UPDATE, changes)
    if revised:
        await outdate_of_call(c, call.id)
    return revised


async def get(c: Connection, call_id: str) -> Call | None:
    """Return a call. Its times are in UTC; `zone` is where they were stated."""
    return await _one(c, _GET, call_id)


async def get_to_change(c: Connection, call_id: str) -> Call | None:
    """Return a call; whoever else wants to change it waits for this transaction."""
    return await _one(c, _GET_TO_CHANGE, call_id)


async def listing(c: Connection, person_id: int) -> list[Call]:
    """Return the calls that a person is shown, closed ones too, by their closing time.

    Those of a university's office are for its people. Any call can be opened by its link.
    """
    return [Call(*row) for row in await c.execute(_LISTING, {"person_id": person_id})]


async def shared(c: Connection) -> list[Call]:
    """Return the calls that no office and no person owns: those of the content."""
    return [Call(*row) for row in await c.execute(_SHARED)]


async def of_office(c: Connection, office_id: str) -> list[Call]:
    """Return all calls of an office, closed and withdrawn ones too, by their closing time."""
    return [Call(*row) for row in await c.execute(_OF_OFFICE, {"which": office_id})]


async def of_offices(c: Connection) -> list[Call]:
    """Return all calls of all offices, by office and id."""
    return [Call(*row) for row in await c.execute(_OF_OFFICES)]


async def own(c: Connection, person_id: int) -> list[Call]:
    """Return the calls that a person set for themselves, by their closing time."""
    return [Call(*row) for row in await c.execute(_OWN, {"person_id": person_id})]


def _row(call: Call) -> dict[str, Any]:
    return {name: getattr(call, name) for name in FIELDS}


async def _one(c: Connection, statement: Select[Any], call_id: str) -> Call | None:
    row = (await c.execute(statement, {"call_id": call_id})).one_or_none()
    return None if row is None else Call(*row)
