"""The front of the desk: which offices, and what can be done there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from erasmus.offices import Office, Right, may
from handlers.screens import Go, Screen, one_each, paragraphs
from handlers.staff.announcing.presses import Announcements, ToTranslate
from handlers.staff.answer_presses import Entries, Queue
from handlers.staff.calls.presses import OfficeCalls, Untranslated
from handlers.staff.desk import Desk, StaffPress
from handlers.staff.number_presses import ShowNumbers
from handlers.staff.office_presses import (
    AddUniversity,
    MyRole,
    OfficeSettings,
    Resume,
    ShowDesk,
    ShowTeam,
    Stop,
)
from handlers.staff.roles import role_name
from handlers.turn import Turn
from locales import Texts
from storage import holds, members

PressAt: TypeAlias = Callable[[str], StaffPress]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be done at a desk; `press` makes its button for an office."""

    label: Callable[[Texts], str]
    press: PressAt
    right: Right
    offered: Callable[[Office], bool] = lambda _office: True


ENTRIES = (
    Entry(lambda t: t.label("button", "Calls"), OfficeCalls, Right.SEE),
    Entry(lambda t: t.label("button", "Calls to translate"), Untranslated, Right.TRANSLATE),
    Entry(
        lambda t: t.label("button", "Announcements"),
        lambda office: Announcements(office, 0),
        Right.SEE,
    ),
    Entry(
        lambda t: t.label("button", "Announcements to translate"),
        ToTranslate,
        Right.TRANSLATE,
    ),
    Entry(lambda t: t.label("button", "Waiting questions"), Queue, Right.ANSWER),
    Entry(lambda t: t.label("button", "Prepared answers"), Entries, Right.TRANSLATE),
    Entry(
        lambda t: t.label("button", "Numbers"),
        lambda office: ShowNumbers(office, picture=False),
        Right.SEE,
    ),
    Entry(lambda t: t.label("button", "Team"), ShowTeam, Right.SEE),
    Entry(lambda t: t.label("button", "Office settings"), OfficeSettings, Right.MANAGE),
    Entry(
        lambda t: t.label("button", "Add a university"),
        AddUniversity,
        Right.MANAGE,
        lambda office: office.national,
    ),
    Entry(lambda t: t.label("button", "My role here"), MyRole, Right.ENTER),
)
"""What the front offers, in this order; each area adds a line."""


async def ways_in(turn: Turn) -> list[Go]:
    """Return the buttons that lead members to their desks; none for everybody else."""
    mine = await members.offices_of(turn.c, turn.person.id)
    if len(mine) == 1:
        [(office, _)] = mine
        return [Go(turn.t.label("button", "Office’s desk"), ShowDesk(office.id))]
    return _named(turn.t, [office for office, _ in mine], ShowDesk)


def _named(t: Texts, offices: Sequence[Office], press: PressAt) -> list[Go]:
    return [Go(t.words(office.name), press(office.id)) for office in offices]


async def desks(turn: Turn) -> Screen:
    """Show the desk of a member of one office, or the offices of a member of several."""
    return await through(turn, Right.ENTER, ShowDesk, show_desk)


async def through(
    turn: Turn,
    right: Right,
    press: PressAt,
    show: Callable[[Desk, Any], Awaitable[Screen]],
) -> Screen:
    """Answer a command at the one office where the member has a right, else let them choose."""
    await turn.asking(None)
    mine = await members.offices_of(turn.c, turn.person.id)
    allowed = [(office, role) for office, role in mine if may(role, right)]
    if len(allowed) == 1:
        [(office, role)] = allowed
        return await show(Desk(turn, office, role), press(office.id))
    t = turn.t
    if not allowed:
        return Screen(t("Your role at your office does not include this."), (turn.leave(),))
    buttons = _named(t, [office for office, _ in allowed], press)
    return Screen(t("<b>Your offices</b>"), (*one_each(buttons), turn.leave()))


async def show_desk(desk: Desk, _press: ShowDesk) -> Screen:
    """Show what the member may do at their office."""
    await desk.turn.asking(None)
    t, office = desk.t, desk.office
    held = await holds.held(desk.c, holds.BULK)
    entries = [entry for entry in ENTRIES if desk.may(entry.right) and entry.offered(office)]
    buttons = [Go(entry.label(t), entry.press(office.id)) for entry in entries]
    if desk.may(Right.STOP) and held is None:
        stop = Stop(office.id, sure=False)
        buttons.append(Go(t.label("button", "Emergency stop"), stop))
    if desk.may(Right.MANAGE) and held is not None:
        buttons.append(Go(t.label("button", "Let everything go on"), Resume(office.id)))
    text = paragraphs(
        f"<b>{t.words(office.name)}</b>",
        t("Your role: {role}", role=role_name(t, desk.role)),
        t("Everything that goes to many is stopped.") if held is not None else None,
    )
    return Screen(text, (*one_each(buttons), desk.turn.leave()))


def back_to_desk(desk: Desk) -> tuple[Go, ...]:
    """Return the last row of the desk's screens."""
    return desk.turn.leave(ShowDesk(desk.office.id))
