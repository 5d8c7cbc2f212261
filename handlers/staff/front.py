"""The front of the desk: which offices, and what can be done there."""

from __future__ import annotations

from handlers.screens import Go, Screen, one_each, paragraphs
from handlers.staff.desk import Desk
from handlers.staff.presses import ShowDesk
from handlers.turn import Turn
from storage import members


async def desks(turn: Turn) -> Screen:
    """Show the offices of a member."""
    await turn.asking(None)
    t = turn.t
    known = await members.offices_of(turn.c, turn.person.id)
    buttons = [Go(t.words(office.name), ShowDesk(office.id)) for office, _ in known]
    return Screen(t("<b>Your offices</b>"), (*one_each(buttons), turn.leave()))


async def show_desk(desk: Desk, _press: ShowDesk) -> Screen:
    """Show what the member may do at their office."""
    await desk.turn.asking(None)
    return Screen(
        paragraphs(f"<b>{desk.t.words(desk.office.name)}</b>"),
        (desk.turn.leave(),),
    )
