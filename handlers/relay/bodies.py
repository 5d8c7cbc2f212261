"""What the two sides of a question see."""

from __future__ import annotations

from typing import Any

from erasmus.announcement_contents import Content, ContentKind
from erasmus.announcement_texts import LONGEST_CAPTION, LONGEST_TEXT, signs, visible
from erasmus.enquiries import Enquiry
from erasmus.offices import Office, Role
from erasmus.words import Language
from handlers.questions.presses import AddTo, RateAnswer
from handlers.screens import Go, Screen, one_each, paragraphs
from handlers.staff.answer_presses import HandOver, Prepared, TakeOver, ToEntry
from locales import Texts, texts_for
from storage import Connection, members, people

Body = dict[str, Any]


async def desk_texts(c: Connection, office: Office) -> Texts:
    """Return the interface in the language of the office's first owner: its group speaks that."""
    for member in await members.of_office(c, office.id):
        if member.role is Role.OWNER and (owner := await people.find(c, member.person_id)):
            return texts_for(owner.language)
    return texts_for(Language.RU)


def card(t: Texts, question: Enquiry, *, further: bool = False) -> Screen:
    """Introduce a question to the office, with what the student agreed to show.

    `further`: it stands where an earlier question of the same student does.
    """
    shared = question.shared.get("card")
    text = paragraphs(
        t("<b>Question {n}</b>", n=question.id),
        t("Here begins another question of the same student.") if further else None,
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
        Go(t.label("button", "Hand it to a colleague"), HandOver(office_id, question.id)),
        Go(t.label("button", "Keep the answer for others"), ToEntry(office_id, question.id)),
    ]
    return Screen(text, one_each(buttons))


def place(question: Enquiry) -> Body:
    """Return where in the group something about a question goes."""
    return {"thread": question.thread_id, "reply": question.anchor_id}


async def body_of(
    c: Connection, office: Office, question: Enquiry, content: Content, *, to_student: bool
) -> Body:
    """Return what the other side sees of a message."""
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
