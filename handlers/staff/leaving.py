"""A member who deletes everything about themselves leaves their offices with it."""

from __future__ import annotations

from functools import partial

from erasmus.offices import Office, Role
from handlers.screens import Screen, paragraphs
from handlers.staff.telling import tell
from handlers.turn import Turn
from locales import Texts
from storage import deliveries, members
from storage.deliveries import Draft, Lane


async def warnings(turn: Turn) -> list[str]:
    """Say which offices a person would leave, above all those that nobody could manage then."""
    t, said = turn.t, list[str]()
    for office, role in await members.offices_of(turn.c, turn.person.id):
        name = t.words(office.name)
        said.append(t("You will no longer be on the team of {office}.", office=name))
        if role is Role.OWNER and not await _others(turn, office, Role.OWNER):
            said.append(
                t(
                    "You are its only owner: nobody could manage it any more. Please make "
                    "somebody else an owner first."
                )
            )
    return said


async def tell_team(turn: Turn) -> None:
    """Tell the owners, or the team that stays without one, who is gone."""
    for office, role in await members.offices_of(turn.c, turn.person.id):
        owners = await _others(turn, office, Role.OWNER)
        one = await members.get(turn.c, office.id, turn.person.id)
        name = one.name if one is not None else turn.first_name
        whom = owners or await _others(turn, office)
        said = partial(_gone, name=name, office=office, alone=not owners)
        await tell(turn, whom, f"gone:{office.id}", said)
        if role is Role.OWNER and not owners:
            await _tell_admins(turn, office)


async def _tell_admins(turn: Turn, office: Office) -> None:
    """Tell who runs the assistant, in the words of the command line, as of every fault."""
    command = f"erasmus-bot office invite {office.id}"
    said = f"{office.id}: it has no owner any more. Invite one: {command}"
    for admin in sorted(turn.limits.admins):
        key = f"ownerless:{office.id}:{turn.now.isoformat()}:{admin}"
        draft = Draft(key, Lane.STAFF, admin, "screen", Screen(said).body(), due_at=turn.now)
        await deliveries.put(turn.c, draft, turn.now)


def _gone(t: Texts, *, name: str, office: Office, alone: bool) -> Screen:
    return Screen(
        paragraphs(
            t("{name} has left {office}.", name=name, office=t.words(office.name)),
            t("It has no owner now. Ask whoever runs this assistant for an invitation.")
            if alone
            else None,
        )
    )


async def _others(turn: Turn, office: Office, role: Role | None = None) -> set[int]:
    team = await members.of_office(turn.c, office.id)
    others = {one.person_id for one in team if role in {None, one.role}}
    return others - {turn.person.id}
