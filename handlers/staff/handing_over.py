"""Who answers a question: a member takes it, or hands it to a colleague."""

from __future__ import annotations

from dataclasses import replace

from erasmus.enquiries import Enquiry
from erasmus.offices import Right, may
from handlers.codec import StaleButton
from handlers.screens import Go, Screen, one_each, paragraphs
from handlers.staff.answer_presses import HandOver, HandTo, TakeOver
from handlers.staff.desk import Desk
from handlers.staff.prepared import question_of
from handlers.staff.queue import line_of, taken_by
from locales import texts_for
from storage import deliveries, members, people, questions
from storage.deliveries import Draft, Lane
from storage.members import Member


async def take_over(desk: Desk, press: TakeOver) -> Screen:
    """Let a member answer for a question that no colleague answers for."""
    question = await question_of(desk, press.question)
    other = await taken_by(desk.c, question)
    if other is not None and other.person_id != desk.person_id:
        said = desk.t(
            "{name} answers this question already. “Hand it to a colleague” changes that.",
            name=other.name,
        )
        return Screen(said, fresh=True)
    await questions.take(desk.c, question.id, desk.person_id)
    member = await members.get(desk.c, desk.office.id, desk.person_id)
    name = member.name if member else desk.turn.first_name
    return Screen(desk.t("{name} takes this question.", name=name), fresh=True)


async def choose(desk: Desk, press: HandOver) -> Screen:
    """Show the colleagues who may answer."""
    t = desk.t
    question = await question_of(desk, press.question)
    others = [one for one in await _able(desk) if one.person_id != question.taken_by]
    if not others:
        return Screen(t("Nobody else of the office may answer questions."), fresh=True)
    buttons = [Go(one.name, HandTo(desk.office.id, question.id, one.person_id)) for one in others]
    return Screen(t("Who shall answer this question?"), one_each(buttons), fresh=True)


async def hand_to(desk: Desk, press: HandTo) -> Screen:
    """Let a colleague answer, and tell them in private; pressed twice, they are told once."""
    t = desk.t
    question = await question_of(desk, press.question)
    colleague = next((o for o in await _able(desk) if o.person_id == press.colleague), None)
    if colleague is None:
        raise StaleButton(str(press.colleague))
    if question.taken_by != colleague.person_id:
        await questions.take(desk.c, question.id, colleague.person_id)
        await _tell(desk, question, colleague)
        await desk.record("question.hand", str(question.id), to=colleague.person_id)
    return Screen(t("{name} answers this question now.", name=colleague.name), fresh=True)


async def _able(desk: Desk) -> list[Member]:
    team = await members.of_office(desk.c, desk.office.id)
    return [one for one in team if may(one.role, Right.ANSWER)]


async def _tell(desk: Desk, question: Enquiry, colleague: Member) -> None:
    """Tell whoever answers now and whoever did before, unless they pressed it themselves."""
    giver = await members.get(desk.c, desk.office.id, desk.person_id)
    names = {"name": giver.name if giver else desk.turn.first_name}
    free = replace(question, taken_by=None)
    for person_id in {colleague.person_id, question.taken_by} - {desk.person_id, None}:
        person = await people.find(desk.c, person_id or 0)
        if person is None:
            continue
        t = texts_for(person.language)
        said = t("{name} asks you to answer this question.", **names)
        if person.id != colleague.person_id:
            said = t("{name} answers this question instead of you now.", name=colleague.name)
        line = await line_of(desk.c, t, desk.office, free, desk.now)
        await _put(desk, question, person.id, Screen(paragraphs(said, line)))


async def _put(desk: Desk, question: Enquiry, person_id: int, screen: Screen) -> None:
    key = f"q{question.id}:o{person_id}:{int(desk.now.timestamp())}"
    draft = Draft(key, Lane.STAFF, person_id, "screen", screen.body(), desk.now)
    await deliveries.put(desk.c, draft, desk.now)
