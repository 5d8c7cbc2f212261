"""How far an announcement is, in a message that the engine keeps true for each who confirmed it."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil

from erasmus.announcements import LIVE, Announcement, Stage
from erasmus.offices import Office
from erasmus.waves import Trouble
from handlers.presses import HomeBeside
from handlers.screens import Button, Go, Screen, lines, one_each, paragraphs
from handlers.staff.announcing.describing import stage_name
from handlers.staff.announcing.presses import Beside, GoOn, Pause, ShowAnnouncement, Stop
from locales import Texts, numbers
from storage.copies import Progress
from storage.deliveries import State

BAR = 10


def live_screen(
    t: Texts, office: Office, announcement: Announcement, progress: Progress, now: datetime
) -> Screen:
    """Show how far it is, with what can be done. Its buttons answer beside it, so that it stays."""
    text = paragraphs(
        t(
            "<b>Announcement {number}: {stage}</b>",
            number=announcement.id,
            stage=stage_name(t, announcement.stage),
        ),
        bar(progress.total - progress.waiting, progress.total),
        numbers_of(t, progress),
        trouble_line(t, announcement.problem) if announcement.stage is Stage.BRAKED else None,
        _time_left(t, announcement, progress, now),
        _hours(t, announcement, progress),
    )
    return Screen(text, (*one_each(controls(t, office, announcement)), leave_beside(t, office)))


def begun(t: Texts, office: Office, announcement_id: int) -> Screen:
    """Tell that it leaves now, without numbers: should it come twice, one is not edited."""
    show = ShowAnnouncement(office.id, announcement_id)
    text = t("📣 <b>Announcement {number} leaves.</b>", number=announcement_id)
    rows = ((Go(t.label("button", "How far is it?"), show),), leave_beside(t, office))
    return Screen(text, rows, fresh=True)


def braked(t: Texts, screen: Screen) -> Screen:
    """Tell that the brake stopped what a live message shows, and ask what is to be done."""
    told = t("🛑 I have stopped an announcement by myself. Please look at it and decide.")
    return Screen(paragraphs(told, screen.text), screen.rows, fresh=True)


def controls(t: Texts, office: Office, announcement: Announcement) -> list[Button]:
    """Return what can be done with one that has begun."""
    which = (office.id, announcement.id)
    stop = Go(t.label("button", "Stop for good"), Stop(*which, sure=False))
    if announcement.stage is Stage.SENDING:
        return [Go(t.label("button", "Pause"), Pause(*which)), stop]
    if announcement.stage in LIVE:
        return [Go(t.label("button", "Go on"), GoOn(*which)), stop]
    return [Go(t.label("button", "Report"), ShowAnnouncement(*which))]


def numbers_of(t: Texts, progress: Progress) -> str:
    """Say how many copies stand where; what did not happen is not mentioned."""
    sent = numbers.number(t.language, progress.of(State.SENT))
    told = {
        State.UNREACHABLE: t("Not reachable: {n}", n=_count(t, progress, State.UNREACHABLE)),
        State.FAILED: t("Failed: {n}", n=_count(t, progress, State.FAILED)),
        State.UNKNOWN: t("Unknown: {n}", n=_count(t, progress, State.UNKNOWN)),
        State.CANCELLED: t("Not sent any more: {n}", n=_count(t, progress, State.CANCELLED)),
    }
    waiting = numbers.number(t.language, progress.waiting)
    return lines(
        t("Sent: {n} of {total}", n=sent, total=numbers.number(t.language, progress.total)),
        *(line for state, line in told.items() if progress.of(state)),
        t("Waiting: {n}", n=waiting) if progress.waiting else None,
    )


def _count(t: Texts, progress: Progress, state: State) -> str:
    return numbers.number(t.language, progress.of(state))


def bar(done: int, total: int) -> str | None:
    """Draw how much is done."""
    if not total:
        return None
    full = BAR * done // total
    return f"{'▓' * full}{'░' * (BAR - full)} {100 * done // total} %"


def trouble_line(t: Texts, problem: str | None) -> str | None:
    """Say why the brake stopped something."""
    return {
        Trouble.GONE.value: t("Too many people could not be reached."),
        Trouble.REFUSED.value: t(
            "Telegram finds the message wrong. Look at the preview before you go on."
        ),
        Trouble.TOO_DEAR.value: t("There are more people now than its price was confirmed for."),
        Trouble.TOO_MANY.value: t(
            "There are so many more people now that a second publisher has to let it go on."
        ),
    }.get(problem or "")


def _time_left(
    t: Texts, announcement: Announcement, progress: Progress, now: datetime
) -> str | None:
    """Say how long it will take at the pace so far, once that can be told."""
    begun, done = announcement.started_at, progress.settled
    if announcement.window is not None:
        return None  # how long is a matter of the clock, not of the pace
    if announcement.stage is not Stage.SENDING or begun is None or not done or not progress.waiting:
        return None
    left: timedelta = (now - begun) / done * progress.waiting
    minutes = max(1, ceil(left.total_seconds() / 60))
    return t.plural("About {n} minute left.", "About {n} minutes left.", minutes)


def _hours(t: Texts, announcement: Announcement, progress: Progress) -> str | None:
    """Say for which hours copies wait."""
    window = announcement.window
    if window is None or not progress.waiting:
        return None
    hours = f"{window.opens:02}:00–{window.closes:02}:00"
    return t("Only between {hours}, the readers’ time", hours=hours)


def leave_beside(t: Texts, office: Office) -> tuple[Go, ...]:
    """Return the last row of a live message: what it opens comes beside it."""
    return (
        Go(t.label("button2", "Back"), Beside(office.id)),
        Go(t.label("button2", "Home"), HomeBeside()),
    )
