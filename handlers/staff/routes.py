"""The desk's routing on one page: which function answers which press, command and text."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

from erasmus.offices import Right
from handlers.incoming import Incoming
from handlers.screens import Screen
from handlers.staff import front, presses
from handlers.staff.desk import Desk, NotAllowed, StaffPress, admit
from handlers.start import home
from handlers.turn import Turn

DeskHandler: TypeAlias = Callable[[Desk, Any], Awaitable[Screen]]
SentHandler: TypeAlias = Callable[[Desk, str, Incoming], Awaitable[Screen]]

PRESSES: Mapping[type[StaffPress], DeskHandler] = {
    presses.ShowDesk: front.show_desk,
}

COMMANDS: Mapping[str, Callable[[Turn], Awaitable[Screen]]] = {
    "desk": front.desks,
}
"""Commands of members; to everybody else they are unknown ones."""

AWAITED: Mapping[str, tuple[Right, SentHandler]] = {}
"""What takes the next message: by the first word of `asking`, which goes on with the office's id.

The handler also gets what follows the id.
"""


async def answer(turn: Turn, press: StaffPress) -> Screen:
    """Answer a button of the desk, for whoever may press it."""
    try:
        desk = await admit(turn, press.office, press.needs)
    except NotAllowed:
        return await refusal(turn)
    return await PRESSES[type(press)](desk, press)


async def receive(turn: Turn, sent: Incoming) -> Screen | None:
    """Take a message that the desk waits for; None when it does not."""
    word, _, rest = (turn.person.asking or "").partition(" ")
    office, _, more = rest.partition(" ")
    if word not in AWAITED:
        return None
    right, handler = AWAITED[word]
    try:
        desk = await admit(turn, office, right)
    except NotAllowed:
        return await refusal(turn)
    return await handler(desk, more, sent)


async def refusal(turn: Turn) -> Screen:
    """Say that nothing was done, and show where the person is."""
    screen = await home(turn)
    return screen.saying(turn.t.label("alert", "You can’t do this at this office (any more)."))
