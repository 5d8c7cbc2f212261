"""Messages to colleagues of the presser: in their language, once, in the same transaction."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from erasmus.offices import Right, may
from handlers.screens import Screen
from handlers.staff.desk import Desk
from handlers.turn import Turn
from storage import deliveries, members, people
from storage.deliveries import Draft, Lane
from storage.members import Member


async def publishers(desk: Desk, *, but: int | None) -> list[Member]:
    """Return those who may send announcements at the office, without one of them."""
    everybody = await members.of_office(desk.c, desk.office.id)
    return [one for one in everybody if may(one.role, Right.PUBLISH) and one.person_id != but]


async def desk_of(desk: Desk, person_id: int) -> Desk | None:
    """Return the desk as a colleague sees it; None for nobody's."""
    person = await people.find(desk.c, person_id)
    role = await members.role_of(desk.c, desk.office.id, person_id)
    if person is None or role is None:
        return None
    turn = Turn(person, desk.c, desk.turn.library, desk.now, desk.turn.limits)
    return Desk(turn, desk.office, role)


async def tell(
    desk: Desk, person_id: int, key: str, say: Callable[[Desk], Awaitable[Screen]]
) -> None:
    """Write to a colleague; with a key that was used before nothing happens."""
    theirs = await desk_of(desk, person_id)
    if theirs is None:
        return
    screen = await say(theirs)
    for n, one in enumerate((*screen.also, screen)):
        draft = Draft(
            key=f"{key}:{person_id}:{n}",
            lane=Lane.STAFF,
            chat_id=person_id,
            kind="screen",
            body=one.body(),
            due_at=desk.now,
        )
        await deliveries.put(desk.c, draft, desk.now)
