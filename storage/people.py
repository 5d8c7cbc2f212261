"""People: what each one told us, read and written whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.sql.dml import ReturningInsert

from erasmus.audiences import country_of
from erasmus.facts import Facts
from erasmus.reminders import DEFAULT_LADDER
from erasmus.words import Language
from storage.database import Connection, InsertInto, for_both
from storage.models import (
    people,
)
from storage.planned import outdate_of_person


@dataclass(frozen=True, slots=True)
class Person:
    """One person, known by Telegram's id.

    `language` is a guess from their Telegram until `language_chosen`. `zone` is an IANA name.
    `ladder` holds days before a deadline. `asking` is the question that a typed answer belongs to.
    `digest_day` is the local date of the last digest of reminders, like "2026-11-21".
    `university` is the id of the one they belong to. `told_on` has the local days on which the
    facts were told.
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
    told_on: Mapping[str, str] | None = None

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


def stranger(person_id: int, language: Language, zone: str, now: datetime) -> Person:
    """Return somebody who never wrote to the assistant; nothing is kept of them."""
    return Person(
        id=person_id,
        language=language,
        language_chosen=False,
        zone=zone,
        facts={},
        ladder=DEFAULT_LADDER,
        reminders_on=True,
        asking=None,
        created_at=now,
        seen_at=now,
        unreachable_since=None,
        digest_day=None,
    )


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


async def learn(
    c: Connection, person_id: int, facts: Facts, told_on: Mapping[str, str] | None = None
) -> None:
    """Replace everything that a person told."""
    copies = {column: facts.get(fact) for column, fact in COPIED.items()}
    await _set(c, person_id, facts=facts, told_on=told_on, **copies)
    await outdate_of_person(c, person_id)


async def mark_unreachable(c: Connection, person_id: int, now: datetime) -> None:
    """Remember that Telegram refuses messages to a person: what is queued waits for `greet`."""
    await _set(c, person_id, unreachable_since=now)


async def _set(c: Connection, person_id: int, **columns: object) -> None:
    await c.execute(_SET, {"person_id": person_id, **columns})
