"""Offices: a country's, or one university's."""

from __future__ import annotations

from dataclasses import fields

from sqlalchemy import bindparam, select

from erasmus.offices import Office
from storage.database import Connection, Insert, InsertInto, for_both
from storage.models import offices

FIELDS = tuple(field.name for field in fields(Office))
COLUMNS = tuple(offices.c[name] for name in FIELDS)

_GET = select(*COLUMNS).where(offices.c.id == bindparam("office_id"))
_LOCKED = _GET.with_for_update()
_LISTING = select(*COLUMNS).order_by(offices.c.university.is_not(None), offices.c.id)


def _put(insert: InsertInto) -> Insert:
    row = insert(offices)
    changing = [name for name in FIELDS if name not in {"id", "created_at"}]
    return row.on_conflict_do_update(
        index_elements=[offices.c.id], set_={name: row.excluded[name] for name in changing}
    )


_PUT = for_both(_put)


async def get(c: Connection, office_id: str) -> Office | None:
    """Return an office."""
    row = (await c.execute(_GET, {"office_id": office_id})).one_or_none()
    return None if row is None else Office(*row)


async def lock(c: Connection, office_id: str) -> Office | None:
    """Return an office, and let nobody change it until the transaction ends."""
    row = (await c.execute(_LOCKED, {"office_id": office_id})).one_or_none()
    return None if row is None else Office(*row)


async def put(c: Connection, office: Office) -> None:
    """Keep an office, new or changed; when it was made stays as it was."""
    await c.execute(_PUT(c), {name: getattr(office, name) for name in FIELDS})


async def listing(c: Connection) -> list[Office]:
    """Return all offices, national ones first."""
    return [Office(*row) for row in await c.execute(_LISTING)]
