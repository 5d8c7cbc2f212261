"""Confirming announcements: the version that was read, by two people where they go to many."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, auto

from erasmus.announcements import EDITABLE, Announcement, By, Stage, leaves_at
from erasmus.limits import Limits
from erasmus.offices import Right, may
from storage import audiences, members, offices
from storage.announcements.ledger import get, lock, texts
from storage.announcements.stages import move, take_back
from storage.database import Connection


class Said(StrEnum):
    """What came of a confirmation."""

    SCHEDULED = auto()
    AWAITING = auto()  # a second publisher has to confirm as well
    CHANGED = auto()  # it is not the version any more that was read
    SAME_PERSON = auto()  # the second has to be somebody else
    ALREADY = auto()  # somebody was quicker: see confirmed_by, second_by, moved_at, stage
    EMPTY = auto()  # it says nothing, or reaches nobody
    TOO_DEAR = auto()


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What came of a confirmation, and the announcement as it is now."""

    said: Said
    announcement: Announcement


async def confirm(
    c: Connection, announcement_id: int, version: int, limits: Limits, by: By
) -> Confirmation | None:
    """Confirm the version that was read, first or second; None for no such announcement."""
    found = await lock(c, announcement_id)
    if found is None:
        return None
    if found.stage not in EDITABLE:
        return Confirmation(Said.ALREADY, found)
    if found.version != version:
        return Confirmation(Said.CHANGED, found)
    if found.stage is Stage.AWAITING:
        return await _confirm_again(c, found, by)
    return await _confirm_first(c, found, limits, by)


async def _confirm_first(
    c: Connection, found: Announcement, limits: Limits, by: By
) -> Confirmation:
    office = await offices.get(c, found.office_id)
    reached = (
        await audiences.count(c, office, found.audience, found.topic, by.at)
        if office and await texts(c, found.id)
        else {}
    )
    recipients = sum(reached.values())
    if not recipients:
        return Confirmation(Said.EMPTY, found)
    if found.paid and not limits.may_pay(recipients):
        return Confirmation(Said.TOO_DEAR, found)
    confirmed = {
        "recipients": recipients,
        "confirmed_by": by.person_id,
        "confirmed_version": found.version,
        "confirmed_at": by.at,
    }
    if limits.needs_two(recipients):
        return await _confirmed(c, found, Stage.AWAITING, by, **confirmed)
    confirmed["leaves_at"] = leaves_at(found.send_at, by.at)
    return await _confirmed(c, found, Stage.SCHEDULED, by, **confirmed)


async def _confirm_again(c: Connection, found: Announcement, by: By) -> Confirmation:
    if by.person_id == found.confirmed_by:
        return Confirmation(Said.SAME_PERSON, found)
    if not await _still_publishes(c, found.office_id, found.confirmed_by):
        # Two people stand for it, so a confirmation goes with whoever gave it.
        draft = await take_back(c, found.id, by)
        return Confirmation(Said.CHANGED, draft or found)
    at = leaves_at(found.send_at, by.at)
    return await _confirmed(c, found, Stage.SCHEDULED, by, second_by=by.person_id, leaves_at=at)


async def _still_publishes(c: Connection, office_id: str, person_id: int | None) -> bool:
    role = None if person_id is None else await members.role_of(c, office_id, person_id)
    return role is not None and may(role, Right.PUBLISH)


async def _confirmed(
    c: Connection, found: Announcement, stage: Stage, by: By, **columns: object
) -> Confirmation:
    moved = await move(c, found.id, stage, by, **columns)
    if moved is None:
        return Confirmation(Said.ALREADY, await get(c, found.id) or found)
    return Confirmation(Said(stage.value), moved)
