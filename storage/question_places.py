"""Where in a group questions stand: those of one student to one office stand together."""

from __future__ import annotations

from dataclasses import fields

from sqlalchemy import bindparam, case, select, update

from erasmus.enquiries import Enquiry, Stage
from storage.database import Connection
from storage.models import questions

_FIELDS = tuple(questions.c[field.name] for field in fields(Enquiry))
_OTHERS = (
    select(*_FIELDS)
    .where(
        questions.c.person_id == bindparam("person_id"),
        questions.c.office_id == bindparam("office_id"),
        questions.c.id != bindparam("which"),
        questions.c.attempt > 0,
    )
    .order_by(questions.c.id.desc())
)
_OF_STUDENT = (
    select(*_FIELDS)
    .where(
        questions.c.person_id == bindparam("person_id"),
        questions.c.office_id == bindparam("office_id"),
    )
    .order_by(questions.c.id)
    .with_for_update()
)
_HERE = (
    questions.c.office_id == bindparam("which_office"),
    questions.c.thread_id == bindparam("thread"),
)
_waits_first = case((questions.c.state == Stage.OPEN, 0), else_=1)
_IN_THREAD = select(*_FIELDS).where(*_HERE).order_by(_waits_first, questions.c.id.desc())
_CLEAR = update(questions).where(*_HERE).values(thread_id=None, anchor_id=None)


async def lock(c: Connection, question: Enquiry) -> Enquiry:
    """Return a question as it is now, and let no place of its student's be settled meanwhile.

    What is decided by whether it has a place must not be decided while that is being written: each
    would rely on the other to pass a message on. To be called before any of them is changed.
    """
    which = {"person_id": question.person_id, "office_id": question.office_id}
    found = [Enquiry(*row) for row in await c.execute(_OF_STUDENT, which)]
    return next((one for one in found if one.id == question.id), question)


async def beside(c: Connection, question: Enquiry) -> list[Enquiry]:
    """Return the other questions of the same student to the same office, the newest first."""
    which = {
        "person_id": question.person_id,
        "office_id": question.office_id,
        "which": question.id,
    }
    return [Enquiry(*row) for row in await c.execute(_OTHERS, which)]


async def in_thread(c: Connection, office_id: str, thread_id: int) -> list[Enquiry]:
    """Return the questions of a topic: what waits goes first, then the newest."""
    which = {"which_office": office_id, "thread": thread_id}
    return [Enquiry(*row) for row in await c.execute(_IN_THREAD, which)]


async def clear_thread(c: Connection, office_id: str, thread_id: int) -> None:
    """Forget a topic that is not there any more."""
    await c.execute(_CLEAR, {"which_office": office_id, "thread": thread_id})
