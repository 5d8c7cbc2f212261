"""Students who ask an office, and its group."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.telegram_double import Group
from erasmus.announcement_contents import Content, ContentKind
from erasmus.enquiries import Stage
from erasmus.offices import Office
from erasmus.words import Language
from handlers import relay
from storage import Database, offices, people, question_messages, questions
from tests.offices import an_office

WRITTEN = ("first", "second")
"""What each student writes, after their number."""


async def founded(db: Database, group: Group, now: datetime, *, topics: bool) -> Office:
    """Return an office that answers in a group."""
    office = replace(an_office(now), group_id=group.id, group_has_topics=topics)
    async with db.write() as c:
        await offices.put(c, office)
    return office


async def ask(db: Database, office: Office, student: int, now: datetime) -> None:
    """Ask with two messages, as the screens do it."""
    async with db.write() as c:
        await people.greet(c, student, Language.EN, "Asia/Bishkek", now)
        number = await questions.begin(c, office.id, student, now)
        question = await questions.get(c, number)
        assert question is not None
        for n, words in enumerate(WRITTEN, start=1):
            content = Content(ContentKind.TEXT, f"{student} {words}")
            await question_messages.add(c, question, content, now, chat_id=student, message_id=n)
        await questions.ask(c, number, now)
        await relay.open_in_group(c, replace(question, state=Stage.OPEN), now)


def written(group: Group, student: int) -> tuple[str, ...]:
    """Return what of a student arrived in the group, in order."""
    said = [message.text or "" for message in group.messages]
    return tuple(text.partition(" ")[2] for text in said if text.startswith(f"{student} "))


def have_all(group: Group, students: Iterable[int]) -> bool:
    """Tell whether all of what some students wrote is in the group."""
    return all(len(written(group, student)) >= len(WRITTEN) for student in students)
