"""Help, privacy and deletion."""

from __future__ import annotations

from handlers import relay
from handlers.presses import Forget, Help, Home, Languages, MyData, Privacy, Settings
from handlers.screens import Go, Screen, lines, one_each, paragraphs
from handlers.staff import leaving, menu
from handlers.start import commands
from handlers.turn import Turn
from storage import belongings, members


async def help_(turn: Turn, _press: Help | None = None) -> Screen:
    """Say what the assistant can do, with every command."""
    await turn.asking(None)
    t = turn.t
    listed = lines(*(f"/{name} — {about}" for name, about in commands(t)))
    text = paragraphs(
        t("<b>What I can do</b>"),
        t("I tell you what you can apply for in Erasmus+, by when, and with which documents."),
        listed,
        t(
            "You can also send me a word, for example the name of a programme. I will"
            " search for it."
        ),
        t(
            "My answers come from the sources named under each of them. The last "
            "word is with your university or with the consortium (the universities "
            "that run a joint master’s)."
        ),
    )
    return Screen(text, (turn.leave(),))


async def privacy(turn: Turn, _press: Privacy | None = None) -> Screen:
    """Say what is kept, why and how long."""
    t = turn.t
    text = paragraphs(
        t("<b>What is kept about you</b>"),
        lines(
            t("• your Telegram user ID (not your phone number), so that I can answer you"),
            t("• your language and time zone"),
            t("• your answers to the questions, so that I can tell you what you can apply for"),
            t(
                "• your university, if you chose one, and what your last check said, so"
                " that news from the offices reaches those whom it concerns"
            ),
            t(
                "• the calls you follow and which documents you have ready, so that I"
                " can remind you"
            ),
            t("• the messages I sent you, so that you don’t get the same one twice"),
            t("• your questions to an office and its answers"),
        ),
        t("Not kept: your name, phone, passport, files or photos."),
        t(
            "What you send to an office goes to its Telegram group, without your name "
            "unless you tick it, and stays there when you delete your data here."
        ),
        t(
            "You work at an office: your first name and your role are kept while you are "
            "on its team. What you did there stays in its records under your user ID."
        )
        if await members.offices_of(turn.c, turn.person.id)
        else None,
        t(
            "Raw messages and taps from you are deleted after 2 days, the messages "
            "I sent you after 90 days. Announcements of offices stay for 15 months, so "
            "that they can be corrected. The rest stays until you delete it with "
            "/forget."
        ),
        t("Nothing else is given to others, and nothing is used to train AI."),
    )
    rows = one_each(
        [
            Go(t.label("button", "My data as a file"), MyData()),
            Go(t.label("button", "Delete my data"), Forget(sure=False)),
        ]
    )
    return Screen(text, (*rows, turn.leave(Settings())))


async def forget(turn: Turn, press: Forget | None = None) -> Screen:
    """Ask once, then delete everything about the person."""
    t = turn.t
    if press is not None and press.sure:
        worked = await members.offices_of(turn.c, turn.person.id)
        await relay.tell_forgotten(turn.c, turn.person.id, turn.now)
        await leaving.tell_team(turn)
        await belongings.forget(turn.c, turn.person.id)
        if worked:
            await menu.refresh(turn.c, turn.person.id, turn.person.language, turn.now)
        gone = t("Everything about you has been deleted. To start again, send /start.")
        return Screen(gone, ((Go(t.label("button", "Start again"), Languages()),),))
    text = paragraphs(
        t("<b>Delete everything about you?</b>"),
        t(
            "Your answers, the calls you follow, your progress with documents and "
            "all reminders will be deleted. This cannot be undone."
        ),
        t("Questions that you asked an office get no answer then."),
        *await leaving.warnings(turn),
    )
    buttons = [
        Go(t.label("button", "Yes, delete everything"), Forget(sure=True)),
        Go(t.label("button", "No, keep it"), Home()),
    ]
    return Screen(text, one_each(buttons))
