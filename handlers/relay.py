"""The relay between a student and an office: what one side writes is delivered to the other.

A question first gets its place in the office's group: a topic, or a card whose answers are its
thread. When that place is known (its delivery has settled) the messages follow. Where every copy
arrived is kept, so that answers and edits find their way by numbers. All of it is rows: a
restart, or a repeat, changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import IntFlag
from typing import Any, Final

from erasmus.announcement_texts import LONGEST_CAPTION, LONGEST_TEXT, signs, visible
from erasmus.announcements import Content, ContentKind
from erasmus.enquiries import Enquiry, EnquiryMessage
from erasmus.offices import Office, Role
from erasmus.words import Language
from handlers.question_presses import AddTo, RateAnswer
from handlers.screens import Go, Screen, one_each, paragraphs
from handlers.staff.answer_presses import Prepared, TakeOver, ToEntry
from locales import Texts, texts_for
from storage import Connection, deliveries, members, offices, people, question_messages, questions
from storage.deliveries import Delivery, Draft, Lane

BETWEEN_TOPICS: Final = timedelta(seconds=8)
"""Telegram lets a bot open about twenty topics and say twenty messages a minute in a group."""

KINDS: Final = frozenset({"topic", "card", "relay", "answer", "rights"})
"""Kinds of deliveries after which a question goes on."""


class GroupRight(IntFlag):
    """What the assistant may do in a group, and what the group has."""

    ADMIN = 1
    TOPICS = 2
    DELETE = 4
    FORUM = 8


DELIVERED, ANSWERED = "👀", "👍"

Body = dict[str, Any]


async def desk_texts(c: Connection, office: Office) -> Texts:
    """Return the interface in the language of the office's first owner: its group speaks that."""
    for member in await members.of_office(c, office.id):
        if member.role is Role.OWNER and (owner := await people.find(c, member.person_id)):
            return texts_for(owner.language)
    return texts_for(Language.RU)


async def open_in_group(c: Connection, question: Enquiry, now: datetime) -> None:
    """Give a question its place in the office's group; the messages follow when it is there."""
    office = await offices.get(c, question.office_id)
    if office is None or office.group_id is None:
        return
    attempt = await questions.try_again(c, question)
    if not office.group_has_topics:
        await _put_card(c, office, question, attempt, now)
        return
    first = (await question_messages.of_question(c, question.id))[0]
    name = f"{question.id}. {' '.join(visible(first.content.html).split())}"[:64]
    last = await questions.last_topic_due(c, office.group_id, now - BETWEEN_TOPICS)
    due = max(now, last + BETWEEN_TOPICS) if last else now
    body = {"deed": "topic", "name": name, "question": question.id, "attempt": attempt}
    draft = Draft(f"q{question.id}.{attempt}:t", Lane.STAFF, office.group_id, "topic", body, due)
    await deliveries.put(c, draft, now)


async def _put_card(
    c: Connection, office: Office, question: Enquiry, attempt: int, now: datetime
) -> None:
    if office.group_id is None:
        return
    t = await desk_texts(c, office)
    told = {"question": question.id, "attempt": attempt}
    body = card(t, question).body() | place(question) | told
    key = f"q{question.id}.{attempt}:c{question.thread_id or 0}"
    draft = Draft(key, Lane.STAFF, office.group_id, "card", body, now)
    await deliveries.put(c, draft, now)


def card(t: Texts, question: Enquiry) -> Screen:
    """Introduce a question to the office, with what the student agreed to show."""
    shared = question.shared.get("card")
    text = paragraphs(
        t("<b>Question {n}</b>", n=question.id),
        shared or t("The student shares nothing about themselves."),
        t(
            "Whatever you write here goes to the student, signed by the office. Begin "
            "with // for a note that stays here."
        )
        if question.thread_id
        else t(
            "To answer, reply to one of the messages of this question. Begin with // "
            "for a note that stays here."
        ),
    )
    office_id = question.office_id
    buttons = [
        Go(t.label("button", "Prepared answers"), Prepared(office_id, question.id)),
        Go(t.label("button", "I take this one"), TakeOver(office_id, question.id)),
        Go(
            t.label("button", "Keep the answer for others"),
            ToEntry(question.office_id, question.id),
        ),
    ]
    return Screen(text, one_each(buttons))


def place(question: Enquiry) -> Body:
    """Return where in the group something about a question goes."""
    return {"thread": question.thread_id, "reply": question.anchor_id}


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
    body = await _body(c, office, question, message.content, to_student=message.from_office)
    await deliveries.put(c, Draft(key, Lane.STAFF, chat, kind, body, now), now)


async def _body(
    c: Connection, office: Office, question: Enquiry, content: Content, *, to_student: bool
) -> Body:
    if not to_student:
        return _shown(content.html, content) | place(question)
    student = await people.find(c, question.person_id)
    t = texts_for(student.language if student else Language.RU)
    signed = paragraphs(f"<b>{t.words(office.name)}</b>", content.html)
    most = LONGEST_TEXT if content.kind is ContentKind.TEXT else LONGEST_CAPTION
    html = signed if signs(visible(signed)) <= most else content.html
    buttons = [
        Go(t.label("button", "It helped"), RateAnswer(question.id, helped=True)),
        Go(t.label("button", "It did not help"), RateAnswer(question.id, helped=False)),
        Go(t.label("button", "Write to the office again"), AddTo(question.id)),
    ]
    return _shown(html, content) | {"keyboard": Screen("", one_each(buttons)).body()["keyboard"]}


def _shown(html: str, content: Content) -> Body:
    if content.file_id is None:
        return {"text": html}
    return {"text": html, "media": {"kind": content.kind.value, "file_id": content.file_id}}


async def edited(
    c: Connection, message: EnquiryMessage, content: Content, update_id: int, now: datetime
) -> None:
    """Write the copy of an edited message anew, now or as soon as it has arrived."""
    await question_messages.rewrite(c, message, content)
    if message.copy_id is not None and message.copy_chat_id is not None:
        await _rewrite(c, message, content, f"e{update_id}", now)


async def _rewrite(
    c: Connection, message: EnquiryMessage, content: Content, mark: str, now: datetime
) -> None:
    question = await questions.get(c, message.question_id)
    office = await offices.get(c, question.office_id) if question else None
    if question is None or office is None or message.copy_chat_id is None:
        return
    body = await _body(c, office, question, content, to_student=message.from_office)
    body |= {"copy": message.copy_id}
    draft = Draft(
        f"{message.delivery_key}:{mark}", Lane.STAFF, message.copy_chat_id, "screen", body, now
    )
    await deliveries.put(c, draft, now)


async def settled(c: Connection, row: Delivery, message_id: int | None, now: datetime) -> None:
    """Go on after something of a question arrived."""
    if row.kind in {"topic", "card"} and message_id is not None:
        await _placed(c, row, message_id, now)
    elif row.kind in {"relay", "answer"} and message_id is not None:
        await _arrived(c, row, message_id, now)
    elif row.kind == "rights" and message_id is not None:
        await _judge_rights(c, row, GroupRight(message_id), now)


async def _judge_rights(c: Connection, row: Delivery, rights: GroupRight, now: datetime) -> None:
    """Say what is missing in a group that was just connected; use its topics if possible."""
    office = await offices.get(c, str(row.body["office"]))
    if office is None or office.group_id != row.chat_id:
        return
    t = await desk_texts(c, office)
    able = GroupRight.FORUM | GroupRight.TOPICS
    if able in rights:
        await bind_group(c, office, row.chat_id, now, topics=True)
        said = t("Every question gets a topic of its own here. Everything is ready.")
    elif GroupRight.FORUM in rights:
        said = t(
            "I may not open topics here. Please make me an administrator with the right "
            "to manage topics and send /connect again. Until then, answer by replying "
            "to my messages."
        )
    else:
        said = t(
            "Answer a question by replying to its messages. It is clearer with topics: "
            "switch them on in the settings of the group, make me an administrator who "
            "may manage topics, and send /connect again."
        )
    draft = Draft(f"{row.key}:s", Lane.STAFF, row.chat_id, "screen", Screen(said).body(), now)
    await deliveries.put(c, draft, now)


async def _placed(c: Connection, row: Delivery, message_id: int, now: datetime) -> None:
    question = await questions.get(c, int(row.body["question"]))
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
        await _put_card(c, office, standing, standing.attempt, now)
    for message in await question_messages.of_question(c, question.id):
        if not message.from_office:
            await carry(c, office, standing, message, now)


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
    body = await _body(c, office, question, known.content, to_student=known.from_office)
    if (body["text"], body.get("media")) != (row.body["text"], row.body.get("media")):
        await _rewrite(c, known, known.content, f"e{row.id}", now)
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
    if row.kind == "topic":
        question = await questions.get(c, int(told["question"]))
        office = question and await offices.get(c, question.office_id)
        if question and office and question.attempt == told["attempt"] and not question.placed:
            await _put_card(c, office, question, question.attempt, now)
    elif row.kind == "answer":
        await _tell_undelivered(c, row, now)
    elif row.kind == "relay" and "thread not found" in problem.lower():
        message = await question_messages.carried_by(c, row.key)
        question = await questions.get(c, message.question_id) if message else None
        if question is not None and question.placed:
            await questions.place(c, question.id)
            await open_in_group(c, question, now)


async def _tell_undelivered(c: Connection, row: Delivery, now: datetime) -> None:
    message = await question_messages.carried_by(c, row.key)
    question = await questions.get(c, message.question_id) if message else None
    office = await offices.get(c, question.office_id) if question else None
    if message is None or question is None or office is None:
        return
    t = await desk_texts(c, office)
    said = t("Not delivered: the student cannot be reached (any more).")
    await say_in_group(c, office, question, Screen(said), key=f"{row.key}:u", now=now)


async def say_in_group(  # noqa: PLR0913 - where, what, once
    c: Connection, office: Office, question: Enquiry, screen: Screen, *, key: str, now: datetime
) -> None:
    """Say something about a question in the office's group, once for each key."""
    if office.group_id is not None:
        body = screen.body() | place(question)
        draft = Draft(key, Lane.STAFF, office.group_id, "screen", body, now)
        await deliveries.put(c, draft, now)


async def move_group(c: Connection, old: int, new: int, now: datetime) -> None:
    """Follow a group that became a supergroup: its messages of before cannot be reached there.

    So questions that wait are put into it anew, with everything that was written.
    """
    for office_id in await questions.offices_in(c, old):
        office = await offices.get(c, office_id)
        if office is not None:
            await bind_group(c, office, new, now, topics=office.group_has_topics)


async def bind_group(
    c: Connection, office: Office, group_id: int, now: datetime, *, topics: bool
) -> None:
    """Let an office answer in a group; what waits goes there."""
    await questions.bind(c, office.id, group_id, topics=topics)
    for question in await questions.waiting(c, office.id):
        await _withdraw(c, question, now)
        await open_in_group(c, question, now)


async def _withdraw(c: Connection, question: Enquiry, now: datetime) -> None:
    """Take back what was on its way to a place that is no more."""
    begun = f"q{question.id}.{question.attempt}"
    cards = [f"{begun}:t", f"{begun}:c0", f"{begun}:c{question.thread_id or 0}"]
    messages = await question_messages.of_question(c, question.id)
    carried = [each.delivery_key for each in messages if not each.from_office]
    await deliveries.cancel(c, [*cards, *carried], now)
