"""An answer that was given to one student is kept for others: as a draft of a prepared answer."""

from __future__ import annotations

from html import escape

from erasmus.announcement_contents import ContentKind
from erasmus.announcement_texts import visible
from erasmus.announcements import By
from erasmus.enquiries import Enquiry, EnquiryMessage
from erasmus.words import Language, Words
from handlers.codec import StaleButton
from handlers.questions.excerpts import excerpt
from handlers.screens import Screen, digits, lines, paragraphs
from handlers.staff.answer_presses import KeepAnswer, ToEntry
from handlers.staff.desk import Desk
from handlers.staff.entries import LONGEST_QUESTION
from handlers.staff.prepared import question_of
from storage import faq, people, question_messages

SHORT = 60
MOST = 10


async def to_entry(desk: Desk, press: ToEntry) -> Screen:
    """Keep the answer of a question; of several the member chooses one."""
    t = desk.t
    question = await question_of(desk, press.question)
    written = await question_messages.of_question(desk.c, question.id)
    given = _answers(written)
    if not given or not _asked(written):
        return Screen(t("There is no answer in words yet that could be kept."), fresh=True)
    if len(given) == 1:
        return await _keep(desk, question, written, given[0])
    listed = [
        f"{n}. {escape(excerpt(each.content, SHORT))}" for n, each in enumerate(given, start=1)
    ]
    rows = digits([KeepAnswer(desk.office.id, question.id, each.id) for each in given])
    text = paragraphs(t("Which answer shall be kept for others?"), lines(*listed))
    return Screen(text, rows, fresh=True)


async def keep_answer(desk: Desk, press: KeepAnswer) -> Screen:
    """Keep the answer that was chosen."""
    question = await question_of(desk, press.question)
    written = await question_messages.of_question(desk.c, question.id)
    chosen = next((each for each in _answers(written) if each.id == press.message), None)
    if chosen is None or not _asked(written):
        raise StaleButton(str(press.message))
    return await _keep(desk, question, written, chosen)


def _answers(written: list[EnquiryMessage]) -> list[EnquiryMessage]:
    """Return what was answered in words; what stands under a file only if there is no text."""
    said = [m for m in written if m.from_office and visible(m.content.html).strip()]
    texts = [m for m in said if m.content.kind is ContentKind.TEXT]
    return (texts or said)[:MOST]


def _asked(written: list[EnquiryMessage]) -> str:
    """Return what the student asked first, as one line that a list can show."""
    said = (excerpt(m.content, LONGEST_QUESTION) for m in written if not m.from_office)
    return escape(next(filter(None, said), ""), quote=False)


async def _keep(
    desk: Desk, question: Enquiry, written: list[EnquiryMessage], answer: EnquiryMessage
) -> Screen:
    """Make a draft; it is translated and read by another before it counts."""
    t, student = desk.t, await people.find(desk.c, question.person_id)
    language = student.language if student else Language.RU
    asked, given = Words({language: _asked(written)}), Words({language: answer.content.html})
    known = await faq.of_office(desk.c, desk.office.id)
    if any((each.question, each.answer) == (asked, given) for each in known):
        return Screen(t("This answer is kept already: /answers."), fresh=True)
    by = By(desk.person_id, desk.now)
    added = await faq.add(desk.c, desk.office.id, asked, given, by)
    await desk.record("faq.draft", str(added), question=question.id)
    files = any(m.from_office and m.content.file_id for m in written)
    text = paragraphs(
        t("Kept as a draft. Students do not see it yet."),
        t("The file is not kept: write where students find it.") if files else None,
        t(
            "Write it in general words, translate it and let a colleague publish it: "
            "/answers in the private chat with me."
        ),
    )
    return Screen(text, fresh=True)
