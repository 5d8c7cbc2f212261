"""Which office a student can ask, and where to ask instead."""

from __future__ import annotations

from typing import Final

from erasmus.enquiries import MOST_OPEN, Stage
from erasmus.offices import Office, Right, may
from handlers.codec import StaleButton
from handlers.questions.following import line_of
from handlers.questions.presses import (
    AskAt,
    AskOffice,
    DropQuestion,
    Sharing,
    ShowQuestion,
)
from handlers.screens import Go, Link, Screen, digits, lines, one_each, paragraphs
from handlers.turn import Turn
from storage import members, offices, question_messages, questions

ASKING: Final = "question"
NATIONAL: Final = {"KG": "https://erasmusplus.kg", "KZ": "https://erasmus.kz"}


async def ask_office(turn: Turn, _press: AskOffice | None = None) -> Screen:
    """Show what was asked, and which office can be asked."""
    await turn.asking(None)
    t = turn.t
    asked = await questions.of_person(turn.c, turn.person.id)
    able = await offices_for(turn)
    if not able and not asked:
        return _nobody(turn)
    names = [f"{n}. {await line_of(turn, one)}" for n, one in enumerate(asked, start=1)]
    buttons = [Go(t.words(office.name), AskAt(office.id)) for office in able]
    begun = await questions.begun(turn.c, turn.person.id)
    if begun is not None and await question_messages.of_question(turn.c, begun.id):
        label = t.label("button", "Go on with my question")
        buttons.append(Go(label, Sharing(begun.id, "")))
    text = paragraphs(
        t("<b>Questions to the office</b>"),
        lines(*names) if names else None,
        t("Whom do you want to ask? People answer, not I.") if able else None,
    )
    rows = (*digits([ShowQuestion(one.id) for one in asked]), *one_each(buttons))
    if able:
        return Screen(text, (*rows, turn.leave()))
    return Screen(paragraphs(text, _elsewhere(turn)), (*rows, (_page(turn),), turn.leave()))


async def offices_for(turn: Turn) -> list[Office]:
    """Return the offices that answer this person: their university's, then their country's."""
    mine, country = turn.person.university, _country(turn)
    answering = [one for one in await offices.listing(turn.c) if await _answers(turn, one)]
    own = [one for one in answering if one.university and one.university == mine]
    return [*own, *(one for one in answering if one.national and one.country == country)]


async def _answers(turn: Turn, office: Office) -> bool:
    """Tell whether questions arrive, and somebody is there who may answer them."""
    if office.group_id is None:
        return False
    return any(may(one.role, Right.ANSWER) for one in await members.of_office(turn.c, office.id))


def _country(turn: Turn) -> str:
    university = turn.library.universities.get(turn.person.university or "")
    if university is not None:
        return university.country
    told = turn.person.facts.get("home_country") or turn.person.facts.get("residence")
    if told in NATIONAL:
        return str(told)
    return "KG" if turn.person.zone == "Asia/Bishkek" else "KZ"


def _nobody(turn: Turn) -> Screen:
    text = paragraphs(turn.t("<b>Questions to the office</b>"), _elsewhere(turn))
    return Screen(text, ((_page(turn),), turn.leave()))


def _elsewhere(turn: Turn) -> str:
    """Say where to ask where no office answers."""
    t = turn.t
    return paragraphs(
        t("No office of yours answers questions here now."),
        t(
            "Please ask the international office of your university, or the National "
            "Erasmus+ Office of your country. Its page is behind the button."
        ),
    )


def _page(turn: Turn) -> Link:
    return Link(turn.t.label("button", "National Erasmus+ Office"), NATIONAL[_country(turn)])


async def ask_at(turn: Turn, press: AskAt) -> Screen:
    """Begin a question."""
    t = turn.t
    office = next((one for one in await offices_for(turn) if one.id == press.office), None)
    if office is None:
        raise StaleButton(press.office)
    asked = await questions.of_person(turn.c, turn.person.id)
    if sum(one.state is Stage.OPEN for one in asked) >= MOST_OPEN:
        screen = await ask_office(turn)
        return screen.saying(
            t.label("alert", "Please wait for an answer first, or add to a question.")
        )
    begun = await questions.begin(turn.c, office.id, turn.person.id, turn.now)
    await turn.asking(f"{ASKING} {begun}")
    text = paragraphs(
        f"<b>{t.words(office.name)}</b>",
        t("Write your question in one message. You may also send a photo or a file."),
        t("Please don’t send passports, ID or card numbers: nobody here needs them."),
    )
    return Screen(text, (turn.leave(AskOffice()),))


async def drop(turn: Turn, _press: DropQuestion) -> Screen:
    """Throw away what was begun."""
    await questions.discard(turn.c, turn.person.id)
    screen = await ask_office(turn)
    return screen.saying(turn.t.label("alert", "Nothing was sent."))
