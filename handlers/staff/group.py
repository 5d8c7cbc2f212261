"""The office's group: what members write there goes to students, each answer to its question.

Which question is meant is known by the topic, or by the message that is replied to.
"""

from __future__ import annotations

from typing import Final

from erasmus.enquiries import Enquiry
from erasmus.offices import Office, Right, Role, may
from handlers import relay
from handlers.incoming import Incoming
from handlers.questions.contents import content_of
from handlers.screens import Go, Screen, one_each, paragraphs
from handlers.staff import arrival, menu
from handlers.staff.answer_presses import Connect
from handlers.staff.desk import Desk, NotAllowed, admit
from handlers.staff.flaws import flaw_in
from handlers.staff.queue import queue_of
from handlers.turn import Turn
from storage import (
    deliveries,
    members,
    offices,
    people,
    question_messages,
    question_places,
    questions,
)
from storage.deliveries import Draft, Lane

NOTE: Final = "//"
ANONYMOUS: Final = 1_087_968_824
"""As whom Telegram shows administrators of a group who hide themselves."""


async def spoken_here(turn: Turn, group_id: int) -> Turn:
    """Return the turn in the language of the group, where everybody reads what is answered."""
    for office_id in await questions.offices_in(turn.c, group_id):
        office = await offices.get(turn.c, office_id)
        if office is not None:
            return turn.in_((await relay.desk_texts(turn.c, office)).language)
    return turn


async def heard(turn: Turn, sent: Incoming) -> Screen | None:
    """Take a message of the group to its question; None: there is nothing to say."""
    for office_id in await questions.offices_in(turn.c, sent.chat_id):
        office = await offices.get(turn.c, office_id)
        question = await _meant(turn, office_id, sent)
        if office is not None and question is not None:
            return await _take(turn, office, question, sent)
        if office is not None and sent.to_bot and not sent.text.startswith(NOTE):
            return await _belongs_to_none(turn, office, sent)
    return None


async def _belongs_to_none(turn: Turn, office: Office, sent: Incoming) -> Screen | None:
    """Tell a member, who means to answer a student, that there is nobody to answer."""
    if not may(await members.role_of(turn.c, office.id, turn.person.id), Right.ANSWER):
        return None
    t = turn.t
    return Screen(
        paragraphs(
            t("Not sent: I know no question that this belongs to."),
            t("Perhaps the student has deleted everything about themselves.")
            if sent.thread_id is not None
            else t("Reply to a message of a question. If it stands here twice, try the other one."),
        )
    )


async def _meant(turn: Turn, office_id: str, sent: Incoming) -> Enquiry | None:
    replied = None
    if sent.reply_to is not None:
        replied = await questions.with_message(turn.c, sent.chat_id, sent.reply_to, office_id)
    if sent.thread_id is None:
        return replied if replied and replied.office_id == office_id else None
    there = await question_places.in_thread(turn.c, office_id, sent.thread_id)
    return next((one for one in there if replied and one.id == replied.id), next(iter(there), None))


async def _take(turn: Turn, office: Office, question: Enquiry, sent: Incoming) -> Screen | None:
    t = turn.t
    if sent.text.startswith(NOTE):
        return None
    role = await members.role_of(turn.c, office.id, turn.person.id)
    if not may(role, Right.ANSWER):
        return Screen(_not_sent(turn))
    content = content_of(sent)
    if content is None:
        return Screen(t("Not sent: I can pass on texts, photos and files, but not this."))
    if problem := flaw_in(t, content):
        return Screen(paragraphs(t("Not sent to the student."), problem))
    message = await question_messages.add(
        turn.c,
        question,
        content,
        turn.now,
        chat_id=sent.chat_id,
        message_id=sent.message_id,
        from_office=True,
    )
    if message is not None:
        await relay.carry(turn.c, office, question, message, turn.now)
        await answered(turn, question)
    student = await people.find(turn.c, question.person_id)
    if student is not None and student.unreachable_since is not None:
        return Screen(t("The student has blocked me. They get the answer when they come back."))
    return None


def _not_sent(turn: Turn) -> str:
    t = turn.t
    if turn.person.id == ANONYMOUS:
        return t("Not sent: Telegram hides who you are. Please do not write anonymously here.")
    return t("Not sent: only members of the office who may answer can do that.")


async def answered(turn: Turn, question: Enquiry) -> None:
    """Remember that a question was answered, and who answers for it."""
    by = question.taken_by or turn.person.id
    await questions.answered(turn.c, question.id, by, turn.now)


async def edited(turn: Turn, sent: Incoming) -> Screen | None:
    """Mirror an edit of an answer."""
    message = await question_messages.written(turn.c, sent.chat_id, sent.message_id)
    content = content_of(sent)
    if message is None or content is None or message.content == content:
        return None
    question = await questions.get(turn.c, message.question_id)
    office_id = question.office_id if question else ""
    if not may(await members.role_of(turn.c, office_id, turn.person.id), Right.ANSWER):
        why = turn.t("Only members of the office who may answer can do that.")
        return Screen(paragraphs(turn.t("Not changed for the student."), why))
    if problem := flaw_in(turn.t, content):
        return Screen(paragraphs(turn.t("Not changed for the student."), problem))
    await relay.edited(turn.c, message, content, sent.update_id, turn.now)
    return None


async def connect(turn: Turn, _sent: Incoming) -> Screen:
    """Let an owner choose which of their offices answers in this group."""
    t = turn.t
    owned = [o for o, r in await members.offices_of(turn.c, turn.person.id) if r is Role.OWNER]
    if not owned:
        return Screen(t("Only the owner of an office can connect it to a group."))
    buttons = [Go(t.words(office.name), Connect(office.id)) for office in owned]
    text = t("Which office answers students’ questions in this group?")
    return Screen(text, one_each(buttons))


async def started(turn: Turn, sent: Incoming) -> Screen | None:
    """Go on after the button that added the assistant here; any other /start says nothing."""
    return await connect(turn, sent) if sent.text.split()[1:] == [arrival.CONNECT] else None


async def bind(desk: Desk, chat_id: int) -> Screen:
    """Connect the office; what the assistant may do here is looked up next."""
    await relay.bind_group(desk.c, desk.office, chat_id, desk.now, topics=False)
    await desk.record("office.group", desk.office.id, group=chat_id)
    body = {"deed": "rights", "office": desk.office.id, "person": desk.person_id}
    key = f"g{desk.office.id}:{chat_id}:{int(desk.now.timestamp())}"
    draft = Draft(key, Lane.STAFF, chat_id, "rights", body, desk.now)
    await deliveries.put(desk.c, draft, desk.now)
    await menu.show_in_group(desk.c, chat_id, await relay.desk_texts(desk.c, desk.office), desk.now)
    t = desk.t
    return Screen(
        paragraphs(
            t("Connected: {office}", office=t.words(desk.office.name)),
            t("Questions of students arrive here from now on."),
        )
    )


async def queue(turn: Turn, sent: Incoming) -> Screen | None:
    """Show what waits, to members who may answer."""
    for office_id in await questions.offices_in(turn.c, sent.chat_id):
        try:
            return await queue_of(await admit(turn, office_id, Right.ANSWER))
        except NotAllowed:
            continue
    return None


async def answers(turn: Turn, sent: Incoming) -> Screen | None:
    """Say where prepared answers are written; they are too long to be changed in a group."""
    roles = [
        await members.role_of(turn.c, office_id, turn.person.id)
        for office_id in await questions.offices_in(turn.c, sent.chat_id)
    ]
    if not any(may(role, Right.TRANSLATE) for role in roles):
        return None
    return Screen(turn.t("Prepared answers are written in the private chat with me: /answers."))


COMMANDS: Final = {"start": started, "connect": connect, "queue": queue, "answers": answers}
"""What the assistant listens to in a group; everything else is said in private."""
