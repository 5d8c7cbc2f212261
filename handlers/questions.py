"""A student asks an office: which one, what, what helps at once, what it may know, and then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final
from zoneinfo import ZoneInfo

from erasmus.announcement_texts import visible
from erasmus.announcements import Content, ContentKind
from erasmus.enquiries import MOST_OPEN, Enquiry, Entry, Stage, matching
from erasmus.offices import Office
from erasmus.private_numbers import PrivateNumber, find_private_number
from erasmus.working_days import working_day_after
from handlers import relay
from handlers.codec import StaleButton
from handlers.incoming import Incoming, Kind
from handlers.question_presses import (
    AddTo,
    AskAt,
    AskOffice,
    CloseQuestion,
    DropQuestion,
    RateAnswer,
    SendQuestion,
    Sharing,
    ShowAnswer,
    ShowQuestion,
    ThisHelped,
)
from handlers.screens import Go, Link, Screen, digits, lines, one_each, paragraphs
from handlers.sharing import card_of, shared_lines
from handlers.turn import Turn
from locales import Texts, dates
from storage import faq, offices, question_messages, questions

ASKING: Final = "question"
ADDING: Final = "more"
CONTENT: Final[Mapping[Kind, ContentKind]] = {
    Kind.TEXT: ContentKind.TEXT,
    Kind.PHOTO: ContentKind.PHOTO,
    Kind.DOCUMENT: ContentKind.DOCUMENT,
}
NATIONAL: Final = {"KG": "https://erasmusplus.kg", "KZ": "https://erasmus.kz"}
SHORT: Final = 60


# --- which office


async def ask_office(turn: Turn, _press: AskOffice | None = None) -> Screen:
    """Show what was asked, and which office can be asked."""
    await turn.asking(None)
    t = turn.t
    asked = await questions.of_person(turn.c, turn.person.id)
    able = await offices_for(turn)
    if not able and not asked:
        return _nobody(turn)
    names = [f"{n}. {await _line(turn, one)}" for n, one in enumerate(asked, start=1)]
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
    rows = digits([ShowQuestion(one.id) for one in asked])
    return Screen(text, (*rows, *one_each(buttons), turn.leave()))


async def offices_for(turn: Turn) -> list[Office]:
    """Return the offices that answer this person: their university's, then their country's."""
    mine, country = turn.person.university, _country(turn)
    answering = [one for one in await offices.listing(turn.c) if one.group_id is not None]
    own = [one for one in answering if one.university and one.university == mine]
    return [*own, *(one for one in answering if one.national and one.country == country)]


def _country(turn: Turn) -> str:
    university = turn.library.universities.get(turn.person.university or "")
    if university is not None:
        return university.country
    told = turn.person.facts.get("home_country") or turn.person.facts.get("residence")
    if told in NATIONAL:
        return str(told)
    return "KG" if turn.person.zone == "Asia/Bishkek" else "KZ"


def _nobody(turn: Turn) -> Screen:
    t = turn.t
    text = paragraphs(
        t("<b>Questions to the office</b>"),
        t("No office of yours answers questions here yet."),
        t(
            "Please ask the international office of your university, or the National "
            "Erasmus+ Office of your country. Its page is behind the button."
        ),
    )
    page = Link(t.label("button", "National Erasmus+ Office"), NATIONAL[_country(turn)])
    return Screen(text, ((page,), turn.leave()))


# --- writing


async def ask_at(turn: Turn, press: AskAt) -> Screen:
    """Begin a question."""
    t = turn.t
    office = next((one for one in await offices_for(turn) if one.id == press.office), None)
    if office is None:
        raise StaleButton(press.office)
    waiting = [one for one in await questions.of_person(turn.c, turn.person.id) if _open(one)]
    if len(waiting) >= MOST_OPEN:
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


def _open(question: Enquiry) -> bool:
    return question.state is Stage.OPEN


async def receive(turn: Turn, sent: Incoming) -> Screen | None:
    """Take a message that belongs to a question; None for any other."""
    answered = await _answered(turn, sent)
    if answered is not None:
        return await _add(turn, answered, sent)
    word, _, number = (turn.person.asking or "").partition(" ")
    if word not in {ASKING, ADDING} or not number.isdigit():
        return None
    question = await _own(turn, int(number))
    if word == ADDING:
        return await _add(turn, question, sent)
    return await _write(turn, question, sent)


async def _answered(turn: Turn, sent: Incoming) -> Enquiry | None:
    """Return the question whose answer is replied to."""
    if sent.reply_to is None:
        return None
    question = await questions.with_message(turn.c, sent.chat_id, sent.reply_to)
    mine = question is not None and question.person_id == turn.person.id
    return question if mine and question and question.state is not Stage.DRAFT else None


async def _write(turn: Turn, question: Enquiry, sent: Incoming) -> Screen:
    refused = refusal(turn, sent)
    if refused is not None:
        return refused
    await _keep(turn, question, sent)
    entries = await faq.of_office(turn.c, question.office_id, published=True)
    fitting = matching(entries, sent.text)
    if fitting:
        return await _offer(turn, question, fitting)
    return await sharing(turn, Sharing(question.id, ""))


async def _keep(turn: Turn, question: Enquiry, sent: Incoming) -> None:
    content = content_of(sent)
    if content is not None:
        await question_messages.add(
            turn.c, question, content, turn.now, chat_id=sent.chat_id, message_id=sent.message_id
        )


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
        return None
    told = paragraphs(
        _found(t, found),
        t("I did not pass it on. Please delete your message and write it without the number."),
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


# --- what may help at once


async def _offer(turn: Turn, question: Enquiry, fitting: Sequence[Entry]) -> Screen:
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
    question, entry = await _own(turn, press.question), await faq.get(turn.c, press.entry)
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
        await _own(turn, question.id)
        await faq.count(turn.c, entry.id, helped=True)
        await questions.discard(turn.c, turn.person.id)
    await turn.asking(None)
    return Screen(turn.t("I’m glad it helped. Nothing was sent."), (turn.leave(),))


# --- what the office may know, and off it goes


async def sharing(turn: Turn, press: Sharing) -> Screen:
    """Let the person choose what the office may know; nothing is shared unless it is ticked."""
    t = turn.t
    question = await _own(turn, press.question)
    if question.state is not Stage.DRAFT:
        return await show_question(turn, ShowQuestion(question.id))
    offered, chosen = shared_lines(turn), set(question.shared.get("lines", []))
    if press.line in offered:
        chosen ^= {press.line}
        await questions.share(turn.c, question.id, {"lines": sorted(chosen)})
    text = paragraphs(
        t("<b>May the office know this about you?</b>"),
        t("It helps them to answer. Only what is ticked is sent. Your Telegram name is not."),
        lines(*(f"{'✅' if line in chosen else '▫️'} {said}" for line, said in offered.items())),
    )
    ticks = digits([Sharing(question.id, line) for line in offered])
    send = Go(t.label("button", "Send my question"), SendQuestion(question.id))
    drop = Go(t.label("button", "Don’t send it"), DropQuestion())
    return Screen(text, (*ticks, (send,), (drop,), turn.leave()))


async def send(turn: Turn, press: SendQuestion) -> Screen:
    """Send a question; pressed twice, it is sent once."""
    question = await _own(turn, press.question)
    if question.state is Stage.DRAFT:
        office = await offices.get(turn.c, question.office_id)
        if office is None or not await question_messages.of_question(turn.c, question.id):
            raise StaleButton(str(question.id))
        t = await relay.desk_texts(turn.c, office)
        card = card_of(turn, t, question.shared.get("lines", []))
        await questions.share(turn.c, question.id, {**question.shared, "card": card})
        await questions.ask(turn.c, question.id, turn.now)
        await turn.asking(None)
        await relay.open_in_group(turn.c, await _own(turn, question.id), turn.now)
    return await show_question(turn, ShowQuestion(question.id))


async def drop(turn: Turn, _press: DropQuestion) -> Screen:
    """Throw away what was begun."""
    await questions.discard(turn.c, turn.person.id)
    screen = await ask_office(turn)
    return screen.saying(turn.t.label("alert", "Nothing was sent."))


# --- afterwards


async def show_question(turn: Turn, press: ShowQuestion) -> Screen:
    """Show how far a question is."""
    t = turn.t
    question = await _own(turn, press.question)
    if question.state is Stage.DRAFT:
        return await sharing(turn, Sharing(question.id, ""))
    office = await offices.get(turn.c, question.office_id)
    buttons = [Go(t.label("button", "Add a message"), AddTo(question.id))]
    if question.state is not Stage.CLOSED:
        buttons.append(
            Go(t.label("button", "No answer needed any more"), CloseQuestion(question.id))
        )
    text = paragraphs(
        f"<b>{t.words(office.name)}</b>" if office else None,
        await _line(turn, question),
        _expected(turn, question, office) if office and _open(question) else None,
    )
    return Screen(text, (*one_each(buttons), turn.leave(AskOffice())))


def _expected(turn: Turn, question: Enquiry, office: Office) -> str:
    """Say honestly when an answer may come."""
    t, zone = turn.t, ZoneInfo(office.zone)
    day = working_day_after(question.asked_at.astimezone(zone).date(), office.answer_days)
    shown = dates.day(t.language, day)
    if day < turn.now.astimezone(zone).date():
        return t("The office wanted to answer by {day}. It has been reminded.", day=shown)
    return paragraphs(
        t("People read it in working hours. The office means to answer by {day}.", day=shown),
        t("Weekends are not counted. Public holidays may add days."),
    )


async def _line(turn: Turn, question: Enquiry) -> str:
    t = turn.t
    written = await question_messages.of_question(turn.c, question.id)
    words = " ".join(visible(written[0].content.html).split())[:SHORT] if written else ""
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
    question = await _own(turn, press.question)
    await turn.asking(f"{ADDING} {question.id}")
    text = turn.t("Write what you want to add. The office gets it with your question.")
    return Screen(text, (turn.leave(ShowQuestion(question.id)),), fresh=True)


async def _add(turn: Turn, question: Enquiry, sent: Incoming) -> Screen:
    refused = refusal(turn, sent)
    content = content_of(sent)
    if refused is not None or content is None:
        return refused or await show_question(turn, ShowQuestion(question.id))
    message = await question_messages.add(
        turn.c, question, content, turn.now, chat_id=sent.chat_id, message_id=sent.message_id
    )
    await turn.asking(None)
    office = await offices.get(turn.c, question.office_id)
    if message is not None and office is not None:
        if question.state is not Stage.OPEN:
            await questions.ask(turn.c, question.id, turn.now)
        if question.placed:
            await relay.carry(turn.c, office, question, message, turn.now)
        elif question.state is not Stage.OPEN or question.attempt == 0:
            await relay.open_in_group(turn.c, question, turn.now)
    return await show_question(turn, ShowQuestion(question.id))


async def close(turn: Turn, press: CloseQuestion) -> Screen:
    """Close a question; the office is told."""
    question = await _own(turn, press.question)
    if question.state in {Stage.OPEN, Stage.ANSWERED}:
        await questions.close(turn.c, question.id, turn.now)
        await _tell_closed(turn, question)
    return await show_question(turn, ShowQuestion(question.id))


async def _tell_closed(turn: Turn, question: Enquiry) -> None:
    office = await offices.get(turn.c, question.office_id)
    if office is None or not question.placed:
        return
    t = await relay.desk_texts(turn.c, office)
    said = Screen(t("The student closed the question: no answer is needed any more."))
    key = f"q{question.id}:x{int(turn.now.timestamp())}"
    await relay.say_in_group(turn.c, office, question, said, key=key, now=turn.now)


async def rate(turn: Turn, press: RateAnswer) -> Screen:
    """Keep whether an answer helped; a helpful one closes the question."""
    t = turn.t
    question = await _own(turn, press.question)
    if question.helped is not press.helped:
        await questions.rate(turn.c, question.id, helped=press.helped)
    if press.helped:
        if question.state is Stage.ANSWERED:
            await questions.close(turn.c, question.id, turn.now)
        said = t("Thank you! I’m glad it helped.")
        return Screen(said, (turn.leave(AskOffice()),), fresh=True)
    said = t("Thank you for telling. You can write to the office again.")
    more = Go(t.label("button", "Write to the office again"), AddTo(question.id))
    return Screen(said, ((more,), turn.leave(AskOffice())), fresh=True)


async def edited(turn: Turn, sent: Incoming) -> Screen | None:
    """Mirror an edit of a message that was passed on; None: there is nothing to say."""
    message = await question_messages.written(turn.c, sent.chat_id, sent.message_id)
    content = content_of(sent)
    if message is None or content is None or message.content == content:
        return None
    if find_private_number(sent.text) is not None:
        return replace(refusal(turn, sent) or Screen(""), fresh=True)
    await relay.edited(turn.c, message, content, sent.update_id, turn.now)
    return None


async def _own(turn: Turn, question_id: int) -> Enquiry:
    """Return a question of this person; raise StaleButton for any other."""
    question = await questions.get(turn.c, question_id)
    if question is None or question.person_id != turn.person.id:
        raise StaleButton(str(question_id))
    return question
