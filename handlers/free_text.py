"""What people write without being asked by a button: answers, searches, files."""

from __future__ import annotations

from dataclasses import replace

from erasmus.announcement_texts import visible
from erasmus.questions import Question
from erasmus.search import Hit, Index, Kind
from erasmus.words import Language
from handlers import own_dates, start, universities
from handlers.answers import typed_value
from handlers.call_cards import EVERYTHING
from handlers.codec import Press, StaleButton
from handlers.eligibility import keep, question_screen
from handlers.goals import ALL
from handlers.incoming import Incoming
from handlers.incoming import Kind as Sent
from handlers.presses import About, Card, Check, Deadlines, Help, ShowCall
from handlers.questions import further, writing
from handlers.questions.presses import SearchKept
from handlers.screens import Go, Link, Screen, digits, lines, one_each, paragraphs
from handlers.staff import routes as staff
from handlers.turn import Turn
from locales import texts_for
from storage import calls

LONGEST = 200
"""Signs of a text that are looked at; nobody searches with more."""


async def answer(turn: Turn, sent: Incoming) -> Screen:
    """Answer a message: what the desk waits for, else an answer or a search, else a kind no."""
    try:
        awaited = await staff.receive(turn, sent) or await writing.receive(turn, sent)
    except StaleButton:
        return await _gone(turn)
    if awaited is not None:
        return awaited
    return await text(turn, sent.text) if sent.kind is Sent.TEXT else await media(turn)


async def edited(turn: Turn, sent: Incoming) -> Screen | None:
    """Take an edit of what was passed on to an office, or is written at the desk."""
    try:
        return await writing.edited(turn, sent) or await staff.edited(turn, sent)
    except StaleButton:
        return await _gone(turn)


async def _gone(turn: Turn) -> Screen:
    """Say that nothing takes a message any more: a colleague may have deleted what it was for."""
    home = await start.home(turn)
    said = turn.t("What you wrote this for was deleted meanwhile. Nothing was changed.")
    return Screen(paragraphs(said, home.text), home.rows)


async def text(turn: Turn, typed: str) -> Screen:
    """Take a text as the answer to the question on the screen, else search for it."""
    typed = typed.strip()[:LONGEST]
    if turn.person.asking == universities.ASKING:
        return await _university(turn, typed)
    if (turn.person.asking or "").startswith(own_dates.ASKING):
        return await _deadline(turn, typed)
    awaited = _awaited(turn)
    if awaited is None:
        return await search(turn, typed)
    goal, question, change = awaited
    value = typed_value(turn, question, typed)
    if value is not None:
        return await keep(turn, goal, question, value, change=change)
    if await _find(turn, typed):
        return await search(turn, typed)
    screen = await question_screen(turn, goal, question, change=change)
    again = turn.t("Sorry, I didn’t understand that answer. Please tap a button.")
    return Screen(paragraphs(again, screen.text), screen.rows)


async def _university(turn: Turn, typed: str) -> Screen:
    found = await universities.found(turn, typed)
    if found is None and await _find(turn, typed):
        return await search(turn, typed)
    return found or await universities.not_found(turn, typed)


async def _deadline(turn: Turn, typed: str) -> Screen:
    screen = await own_dates.typed(turn, typed)
    if screen is None and await _find(turn, typed):
        return await search(turn, typed)
    return screen or await own_dates.asked_again(turn)


async def asked_again(turn: Turn) -> Screen | None:
    """Return the question that is on the screen, if one is."""
    awaited = _awaited(turn)
    if awaited is None:
        return None
    goal, question, change = awaited
    return await question_screen(turn, goal, question, change=change)


def _awaited(turn: Turn) -> tuple[str, Question, bool] | None:
    goal, _, rest = (turn.person.asking or "").partition(" ")
    short, _, change = rest.partition(" ")
    question = turn.library.question_by_short.get(short)
    if question is None or (goal != ALL and goal not in turn.library.action_by_short):
        return None
    return goal, question, change == "1"


async def _find(turn: Turn, typed: str) -> list[Hit]:
    open_calls = [
        call for call in await calls.listing(turn.c, turn.person.id) if not call.closed(turn.now)
    ]
    return Index(turn.library, open_calls).find(typed)


async def search(turn: Turn, typed: str) -> Screen:
    """Answer a text with what it may mean, else with the ways on; never with silence."""
    t = turn.t
    hits = await _find(turn, typed)
    if not hits:
        return menu(turn, t("I found nothing for “{text}”.", text=typed[:60]))
    listed = [f"{n}. <b>{await _name(turn, hit)}</b>" for n, hit in enumerate(hits, start=1)]
    said = t("Found for “{text}”:", text=typed[:60])
    rows = digits([_press(turn, hit) for hit in hits])
    return Screen(paragraphs(said, lines(*listed)), (*rows, turn.leave()))


async def search_kept(turn: Turn, press: SearchKept) -> Screen:
    """Search for what was kept; it can still be added to the question."""
    kept = await further.take(turn, press.draft)
    screen = await search(turn, visible(kept.content.html).strip()[:LONGEST])
    return replace(screen, rows=(*screen.rows[:-1], further.adding(turn, kept), screen.rows[-1]))


async def _name(turn: Turn, hit: Hit) -> str:
    t, library = turn.t, turn.library
    if hit.kind is Kind.ACTION:
        return t.words(library.actions[hit.id].name)
    if hit.kind is Kind.FIELD:
        return t("Calls: {field}", field=t.words(library.fields[hit.id].label))
    call = await calls.get(turn.c, hit.id)
    return t.words(call.title) if call else hit.id


def _press(turn: Turn, hit: Hit) -> Press:
    if hit.kind is Kind.CALL:
        return ShowCall(hit.id)
    if hit.kind is Kind.FIELD:
        return Deadlines("-", turn.library.fields[hit.id].short, 0)
    action = turn.library.actions[hit.id]
    return Card(action.short, action.short) if action.rules else About(ALL, action.short)


def menu(turn: Turn, said: str) -> Screen:
    """Say something and offer the ways on."""
    t = turn.t
    buttons = [
        Go(t.label("button", "What can I apply for?"), Check(ALL)),
        Go(t.label("button", "Deadlines"), EVERYTHING),
        Go(t.label("button", "Help"), Help()),
    ]
    text = paragraphs(said, t("Write one word, for example “medicine”, or tap a button."))
    return Screen(text, (*one_each(buttons), turn.leave()))


async def media(turn: Turn) -> Screen:
    """Refuse photos, voice and files kindly; they are never downloaded."""
    said = turn.t(
        "I can’t open photos, voice messages or files, and I don’t keep them. "
        "Please never send passports or diplomas here."
    )
    return menu(turn, said)


def pointer(language: Language, username: str, *, joined: bool = False) -> Screen:
    """Point a group to the private chat; when the assistant has `joined`, owners to /connect."""
    t = texts_for(language)
    text = paragraphs(
        t(
            "I answer only in a private chat: @{username}. Nobody else sees your answers there.",
            username=username,
        ),
        t("Do you own an office? Send /connect, and students’ questions arrive here.")
        if joined
        else None,
    )
    link = Link(t.label("button", "Open the private chat"), f"https://t.me/{username}")
    return Screen(text, ((link,),))
