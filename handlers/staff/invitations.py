"""Invitations: an owner makes a link, one person opens it within a day, the owner is told."""

from __future__ import annotations

import secrets
from typing import Final

from erasmus.offices import Office, Right, Role, may
from handlers.codec import StaleButton
from handlers.screens import Go, Screen, one_each, paragraphs
from handlers.staff import menu
from handlers.staff.desk import Desk
from handlers.staff.front import show_desk
from handlers.staff.office_presses import Invite, ShowDesk, ShowTeam
from handlers.staff.roles import about_role, role_name
from handlers.staff.telling import tell
from handlers.turn import Turn
from locales import Texts, moments
from storage import audit, invitations, members, offices
from storage.invitations import Invitation

LINK: Final = "r_"
TOKEN_BYTES: Final = 16
NAME: Final = 64
"""Signs of a first name, the most that Telegram allows."""


def new_token() -> str:
    """Return 128 random bits as a link can carry them."""
    return secrets.token_urlsafe(TOKEN_BYTES)


async def invite(desk: Desk, press: Invite) -> Screen:
    """Ask for the role, then make the link."""
    t, leave = desk.t, desk.turn.leave(ShowTeam(desk.office.id))
    if not press.role:
        text = paragraphs(t("<b>Invite as …</b>"), *(about_role(t, role) for role in Role))
        buttons = [Go(role_name(t, role), Invite(desk.office.id, role)) for role in Role]
        return Screen(text, (*one_each(buttons), leave))
    role, token = role_of(press.role), new_token()
    await invitations.make(desk.c, token, desk.office.id, role, desk.now, made_by=desk.person_id)
    await desk.record("member.invited", desk.office.id, role=role)
    text = paragraphs(
        t("Send this link to one person. It makes them: {role}.", role=role_name(t, role)),
        f"<code>{desk.turn.link(LINK + token)}</code>",
        t("It works once, and for 24 hours. I will tell you who used it."),
    )
    return Screen(text, (leave,))


def role_of(told: str) -> Role:
    """Return the role that a button names; raise StaleButton for none."""
    try:
        return Role(told)
    except ValueError as error:
        raise StaleButton(told) from error


async def open_link(turn: Turn, token: str) -> Screen:
    """Answer somebody who opened an invitation's link."""
    return await accept(turn, invitations.digest_of(token))


async def accept(turn: Turn, digest: str) -> Screen:
    """Make a member of whoever holds a good invitation, and say kindly why not otherwise."""
    t, found = turn.t, await invitations.get(turn.c, digest)
    office = await offices.get(turn.c, found.office_id) if found is not None else None
    if found is None or office is None or found.ended(turn.now) or not await _stands(turn, found):
        return _refused(turn, found)
    had = await members.role_of(turn.c, office.id, turn.person.id)
    if had is not None and not _more(found.role, had):
        name = t.words(office.name)
        said = t("You already work at {office}: {role}.", office=name, role=role_name(t, had))
        return Screen(said, (turn.leave(ShowDesk(office.id)),))
    if not await invitations.use(turn.c, digest, turn.person.id, turn.now):
        return _refused(turn, await invitations.get(turn.c, digest))
    return await _welcome(turn, office, found)


async def _stands(turn: Turn, found: Invitation) -> bool:
    """Tell whether who made it may still invite; the command line always may."""
    if found.made_by is None:
        return True
    return may(await members.role_of(turn.c, found.office_id, found.made_by), Right.MANAGE)


def _more(role: Role, than: Role) -> bool:
    order = list(Role)
    return order.index(role) < order.index(than)


def _refused(turn: Turn, found: Invitation | None) -> Screen:
    t = turn.t
    if found is None:
        said = t("This invitation is not known here. Perhaps the link was cut; ask for a new one.")
    elif found.used_at is not None:
        said = t("This invitation was used already. Ask the office for a new one.")
    else:
        said = t("This invitation is no longer valid. Ask the office for a new one.")
    return Screen(said, (turn.leave(),))


async def _welcome(turn: Turn, office: Office, found: Invitation) -> Screen:
    person, name = turn.person, turn.first_name[:NAME]
    await members.put(
        turn.c,
        office.id,
        person.id,
        found.role,
        turn.now,
        name=name,
        invited_by=found.made_by,
    )
    await menu.refresh(turn.c, person.id, person.language, turn.now)

    def joined(t: Texts) -> Screen:
        said = t(
            "{name} used your invitation to {office}. Role: {role}. Time: {time}.",
            name=name,
            office=t.words(office.name),
            role=role_name(t, found.role),
            time=moments.moment_in_zone(t.language, turn.now, office.zone),
        )
        return Screen(said, ((Go(t.label("button", "Team"), ShowTeam(office.id)),),))

    await tell(turn, await _inviters(turn, found), f"joined:{office.id}", joined)
    await audit.write(
        turn.c, turn.now, person.id, office.id, "member.joined", str(person.id), role=found.role
    )
    t = turn.t
    welcome = t("Welcome to {office}.", office=t.words(office.name))
    screen = await show_desk(Desk(turn, office, found.role), ShowDesk(office.id))
    return Screen(paragraphs(welcome, about_role(t, found.role), screen.text), screen.rows)


async def _inviters(turn: Turn, found: Invitation) -> set[int]:
    """Return whom to tell: the inviter, else the owners that are there already."""
    if found.made_by is not None:
        return {found.made_by}
    team = await members.of_office(turn.c, found.office_id)
    return {one.person_id for one in team if one.role is Role.OWNER} - {turn.person.id}
