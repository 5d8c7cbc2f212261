"""What a student writes to an office: passed on as it is, or refused with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from erasmus.announcement_contents import Content, ContentKind
from erasmus.announcement_texts import Problem, find_flaw
from erasmus.enquiries import Enquiry
from erasmus.private_numbers import PrivateNumber, find_private_number
from handlers.codec import StaleButton
from handlers.incoming import Incoming, Kind
from handlers.questions.presses import (
    AskOffice,
)
from handlers.screens import Screen, paragraphs
from handlers.staff.flaws import told as told_flaw
from handlers.turn import Turn
from locales import Texts
from storage import questions

CONTENT: Final[Mapping[Kind, ContentKind]] = {
    Kind.TEXT: ContentKind.TEXT,
    Kind.PHOTO: ContentKind.PHOTO,
    Kind.DOCUMENT: ContentKind.DOCUMENT,
}


def content_of(sent: Incoming) -> Content | None:
    """Return what a message says; None for what is not passed on."""
    kind = CONTENT.get(sent.kind)
    return None if kind is None else Content(kind, sent.html, sent.file_id)


def refusal(turn: Turn, sent: Incoming) -> Screen | None:
    """Say why a message is not passed on; None when it can be."""
    t = turn.t
    if sent.kind not in CONTENT:
        said = t("I can pass on texts, photos and files, but not this. Please write it as a text.")
        return Screen(said, (turn.leave(AskOffice()),))
    found = find_private_number(sent.text)
    if found is None:
        return _caption_refused(turn, sent)
    told = paragraphs(
        _found(t, found),
        t("I did not pass it on. Please delete your message and write it without the number."),
    )
    return Screen(told, (turn.leave(AskOffice()),))


def _caption_refused(turn: Turn, sent: Incoming) -> Screen | None:
    """Refuse a caption that only a paying user may write: the office would never get it."""
    content, t = content_of(sent), turn.t
    if content is None or content.kind is ContentKind.TEXT:
        return None
    flaw = find_flaw(content.html, caption=True, kept=0)
    if flaw is None or flaw.problem is not Problem.TOO_LONG:
        return None
    told = paragraphs(
        told_flaw(t, flaw),
        t("I did not pass it on. Send the photo or file first, then the text as a message."),
    )
    return Screen(told, (turn.leave(AskOffice()),))


def _found(t: Texts, found: PrivateNumber) -> str:
    match found:
        case PrivateNumber.PERSON:
            return t("This looks like a personal number (IIN or PIN).")
        case PrivateNumber.PASSPORT:
            return t("This looks like a passport number.")
        case PrivateNumber.CARD:
            return t("This looks like the number of a bank card.")


async def own_question(turn: Turn, question_id: int) -> Enquiry:
    """Return a question of this person; raise StaleButton for any other."""
    question = await questions.get(turn.c, question_id)
    if question is None or question.person_id != turn.person.id:
        raise StaleButton(str(question_id))
    return question
