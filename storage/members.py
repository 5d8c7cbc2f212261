"""Members: who has which role at which office."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, select

from erasmus.offices import Office, Role
from storage.database import Connection, Insert, InsertInto, for_both
from storage.models import members, offices
from storage.offices import COLUMNS as OFFICE_COLUMNS

_ROLE_OF = select(members.c.role).where(
    members.c.office_id == bindparam("office_id"), members.c.person_id == bindparam("person_id")
)
_OFFICES_OF = (
    select(*OFFICE_COLUMNS, members.c.role)
    .join_from(members, offices)
    .where(members.c.person_id == bindparam("person_id"))
    .order_by(offices.c.id)
)


def _put(insert: InsertInto) -> Insert:
    row = insert(members)
    return row.on_conflict_do_update(
        index_elements=[members.c.office_id, members.c.person_id],
        set_={"role": row.excluded.role},
    )


_PUT = for_both(_put)


async def role_of(c: Connection, office_id: str, person_id: int) -> Role | None:
    """Return a person's role at an office; None for whoever is no member."""
    which = {"office_id": office_id, "person_id": person_id}
    role: Role | None = (await c.execute(_ROLE_OF, which)).scalar_one_or_none()
    return role


async def offices_of(c: Connection, person_id: int) -> list[tuple[Office, Role]]:
    """Return the offices of a person with their role there."""
    rows = await c.execute(_OFFICES_OF, {"person_id": person_id})
    return [(Office(*row[:-1]), row[-1]) for row in rows]


async def put(  # noqa: PLR0913 - a membership has these parts
    c: Connection,
    office_id: str,
    person_id: int,
    role: Role,
    now: datetime,
    *,
    invited_by: int | None = None,
) -> None:
    """Make a person a member, or give a member another role."""
    row = {
        "office_id": office_id,
        "person_id": person_id,
        "role": role,
        "since": now,
        "invited_by": invited_by,
    }
    await c.execute(_PUT(c), row)
