"""Marks: small things that all processes of a database remember together, by name."""

from __future__ import annotations

from sqlalchemy.sql.dml import ReturningInsert

from storage.database import Connection, InsertInto, for_both
from storage.models import marks


def _raise(insert: InsertInto) -> ReturningInsert[tuple[str]]:
    row = insert(marks)
    return row.on_conflict_do_update(
        index_elements=[marks.c.name],
        set_={"value": row.excluded.value},
        where=marks.c.value < row.excluded.value,
    ).returning(marks.c.name)


_RAISE = for_both(_raise)


async def raised(c: Connection, name: str, value: str) -> bool:
    """Raise a mark to a value; False when it stands as high, or higher, already."""
    return (await c.execute(_RAISE(c), {"name": name, "value": value})).one_or_none() is not None
