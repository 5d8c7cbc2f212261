"""Reminders to the office: a question that waits too long is named once a working day.

From the second reminder on a second person is called, too, so that a holiday of the first one
leaves no student alone.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from erasmus.enquiries import Enquiry
from erasmus.offices import Office, Right, may
from erasmus.working_days import is_working
from handlers import relay
from handlers.public_holidays import public_holidays
from handlers.screens import Screen, lines, paragraphs
from handlers.staff.queue import days_waiting, line_of
from locales import Texts, texts_for
from storage import Connection, deliveries, members, offices, people, questions
from storage.deliveries import Draft, Lane

FROM: Final = time(9)
"""Nobody at an office is reminded earlier in the day."""


async def nudge(c: Connection, now: datetime) -> None:
    """Remind the offices of what has waited longer than they meant it to; once a day at most."""
    for question in await questions.waiting(c):
        office = await offices.get(c, question.office_id)
        if office is not None and _is_due(question, office, now):
            await _remind(c, office, question, now)


def _is_due(question: Enquiry, office: Office, now: datetime) -> bool:
    zone = ZoneInfo(office.zone)
    local = now.astimezone(zone)
    working = is_working(local.date(), public_holidays(office.country))
    if not working or local.time() < FROM:
        return False
    if question.nudged_at and question.nudged_at.astimezone(zone).date() == local.date():
        return False
    return days_waiting(question, office, now) >= office.answer_days


async def _remind(c: Connection, office: Office, question: Enquiry, now: datetime) -> None:
    today = now.astimezone(ZoneInfo(office.zone)).date()
    t, days = await relay.desk_texts(c, office), days_waiting(question, office, now)
    said = Screen(
        t.plural(
            "⏰ This question has waited for {n} working day.",
            "⏰ This question has waited for {n} working days.",
            days,
        )
    )
    key = f"q{question.id}:n{today}"
    await relay.say_in_group(c, office, question, said, key=key, now=now)
    if question.nudged_at is not None:
        await _call_another(c, office, question, today, now)
    await questions.nudged(c, question.id, now)


async def _call_another(
    c: Connection, office: Office, question: Enquiry, today: date, now: datetime
) -> None:
    """Ask a member who has not taken the question; another one each day."""
    team = await members.of_office(c, office.id)
    able = [one for one in team if may(one.role, Right.ANSWER)]
    others = [one for one in able if one.person_id != question.taken_by] or able
    if not others:
        return
    called = others[today.toordinal() % len(others)].person_id
    person = await people.find(c, called)
    if person is None:
        return
    t, alone = texts_for(person.language), len(able) == 1
    screen = await _plea(c, t, office, question, now, alone=alone)
    draft = Draft(f"q{question.id}:h{today}", Lane.STAFF, called, "screen", screen.body(), now)
    await deliveries.put(c, draft, now)


async def _plea(  # noqa: PLR0913 - whom, about what
    c: Connection, t: Texts, office: Office, question: Enquiry, now: datetime, *, alone: bool
) -> Screen:
    return Screen(
        paragraphs(
            t("A student waits for an answer of {office}.", office=t.words(office.name)),
            lines(await line_of(c, t, office, question, now)),
            None if alone else t("Can you answer it? Your colleagues did not manage to."),
        )
    )
