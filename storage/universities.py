"""Universities: the first directory, and those that offices added."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from erasmus.universities import University
from storage.database import Connection, Insert, InsertInto, for_both
from storage.models import universities

FIELDS = tuple(field.name for field in fields(University))
COLUMNS = tuple(universities.c[name] for name in FIELDS)

_GET = select(*COLUMNS).where(universities.c.id == bindparam("university_id"))
_LISTING = select(*COLUMNS).order_by(universities.c.country, universities.c.id)
_ADD = for_both(lambda insert: insert(universities).on_conflict_do_nothing())


def _seed(insert: InsertInto) -> Insert:
    row = insert(universities)
    return row.on_conflict_do_update(
        index_elements=[universities.c.id],
        set_={name: row.excluded[name] for name in FIELDS if name != "id"},
        where=universities.c.added_by.is_(None),
    )


_SEED = for_both(_seed)


async def get(c: Connection, university_id: str) -> University | None:
    """Return a university."""
    row = (await c.execute(_GET, {"university_id": university_id})).one_or_none()
    return None if row is None else University(*row)


async def listing(c: Connection) -> list[University]:
    """Return all universities, those of one country together."""
    return [University(*row) for row in await c.execute(_LISTING)]


async def seed(c: Connection, known: Iterable[University], now: datetime) -> None:
    """Put the first directory; what an office added under the same id stays as it is."""
    stored = {university.id: university for university in await listing(c)}
    rows = [_row(one, None, now) for one in known if stored.get(one.id) != one]
    if rows:
        await c.execute(_SEED(c), rows)


async def add(c: Connection, university: University, added_by: int | None, now: datetime) -> bool:
    """Add a university; False where its id is taken."""
    return (await c.execute(_ADD(c), _row(university, added_by, now))).rowcount > 0


def _row(university: University, added_by: int | None, now: datetime) -> dict[str, Any]:
    row = {name: getattr(university, name) for name in FIELDS}
    return row | {"added_by": added_by, "added_at": now}
