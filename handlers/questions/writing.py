"""Messages that belong to a question, told from all others."""

from __future__ import annotations

from erasmus.enquiries import Enquiry, Stage, matching
from handlers.incoming import Incoming
from handlers.questions.choosing import ASKING
from handlers.questions.contents import content_of, own_question, refusal
from handlers.questions.following import ADDING, add
from handlers.questions.prepared import offer
from handlers.questions.presses import (
    Sharing,
)
from handlers.questions.sending import sharing
from handlers.screens import Screen
from handlers.turn import Turn
from storage import faq, question_messages, questions


async def receive(turn: Turn, sent: Incoming) -> Screen | None:
    """Take a message that belongs to a question; None for any other."""
    answered = await _answered(turn, sent)
    if answered is not None:
        return await add(turn, answered, sent)
    word, _, number = (turn.person.asking or "").partition(" ")
    if word not in {ASKING, ADDING} or not number.isdigit():
        return None
    question = await own_question(turn, int(number))
    if word == ADDING:
        return await add(turn, question, sent)
    return await _write(turn, question, sent)


async def _answered(turn: Turn, sent: Incoming) -> Enquiry | None:
    """Return the question whose answer is replied to."""
    if sent.reply_to is None:
        return None
    question = await questions.with_message(turn.c, sent.chat_id, sent.reply_to)
    mine = question is not None and question.person_id == turn.person.id
    return question if mine and question and question.state is not Stage.DRAFT else None


async def _write(turn: Turn, question: Enquiry, sent: Incoming) -> Screen:
    refused = refusal(turn, sent)
    if refused is not None:
        return refused
    await _keep(turn, question, sent)
    entries = await faq.of_office(turn.c, question.office_id, published=True)
    fitting = matching(entries, sent.text)
    if fitting:
        return await offer(turn, question, fitting)
    return await sharing(turn, Sharing(question.id, ""))


async def _keep(turn: Turn, question: Enquiry, sent: Incoming) -> None:
    content = content_of(sent)
    if content is not None:
        await question_messages.add(
            turn.c, question, content, turn.now, chat_id=sent.chat_id, message_id=sent.message_id
        )
