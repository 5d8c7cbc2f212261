"""Drafts: what people have begun to write; every step is kept, none is published.

Members of an office write calls. Of a student it is a message that may belong to a question.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, delete, insert, select, update

from storage.database import Connection
from storage.models import drafts


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """A draft of one `kind` ("call", …); its body is whatever that kind writes.

    `person_id` began it; whoever may write at the office may go on with it.
    """

    id: int
    office_id: str
    person_id: int
    kind: str
    body: dict[str, Any]
    updated_at: datetime


CLOSED: Final = "closed"
"""The kind of a draft that was published: it only says what became of it."""

FURTHER: Final = "further"
"""The kind of what a student wrote soon after a question; it is theirs, not the office's."""

_COLUMNS = tuple(drafts.c[field.name] for field in fields(StoredDraft))
_THIS = drafts.c.id == bindparam("which")
_BEGIN = insert(drafts).returning(drafts.c.id)
_GET = select(*_COLUMNS).where(_THIS)
_TAKE = _GET.with_for_update()
_SAVE = update(drafts).where(_THIS).values(body=bindparam("written"), updated_at=bindparam("now"))
_OF_OFFICE = (
    select(*_COLUMNS)
    .where(drafts.c.office_id == bindparam("office"), drafts.c.kind == bindparam("of_kind"))
    .order_by(drafts.c.updated_at.desc(), drafts.c.id.desc())
)
_OF_PERSON = (
    select(*_COLUMNS).where(drafts.c.person_id == bindparam("person")).order_by(drafts.c.id)
)
_PURGE = delete(drafts).where(
    drafts.c.kind == bindparam("of_kind"), drafts.c.updated_at < bindparam("before")
)
_CLOSE = update(drafts).where(_THIS).values(kind=CLOSED, body=bindparam("told"))
_DELETE = delete(drafts).where(_THIS)


async def begin(  # noqa: PLR0913 - a draft has these parts
    c: Connection,
    office_id: str,
    person_id: int,
    kind: str,
    *,
    body: Mapping[str, Any],
    now: datetime,
) -> int:
    """Keep a new draft and return its number, which no other draft ever has."""
    row = {
        "office_id": office_id,
        "person_id": person_id,
        "kind": kind,
        "body": dict(body),
        "updated_at": now,
    }
    number: int = (await c.execute(_BEGIN, row)).scalar_one()
    return number


async def get(c: Connection, draft_id: int) -> StoredDraft | None:
    """Return a draft; None when it was thrown away."""
    row = (await c.execute(_GET, {"which": draft_id})).one_or_none()
    return None if row is None else StoredDraft(*row)


async def take(c: Connection, draft_id: int) -> StoredDraft | None:
    """Return a draft to change it; whoever else wants that waits for this transaction."""
    row = (await c.execute(_TAKE, {"which": draft_id})).one_or_none()
    return None if row is None else StoredDraft(*row)


async def save(c: Connection, draft_id: int, body: Mapping[str, Any], now: datetime) -> None:
    """Keep what a draft says now."""
    await c.execute(_SAVE, {"which": draft_id, "written": dict(body), "now": now})


async def of_office(c: Connection, office_id: str, kind: str) -> list[StoredDraft]:
    """Return the drafts of one kind at an office, the latest first."""
    rows = await c.execute(_OF_OFFICE, {"office": office_id, "of_kind": kind})
    return [StoredDraft(*row) for row in rows]


async def of_person(c: Connection, person_id: int) -> list[StoredDraft]:
    """Return what one person has begun, the earliest first."""
    return [StoredDraft(*row) for row in await c.execute(_OF_PERSON, {"person": person_id})]


async def close(c: Connection, draft_id: int, told: Mapping[str, Any]) -> None:
    """Keep only what became of a draft, for whoever presses its buttons once more."""
    await c.execute(_CLOSE, {"which": draft_id, "told": dict(told)})


async def drop(c: Connection, draft_id: int) -> bool:
    """Delete a draft that nobody wants any more; False when it is gone already."""
    return (await c.execute(_DELETE, {"which": draft_id})).rowcount > 0


async def purge(c: Connection, kind: str, before: datetime) -> int:
    """Delete the drafts of a kind that nobody has touched for long; return how many."""
    return (await c.execute(_PURGE, {"of_kind": kind, "before": before})).rowcount
