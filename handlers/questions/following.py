"""Questions that were sent: how far they are, more to add, did it help."""

from __future__ import annotations

from typing import Final
from zoneinfo import ZoneInfo

from erasmus.announcement_contents import Content
from erasmus.enquiries import Enquiry, Stage
from erasmus.offices import Office
from erasmus.working_days import working_day_after
from handlers import relay
from handlers.codec import StaleButton
from handlers.incoming import Incoming
from handlers.public_holidays import public_holidays
from handlers.questions.contents import content_of, own_question, refusal
from handlers.questions.excerpts import excerpt
from handlers.questions.presses import (
    AddTo,
    AskOffice,
    CloseQuestion,
    RateAnswer,
    ShowQuestion,
)
from handlers.screens import Go, Screen, one_each, paragraphs
from handlers.turn import Turn
from locales import dates
from storage import offices, question_messages, question_places, questions

ADDING: Final = "more"
SHORT: Final = 60


async def show_question(turn: Turn, press: ShowQuestion) -> Screen:
    """Show how far a question is."""
    t = turn.t
    question = await own_question(turn, press.question)
    if question.state is Stage.DRAFT:
        raise StaleButton(str(question.id))
    office = await offices.get(turn.c, question.office_id)
    buttons = [Go(t.label("button", "Add a message"), AddTo(question.id))]
    if question.state is not Stage.CLOSED:
        buttons.append(
            Go(t.label("button", "No answer needed any more"), CloseQuestion(question.id))
        )
    text = paragraphs(
        f"<b>{t.words(office.name)}</b>" if office else None,
        await line_of(turn, question),
        _expected(turn, question, office) if office and _open(question) else None,
    )
    return Screen(text, (*one_each(buttons), turn.leave(AskOffice())))


def _open(question: Enquiry) -> bool:
    return question.state is Stage.OPEN


def _expected(turn: Turn, question: Enquiry, office: Office) -> str:
    """Say honestly when an answer may come."""
    t, zone = turn.t, ZoneInfo(office.zone)
    asked, off = question.asked_at.astimezone(zone).date(), public_holidays(office.country)
    day = working_day_after(asked, office.answer_days, off)
    shown = dates.day(t.language, day)
    if day < turn.now.astimezone(zone).date():
        return t("The office wanted to answer by {day}. It has been reminded.", day=shown)
    return paragraphs(
        t("People read it in working hours. The office means to answer by {day}.", day=shown),
        t("Weekends and public holidays are not counted. The day can move with a holiday."),
    )


async def line_of(turn: Turn, question: Enquiry) -> str:
    """Say in one line what was asked and how far it is."""
    t = turn.t
    written = await question_messages.of_question(turn.c, question.id)
    words = excerpt(written[0].content, SHORT) if written else ""
    named = t("“{words}”", words=words) if words else t("Your question")
    match question.state:
        case Stage.ANSWERED:
            return t("{question}: answered", question=named)
        case Stage.CLOSED:
            return t("{question}: closed", question=named)
        case _:
            return t("{question}: waits for an answer", question=named)


async def add_to(turn: Turn, press: AddTo) -> Screen:
    """Wait for one more message to a question."""
    question = await own_question(turn, press.question)
    await turn.asking(f"{ADDING} {question.id}")
    text = turn.t("Write what you want to add. The office gets it with your question.")
    return Screen(text, (turn.leave(ShowQuestion(question.id)),), fresh=True)


async def add(turn: Turn, question: Enquiry, sent: Incoming) -> Screen:
    """Send one more message to a question, which waits for an answer again."""
    refused = refusal(turn, sent)
    content = content_of(sent)
    if refused is not None or content is None:
        return refused or await show_question(turn, ShowQuestion(question.id))
    await turn.asking(None)
    return await pass_on(turn, question, content, sent.message_id)


async def pass_on(turn: Turn, question: Enquiry, content: Content, message_id: int) -> Screen:
    """Send what stands in a message of the person's chat; it is sent once."""
    question = await question_places.lock(turn.c, question)
    message = await question_messages.add(
        turn.c, question, content, turn.now, chat_id=turn.person.id, message_id=message_id
    )
    office = await offices.get(turn.c, question.office_id)
    if message is not None and office is not None:
        if question.state is not Stage.OPEN:
            await questions.ask(turn.c, question.id, turn.now)
        if question.placed:
            await relay.reopen(turn.c, question, turn.now)
            await relay.carry(turn.c, office, question, message, turn.now)
        elif question.state is not Stage.OPEN or question.attempt == 0:
            await relay.open_in_group(turn.c, question, turn.now)
    return await show_question(turn, ShowQuestion(question.id))


async def close(turn: Turn, press: CloseQuestion) -> Screen:
    """Close a question; the office is told."""
    question = await own_question(turn, press.question)
    if question.state in {Stage.OPEN, Stage.ANSWERED}:
        await questions.close(turn.c, question.id, turn.now)
        await _tell_closed(turn, question)
        await relay.close_if_done(turn.c, question, turn.now)
    return await show_question(turn, ShowQuestion(question.id))


async def _tell_closed(turn: Turn, question: Enquiry) -> None:
    office = await offices.get(turn.c, question.office_id)
    if office is None or not question.placed:
        return
    t = await relay.desk_texts(turn.c, office)
    said = Screen(t("The student closed the question: no answer is needed any more."))
    key = f"q{question.id}:x{int(turn.now.timestamp())}"
    await relay.say_in_group(turn.c, office, question, said, key=key, now=turn.now)


async def _tell_rated(turn: Turn, question: Enquiry, *, helped: bool) -> None:
    office = await offices.get(turn.c, question.office_id)
    if office is None or not question.placed:
        return
    t = await relay.desk_texts(turn.c, office)
    said = t("The student says that the answer helped.")
    if not helped:
        said = t("The student says that the answer did not help.")
    key = f"q{question.id}:r{int(turn.now.timestamp())}{'+' if helped else '-'}"
    await relay.say_in_group(turn.c, office, question, Screen(said), key=key, now=turn.now)


async def rate(turn: Turn, press: RateAnswer) -> Screen:
    """Keep whether an answer helped; a helpful one closes the question."""
    t = turn.t
    question = await own_question(turn, press.question)
    if question.helped is not press.helped:
        await questions.rate(turn.c, question.id, helped=press.helped)
        await _tell_rated(turn, question, helped=press.helped)
    if press.helped:
        if question.state is Stage.ANSWERED:
            await questions.close(turn.c, question.id, turn.now)
            await relay.close_if_done(turn.c, question, turn.now)
        said = t("Thank you! I’m glad it helped.")
        return Screen(said, (turn.leave(AskOffice()),), fresh=True)
    said = t("Thank you for telling. You can write to the office again.")
    more = Go(t.label("button", "Write to the office again"), AddTo(question.id))
    return Screen(said, ((more,), turn.leave(AskOffice())), fresh=True)
