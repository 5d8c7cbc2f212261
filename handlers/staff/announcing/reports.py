"""What came of it: the counts, those of whom nobody knows, the table for the office's files."""

from __future__ import annotations

from erasmus.announcements import Announcement, Correction, CorrectionKind, Stage
from erasmus.offices import Right
from handlers.screens import Button, Go, Rows, Screen, lines, one_each, paragraphs
from handlers.staff.announcing.correction_progress import how_far, reached, steering
from handlers.staff.announcing.describing import at_office, by_whom, moved_by, stage_name, title
from handlers.staff.announcing.live import numbers_of
from handlers.staff.announcing.presses import (
    Announcements,
    Change,
    Preview,
    ReportFile,
    ReportPicture,
    ShowAnnouncement,
    Uncertain,
)
from handlers.staff.desk import Desk
from storage import announcements, corrections
from storage.copies import Progress
from storage.deliveries import State

PAGE = 10
EVERYBODY = 0
"""Instead of one copy: all of which nobody knows whether they arrived."""

HEADER = ("recipient", "language", "state", "time (UTC)", "problem")
CHUNK = 1000


async def report(desk: Desk, announcement: Announcement) -> Screen:
    """Show what came of an announcement."""
    t = desk.t
    done = await announcements.progress(desk.c, announcement.id)
    texts = await announcements.texts(desk.c, announcement.id)
    changed = await corrections.of_announcement(desk.c, announcement.id)
    told = [await _changed(desk, one) for one in changed]
    recalled = any(one.kind is CorrectionKind.RECALL for one in changed)
    stage = t("recalled") if recalled else stage_name(t, announcement.stage)
    text = paragraphs(
        t("<b>Announcement {number}: {stage}</b>", number=announcement.id, stage=stage),
        title(t, announcement, texts),
        _times(desk, announcement),
        numbers_of(t, done),
        await _ended(desk, announcement),
        *told,
    )
    steered = changed[:1] if desk.may(Right.PUBLISH) else []
    rows = [row for one in steered for row in steering(t, desk.office, one)]
    buttons = _buttons(desk, announcement, done, recalled=recalled)
    return Screen(text, (*buttons, *rows, _back(desk)))


def _times(desk: Desk, announcement: Announcement) -> str | None:
    t, begun, ended = desk.t, announcement.started_at, announcement.ended_at
    return lines(
        t("Begun: {moment}", moment=at_office(desk, begun)) if begun else None,
        t("Ended: {moment}", moment=at_office(desk, ended)) if ended else None,
    )


async def _ended(desk: Desk, announcement: Announcement) -> str | None:
    if announcement.stage is not Stage.STOPPED:
        return None
    who = await moved_by(desk, announcement)
    return desk.t("Ended early: {who}.", who=who)


async def _changed(desk: Desk, correction: Correction) -> str:
    """Say how far a correction or a recall is."""
    t = desk.t
    who = await by_whom(desk, correction.person_id, correction.created_at)
    if correction.kind is CorrectionKind.CORRECT:
        heading = t("✏️ <b>Corrected</b> ({who}): {stage}", who=who, stage=how_far(t, correction))
    else:
        heading = t("↩️ <b>Recalled</b> ({who}): {stage}", who=who, stage=how_far(t, correction))
    return lines(heading, reached(t, correction, await corrections.reach(desk.c, correction)))


def _buttons(desk: Desk, announcement: Announcement, done: Progress, *, recalled: bool) -> Rows:
    t, which = desk.t, (desk.office.id, announcement.id)
    buttons: list[Button] = [Go(t.label("button", "Preview"), Preview(*which))]
    buttons.append(Go(t.label("button", "Report as a picture"), ReportPicture(*which)))
    if desk.may(Right.PUBLISH):
        if done.of(State.UNKNOWN):
            buttons.insert(0, Go(t.label("button", "Unknown: what now?"), Uncertain(*which, 0)))
        buttons.append(Go(t.label("button", "Report as a table"), ReportFile(*which)))
        if not recalled:
            buttons.append(Go(t.label("button", "Correct or recall"), Change(*which)))
    buttons.append(Go(t.label("button", "Refresh"), ShowAnnouncement(*which)))
    return one_each(buttons)


def _back(desk: Desk) -> tuple[Go, ...]:
    return desk.turn.leave(Announcements(desk.office.id, 0))
