"""People: what each one told us, read and written whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, RowMapping, Table, bindparam, delete, not_, null, select, update
from sqlalchemy.sql.dml import ReturningInsert

from erasmus.audiences import country_of
from erasmus.facts import Facts
from erasmus.reminders import DEFAULT_LADDER
from erasmus.words import Language, Words
from storage.database import Connection, InsertInto, for_both
from storage.models import (
    audit,
    call_revisions,
    calls,
    deliveries,
    drafts,
    follows,
    holds,
    in_state,
    inbox,
    invitations,
    members,
    opt_outs,
    people,
    questions,
    ticks,
    universities,
    verdicts,
)
from storage.planned import outdate_of_person
from storage.states import ArrivalState


@dataclass(frozen=True, slots=True)
class Person:
    """One person, known by Telegram's id.

    `language` is a guess from their Telegram until `language_chosen`. `zone` is an IANA name.
    `ladder` holds days before a deadline. `asking` is the question that a typed answer belongs to.
    `digest_day` is the local date of the last digest of reminders, like "2026-11-21".
    `university` is the id of the one they belong to.
    """

    id: int
    language: Language
    language_chosen: bool
    zone: str
    facts: Facts
    ladder: tuple[int, ...]
    reminders_on: bool
    asking: str | None
    created_at: datetime
    seen_at: datetime
    unreachable_since: datetime | None
    digest_day: str | None
    university: str | None = None

    @property
    def place(self) -> str:
        """Where the person counts: their university, else the sign @ and their country."""
        return self.university or f"@{country_of(self.zone)}"


COPIED = {"role": "role", "level": "enrolled_level"}
"""Columns that repeat a fact, by which audiences are chosen."""

COLUMNS = tuple(people.c[field.name] for field in fields(Person))

_FIND = select(*COLUMNS).where(people.c.id == bindparam("person_id"))


def _greet(insert: InsertInto) -> ReturningInsert[Any]:
    row = insert(people)
    return row.on_conflict_do_update(
        index_elements=[people.c.id],
        set_={"seen_at": row.excluded.seen_at, "unreachable_since": None},
    ).returning(*COLUMNS)


_GREET = for_both(_greet)

# Sets whichever columns it is given besides `person_id`.
_SET = update(people).where(people.c.id == bindparam("person_id"))

# Everything else that belongs to a person; a private chat has the person's own id.
_BELONGINGS: Sequence[tuple[Table, Column[int]]] = (
    (calls, calls.c.owner),
    (follows, follows.c.person_id),
    (ticks, ticks.c.person_id),
    (verdicts, verdicts.c.person_id),
    (opt_outs, opt_outs.c.person_id),
    (questions, questions.c.person_id),
    (members, members.c.person_id),
    (drafts, drafts.c.person_id),
    (deliveries, deliveries.c.chat_id),
    (inbox, inbox.c.chat_id),
    (audit, audit.c.person_id),
)

# Where others' rows name a person: the rows stay, the name goes. The audit keeps its own.
_MENTIONS: Sequence[tuple[Table, Column[int]]] = (
    (invitations, invitations.c.made_by),
    (invitations, invitations.c.used_by),
    (members, members.c.invited_by),
    (holds, holds.c.person_id),
    (universities, universities.c.added_by),
    (call_revisions, call_revisions.c.person_id),
)

_UNNAME = [
    update(table).where(column == bindparam("whom")).values({column: null()})
    for table, column in _MENTIONS
]

_EXPORT = {
    table.name: select(table).where(owner == bindparam("person_id")) for table, owner in _BELONGINGS
}

# What refers to a person goes with them; the rest is named here.
# An update still to be handled stays: the one that asks to be forgotten is among them. Handling
# wipes what it said, and purge() takes the rest.
_FORGET = [
    delete(follows).where(follows.c.person_id == bindparam("person_id")),
    delete(ticks).where(ticks.c.person_id == bindparam("person_id")),
    delete(deliveries).where(deliveries.c.chat_id == bindparam("person_id")),
    delete(calls).where(calls.c.owner == bindparam("person_id")),
    delete(inbox).where(
        inbox.c.chat_id == bindparam("person_id"), not_(in_state(inbox, ArrivalState.NEW))
    ),
]
_FORGET_PERSON = delete(people).where(people.c.id == bindparam("person_id"))


async def find(c: Connection, person_id: int) -> Person | None:
    """Return a person, or None for somebody who never wrote."""
    row = (await c.execute(_FIND, {"person_id": person_id})).one_or_none()
    return None if row is None else Person(*row)


async def greet(
    c: Connection, person_id: int, language: Language, zone: str, now: datetime
) -> Person:
    """Return a person who is writing, new or known.

    A known one keeps their language and zone, and can be reached again.
    """
    newcomer = {
        "id": person_id,
        "language": language,
        "zone": zone,
        "facts": {},
        "ladder": DEFAULT_LADDER,
        "created_at": now,
        "seen_at": now,
    }
    return Person(*(await c.execute(_GREET(c), newcomer)).one())


async def set_language(c: Connection, person_id: int, language: Language) -> None:
    """Keep the language that a person chose."""
    await _set(c, person_id, language=language, language_chosen=True)


async def set_zone(c: Connection, person_id: int, zone: str) -> None:
    """Keep the IANA zone a person lives in."""
    await _set(c, person_id, zone=zone)
    await outdate_of_person(c, person_id)


async def set_ladder(c: Connection, person_id: int, ladder: Sequence[int]) -> None:
    """Keep how many days before a deadline a person wants to hear of it."""
    await _set(c, person_id, ladder=ladder)
    await outdate_of_person(c, person_id)


async def set_reminders(c: Connection, person_id: int, *, on: bool) -> None:
    """Switch all reminders of a person on or off."""
    await _set(c, person_id, reminders_on=on)
    await outdate_of_person(c, person_id)


async def set_asking(c: Connection, person_id: int, asking: str | None) -> None:
    """Remember which question the next typed text answers; None for no question."""
    await _set(c, person_id, asking=asking)


async def set_digest_day(c: Connection, person_id: int, day: str | None) -> None:
    """Remember the local date of a digest, so that there is one a day."""
    await _set(c, person_id, digest_day=day)


async def set_university(c: Connection, person_id: int, university: str | None) -> None:
    """Keep the id of the university that a person belongs to; None for none of the list."""
    await _set(c, person_id, university=university)


async def learn(c: Connection, person_id: int, facts: Facts) -> None:
    """Replace everything that a person told."""
    copies = {column: facts.get(fact) for column, fact in COPIED.items()}
    await _set(c, person_id, facts=facts, **copies)
    await outdate_of_person(c, person_id)


async def mark_unreachable(c: Connection, person_id: int, now: datetime) -> None:
    """Remember that Telegram refuses messages to a person: what is queued waits for `greet`."""
    await _set(c, person_id, unreachable_since=now)


async def forget(c: Connection, person_id: int) -> bool:
    """Delete a person with everything that belongs to them; False when there was nobody.

    Messages not yet sent are deleted too, so a farewell has to be put afterwards.
    """
    for statement in _FORGET:
        await c.execute(statement, {"person_id": person_id})
    for unname in _UNNAME:
        await c.execute(unname, {"whom": person_id})
    return (await c.execute(_FORGET_PERSON, {"person_id": person_id})).rowcount > 0


async def export(c: Connection, person_id: int) -> dict[str, Any] | None:
    """Return all that is kept about a person as values that JSON knows; None for nobody.

    Times are ISO 8601 in UTC. The keys are the names of the tables, the person's is "person".
    """
    person = (await c.execute(_FIND, {"person_id": person_id})).mappings().one_or_none()
    if person is None:
        return None
    exported: dict[str, Any] = {"person": _plain(person)}
    for table, statement in _EXPORT.items():
        rows = (await c.execute(statement, {"person_id": person_id})).mappings()
        exported[table] = [_plain(row) for row in rows]
    return exported


def _plain(row: RowMapping) -> dict[str, Any]:
    return {column: _json(value) for column, value in row.items()}


def _json(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return dict(value) if isinstance(value, Words) else value


async def _set(c: Connection, person_id: int, **columns: object) -> None:
    await c.execute(_SET, {"person_id": person_id, **columns})
