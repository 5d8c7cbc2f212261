"""Whose reminders are put for things as they are, and whose have to be planned anew.

Planning takes only those that are out of date, so a million waiting reminders cost it nothing.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, exists, update

from storage.database import Connection
from storage.inline_sqlite import LONG
from storage.models import calls, follows

# None of these asks whether a follow is planned at the moment: a planner at work elsewhere would
# hide from it what it is about to commit. Written regardless, the mark waits and comes last.
_OUTDATED = update(follows).values(planned=False)
_OF_PERSON = _OUTDATED.where(follows.c.person_id == bindparam("whose"))
_OF_CALL = _OUTDATED.where(follows.c.call_id == bindparam("which")).execution_options(**LONG)
_OPEN = _OUTDATED.where(
    exists().where(calls.c.id == follows.c.call_id, calls.c.closes > bindparam("now"))
).execution_options(**LONG)


async def outdate_open(c: Connection, now: datetime) -> None:
    """Have everything planned anew that somebody is still to be reminded of."""
    await c.execute(_OPEN, {"now": now})


async def outdate_of_person(c: Connection, person_id: int) -> None:
    """Have everything that a person follows planned anew."""
    await c.execute(_OF_PERSON, {"whose": person_id})


async def outdate_of_call(c: Connection, call_id: str) -> None:
    """Have a call planned anew for everybody who follows it."""
    await c.execute(_OF_CALL, {"which": call_id})
