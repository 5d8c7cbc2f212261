"""All that is kept about a person, as the person may have it.

Left out are other people's ids, the places of an office's group, and, for whoever works at an
office or has done so, what its screens said: that is about others.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import BindParameter, Column, Select, bindparam, select

from erasmus.announcement_contents import Content
from erasmus.words import Words
from storage.database import Connection
from storage.drafts import FURTHER
from storage.models import (
    audit,
    calls,
    deliveries,
    drafts,
    follows,
    inbox,
    members,
    opt_outs,
    people,
    question_messages,
    questions,
    ticks,
    verdicts,
)

_WHOM: Final[BindParameter[int]] = bindparam("person_id")


def _of(owner: Column[int], *columns: Column[Any]) -> Select[Any]:
    return select(*(columns or owner.table.columns)).where(owner == _WHOM)


_PERSON: Final = _of(people.c.id)
GIVEN: Final[Mapping[str, Select[Any]]] = {
    "calls": _of(calls.c.owner),
    "follows": _of(follows.c.person_id),
    "ticks": _of(ticks.c.person_id),
    "verdicts": _of(verdicts.c.person_id),
    "opt_outs": _of(opt_outs.c.person_id),
    "questions": _of(
        questions.c.person_id,
        questions.c.id,
        questions.c.office_id,
        questions.c.state,
        questions.c.shared,
        questions.c.opened_at,
        questions.c.asked_at,
        questions.c.answered_at,
        questions.c.closed_at,
        questions.c.helped,
    ),
    "question_messages": select(
        question_messages.c.question_id,
        question_messages.c.from_office,
        question_messages.c.content,
        question_messages.c.at,
    ).where(question_messages.c.question_id.in_(_of(questions.c.person_id, questions.c.id))),
    "drafts": _of(drafts.c.person_id, drafts.c.kind, drafts.c.body, drafts.c.updated_at).where(
        drafts.c.kind == FURTHER
    ),
    "members": _of(
        members.c.person_id, members.c.office_id, members.c.role, members.c.name, members.c.since
    ),
    "audit": _of(audit.c.person_id, audit.c.at, audit.c.office_id, audit.c.what),
    "deliveries": _of(
        deliveries.c.chat_id,
        deliveries.c.kind,
        deliveries.c.state,
        deliveries.c.due_at,
        deliveries.c.settled_at,
        deliveries.c.body,
    ),
    "inbox": _of(inbox.c.chat_id, inbox.c.received_at, inbox.c.payload),
}
"""What is given out, by table."""

NOT_GIVEN: Final = frozenset({"rests", "live_messages"})
"""What says nothing of a person: when a chat was written to last, where a message stands."""

_SCREENS: Final = {"deliveries": "body", "inbox": "payload"}
"""Where screens are kept, which show members what is about others."""


async def export(c: Connection, person_id: int) -> dict[str, Any] | None:
    """Return all that is kept about a person as values that JSON knows; None for nobody.

    Times are ISO 8601 in UTC. The keys are the names of the tables, the person's is "person".
    """
    person = (await c.execute(_PERSON, {"person_id": person_id})).mappings().one_or_none()
    if person is None:
        return None
    exported: dict[str, Any] = {"person": _plain(person)}
    for table, statement in GIVEN.items():
        rows = (await c.execute(statement, {"person_id": person_id})).mappings()
        exported[table] = [_plain(row) for row in rows]
    # Who has left an office still has its screens of the last days.
    if exported["members"] or any(row["office_id"] for row in exported["audit"]):
        for table, column in _SCREENS.items():
            for row in exported[table]:
                del row[column]
    return exported


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {str(column): _json(value) for column, value in row.items()}


def _json(value: object) -> object:
    match value:
        case date():
            return value.isoformat()
        case Words():
            return dict(value)
        case Content():
            return value.packed()
    return value
