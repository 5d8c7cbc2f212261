"""The desk's routing on one page: which function answers which press, command and text."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from erasmus.offices import Right
from handlers.codec import StaleButton
from handlers.incoming import Incoming
from handlers.screens import Screen, lines, paragraphs
from handlers.staff import answer_routes, office_routes
from handlers.staff.announcing import routes as announcing_routes
from handlers.staff.calls import routes as call_routes
from handlers.staff.desk import Desk, NotAllowed, StaffPress, admit
from handlers.start import home
from handlers.turn import Turn

DeskHandler: TypeAlias = Callable[[Desk, Any], Awaitable[Screen]]
SentHandler: TypeAlias = Callable[[Desk, str, Incoming], Awaitable[Screen | None]]

PRESSES: Mapping[type[StaffPress], DeskHandler] = {
    **office_routes.PRESSES,
    **answer_routes.PRESSES,
    **announcing_routes.PRESSES,
    **call_routes.PRESSES,
}

COMMANDS: Mapping[str, Callable[[Turn], Awaitable[Screen]]] = {
    **office_routes.COMMANDS,
    **answer_routes.COMMANDS,
}
"""Commands of members; to everybody else they are unknown ones."""

AWAITED: Mapping[str, tuple[Right, SentHandler]] = {
    **office_routes.AWAITED,
    **answer_routes.AWAITED,
    **announcing_routes.AWAITED,
    **call_routes.AWAITED,
}
"""What takes the next message: by the first word of `asking`, which goes on with the office's id.

The handler also gets what follows the id.
"""


async def answer(turn: Turn, press: StaffPress) -> Screen:
    """Answer a button of the desk, for whoever may press it."""
    try:
        desk = await admit(turn, press.office, press.needs)
    except NotAllowed:
        return await refusal(turn)
    handler = PRESSES.get(type(press))
    if handler is None:  # a button of the office's group, forged in a private chat
        raise StaleButton(press.tag)
    try:
        return await handler(desk, press)
    except NotAllowed:
        return await refusal(turn)


async def receive(turn: Turn, sent: Incoming) -> Screen | None:
    """Take a message that the desk waits for; None when it does not."""
    word, _, rest = (turn.person.asking or "").partition(" ")
    office, _, more = rest.partition(" ")
    if word not in AWAITED:
        return None
    right, handler = AWAITED[word]
    try:
        desk = await admit(turn, office, right)
        return await handler(desk, more, sent)
    except NotAllowed:
        return await _not_taken(turn)


async def edited(turn: Turn, sent: Incoming) -> Screen | None:
    """Take an edit of what was sent for the desk; None when it was something else."""
    word, _, _ = (turn.person.asking or "").partition(" ")
    return await receive(turn, sent) if word in announcing_routes.EDITS else None


async def _not_taken(turn: Turn) -> Screen:
    """Say the same of what somebody wrote: a message has no button over which it could be said."""
    screen, t = await home(turn), turn.t
    told = lines(
        t.label("alert", "You can’t do this at this office (any more)."),
        t("What you sent was not kept."),
    )
    return replace(screen, text=paragraphs(told, screen.text))


async def refusal(turn: Turn) -> Screen:
    """Say that nothing was done, and show where the person is; asked for is nothing any more."""
    screen = await home(turn)
    return screen.saying(turn.t.label("alert", "You can’t do this at this office (any more)."))
