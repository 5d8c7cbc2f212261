"""Prepared answers of offices: what is asked often, in all languages, read by two people."""

from __future__ import annotations

from dataclasses import fields

from sqlalchemy import bindparam, delete, insert, select, update

from erasmus.announcements import By
from erasmus.enquiries import Entry
from erasmus.words import Words
from storage.database import Connection
from storage.models import faq

_FIELDS = tuple(faq.c[field.name] for field in fields(Entry))
_THIS = faq.c.id == bindparam("which")

_GET = select(*_FIELDS).where(_THIS)
_LOCKED = _GET.with_for_update()
_OF_OFFICE = (
    select(*_FIELDS).where(faq.c.office_id == bindparam("office_id")).order_by(faq.c.id.desc())
)
_ADD = insert(faq).returning(faq.c.id)
_SET = update(faq).where(_THIS)
_COUNT_SHOWN = update(faq).where(_THIS).values(shown=faq.c.shown + 1)
_COUNT_HELPED = update(faq).where(_THIS).values(helped=faq.c.helped + 1)
_PUBLISH = (
    update(faq)
    .where(_THIS, faq.c.published.is_(False), faq.c.updated_by.is_distinct_from(bindparam("by")))
    .values(published=True)
)
_DELETE = delete(faq).where(_THIS)


async def add(c: Connection, office_id: str, question: Words, answer: Words, by: By) -> int:
    """Keep a new entry, not published yet; return its id."""
    row = {
        "office_id": office_id,
        "question": question,
        "answer": answer,
        "updated_by": by.person_id,
        "updated_at": by.at,
    }
    added: int = (await c.execute(_ADD, row)).scalar_one()
    return added


async def get(c: Connection, entry_id: int) -> Entry | None:
    """Return an entry."""
    row = (await c.execute(_GET, {"which": entry_id})).one_or_none()
    return None if row is None else Entry(*row)


async def lock(c: Connection, entry_id: int) -> Entry | None:
    """Return an entry, and let nobody change it until the transaction ends."""
    row = (await c.execute(_LOCKED, {"which": entry_id})).one_or_none()
    return None if row is None else Entry(*row)


async def of_office(c: Connection, office_id: str, *, published: bool = False) -> list[Entry]:
    """Return the entries of an office, the newest first; with `published` only those."""
    rows = await c.execute(_OF_OFFICE, {"office_id": office_id})
    entries = [Entry(*row) for row in rows]
    return [entry for entry in entries if entry.published or not published]


async def write(c: Connection, entry: Entry, question: Words, answer: Words, by: By) -> None:
    """Write an entry anew; it has to be published again."""
    await c.execute(
        _SET,
        {
            "which": entry.id,
            "question": question,
            "answer": answer,
            "published": False,
            "updated_by": by.person_id,
            "updated_at": by.at,
        },
    )


async def publish(c: Connection, entry_id: int, by: int) -> bool:
    """Publish an entry; False for whoever wrote it, and when it is published already."""
    return (await c.execute(_PUBLISH, {"which": entry_id, "by": by})).rowcount > 0


async def remove(c: Connection, entry_id: int) -> bool:
    """Delete an entry; False where there was none."""
    return (await c.execute(_DELETE, {"which": entry_id})).rowcount > 0


async def count(c: Connection, entry_id: int, *, helped: bool) -> None:
    """Count that an entry was shown to a student, or that it helped one."""
    await c.execute(_COUNT_HELPED if helped else _COUNT_SHOWN, {"which": entry_id})
