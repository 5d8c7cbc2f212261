"""What the office may know about a student, and off the question goes."""

from __future__ import annotations

from erasmus.enquiries import Stage
from handlers import relay
from handlers.codec import StaleButton
from handlers.questions.contents import own_question
from handlers.questions.following import show_question
from handlers.questions.lines import card_of, shared_lines
from handlers.questions.presses import (
    DropQuestion,
    SendQuestion,
    Sharing,
    ShowQuestion,
)
from handlers.screens import Go, Screen, digits, lines, paragraphs
from handlers.turn import Turn
from storage import offices, question_messages, question_places, questions


async def sharing(turn: Turn, press: Sharing) -> Screen:
    """Let the person choose what the office may know; nothing is shared unless it is ticked."""
    t = turn.t
    question = await own_question(turn, press.question)
    if question.state is not Stage.DRAFT:
        return await show_question(turn, ShowQuestion(question.id))
    offered, chosen = shared_lines(turn), set(question.shared.get("lines", []))
    if press.line in offered:
        chosen ^= {press.line}
        await questions.share(turn.c, question.id, {"lines": sorted(chosen)})
    marks = {line: "✅" if line in chosen else "▫️" for line in offered}
    listed = [f"{n}. {marks[each]} {said}" for n, (each, said) in enumerate(offered.items(), 1)]
    text = paragraphs(
        t("<b>May the office know this about you?</b>"),
        t("It helps them to answer. Only what is ticked is sent. Tap a number to tick it."),
        lines(*listed),
    )
    ticks = digits([Sharing(question.id, line) for line in offered])
    send = Go(t.label("button", "Send my question"), SendQuestion(question.id))
    drop = Go(t.label("button", "Don’t send it"), DropQuestion())
    return Screen(text, (*ticks, (send,), (drop,), turn.leave()))


async def send(turn: Turn, press: SendQuestion) -> Screen:
    """Send a question; pressed twice, it is sent once."""
    question = await own_question(turn, press.question)
    if question.state is Stage.DRAFT:
        office = await offices.get(turn.c, question.office_id)
        if office is None or not await question_messages.of_question(turn.c, question.id):
            raise StaleButton(str(question.id))
        await question_places.lock(turn.c, question)
        t = await relay.desk_texts(turn.c, office)
        card = card_of(turn, t, question.shared.get("lines", []))
        await questions.share(turn.c, question.id, {**question.shared, "card": card})
        await questions.ask(turn.c, question.id, turn.now)
        await turn.asking(None)
        await relay.open_in_group(turn.c, await own_question(turn, question.id), turn.now)
    return await show_question(turn, ShowQuestion(question.id))
