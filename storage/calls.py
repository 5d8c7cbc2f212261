"""Calls: what closes when; seeded from content, or set by a person for themselves."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, delete, select, update

from erasmus.calls import Call
from storage.database import Connection, for_both
from storage.models import calls
from storage.planned import outdate_of_call

TIMING = ("opens", "closes", "zone", "date_only", "status")
"""What reminders are planned from: when one of these changes, planned reminders are stale."""

FIELDS = tuple(field.name for field in fields(Call))
COLUMNS = tuple(calls.c[name] for name in FIELDS)

_GET = select(*COLUMNS).where(calls.c.id == bindparam("call_id"))
_GET_TO_CHANGE = _GET.with_for_update()
_BY_CLOSING = select(*COLUMNS).order_by(calls.c.closes, calls.c.id)
_LISTING = _BY_CLOSING.where(calls.c.owner.is_(None))
_OWN = _BY_CLOSING.where(calls.c.owner == bindparam("person_id"))
_DELETE = delete(calls).where(calls.c.id == bindparam("call_id"))
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


async def listing(c: Connection) -> list[Call]:
    """Return the calls that everybody may see, closed ones too, by their closing time."""
    return [Call(*row) for row in await c.execute(_LISTING)]


async def own(c: Connection, person_id: int) -> list[Call]:
    """Return the calls that a person set for themselves, by their closing time."""
    return [Call(*row) for row in await c.execute(_OWN, {"person_id": person_id})]


async def delete_call(c: Connection, call_id: str) -> bool:
    """Delete a call and the follows of it; False for none. Queued reminders are the caller's."""
    return (await c.execute(_DELETE, {"call_id": call_id})).rowcount > 0


def _row(call: Call) -> dict[str, Any]:
    return {name: getattr(call, name) for name in FIELDS}


async def _one(c: Connection, statement: Select[Any], call_id: str) -> Call | None:
    row = (await c.execute(statement, {"call_id": call_id})).one_or_none()
    return None if row is None else Call(*row)
