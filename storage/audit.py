"""The audit: who did what at which office, and when. Rows are only ever added.

Every row's digest is the SHA-256 of the digest before it and of the row itself, so that a row that
was changed, taken out or slipped in shows. Rows cut off at the end show only to somebody who noted
the last digest elsewhere, which is why `verify` returns it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import bindparam, insert, select

from storage.database import Connection, in_turn
from storage.models import audit

LOCK: Final = 0x61_75_64_74
"""The number of the PostgreSQL advisory lock: each row needs the one before."""

BEGINNING: Final = "0" * 64
PAGE: Final = 1000

_LAST = select(audit.c.id, audit.c.digest).order_by(audit.c.id.desc()).limit(1)
_ADD = insert(audit)
_NEXT = select(audit).where(audit.c.id > bindparam("after")).order_by(audit.c.id).limit(PAGE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that somebody did. Nobody: the command line did it."""

    id: int
    at: datetime
    person_id: int | None
    office_id: str | None
    what: str
    subject: str
    details: dict[str, Any]
    digest: str


@dataclass(frozen=True, slots=True)
class Verified:
    """How much of the audit holds: so many rows, up to the digest `last`.

    `broken` is the number of the first row that does not.
    """

    rows: int
    last: str
    broken: int | None = None


async def write(  # noqa: PLR0913, PLR0917 - who, where, what and to what
    c: Connection,
    now: datetime,
    person_id: int | None,
    office_id: str | None,
    what: str,
    subject: str,
    **details: object,
) -> None:
    """Add a row. Do it last in a transaction: until the commit, nobody else can add one.

    `what` is a short word like "member.invited", `subject` what it was done to; `details` are
    values that JSON knows.
    """
    await in_turn(c, LOCK)
    last = (await c.execute(_LAST)).one_or_none()
    number, before = (0, BEGINNING) if last is None else last
    entry = Entry(number + 1, now, person_id, office_id, what, subject, details, "")
    row = {name: getattr(entry, name) for name in Entry.__slots__}
    await c.execute(_ADD, row | {"digest": _digest(before, entry)})


async def verify(c: Connection) -> Verified:
    """Follow the chain from its beginning."""
    held, last = 0, BEGINNING
    while rows := await page(c, after=held):
        for entry in rows:
            if entry.id != held + 1 or entry.digest != _digest(last, entry):
                return Verified(held, last, broken=held + 1)
            held, last = entry.id, entry.digest
    return Verified(held, last)


async def page(c: Connection, after: int) -> list[Entry]:
    """Return some rows that follow one, 0 for the beginning; none at the end."""
    return [Entry(*row) for row in await c.execute(_NEXT, {"after": after})]


def _digest(before: str, entry: Entry) -> str:
    row = [entry.id, entry.at.astimezone(UTC).isoformat(), entry.person_id, entry.office_id]
    row += [entry.what, entry.subject, entry.details]
    told = json.dumps(row, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(f"{before}{told}".encode()).hexdigest()
