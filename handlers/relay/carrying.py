"""Messages of a question on their way: its place in the group, copies, edits."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from erasmus.announcement_contents import Content
from erasmus.enquiries import Enquiry, EnquiryMessage
from erasmus.offices import Office
from handlers.questions.excerpts import excerpt, wordless
from handlers.relay import threads
from handlers.relay.bodies import body_of, card, desk_texts, place
from handlers.screens import Screen
from locales.markup import as_plain
from storage import Connection, deliveries, offices, question_messages, questions
from storage.deliveries import Draft, Lane

LONGEST_TOPIC: Final = 64
BETWEEN_TOPICS: Final = timedelta(seconds=8)
"""Telegram lets a bot open about twenty topics and say twenty messages a minute in a group."""


async def open_in_group(c: Connection, question: Enquiry, now: datetime) -> None:
    """Give a question its place in the office's group; the messages follow when it is there."""
    office = await offices.get(c, question.office_id)
    if office is None or office.group_id is None:
        return
    attempt = await questions.try_again(c, question)
    former = await threads.former(c, office, question)
    if former is not None:
        await join(c, office, question, former, now)
        return
    if not office.group_has_topics:
        await put_card(c, office, replace(question, attempt=attempt), now)
        return
    first = (await question_messages.of_question(c, question.id))[0]
    words = excerpt(first.content) or as_plain(wordless(await desk_texts(c, office), first.content))
    name = f"{question.id}. {words}"[:LONGEST_TOPIC]
    last = await questions.last_topic_due(c, office.group_id, now - BETWEEN_TOPICS)
    due = max(now, last + BETWEEN_TOPICS) if last else now
    body = {"deed": "topic", "name": name, "question": question.id, "attempt": attempt}
    draft = Draft(f"q{question.id}.{attempt}:t", Lane.STAFF, office.group_id, "topic", body, due)
    await deliveries.put(c, draft, now)


async def join(
    c: Connection, office: Office, question: Enquiry, former: Enquiry, now: datetime
) -> None:
    """Put a question where a former one of its student stands, once that has its place."""
    if former.thread_id is not None:
        await threads.reopen(c, former, now)
        await questions.place(c, question.id, thread_id=former.thread_id)
    if not former.placed or (standing := await questions.get(c, question.id)) is None:
        return
    await put_card(c, office, standing, now, former=former)
    if standing.placed:
        await carry_all(c, office, standing, now)


async def carry_all(c: Connection, office: Office, question: Enquiry, now: datetime) -> None:
    """Send everything that a student wrote to the place of their question."""
    for message in await question_messages.of_question(c, question.id):
        if not message.from_office:
            await carry(c, office, question, message, now)


async def put_card(
    c: Connection,
    office: Office,
    question: Enquiry,
    now: datetime,
    *,
    former: Enquiry | None = None,
) -> None:
    """Introduce a question in the group, beside a former one of its student."""
    if office.group_id is None:
        return
    t = await desk_texts(c, office)
    told = {"question": question.id, "attempt": question.attempt}
    further = former is not None
    body = card(t, question, further=further).body() | place(former or question) | told
    key = f"q{question.id}.{question.attempt}:c{question.thread_id or 0}"
    draft = Draft(key, Lane.STAFF, office.group_id, "card", body, now)
    await deliveries.put(c, draft, now)


async def carry(
    c: Connection, office: Office, question: Enquiry, message: EnquiryMessage, now: datetime
) -> None:
    """Send a message to the other side."""
    key = f"q{question.id}.{question.attempt}:m{message.id}"
    chat = question.person_id if message.from_office else office.group_id
    if chat is None:
        return
    await question_messages.carry(c, message, key)
    kind = "answer" if message.from_office else "relay"
    body = await body_of(c, office, question, message.content, to_student=message.from_office)
    await deliveries.put(c, Draft(key, Lane.STAFF, chat, kind, body, now), now)


async def edited(
    c: Connection, message: EnquiryMessage, content: Content, update_id: int, now: datetime
) -> None:
    """Write the copy of an edited message anew, now or as soon as it has arrived."""
    # It may have arrived since it was read.
    known = await question_messages.rewrite(c, message, content)
    if known is not None and known.copy_id is not None:
        await rewrite(c, known, content, f"e{update_id}", now)


async def rewrite(
    c: Connection, message: EnquiryMessage, content: Content, mark: str, now: datetime
) -> None:
    """Edit the copy of a message; `mark` tells this edit from others."""
    question = await questions.get(c, message.question_id)
    office = await offices.get(c, question.office_id) if question else None
    if question is None or office is None or message.copy_chat_id is None:
        return
    body = await body_of(c, office, question, content, to_student=message.from_office)
    body |= {"copy": message.copy_id}
    draft = Draft(
        f"{message.delivery_key}:{mark}", Lane.STAFF, message.copy_chat_id, "screen", body, now
    )
    await deliveries.put(c, draft, now)


async def tell_forgotten(c: Connection, person_id: int, now: datetime) -> None:
    """Say where the questions of a person stand that answers reach nobody any more, and close it.

    The last thing before everything about them is deleted.
    """
    told: set[tuple[str, int | None]] = set()
    for question in await questions.of_person(c, person_id):
        office = await offices.get(c, question.office_id)
        where = (question.office_id, question.thread_id or question.anchor_id)
        if office is None or not question.placed or where in told:
            continue
        told.add(where)
        t = await desk_texts(c, office)
        said = t("The student deleted everything about themselves. Answers reach nobody any more.")
        key = f"forgotten:{question.id}"  # not begun like those that go with the question
        await say_in_group(c, office, question, Screen(said), key=key, now=now)
        await threads.close(c, question, now)


async def say_in_group(  # noqa: PLR0913 - where, what, once
    c: Connection, office: Office, question: Enquiry, screen: Screen, *, key: str, now: datetime
) -> None:
    """Say something about a question in the office's group, once for each key."""
    if office.group_id is not None:
        body = screen.body() | place(question)
        draft = Draft(key, Lane.STAFF, office.group_id, "screen", body, now)
        await deliveries.put(c, draft, now)
