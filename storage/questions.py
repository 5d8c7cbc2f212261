"""Questions of students to offices, with where each message and its copy are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, exists, func, insert, or_, select, update

from erasmus.enquiries import Enquiry, Stage
from storage.database import Connection
from storage.models import deliveries, in_state, offices, question_messages, questions

_FIELDS = tuple(questions.c[field.name] for field in fields(Enquiry))
_THIS = questions.c.id == bindparam("which")

_GET = select(*_FIELDS).where(_THIS)
_OF_PERSON = (
    select(*_FIELDS)
    .where(questions.c.person_id == bindparam("person_id"), questions.c.state != Stage.DRAFT)
    .order_by(questions.c.id.desc())
    .limit(10)
)
_BEGUN = select(*_FIELDS).where(
    questions.c.person_id == bindparam("person_id"), questions.c.state == Stage.DRAFT
)
_SPOKEN_OF = (
    select(*_FIELDS)
    .join(question_messages, question_messages.c.question_id == questions.c.id)
    .where(
        questions.c.person_id == bindparam("person_id"),
        in_state(questions, Stage.OPEN, Stage.ANSWERED),
        question_messages.c.at >= bindparam("since"),
    )
    .order_by(question_messages.c.id.desc())
    .limit(1)
)
_WAITING = (
    select(*_FIELDS)
    .where(questions.c.office_id == bindparam("office_id"), questions.c.state == Stage.OPEN)
    .order_by(questions.c.asked_at, questions.c.id)
)
_ALL_WAITING = select(*_FIELDS).where(questions.c.state == Stage.OPEN).order_by(questions.c.id)
_STANDS = exists().where(
    question_messages.c.question_id == questions.c.id,
    or_(
        and_(
            question_messages.c.chat_id == bindparam("chat"),
            question_messages.c.message_id == bindparam("message"),
        ),
        and_(
            question_messages.c.copy_chat_id == bindparam("chat"),
            question_messages.c.copy_id == bindparam("message"),
        ),
    ),
)
_WITH_MESSAGE = select(*_FIELDS).where(_STANDS)
_ANCHORED = select(*_FIELDS).where(
    questions.c.office_id == bindparam("office_id"), questions.c.anchor_id == bindparam("anchor")
)
_SET = update(questions).where(_THIS)
_DROP_DRAFTS = delete(questions).where(
    questions.c.person_id == bindparam("person_id"), questions.c.state == Stage.DRAFT
)
_NEW = insert(questions).returning(questions.c.id)
_UNPLACE = (
    update(questions)
    .where(questions.c.office_id == bindparam("which"))
    .values(thread_id=None, anchor_id=None)
)
_BIND = update(offices).where(offices.c.id == bindparam("which"))
_LAST_TOPIC = select(func.max(deliveries.c.due_at)).where(
    deliveries.c.chat_id == bindparam("group_id"),
    deliveries.c.kind == "topic",
    deliveries.c.due_at > bindparam("since"),
)
_BOUND_TO = select(offices.c.id).where(offices.c.group_id == bindparam("group_id"))


async def begin(c: Connection, office_id: str, person_id: int, now: datetime) -> int:
    """Begin a question and return its id; one that the person had begun before goes."""
    await c.execute(_DROP_DRAFTS, {"person_id": person_id})
    row = {
        "office_id": office_id,
        "person_id": person_id,
        "state": Stage.DRAFT,
        "shared": {},
        "opened_at": now,
        "asked_at": now,
    }
    begun: int = (await c.execute(_NEW, row)).scalar_one()
    return begun


async def discard(c: Connection, person_id: int) -> None:
    """Throw away what a person has begun to ask."""
    await c.execute(_DROP_DRAFTS, {"person_id": person_id})


async def get(c: Connection, question_id: int) -> Enquiry | None:
    """Return a question."""
    row = (await c.execute(_GET, {"which": question_id})).one_or_none()
    return None if row is None else Enquiry(*row)


async def of_person(c: Connection, person_id: int) -> list[Enquiry]:
    """Return the last questions of a person, the newest first."""
    return [Enquiry(*row) for row in await c.execute(_OF_PERSON, {"person_id": person_id})]


async def begun(c: Connection, person_id: int) -> Enquiry | None:
    """Return what a person has begun to ask and not sent."""
    row = (await c.execute(_BEGUN, {"person_id": person_id})).first()
    return None if row is None else Enquiry(*row)


async def spoken_of(c: Connection, person_id: int, since: datetime) -> Enquiry | None:
    """Return what a person and an office last wrote to each other about, since a moment."""
    row = (await c.execute(_SPOKEN_OF, {"person_id": person_id, "since": since})).first()
    return None if row is None else Enquiry(*row)


async def waiting(c: Connection, office_id: str | None = None) -> list[Enquiry]:
    """Return what waits for an answer at an office (or at all), the longest waiting first."""
    if office_id is None:
        return [Enquiry(*row) for row in await c.execute(_ALL_WAITING)]
    return [Enquiry(*row) for row in await c.execute(_WAITING, {"office_id": office_id})]


async def with_message(
    c: Connection, chat_id: int, message_id: int, office_id: str | None = None
) -> Enquiry | None:
    """Return the question that a message, a copy of one or an office's first card belongs to."""
    row = (await c.execute(_WITH_MESSAGE, {"chat": chat_id, "message": message_id})).first()
    if row is None and office_id is not None:
        which = {"office_id": office_id, "anchor": message_id}
        row = (await c.execute(_ANCHORED, which)).first()
    return None if row is None else Enquiry(*row)


async def share(c: Connection, question_id: int, shared: Mapping[str, Any]) -> None:
    """Keep what the student agreed to show."""
    await _set(c, question_id, shared=dict(shared))


async def ask(c: Connection, question_id: int, now: datetime) -> None:
    """Let a question wait for an answer from now on."""
    await _set(c, question_id, state=Stage.OPEN, asked_at=now, closed_at=None, nudged_at=None)


async def answered(c: Connection, question_id: int, by: int | None, now: datetime) -> None:
    """Remember that the office answered, and who did."""
    await _set(c, question_id, state=Stage.ANSWERED, answered_at=now, taken_by=by)


async def close(c: Connection, question_id: int, now: datetime) -> None:
    """Close a question."""
    await _set(c, question_id, state=Stage.CLOSED, closed_at=now)


async def rate(c: Connection, question_id: int, *, helped: bool) -> None:
    """Keep whether the answer helped."""
    await _set(c, question_id, helped=helped)


async def take(c: Connection, question_id: int, person_id: int) -> None:
    """Let a member answer for it."""
    await _set(c, question_id, taken_by=person_id)


async def nudged(c: Connection, question_id: int, now: datetime) -> None:
    """Remember that the office was reminded."""
    await _set(c, question_id, nudged_at=now)


async def place(
    c: Connection, question_id: int, *, thread_id: int | None = None, anchor_id: int | None = None
) -> None:
    """Keep where in the group a question stands; neither: nowhere."""
    await _set(c, question_id, thread_id=thread_id, anchor_id=anchor_id)


async def try_again(c: Connection, question: Enquiry) -> int:
    """Count one more attempt to put a question into the group; return its number."""
    await _set(c, question.id, attempt=question.attempt + 1)
    return question.attempt + 1


async def bind(c: Connection, office_id: str, group_id: int, *, topics: bool) -> None:
    """Give an office another group; its questions have no place in it yet."""
    values = {"group_id": group_id, "group_has_topics": topics, "which": office_id}
    await c.execute(_BIND, values)
    await c.execute(_UNPLACE, {"which": office_id})


async def offices_in(c: Connection, group_id: int) -> list[str]:
    """Return the offices that answer in a group."""
    return list((await c.execute(_BOUND_TO, {"group_id": group_id})).scalars())


async def last_topic_due(c: Connection, group_id: int, since: datetime) -> datetime | None:
    """Return when the last topic of a group is, or was, to be opened; None: not since then."""
    which = {"group_id": group_id, "since": since}
    due: datetime | None = (await c.execute(_LAST_TOPIC, which)).scalar_one_or_none()
    return due


async def _set(c: Connection, question_id: int, **columns: object) -> None:
    await c.execute(_SET, {"which": question_id, **columns})
