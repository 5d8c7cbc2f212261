"""Presses about an office itself: its desk, its team, its settings, the emergency stop."""

from __future__ import annotations

from typing import ClassVar

from erasmus.offices import Right
from handlers.codec import kinds
from handlers.staff.desk import StaffPress


class ShowDesk(StaffPress, frozen=True):
    """The desk of an office."""

    tag: ClassVar[str] = "od1"
    needs: ClassVar[Right] = Right.ENTER


class MyRole(StaffPress, frozen=True):
    """What the member is here, with the way out."""

    tag: ClassVar[str] = "oy1"
    needs: ClassVar[Right] = Right.ENTER


class Leave(StaffPress, frozen=True):
    """Leave the office; asks first unless `sure`."""

    tag: ClassVar[str] = "ol1"
    needs: ClassVar[Right] = Right.ENTER
    sure: bool


class ShowTeam(StaffPress, frozen=True):
    """The members with their roles."""

    tag: ClassVar[str] = "ot1"
    needs: ClassVar[Right] = Right.SEE


class ShowMember(StaffPress, frozen=True):
    """One member, and what can be done about them."""

    tag: ClassVar[str] = "om1"
    needs: ClassVar[Right] = Right.MANAGE
    member: int


class SetRole(StaffPress, frozen=True):
    """Give a member another role."""

    tag: ClassVar[str] = "oc1"
    needs: ClassVar[Right] = Right.MANAGE
    member: int
    role: str


class RemoveMember(StaffPress, frozen=True):
    """End a membership; asks first unless `sure`."""

    tag: ClassVar[str] = "or1"
    needs: ClassVar[Right] = Right.MANAGE
    member: int
    sure: bool


class Invite(StaffPress, frozen=True):
    """Make an invitation for a role; without a role, choose one."""

    tag: ClassVar[str] = "oi1"
    needs: ClassVar[Right] = Right.MANAGE
    role: str


class OfficeSettings(StaffPress, frozen=True):
    """The office's name, zone and answer days."""

    tag: ClassVar[str] = "os1"
    needs: ClassVar[Right] = Right.MANAGE


class Rename(StaffPress, frozen=True):
    """Ask for the office's name in four languages."""

    tag: ClassVar[str] = "on1"
    needs: ClassVar[Right] = Right.MANAGE


class SetOfficeZone(StaffPress, frozen=True):
    """Work in another zone; without a zone, choose one."""

    tag: ClassVar[str] = "oz1"
    needs: ClassVar[Right] = Right.MANAGE
    zone: str


class SetAnswerDays(StaffPress, frozen=True):
    """Mean to answer within so many working days; 0: choose."""

    tag: ClassVar[str] = "oa1"
    needs: ClassVar[Right] = Right.MANAGE
    days: int


class AddUniversity(StaffPress, frozen=True):
    """Ask for a university that the directory lacks."""

    tag: ClassVar[str] = "ou1"
    needs: ClassVar[Right] = Right.MANAGE


class Stop(StaffPress, frozen=True):
    """Hold everything that goes to many; asks first unless `sure`."""

    tag: ClassVar[str] = "oh1"
    needs: ClassVar[Right] = Right.STOP
    sure: bool


class Resume(StaffPress, frozen=True):
    """Let it go on."""

    tag: ClassVar[str] = "og1"
    needs: ClassVar[Right] = Right.MANAGE


PRESSES = kinds(globals(), StaffPress)
