"""The waiting list: what students asked and nobody has answered, the oldest first."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from erasmus.enquiries import Enquiry
from erasmus.offices import Office, Right
from erasmus.working_days import working_days_between
from handlers.public_holidays import public_holidays
from handlers.questions.excerpts import excerpt, wordless
from handlers.screens import Screen, lines, paragraphs
from handlers.staff import arrival
from handlers.staff.answer_presses import Queue
from handlers.staff.desk import Desk
from handlers.staff.front import back_to_desk
from handlers.turn import Turn
from locales import Safe, Texts
from storage import Connection, members, question_messages, questions
from storage.members import Member

LISTED: Final = 15
SHORT: Final = 50
HOUR: Final = 3600


def days_waiting(question: Enquiry, office: Office, now: datetime) -> int:
    """Count the working days that a question has waited."""
    zone = ZoneInfo(office.zone)
    asked, today = question.asked_at.astimezone(zone).date(), now.astimezone(zone).date()
    return working_days_between(asked, today, public_holidays(office.country))


async def queue(turn: Turn) -> Screen:
    """Show the waiting lists of a member's offices."""
    t = turn.t
    known = await members.offices_of(turn.c, turn.person.id)
    able = [Desk(turn, office, role) for office, role in known]
    shown = [await queue_of(desk) for desk in able if desk.may(Right.ANSWER)]
    text = paragraphs(*(screen.text for screen in shown)) or t("Nothing waits for you.")
    ways = {row for screen in shown for row in screen.rows}
    return Screen(text, (*ways, turn.leave()))


async def show_queue(desk: Desk, _press: Queue) -> Screen:
    """Show what waits at one office."""
    screen = await queue_of(desk)
    return Screen(screen.text, (*screen.rows, back_to_desk(desk)))


async def queue_of(desk: Desk) -> Screen:
    """List what waits at an office, with its age and the way to it."""
    t, named = desk.t, desk.t("<b>Waiting at {office}</b>", office=desk.t.words(desk.office.name))
    waiting = await questions.waiting(desk.c, desk.office.id)
    if desk.office.group_id is None and not waiting:
        rows = ((arrival.way(desk.turn),),) if desk.may(Right.MANAGE) else ()
        return Screen(paragraphs(named, arrival.place(t, desk.office)), rows)
    listed = [await line_of(desk.c, t, desk.office, one, desk.now) for one in waiting[:LISTED]]
    more = len(waiting) - len(listed)
    return Screen(
        paragraphs(
            named,
            lines(*listed) or t("Nothing waits. Every question has been answered."),
            t.plural("And {n} more.", "And {n} more.", more) if more else None,
        )
    )


async def line_of(c: Connection, t: Texts, office: Office, question: Enquiry, now: datetime) -> str:
    """Say which question waits and for how long, with the way to it."""
    written = await question_messages.of_question(c, question.id)
    first = written[0].content if written else None
    words = (excerpt(first, SHORT) or wordless(t, first)) if first else "…"
    days, age = days_waiting(question, office, now), _age(t, question, office, now)
    late = "❗ " if days >= office.answer_days else ""
    named = t("{n}. {words} ({age})", n=question.id, words=words, age=age)
    line = f"{late}{_linked(question, office, named)}"
    taken = await taken_by(c, question)
    if taken is None:
        return line
    return t("{question} – taken by {name}", question=Safe(line), name=taken.name)


def _age(t: Texts, question: Enquiry, office: Office, now: datetime) -> str:
    days = days_waiting(question, office, now)
    if days:
        return t.plural("{n} working day", "{n} working days", days)
    hours = int((now - question.asked_at).total_seconds() // HOUR)
    return t.plural("{n} hour", "{n} hours", hours) if hours else t("new")


async def taken_by(c: Connection, question: Enquiry) -> Member | None:
    """Return the member who answers for a question, while they are one."""
    if question.taken_by is None:
        return None
    return await members.get(c, question.office_id, question.taken_by)


def _linked(question: Enquiry, office: Office, text: str) -> str:
    """Lead to the question's place in the group, where Telegram has links to it."""
    at = question.thread_id or question.anchor_id
    group = str(office.group_id or "")
    if at is None or not group.startswith("-100"):
        return text
    return f'<a href="https://t.me/c/{group.removeprefix("-100")}/{at}">{text}</a>'
