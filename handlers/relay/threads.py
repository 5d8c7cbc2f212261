"""The thread of a student: all their questions to one office stand in one place of its group."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from erasmus.enquiries import Enquiry, Stage
from erasmus.offices import Office
from storage import Connection, deliveries, offices, question_places
from storage.deliveries import Draft, Lane


async def former(c: Connection, office: Office, question: Enquiry) -> Enquiry | None:
    """Return the question beside which another of its student goes; None: it begins a thread.

    One that waits for its own place is named, too: the others follow it there.
    """
    others = await question_places.beside(c, question)
    if office.group_has_topics:
        placed = [one for one in others if one.thread_id is not None]
    else:
        placed = [one for one in others if one.anchor_id is not None]
    coming = [one for one in reversed(others) if _comes(one) and one.id < question.id]
    return next(iter([*placed, *coming]), None)


async def followers(c: Connection, question: Enquiry) -> list[Enquiry]:
    """Return what has waited for the place of a question, the oldest first."""
    others = await question_places.beside(c, question)
    return [one for one in reversed(others) if _comes(one)]


def _comes(question: Enquiry) -> bool:
    return question.state is Stage.OPEN and not question.placed


async def close_if_done(c: Connection, question: Enquiry, now: datetime) -> None:
    """Close the topic of a student all of whose questions there are closed."""
    if question.thread_id is None:
        return
    there = await question_places.in_thread(c, question.office_id, question.thread_id)
    if all(one.state is Stage.CLOSED for one in there):
        await close(c, question, now)


async def close(c: Connection, question: Enquiry, now: datetime) -> None:
    """Close the topic of a question, if it stands in one."""
    if question.thread_id is not None:
        await _turn(c, question, "close", now)


async def reopen(c: Connection, question: Enquiry, now: datetime) -> None:
    """Open the topic of a closed question again."""
    if question.state is Stage.CLOSED and question.thread_id is not None:
        await _turn(c, question, "reopen", now)


async def _turn(
    c: Connection, question: Enquiry, deed: Literal["close", "reopen"], now: datetime
) -> None:
    office = await offices.get(c, question.office_id)
    if office is None or office.group_id is None:
        return
    body = {"deed": deed, "thread": question.thread_id}
    key = f"{deed}:{question.id}:{now.isoformat()}"
    await deliveries.put(c, Draft(key, Lane.STAFF, office.group_id, deed, body, now), now)
