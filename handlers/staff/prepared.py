"""Prepared answers at a question: offered to staff, sent in the student's language."""

from __future__ import annotations

from erasmus.announcement_contents import Content, ContentKind
from erasmus.announcement_texts import visible
from erasmus.enquiries import Enquiry, EnquiryMessage, matching
from erasmus.words import Language
from handlers import relay
from handlers.codec import StaleButton
from handlers.screens import Screen, digits, lines, paragraphs
from handlers.staff import group
from handlers.staff.answer_presses import Prepared, SendEntry
from handlers.staff.desk import Desk
from locales import ENDONYMS
from storage import faq, people, question_messages, questions

MOST = 10
PSEUDO = 100_000
"""A prepared answer is a message that nobody typed: its number is negative and made of two."""


async def prepared(desk: Desk, press: Prepared) -> Screen:
    """Offer the office's answers, those that fit best first."""
    t = desk.t
    question = await question_of(desk, press.question)
    entries = await faq.of_office(desk.c, desk.office.id, published=True)
    if not entries:
        said = t("There are no prepared answers yet. Keep a good answer for others.")
        return Screen(said, fresh=True)
    asked = " ".join([m.content.html for m in await _asked(desk, question)])
    fitting = matching(entries, visible(asked), MOST)
    shown = [*fitting, *(entry for entry in entries if entry not in fitting)][:MOST]
    listed = [f"{n}. {t.words(entry.question)}" for n, entry in enumerate(shown, start=1)]
    text = paragraphs(t("Which answer shall the student get, in their language?"), lines(*listed))
    rows = digits([SendEntry(desk.office.id, question.id, entry.id) for entry in shown])
    return Screen(text, rows, fresh=True)


async def send_entry(desk: Desk, press: SendEntry) -> Screen:
    """Send a prepared answer; pressed twice, it is sent once."""
    t = desk.t
    question, entry = await question_of(desk, press.question), await faq.get(desk.c, press.entry)
    if entry is None or not entry.published or entry.office_id != desk.office.id:
        raise StaleButton(str(press.entry))
    student = await people.find(desk.c, question.person_id)
    language = student.language if student else Language.RU
    text = entry.answer.in_(language)
    message = await question_messages.add(
        desk.c,
        question,
        Content(ContentKind.TEXT, text),
        desk.now,
        chat_id=desk.office.group_id or 0,
        message_id=-(question.id * PSEUDO + entry.id),
        from_office=True,
    )
    if message is None:
        return Screen(t("This answer was sent already."), fresh=True)
    await relay.carry(desk.c, desk.office, question, message, desk.now)
    await group.answered(desk.turn, question)
    told = t("Sent to the student ({language}):", language=ENDONYMS[language])
    return Screen(paragraphs(told, text), fresh=True)


async def question_of(desk: Desk, question_id: int) -> Enquiry:
    """Return a question of the office; raise StaleButton for any other."""
    question = await questions.get(desk.c, question_id)
    if question is None or question.office_id != desk.office.id:
        raise StaleButton(str(question_id))
    return question


async def _asked(desk: Desk, question: Enquiry) -> list[EnquiryMessage]:
    everything = await question_messages.of_question(desk.c, question.id)
    return [m for m in everything if not m.from_office and visible(m.content.html).strip()]
