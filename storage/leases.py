"""Leases: what one process at a time may do, whichever of them it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, case, or_, select, update
from sqlalchemy.sql.dml import ReturningInsert

from storage.columns import Utc
from storage.database import Connection, InsertInto, for_both
from storage.models import leases

NOBODY = ""


@dataclass(frozen=True, slots=True)
class Lease:
    """Who holds a lease, and until when. `token` grows whenever it changes hands."""

    name: str
    owner: str
    until: datetime
    token: int


def _hold(insert: InsertInto) -> ReturningInsert[Any]:
    row = insert(leases)
    mine = leases.c.owner == row.excluded.owner
    return row.on_conflict_do_update(
        index_elements=[leases.c.name],
        set_={
            "owner": row.excluded.owner,
            "until": row.excluded.until,
            "token": case((mine, leases.c.token), else_=leases.c.token + 1),
        },
        where=or_(mine, leases.c.owner == NOBODY, leases.c.until <= bindparam("now", type_=Utc)),
    ).returning(leases.c.token)


_HOLD = for_both(_hold)
_THIS = (leases.c.name == bindparam("which"), leases.c.token == bindparam("known"))
_RELEASE = update(leases).where(*_THIS).values(owner=NOBODY)
_HOLDER = select(leases).where(leases.c.name == bindparam("which"), leases.c.owner != NOBODY)


async def hold(c: Connection, name: str, owner: str, until: datetime, now: datetime) -> int | None:
    """Take a lease, or renew it; return its token, None when somebody else holds it.

    An owner that comes late renews with the same token, unless another took it meanwhile.
    """
    row = {"name": name, "owner": owner, "until": until, "token": 1, "now": now}
    token: int | None = (await c.execute(_HOLD(c), row)).scalar_one_or_none()
    return token


async def release(c: Connection, name: str, token: int) -> bool:
    """Give a lease back before its time; False when it is held by another token."""
    return (await c.execute(_RELEASE, {"which": name, "known": token})).rowcount > 0


async def holder(c: Connection, name: str) -> Lease | None:
    """Return who took a lease last and did not give it back; look at `until` yourself."""
    row = (await c.execute(_HOLDER, {"which": name})).one_or_none()
    return None if row is None else Lease(*row)
