"""Members: who has which role at which office. An office always keeps an owner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import bindparam, delete, select

from erasmus.offices import Office, Role
from storage.database import Connection, Insert, InsertInto, for_both
from storage.models import members, offices
from storage.offices import COLUMNS as OFFICE_COLUMNS


class LastOwner(Exception):
    """Without this member the office would have no owner, and nobody could ever make one."""


@dataclass(frozen=True, slots=True)
class Member:
    """One member of one office.

    `name` is the first name that Telegram gave when they joined, for their colleagues.
    """

    office_id: str
    person_id: int
    role: Role
    name: str
    since: datetime
    invited_by: int | None


COLUMNS = tuple(members.c[field.name] for field in fields(Member))

_THIS_ONE = (
    members.c.office_id == bindparam("office_id"),
    members.c.person_id == bindparam("person_id"),
)
_ROLE_OF = select(members.c.role).where(*_THIS_ONE)
_GET = select(*COLUMNS).where(*_THIS_ONE)
_OF_OFFICE = (
    select(*COLUMNS)
    .where(members.c.office_id == bindparam("office_id"))
    .order_by(members.c.since, members.c.person_id)
)
_EVERYWHERE = select(*COLUMNS).order_by(members.c.office_id, members.c.person_id)
_OFFICES_OF = (
    select(*OFFICE_COLUMNS, members.c.role)
    .join_from(members, offices)
    .where(members.c.person_id == bindparam("person_id"))
    .order_by(offices.c.id)
)
# Two owners who demote each other at one moment wait for each other here.
_LOCK = select(offices.c.id).where(offices.c.id == bindparam("office_id")).with_for_update()
_OWNERS = select(members.c.person_id).where(
    members.c.office_id == bindparam("office_id"), members.c.role == Role.OWNER
)
_DELETE = delete(members).where(
    members.c.office_id == bindparam("which_office"),
    members.c.person_id == bindparam("which_person"),
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


async def get(c: Connection, office_id: str, person_id: int) -> Member | None:
    """Return a member of an office."""
    which = {"office_id": office_id, "person_id": person_id}
    row = (await c.execute(_GET, which)).one_or_none()
    return None if row is None else Member(*row)


async def of_office(c: Connection, office_id: str) -> list[Member]:
    """Return the members of an office, the oldest first."""
    return [Member(*row) for row in await c.execute(_OF_OFFICE, {"office_id": office_id})]


async def everywhere(c: Connection) -> list[Member]:
    """Return the members of all offices."""
    return [Member(*row) for row in await c.execute(_EVERYWHERE)]


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
    name: str = "",
    invited_by: int | None = None,
) -> None:
    """Make a person a member, or give a member another role.

    Raises LastOwner where the office's only owner would become something else.
    """
    if role is not Role.OWNER:
        await _keep_an_owner(c, office_id, person_id)
    row = {
        "office_id": office_id,
        "person_id": person_id,
        "role": role,
        "name": name,
        "since": now,
        "invited_by": invited_by,
    }
    await c.execute(_PUT(c), row)


async def remove(c: Connection, office_id: str, person_id: int) -> bool:
    """End a membership; False where there was none. Raises LastOwner for the only owner."""
    await _keep_an_owner(c, office_id, person_id)
    which = {"which_office": office_id, "which_person": person_id}
    return (await c.execute(_DELETE, which)).rowcount > 0


async def _keep_an_owner(c: Connection, office_id: str, without: int) -> None:
    which = {"office_id": office_id}
    await c.execute(_LOCK, which)
    owners: Sequence[int] = (await c.execute(_OWNERS, which)).scalars().all()
    if list(owners) == [without]:
        raise LastOwner(office_id)
