"""The team: who works at an office, in which role; changed by its owners alone."""

from __future__ import annotations

from erasmus.offices import Right, Role
from handlers.codec import StaleButton
from handlers.screens import Go, Screen, digits, lines, one_each, paragraphs
from handlers.staff import menu
from handlers.staff.desk import Desk
from handlers.staff.front import back_to_desk, desks, show_desk
from handlers.staff.invitations import role_of
from handlers.staff.office_presses import (
    Invite,
    Leave,
    MyRole,
    RemoveMember,
    SetRole,
    ShowDesk,
    ShowMember,
    ShowTeam,
)
from handlers.staff.roles import about_role, role_name
from handlers.staff.telling import tell
from locales import Texts
from storage import members, people
from storage.members import LastOwner, Member


async def show_team(desk: Desk, _press: ShowTeam) -> Screen:
    """List the members."""
    t, office = desk.t, desk.office.id
    team = await members.of_office(desk.c, office)
    listed = lines(
        *(
            t("{n}. {name} — {role}", n=n, name=_name(t, one), role=role_name(t, one.role))
            for n, one in enumerate(team, start=1)
        )
    )
    text = paragraphs(t("<b>Team of {office}</b>", office=t.words(desk.office.name)), listed)
    if not desk.may(Right.MANAGE):
        return Screen(text, (back_to_desk(desk),))
    rows = digits([ShowMember(office, one.person_id) for one in team])
    invite = Go(t.label("button", "Invite somebody"), Invite(office, ""))
    asked = t("Tap a number to change a role.")
    return Screen(paragraphs(text, asked), (*rows, (invite,), back_to_desk(desk)))


async def show_member(desk: Desk, press: ShowMember) -> Screen:
    """Show one member with the roles they could have."""
    t, office = desk.t, desk.office.id
    one = await _member(desk, press.member)
    others = [role for role in Role if role is not one.role]
    buttons = [Go(role_name(t, role), SetRole(office, one.person_id, role)) for role in others]
    remove = RemoveMember(office, one.person_id, sure=False)
    buttons.append(Go(t.label("button", "Remove from the team"), remove))
    text = paragraphs(
        t("<b>{name} — {role}</b>", name=_name(t, one), role=role_name(t, one.role)),
        about_role(t, one.role),
        t("Choose another role:"),
    )
    return Screen(text, (*one_each(buttons), desk.turn.leave(ShowTeam(office))))


async def set_role(desk: Desk, press: SetRole) -> Screen:
    """Give a member another role and tell them; twice is once."""
    role, one = role_of(press.role), await _member(desk, press.member)
    if one.role is role:
        return await _team(desk, desk.t.label("alert", "That is the role already."))
    try:
        await members.put(desk.c, desk.office.id, one.person_id, role, desk.now)
    except LastOwner:
        return await _needs_owner(desk)
    await _tell_changed(desk, one, role)
    details = {"before": one.role, "after": role}
    await desk.record("member.role", str(one.person_id), **details)
    if one.person_id == desk.person_id:
        return await show_desk(Desk(desk.turn, desk.office, role), ShowDesk(desk.office.id))
    return await _team(desk, desk.t.label("alert", "Saved. They have been told."))


async def remove_member(desk: Desk, press: RemoveMember) -> Screen:
    """End a membership, after one question, and tell the one it was."""
    t, one = desk.t, await _member(desk, press.member)
    if not press.sure:
        text = t("Remove {name} from the team?", name=_name(t, one))
        yes = RemoveMember(desk.office.id, one.person_id, sure=True)
        button = Go(t.label("button", "Yes, remove"), yes)
        back = desk.turn.leave(ShowMember(desk.office.id, one.person_id))
        return Screen(text, ((button,), back))
    return await _end(desk, one, "member.removed")


async def my_role(desk: Desk, _press: MyRole) -> Screen:
    """Say what the member may do here, with the way out."""
    t = desk.t
    text = paragraphs(
        f"<b>{t.words(desk.office.name)}</b>",
        t("Your role: {role}", role=role_name(t, desk.role)),
        about_role(t, desk.role),
    )
    button = Go(t.label("button", "Leave this office"), Leave(desk.office.id, sure=False))
    return Screen(text, ((button,), back_to_desk(desk)))


async def leave(desk: Desk, press: Leave) -> Screen:
    """Leave the office, after one question."""
    t = desk.t
    if not press.sure:
        text = t(
            "Leave {office}? You will need a new invitation to come back.",
            office=t.words(desk.office.name),
        )
        button = Go(t.label("button", "Yes, leave"), Leave(desk.office.id, sure=True))
        return Screen(text, ((button,), desk.turn.leave(MyRole(desk.office.id))))
    return await _end(desk, await _member(desk, desk.person_id), "member.left")


async def _end(desk: Desk, one: Member, what: str) -> Screen:
    try:
        await members.remove(desk.c, desk.office.id, one.person_id)
    except LastOwner:
        return await _needs_owner(desk)
    await _tell_changed(desk, one, None)
    await desk.record(what, str(one.person_id), before=one.role)
    if one.person_id == desk.person_id:
        screen = await desks(desk.turn)
        return screen.saying(desk.t.label("alert", "You have left the office."))
    return await _team(desk, desk.t.label("alert", "Removed. They have been told."))


async def _tell_changed(desk: Desk, one: Member, role: Role | None) -> None:
    """Tell a member of their new role, or of none, and give them the menu that goes with it."""
    person = await people.find(desk.c, one.person_id)
    if person is None or one.person_id == desk.person_id:
        await menu.refresh(desk.c, desk.person_id, desk.turn.person.language, desk.now)
        return
    await menu.refresh(desk.c, person.id, person.language, desk.now)
    office = desk.office

    def changed(t: Texts) -> Screen:
        name = t.words(office.name)
        if role is None:
            return Screen(t("You are no longer on the team of {office}.", office=name))
        said = t("Your role at {office} is now: {role}.", office=name, role=role_name(t, role))
        way = Go(t.label("button", "Office’s desk"), ShowDesk(office.id))
        return Screen(paragraphs(said, about_role(t, role)), ((way,),))

    await tell(desk.turn, {one.person_id}, f"role:{office.id}:{role}", changed)


async def _member(desk: Desk, person_id: int) -> Member:
    one = await members.get(desk.c, desk.office.id, person_id)
    if one is None:
        raise StaleButton(str(person_id))
    return one


async def _team(desk: Desk, toast: str) -> Screen:
    screen = await show_team(desk, ShowTeam(desk.office.id))
    return screen.saying(toast)


async def _needs_owner(desk: Desk) -> Screen:
    said = desk.t.label("alert", "An office needs an owner. Make somebody else an owner first.")
    screen = await show_desk(desk, ShowDesk(desk.office.id))
    return screen.saying(said)


def _name(t: Texts, one: Member) -> str:
    return one.name or t.label("plain", "No name ({id})", id=one.person_id)
