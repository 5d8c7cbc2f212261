"""Prepared answers that may help at once."""

from __future__ import annotations

from collections.abc import Sequence

from erasmus.enquiries import Enquiry, Entry, Stage
from handlers.codec import StaleButton
from handlers.questions.contents import own_question
from handlers.questions.presses import (
    Sharing,
    ShowAnswer,
    ThisHelped,
)
from handlers.screens import Go, Screen, digits, lines, paragraphs
from handlers.turn import Turn
from storage import faq, questions


async def offer(turn: Turn, question: Enquiry, fitting: Sequence[Entry]) -> Screen:
    """Show what the office has answered before, and the way on."""
    t = turn.t
    listed = [f"{n}. {t.words(entry.question)}" for n, entry in enumerate(fitting, start=1)]
    text = paragraphs(t("Perhaps the office has answered this already:"), lines(*listed))
    rows = digits([ShowAnswer(question.id, entry.id) for entry in fitting])
    return Screen(text, (*rows, *_go_on(turn, question), turn.leave()))


def _go_on(turn: Turn, question: Enquiry) -> tuple[tuple[Go, ...], ...]:
    label = turn.t.label("button", "This does not help, send it")
    return ((Go(label, Sharing(question.id, "")),),)


async def show_answer(turn: Turn, press: ShowAnswer) -> Screen:
    """Show a prepared answer."""
    t = turn.t
    question, entry = await own_question(turn, press.question), await faq.get(turn.c, press.entry)
    if entry is None or not entry.published or entry.office_id != question.office_id:
        raise StaleButton(str(press.entry))
    await faq.count(turn.c, entry.id, helped=False)
    helped = Go(t.label("button", "This helped, thank you"), ThisHelped(question.id, entry.id))
    text = paragraphs(f"<b>{t.words(entry.question)}</b>", t.words(entry.answer))
    return Screen(text, ((helped,), *_go_on(turn, question), turn.leave()))


async def this_helped(turn: Turn, press: ThisHelped) -> Screen:
    """Be glad: nothing has to be sent."""
    question, entry = (
        await questions.get(turn.c, press.question),
        await faq.get(turn.c, press.entry),
    )
    if question is not None and entry is not None and question.state is Stage.DRAFT:
        await own_question(turn, question.id)
        await faq.count(turn.c, entry.id, helped=True)
        await questions.discard(turn.c, turn.person.id)
    await turn.asking(None)
    return Screen(turn.t("I’m glad it helped. Nothing was sent."), (turn.leave(),))
