"""Holds: while one is there, what it names is not sent, by any process."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, delete, select

from storage.database import Connection, for_both
from storage.models import holds

BULK: Final = "bulk"
"""Everything that goes to many: reminders and announcements, but not what corrects or recalls."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Who stopped something, and when."""

    name: str
    office_id: str | None
    person_id: int | None
    since: datetime


COLUMNS = tuple(holds.c[field.name] for field in fields(Hold))

_HELD = select(*COLUMNS).where(holds.c.name == bindparam("which"))
_HOLD = for_both(lambda insert: insert(holds).on_conflict_do_nothing())
_RESUME = delete(holds).where(holds.c.name == bindparam("which"))


async def hold(
    c: Connection, name: str, office_id: str | None, person_id: int | None, now: datetime
) -> bool:
    """Stop something; False where somebody already has, which then counts."""
    row = {"name": name, "office_id": office_id, "person_id": person_id, "since": now}
    return (await c.execute(_HOLD(c), row)).rowcount > 0


async def held(c: Connection, name: str) -> Hold | None:
    """Return who holds something; None: it is sent."""
    row = (await c.execute(_HELD, {"which": name})).one_or_none()
    return None if row is None else Hold(*row)


async def resume(c: Connection, name: str) -> bool:
    """Let it go on; False where it was not held."""
    return (await c.execute(_RESUME, {"which": name})).rowcount > 0
