"""Everything that belongs to a person, in all tables: given out, and deleted, as they ask."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Column, RowMapping, Table, bindparam, delete, not_, null, select, update

from erasmus.words import Words
from storage.database import Connection
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
from storage.people import COLUMNS
from storage.states import ArrivalState

_PERSON = select(*COLUMNS).where(people.c.id == bindparam("person_id"))

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
    person = (await c.execute(_PERSON, {"person_id": person_id})).mappings().one_or_none()
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
