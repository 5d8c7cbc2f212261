"""Changing calls of an office: row, revision, news and audit in one transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from erasmus.calls import Call
from storage import audit, call_news, call_revisions, calls
from storage.call_revisions import Change
from storage.database import Connection


class NotTheirs(ValueError):
    """A call with this id is not the office's."""


def same_but_revision(one: Call, other: Call) -> bool:
    """Tell whether two calls say the same; their revisions do not matter."""
    return replace(other, revision=one.revision) == one


async def store(  # noqa: PLR0913 - a change has these parts
    c: Connection,
    call: Call,
    person_id: int | None,
    now: datetime,
    *,
    what: Change = Change.CHANGED,
    quietly: bool = False,
) -> bool:
    """Publish a call of an office, or change it; False when it is like that already.

    Where its dates changed, its reminders are armed anew and everybody who follows it is told once,
    `quietly` without a sound. Two who do the same at once have done it once. Raises NotTheirs for
    the id of somebody else's call.
    """
    before = await calls.get_to_change(c, call.id)
    if before is not None and before.office_id != call.office_id:
        raise NotTheirs(call.id)
    if before is not None and same_but_revision(before, call):
        return False
    revised = await calls.put(c, call, now)
    after = await calls.get(c, call.id)
    if after is None:
        return False
    done = Change.PUBLISHED if before is None else what
    await call_revisions.write(
        c, done, before, after, person_id=person_id, now=now, quietly=quietly
    )
    if revised and before is not None:
        await call_news.tell(c, before, now, quietly=quietly)
    done_so = {"revision": after.revision, "quietly": quietly}
    await audit.write(c, now, person_id, call.office_id, f"call.{done}", call.id, **done_so)
    return True


async def withdraw(
    c: Connection,
    call: Call,
    person_id: int | None,
    now: datetime,
    *,
    quietly: bool = False,
) -> bool:
    """Take a call back; False when it was taken back already."""
    present = await calls.get_to_change(c, call.id)
    if present is None or present.withdrawn:
        return False
    gone = replace(present, withdrawn_at=now)
    return await store(c, gone, person_id, now, what=Change.WITHDRAWN, quietly=quietly)
