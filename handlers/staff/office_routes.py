"""Routing of what concerns an office itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from erasmus.offices import Right
from handlers.incoming import Incoming
from handlers.screens import Screen
from handlers.staff import front, invitations, numbers, office, stopping, team
from handlers.staff import office_presses as presses
from handlers.staff.desk import Desk, StaffPress
from handlers.staff.number_presses import ShowNumbers
from handlers.turn import Turn

PRESSES: Mapping[type[StaffPress], Callable[[Desk, Any], Awaitable[Screen]]] = {
    presses.ShowDesk: front.show_desk,
    presses.MyRole: team.my_role,
    presses.Leave: team.leave,
    presses.ShowTeam: team.show_team,
    presses.ShowMember: team.show_member,
    presses.SetRole: team.set_role,
    presses.RemoveMember: team.remove_member,
    presses.Invite: invitations.invite,
    presses.OfficeSettings: office.settings,
    presses.Rename: office.rename,
    presses.SetOfficeZone: office.set_zone,
    presses.SetAnswerDays: office.set_answer_days,
    presses.AddUniversity: office.add_university,
    presses.Stop: stopping.stop,
    presses.Resume: stopping.resume,
    ShowNumbers: numbers.show_numbers,
}

COMMANDS: Mapping[str, Callable[[Turn], Awaitable[Screen]]] = {
    "desk": front.desks,
    "stats": numbers.stats_command,
    "stop": stopping.stop_command,
}

AWAITED: Mapping[str, tuple[Right, Callable[[Desk, str, Incoming], Awaitable[Screen]]]] = {
    office.NAMING: (presses.Rename.needs, office.take_name),
    office.UNIVERSITY: (presses.AddUniversity.needs, office.take_university),
}
