"""The way in: language, who the person is, the home menu; and the bot's own profile."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from erasmus.words import Language
from handlers import universities
from handlers.call_cards import EVERYTHING, call_card
from handlers.codec import StaleButton
from handlers.presses import (
    Check,
    Closed,
    Following,
    Help,
    Home,
    HomeBeside,
    Languages,
    Plans,
    Roles,
    SetLanguage,
    SetRole,
    Settings,
    SetUniversity,
    Universities,
)
from handlers.questions.presses import AskOffice
from handlers.screens import Go, Screen, in_columns, one_each, paragraphs
from handlers.staff import front, invitations
from handlers.turn import Turn
from locales import ENDONYMS, Texts, language_of, texts_for
from storage import calls, people
from storage.invitations import digest_of

LINK = "link "
INVITATION = "invitation "
ROLES = ("student", "graduate", "staff", "institution")


def commands(t: Texts) -> list[tuple[str, str]]:
    """Return the commands of the menu with their descriptions."""
    return [
        ("check", t.label("command", "What can I apply for?")),
        ("deadlines", t.label("command", "Deadlines and calls")),
        ("plan", t.label("command", "My documents, with dates")),
        ("ask", t.label("command", "Ask the office")),
        ("settings", t.label("command", "Language, time zone, reminders")),
        ("language", t.label("command", "Change the language")),
        ("help", t.label("command", "What this assistant can do")),
        ("privacy", t.label("command", "What is kept about me")),
        ("forget", t.label("command", "Delete my data")),
    ]


def profile(t: Texts) -> tuple[str, str, str]:
    """Return the bot's name, short description and description."""
    return (
        # NOTE: the bot's name, at most 64 signs
        t.label("plain", "Erasmus+ assistant"),
        # NOTE: at most 120 signs
        t.label(
            "plain",
            "Erasmus+ for Kyrgyzstan and Kazakhstan: can I apply, by when,"
            " and with which documents?",
        ),
        # NOTE: shown in the empty chat, at most 512 signs
        t.label(
            "plain",
            "Free help for students and university staff from Kyrgyzstan and "
            "Kazakhstan who want to study, do a traineeship or teach in Europe with"
            " Erasmus+. I ask a few questions and tell you what you can apply for "
            "and why, with sources. I show deadlines, plan your documents and "
            "remind you in time. Nobody here asks for money, passports or "
            "passwords.",
        ),
    )


def languages_screen(guess: Language | None) -> Screen:
    """Ask for the language in all four, the likeliest first."""
    order = sorted(ENDONYMS, key=lambda language: language is not guess)
    greetings = [t("Please choose a language.") for t in map(texts_for, order)]
    buttons = [Go(ENDONYMS[language], SetLanguage(str(language))) for language in order]
    return Screen("\n".join(greetings), one_each(buttons))


async def languages(turn: Turn, _press: Languages | None = None) -> Screen:
    """Show the choice of a language; nothing else is lost."""
    screen = languages_screen(turn.person.language)
    back = turn.leave(Settings()) if turn.person.language_chosen else ()
    return Screen(screen.text, (*screen.rows, *((back,) if back else ())))


async def set_language(turn: Turn, press: SetLanguage) -> Screen:
    """Speak the chosen language from now on."""
    language = language_of(press.language)
    if language is None:
        raise StaleButton(press.language)
    await people.set_language(turn.c, turn.person.id, language)
    changed = await turn.again()
    screen = await _after_language(changed)
    # NOTE: every language names itself here
    return screen.saying(changed.t.label("alert", "The language is now English."))


async def _after_language(turn: Turn) -> Screen:
    link = (turn.person.asking or "").removeprefix(LINK)
    if link.startswith(INVITATION):
        await turn.asking(None)
        return await invitations.accept(turn, link.removeprefix(INVITATION))
    if link != (turn.person.asking or ""):
        return await open_link(turn, link)
    return await home(turn) if turn.role else await roles(turn)


async def start(turn: Turn, payload: str = "") -> Screen:
    """Begin, or open what a link leads to."""
    if payload:
        return await open_link(turn, payload)
    return await home(turn) if turn.role else await roles(turn)


async def open_link(turn: Turn, payload: str) -> Screen:
    """Open what a link leads to; one that leads nowhere leads to the beginning."""
    await turn.asking(None)
    opened = LINKS.get(payload[:2])
    screen = await opened(turn, payload[2:]) if opened is not None else None
    return screen or (await home(turn) if turn.role else await roles(turn))


async def _call(turn: Turn, call_id: str) -> Screen | None:
    call = await calls.get(turn.c, call_id)
    theirs = call is not None and call.owner in {None, turn.person.id}
    return await call_card(turn, call) if call is not None and theirs else None


async def remember_link(turn: Turn, payload: str) -> None:
    """Keep a link until the language is chosen."""
    if payload.startswith(invitations.LINK):
        # The token itself is kept nowhere.
        payload = INVITATION + digest_of(payload.removeprefix(invitations.LINK))
    await turn.asking(LINK + payload if payload else None)


async def roles(turn: Turn, _press: Roles | None = None) -> Screen:
    """Ask who the person is."""
    question = turn.library.question("role")
    options = [option for option in question.options if option.value in ROLES]
    t = turn.t
    buttons = [Go(t.words(option.label), SetRole(option.value)) for option in options]
    labels = [label for option in options for label in option.label.values()]
    asked = f"<b>{t.words(question.prompt)}</b>"
    if turn.role is None:
        welcome = t("Welcome to the Erasmus+ assistant!")
        return Screen(paragraphs(welcome, asked), in_columns(buttons, labels))
    return Screen(asked, (*in_columns(buttons, labels), turn.leave(Settings())))


async def set_role(turn: Turn, press: SetRole) -> Screen:
    """Keep who the person is; at the beginning ask for the university, else show the menu."""
    if press.role not in ROLES:
        raise StaleButton(press.role)
    begins = turn.role is None and turn.person.university is None
    told = await turn.learn(turn.library.told(turn.person.facts, "role", press.role))
    return await universities.choose(told, Universities("", 0)) if begins else await home(told)


async def set_university(turn: Turn, press: SetUniversity) -> Screen:
    """Keep which university the person belongs to, or that it is none of the list."""
    if not press.university:
        await people.set_university(turn.c, turn.person.id, None)
        return await home(turn)
    screen = await _belonging(turn, press.university)
    if screen is None:
        raise StaleButton(press.university)
    return screen


async def _belonging(turn: Turn, university_id: str) -> Screen | None:
    university = await universities.belong(turn, university_id)
    if university is None:
        return None
    t = turn.t
    screen = await home(turn) if turn.role else await roles(await turn.again())
    said = t("Your university: {university}", university=t.words(university.name))
    return Screen(paragraphs(said, screen.text), screen.rows)


async def home_beside(turn: Turn, _press: HomeBeside) -> Screen:
    """Show the home menu in a message of its own."""
    return replace(await home(turn), fresh=True)


async def home(turn: Turn, _press: Home | None = None) -> Screen:
    """Show the home menu."""
    await turn.asking(None)
    t = turn.t
    buttons = [
        Go(t.label("button", "What can I apply for?"), Check("all")),
        Go(t.label("button", "Deadlines"), EVERYTHING),
        Go(t.label("button", "Calls I follow"), Following()),
        Go(t.label("button", "My documents"), Plans()),
        Go(t.label("button", "Ask the office"), AskOffice()),
        Go(t.label("button", "Not open to Central Asia"), Closed()),
        Go(t.label("button", "Settings"), Settings()),
        Go(t.label("button", "Help"), Help()),
    ]
    later = (
        t(
            "Questions for organisations will be added here. Their deadlines are in"
            " the list already, and your National Erasmus+ Office can help."
        )
        if turn.role == "institution"
        else None
    )
    text = paragraphs(
        t("<b>Erasmus+ assistant</b>"),
        t("Can I apply, by when, and with which documents? Choose where to begin."),
        later,
    )
    return Screen(text, one_each([*await front.ways_in(turn), *buttons]))


LINKS: Mapping[str, Callable[[Turn, str], Awaitable[Screen | None]]] = {
    "c_": _call,
    "u_": _belonging,
    invitations.LINK: invitations.open_link,
}
"""What links lead to, by how they begin; the rest is the id. None: it leads nowhere."""
