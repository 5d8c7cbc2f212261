"""Invitations to an office: a link that works once, for a day, and is kept nowhere.

What is kept is its digest, so that whoever reads the database cannot use it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, delete, insert, select, update

from erasmus.offices import Role
from storage.database import Connection
from storage.models import invitations

LASTS: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Invitation:
    """A role at an office that one person can take; `made_by` nobody: the command line."""

    digest: str
    office_id: str
    role: Role
    made_by: int | None
    made_at: datetime
    ends_at: datetime
    used_by: int | None
    used_at: datetime | None

    def ended(self, now: datetime) -> bool:
        """Tell whether nobody can use it any more."""
        return self.used_at is not None or now >= self.ends_at


COLUMNS = tuple(invitations.c[field.name] for field in fields(Invitation))

_MAKE = insert(invitations)
_GET = select(*COLUMNS).where(invitations.c.digest == bindparam("which"))
_USE = update(invitations).where(
    invitations.c.digest == bindparam("which"),
    invitations.c.used_at.is_(None),
    invitations.c.ends_at > bindparam("at"),
)

_PURGE = delete(invitations).where(invitations.c.ends_at < bindparam("before"))


def digest_of(token: str) -> str:
    """Return what is kept of a link's token."""
    return hashlib.sha256(token.encode()).hexdigest()


async def make(  # noqa: PLR0913 - an invitation has these parts
    c: Connection,
    token: str,
    office_id: str,
    role: Role,
    now: datetime,
    *,
    made_by: int | None = None,
) -> None:
    """Keep an invitation; the token itself goes into the link and nowhere else."""
    row = {
        "digest": digest_of(token),
        "office_id": office_id,
        "role": role,
        "made_by": made_by,
        "made_at": now,
        "ends_at": now + LASTS,
    }
    await c.execute(_MAKE, row)


async def get(c: Connection, digest: str) -> Invitation | None:
    """Return an invitation."""
    row = (await c.execute(_GET, {"which": digest})).one_or_none()
    return None if row is None else Invitation(*row)


async def use(c: Connection, digest: str, person_id: int, now: datetime) -> bool:
    """Use an invitation up; of several who try at once, one gets True."""
    used = {"which": digest, "at": now, "used_by": person_id, "used_at": now}
    return (await c.execute(_USE, used)).rowcount > 0


async def purge(c: Connection, before: datetime) -> int:
    """Delete what ended before a moment, used or not; return how many. The audit keeps the fact."""
    return (await c.execute(_PURGE, {"before": before})).rowcount
