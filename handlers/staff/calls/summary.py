"""What is known of a call that is being written."""

from __future__ import annotations

from erasmus.call_drafts import CallDraft, of_call
from erasmus.calls import Call
from handlers.screens import lines
from handlers.staff.desk import Desk
from locales import ENDONYMS, dates, moments


def heading(desk: Desk, draft: CallDraft) -> str:
    """Say what is being written."""
    t = desk.t
    return t("<b>Changing a call</b>") if draft.call else t("<b>New call</b>")


def until_now(desk: Desk, draft: CallDraft, before: Call | None) -> str | None:
    """Say what a change would replace; None for a new call, and where nothing is replaced."""
    if before is None:
        return None
    new = summary(desk, draft).splitlines()
    old = [line for line in summary(desk, of_call(before, None)).splitlines() if line not in new]
    return lines(desk.t("Until now:"), *old) if old else None


def summary(desk: Desk, draft: CallDraft) -> str:
    """Say what of a call is known already."""
    t, library = desk.t, desk.turn.library
    titles = [
        t("{language}: {title}", language=ENDONYMS[language], title=title)
        for language, title in draft.title.items()
    ]
    action = library.actions.get(draft.action or "")
    return lines(
        *titles,
        t("Type: {action}", action=t.words(action.label)) if action else None,
        t("Deadline: {day}", day=dates.day(t.language, draft.closes)) if draft.closes else None,
        _time_line(desk, draft),
        t("Opens on: {day}", day=dates.day(t.language, draft.opens)) if draft.opens else None,
        t("Link: {link}", link=draft.link) if draft.link else None,
    )


def _time_line(desk: Desk, draft: CallDraft) -> str | None:
    t = desk.t
    if draft.at is None and not draft.whole_day:
        return None
    time = t("the whole day") if draft.at is None else f"{draft.at:%H:%M}"
    if draft.zone is None:
        return t("Time: {time}", time=time)
    return t("Time: {time}, {zone}", time=time, zone=moments.zone_name(t.language, draft.zone))
