"""The table of an announcement's recipients: what became of each copy, as a file."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, Final

from erasmus.announcements import Announcement
from erasmus.offices import Right
from handlers.promises import RECIPIENTS, promise
from handlers.screens import Attached, Screen
from handlers.staff.announcing.presses import ReportFile, ShowAnnouncement
from handlers.staff.desk import Desk, NotAllowed, admit
from handlers.tables import csv_table
from handlers.turn import Turn
from storage import announcements
from storage.copies import Copy
from storage.deliveries import State

HEADER: Final = ("recipient", "language", "state", "time (UTC)", "problem")
CHUNK: Final = 1000


async def recipients(desk: Desk, announcement: Announcement, _press: ReportFile) -> Screen:
    """Promise the table; it names people by number, so the audit says who asked for it."""
    rows = (await announcements.progress(desk.c, announcement.id)).total
    await desk.record("announcement.exported", announcement.batch, rows=rows)
    body = {"office": desk.office.id, "announcement": announcement.id}
    await promise(desk.turn, RECIPIENTS, body)
    text = desk.t.plural(
        "The report on {n} recipient follows. It holds personal data: keep it safe.",
        "The report on {n} recipients follows. It holds personal data: keep it safe.",
        rows,
    )
    return Screen(text, (desk.turn.leave(ShowAnnouncement(desk.office.id, announcement.id)),))


async def render(turn: Turn, body: Mapping[str, Any]) -> Screen | None:
    """Return the table as it is now; None for who may not have it any more."""
    try:
        desk = await admit(turn, body["office"], Right.PUBLISH)
    except NotAllowed:
        return None
    announcement = await announcements.get(desk.c, body["announcement"])
    if announcement is None or announcement.office_id != desk.office.id:
        return None
    rows = [_row(copy) for state in State for copy in await _copies(desk, announcement, state)]
    # Of a hundred thousand rows it takes most of a second.
    content = await asyncio.to_thread(csv_table, HEADER, rows)
    name = f"announcement-{announcement.id}.csv"
    # Without buttons: a file cannot become another screen.
    return Screen(name, media=Attached(name, content), fresh=True)


def _row(copy: Copy) -> tuple[object, ...]:
    at = copy.at.strftime("%Y-%m-%d %H:%M:%S") if copy.at else ""
    return copy.person_id, copy.language, copy.state.value, at, copy.problem


async def _copies(desk: Desk, announcement: Announcement, state: State) -> list[Copy]:
    found: list[Copy] = []
    while page := await announcements.recipients(
        desk.c, announcement.id, state, found[-1].delivery_id if found else 0, CHUNK
    ):
        found.extend(page)
    return found
