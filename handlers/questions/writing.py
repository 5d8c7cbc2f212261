"""Messages that belong to a question, told from all others."""

from __future__ import annotations

from dataclasses import replace

from erasmus.enquiries import Enquiry, Stage, matching
from handlers import relay
from handlers.incoming import Incoming
from handlers.questions import further
from handlers.questions.choosing import ASKING
from handlers.questions.contents import content_of, own_question, refusal
from handlers.questions.following import ADDING, add
from handlers.questions.prepared import offer
from handlers.questions.presses import Sharing
from handlers.questions.sending import sharing
from handlers.screens import Screen
from handlers.turn import Turn
from storage import faq, question_messages, questions


async def receive(turn: Turn, sent: Incoming) -> Screen | None:
    """Take a message that belongs to a question, or may; None for any other."""
    answered = await _answered(turn, sent)
    if answered is not None:
        return await add(turn, answered, sent)
    if turn.person.asking is None:
        return await further.offer(turn, sent)
    word, _, number = turn.person.asking.partition(" ")
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


async def edited(turn: Turn, sent: Incoming) -> Screen | None:
    """Mirror an edit of what was passed on, or is kept; None: there is nothing to say."""
    message = await question_messages.written(turn.c, sent.chat_id, sent.message_id)
    content = content_of(sent)
    kept = await further.kept_of(turn, sent.message_id) if message is None else None
    if content is None or (message is None and kept is None):
        return None
    if message is not None and message.content == content:
        return None
    refused = refusal(turn, sent)
    if refused is not None:
        return replace(refused, fresh=True)
    if message is not None:
        await relay.edited(turn.c, message, content, sent.update_id, turn.now)
    elif kept is not None:
        await further.change(turn, kept, content)
    return None
