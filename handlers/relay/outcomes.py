"""How a question goes on after a delivery arrived, or did not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from erasmus.enquiries import EnquiryMessage, Stage
from erasmus.offices import Role
from handlers.relay import threads
from handlers.relay.bodies import body_of, desk_texts
from handlers.relay.carrying import (
    carry_all,
    join,
    open_in_group,
    put_card,
    rewrite,
    say_in_group,
)
from handlers.relay.groups import GroupRight, judge_rights
from handlers.screens import Screen
from locales import texts_for
from storage import (
    Connection,
    deliveries,
    members,
    offices,
    people,
    question_messages,
    question_places,
    questions,
)
from storage.deliveries import Delivery, Draft, Lane

KINDS: Final = frozenset({"topic", "card", "relay", "answer", "rights"})
"""Kinds of deliveries after which a question goes on."""
DELIVERED, ANSWERED = "👀", "👍"


async def settled(c: Connection, row: Delivery, message_id: int | None, now: datetime) -> None:
    """Go on after something of a question arrived."""
    if row.kind in {"topic", "card"} and message_id is not None:
        await _placed(c, row, message_id, now)
    elif row.kind in {"relay", "answer"} and message_id is not None:
        await _arrived(c, row, message_id, now)
    elif row.kind == "rights" and message_id is not None:
        await judge_rights(c, row, GroupRight(message_id), now)


async def _placed(c: Connection, row: Delivery, message_id: int, now: datetime) -> None:
    found = await questions.get(c, int(row.body["question"]))
    question = await question_places.lock(c, found) if found else None
    if question is None or question.attempt != row.body["attempt"]:
        return
    office = await offices.get(c, question.office_id)
    if office is None or question.placed:
        return
    if row.kind == "topic":
        await questions.place(c, question.id, thread_id=message_id)
    else:
        await questions.place(c, question.id, anchor_id=message_id)
    standing = await questions.get(c, question.id)
    if standing is None:
        return
    if row.kind == "topic":
        await put_card(c, office, standing, now)
    await carry_all(c, office, standing, now)
    for follower in await threads.followers(c, standing):
        await join(c, office, follower, standing, now)


async def _arrived(c: Connection, row: Delivery, message_id: int, now: datetime) -> None:
    message = await question_messages.carried_by(c, row.key)
    if message is None:
        return
    await question_messages.arrived(c, message, row.chat_id, message_id)
    known = await question_messages.carried_by(c, row.key)
    question = await questions.get(c, message.question_id)
    office = await offices.get(c, question.office_id) if question else None
    if known is None or question is None or office is None:
        return
    body = await body_of(c, office, question, known.content, to_student=known.from_office)
    if (body["text"], body.get("media")) != (row.body["text"], row.body.get("media")):
        await rewrite(c, known, known.content, f"e{row.id}", now)
    await _react(c, known, ANSWERED if known.from_office else DELIVERED, now)
    if known.from_office:
        everything = await question_messages.of_question(c, question.id)
        asked = [each for each in everything if not each.from_office]
        for each in asked[-1:]:
            await _react(c, each, ANSWERED, now)


async def _react(c: Connection, message: EnquiryMessage, emoji: str, now: datetime) -> None:
    """Show whoever wrote a message what became of it."""
    if message.message_id <= 0:  # a prepared answer, which nobody typed
        return
    key = f"{message.delivery_key}:{'d' if emoji == DELIVERED else 'a'}"
    body = {"deed": "react", "message": message.message_id, "emoji": emoji}
    await deliveries.put(c, Draft(key, Lane.STAFF, message.chat_id, "react", body, now), now)


async def failed(c: Connection, row: Delivery, problem: str, now: datetime) -> None:
    """Find another way for what could not arrive."""
    told: Mapping[str, Any] = row.body
    if row.chat_id < 0 and problem.startswith("gone"):
        await _tell_owners(c, row.chat_id, now)
        return
    if row.kind == "topic":
        question = await questions.get(c, int(told["question"]))
        office = question and await offices.get(c, question.office_id)
        if question and office and question.attempt == told["attempt"] and not question.placed:
            await put_card(c, office, question, now)
    elif row.kind == "answer":
        await _tell_undelivered(c, row, now)
    elif row.kind == "relay" and "thread not found" in problem.lower():
        message = await question_messages.carried_by(c, row.key)
        question = await questions.get(c, message.question_id) if message else None
        if question is not None and question.thread_id is not None:
            await _open_anew(c, question.office_id, question.thread_id, now)


async def _open_anew(c: Connection, office_id: str, thread_id: int, now: datetime) -> None:
    """Put what waited in a topic that somebody deleted into another one."""
    there = await question_places.in_thread(c, office_id, thread_id)
    await question_places.clear_thread(c, office_id, thread_id)
    for question in sorted(there, key=lambda one: one.id):
        if question.state is Stage.OPEN:
            await open_in_group(c, replace(question, thread_id=None), now)


async def _tell_owners(c: Connection, group_id: int, now: datetime) -> None:
    """Tell whoever owns the office that its group is lost, once a day: questions wait meanwhile."""
    for office_id in await questions.offices_in(c, group_id):
        office = await offices.get(c, office_id)
        team = await members.of_office(c, office_id)
        for owner in (one.person_id for one in team if one.role is Role.OWNER):
            person = await people.find(c, owner)
            if office is None or person is None:
                continue
            t = texts_for(person.language)
            said = t(
                "I cannot write in the group of {office} any more. Please add me again and "
                "send /connect there: the questions that wait come then.",
                office=t.words(office.name),
            )
            key = f"lost:{office_id}:{owner}:{now.date()}"
            draft = Draft(key, Lane.STAFF, owner, "screen", Screen(said).body(), now)
            await deliveries.put(c, draft, now)


async def _tell_undelivered(c: Connection, row: Delivery, now: datetime) -> None:
    message = await question_messages.carried_by(c, row.key)
    question = await questions.get(c, message.question_id) if message else None
    office = await offices.get(c, question.office_id) if question else None
    if message is None or question is None or office is None:
        return
    t = await desk_texts(c, office)
    said = t("Not delivered: the student cannot be reached (any more).")
    await say_in_group(c, office, question, Screen(said), key=f"{row.key}:u", now=now)
