"""A message that is awaited as a text: for which announcement and language; what is refused."""

from __future__ import annotations

from typing import NamedTuple

from erasmus.announcements import Announcement
from erasmus.words import Language
from handlers.incoming import Incoming
from handlers.screens import Screen
from handlers.staff.desk import Desk, StaffPress
from storage import announcements


class Awaited(NamedTuple):
    """What a message is for; `which` says so in `asking`, with the number of the message.

    `another`: it is an edit, but not of the message that was refused or kept.
    """

    announcement: Announcement
    language: Language
    which: str
    another: bool


async def awaited(desk: Desk, more: str, sent: Incoming) -> Awaited | None:
    """Read what stands in `asking`; None, and nothing is awaited, for a deleted announcement.

    Nobody else writes a text of it until this is done: of two at one moment neither loses theirs.
    """
    number, code, *noted = more.split()
    found = await announcements.lock(desk.c, int(number))
    if found is None or found.office_id != desk.office.id:
        await desk.turn.asking(None)
        return None
    another = sent.edited and noted != [str(sent.message_id)]
    which = f"{desk.office.id} {found.id} {code} {sent.message_id}"
    return Awaited(found, Language(code), which, another)


def deleted(desk: Desk) -> Screen:
    """Say that there is nothing any more that the message could belong to."""
    return Screen(desk.t("This announcement was deleted."), (desk.turn.leave(),))


async def not_taken(desk: Desk, asking: str, refused: str | None, back: StaffPress) -> Screen:
    """Say why a message was refused, and go on waiting for a better one."""
    await desk.turn.asking(asking)
    return Screen(refused or "", (desk.turn.leave(back),))
