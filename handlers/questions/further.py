"""What a student writes soon after a question, without saying whom it is for.

Most of it belongs to the question; some are words to search for. The student is asked, and the
message is kept meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from erasmus.announcement_contents import Content, ContentKind
from erasmus.enquiries import Enquiry
from handlers.codec import StaleButton
from handlers.incoming import Incoming
from handlers.questions.contents import content_of, own_question, refusal
from handlers.questions.following import line_of, pass_on
from handlers.questions.presses import AddKept, SearchKept
from handlers.screens import Go, Rows, Screen, paragraphs
from handlers.turn import Turn
from storage import drafts, questions
from storage.drafts import StoredDraft

KIND: Final = drafts.FURTHER
"""The kind of draft that keeps a message."""
SOON: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Kept:
    """A message that may belong to a question; `message_id` is its number in the chat."""

    draft: int
    question: int
    message_id: int
    content: Content


async def offer(turn: Turn, sent: Incoming) -> Screen | None:
    """Ask what a message is; None when no question was spoken of lately."""
    content = content_of(sent)
    if content is None:
        return None
    question = await questions.spoken_of(turn.c, turn.person.id, turn.now - SOON)
    if question is None:
        return None
    return refusal(turn, sent) or await _ask(turn, await _keep(turn, question, sent, content))


async def _keep(turn: Turn, question: Enquiry, sent: Incoming, content: Content) -> Kept:
    number = await drafts.begin(
        turn.c,
        question.office_id,
        turn.person.id,
        KIND,
        body=_written(question.id, sent.message_id, content),
        now=turn.now,
    )
    return Kept(number, question.id, sent.message_id, content)


def _written(question: int, message_id: int, content: Content) -> dict[str, object]:
    return {"question": question, "message": message_id, "content": content.packed()}


async def _ask(turn: Turn, kept: Kept) -> Screen:
    t, question = turn.t, await own_question(turn, kept.question)
    rows: Rows = (adding(turn, kept),)
    if kept.content.kind is ContentKind.TEXT:
        rows += ((Go(t.label("button", "No, search for it"), SearchKept(kept.draft)),),)
    text = paragraphs(
        t("Does this belong to your question to the office?"),
        await line_of(turn, question),
    )
    return Screen(text, (*rows, turn.leave()))


def adding(turn: Turn, kept: Kept) -> tuple[Go, ...]:
    """Return the row with which a message is added to its question."""
    return (Go(turn.t.label("button", "Add to my question"), AddKept(kept.draft)),)


async def add_kept(turn: Turn, press: AddKept) -> Screen:
    """Pass a message on; pressed twice, it is passed on once."""
    message = await take(turn, press.draft)
    question = await own_question(turn, message.question)
    screen = await pass_on(turn, question, message.content, message.message_id)
    return screen.saying(turn.t.label("alert", "The office gets it with your question."))


async def change(turn: Turn, message: Kept, content: Content) -> None:
    """Keep what a message says since it was edited."""
    written = _written(message.question, message.message_id, content)
    await drafts.save(turn.c, message.draft, written, turn.now)


async def take(turn: Turn, draft: int) -> Kept:
    """Return a message of this person; raise StaleButton for any other."""
    stored = await drafts.get(turn.c, draft)
    if stored is None or stored.kind != KIND or stored.person_id != turn.person.id:
        raise StaleButton(str(draft))
    return _read(stored)


async def kept_of(turn: Turn, message_id: int) -> Kept | None:
    """Return what was kept of a message of the person's chat."""
    begun = await drafts.of_person(turn.c, turn.person.id)
    messages = [_read(stored) for stored in begun if stored.kind == KIND]
    return next((one for one in messages if one.message_id == message_id), None)


def _read(stored: StoredDraft) -> Kept:
    body = stored.body
    return Kept(stored.id, body["question"], body["message"], Content.unpacked(body["content"]))
