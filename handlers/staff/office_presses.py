"""Presses about an office itself: its desk, its team, its settings, the emergency stop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from erasmus.offices import Right
from handlers.codec import kinds
from handlers.staff.desk import StaffPress


@dataclass(frozen=True, slots=True)
class ShowDesk(StaffPress):
    """The desk of an office."""

    tag: ClassVar[str] = "od1"
    needs: ClassVar[Right] = Right.ENTER


@dataclass(frozen=True, slots=True)
class MyRole(StaffPress):
    """What the member is here, with the way out."""

    tag: ClassVar[str] = "oy1"
    needs: ClassVar[Right] = Right.ENTER


@dataclass(frozen=True, slots=True)
class Leave(StaffPress):
    """Leave the office; asks first unless `sure`."""

    tag: ClassVar[str] = "ol1"
    needs: ClassVar[Right] = Right.ENTER
    sure: bool


@dataclass(frozen=True, slots=True)
class ShowTeam(StaffPress):
    """The members with their roles."""

    tag: ClassVar[str] = "ot1"
    needs: ClassVar[Right] = Right.SEE


@dataclass(frozen=True, slots=True)
class ShowMember(StaffPress):
    """One member, and what can be done about them."""

    tag: ClassVar[str] = "om1"
    needs: ClassVar[Right] = Right.MANAGE
    member: int


@dataclass(frozen=True, slots=True)
class SetRole(StaffPress):
    """Give a member another role."""

    tag: ClassVar[str] = "oc1"
    needs: ClassVar[Right] = Right.MANAGE
    member: int
    role: str


@dataclass(frozen=True, slots=True)
class RemoveMember(StaffPress):
    """End a membership; asks first unless `sure`."""

    tag: ClassVar[str] = "or1"
    needs: ClassVar[Right] = Right.MANAGE
    member: int
    sure: bool


@dataclass(frozen=True, slots=True)
class Invite(StaffPress):
    """Make an invitation for a role; without a role, choose one."""

    tag: ClassVar[str] = "oi1"
    needs: ClassVar[Right] = Right.MANAGE
    role: str


@dataclass(frozen=True, slots=True)
class OfficeSettings(StaffPress):
    """The office's name, zone and answer days."""

    tag: ClassVar[str] = "os1"
    needs: ClassVar[Right] = Right.MANAGE


@dataclass(frozen=True, slots=True)
class Rename(StaffPress):
    """Ask for the office's name in four languages."""

    tag: ClassVar[str] = "on1"
    needs: ClassVar[Right] = Right.MANAGE


@dataclass(frozen=True, slots=True)
class SetOfficeZone(StaffPress):
    """Work in another zone; without a zone, choose one."""

    tag: ClassVar[str] = "oz1"
    needs: ClassVar[Right] = Right.MANAGE
    zone: str


@dataclass(frozen=True, slots=True)
class SetAnswerDays(StaffPress):
    """Mean to answer within so many working days; 0: choose."""

    tag: ClassVar[str] = "oa1"
    needs: ClassVar[Right] = Right.MANAGE
    days: int


@dataclass(frozen=True, slots=True)
class AddUniversity(StaffPress):
    """Ask for a university that the directory lacks."""

    tag: ClassVar[str] = "ou1"
    needs: ClassVar[Right] = Right.MANAGE


@dataclass(frozen=True, slots=True)
class Stop(StaffPress):
    """Hold everything that goes to many; asks first unless `sure`."""

    tag: ClassVar[str] = "oh1"
    needs: ClassVar[Right] = Right.STOP
    sure: bool


@dataclass(frozen=True, slots=True)
class Resume(StaffPress):
    """Let it go on."""

    tag: ClassVar[str] = "og1"
    needs: ClassVar[Right] = Right.MANAGE


PRESSES = kinds(globals(), StaffPress)
