"""Offices: a country's, or one university's."""

from __future__ import annotations

from dataclasses import fields

from sqlalchemy import bindparam, select

from erasmus.offices import Office
from storage.database import Connection
from storage.models import offices

COLUMNS = tuple(offices.c[field.name] for field in fields(Office))

_GET = select(*COLUMNS).where(offices.c.id == bindparam("office_id"))


async def get(c: Connection, office_id: str) -> Office | None:
    """Return an office."""
    row = (await c.execute(_GET, {"office_id": office_id})).one_or_none()
    return None if row is None else Office(*row)
