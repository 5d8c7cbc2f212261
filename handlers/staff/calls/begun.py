"""Drafts under way in the list of calls, each told from the others, and the buttons to them."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import shorten

from erasmus import draft_documents
from erasmus.call_drafts import CallDraft
from handlers.screens import Go, Rows, lines, paragraphs, per_row
from handlers.staff.calls.drafting import KIND, Drafting
from handlers.staff.calls.presses import OpenDraft
from handlers.staff.desk import Desk
from locales import ENDONYMS, dates, moments
from storage import drafts, members
from storage.drafts import StoredDraft

DRAFTS = 6
"""So many drafts are offered, the latest."""

SHOWN_OF_TITLE = 60
PER_ROW = 3


async def begun(desk: Desk) -> list[StoredDraft]:
    """Return the drafts of calls to go on with; a change in which nothing changed is none."""
    found = await drafts.of_office(desk.c, desk.office.id, KIND)
    at_work = [Drafting(desk, one.id, draft_documents.read(one.body)) for one in found]
    idle = {work.id for work in at_work if await work.only_looked_at()}
    return [one for one in found if one.id not in idle][:DRAFTS]


async def drafts_text(desk: Desk, found: Sequence[StoredDraft]) -> str | None:
    """Say of each draft what it is of, its deadline, its languages, and whose it is."""
    told = [await _told(desk, n, stored) for n, stored in enumerate(found, start=1)]
    return paragraphs(desk.t("<b>Drafts</b>"), *told) if told else None


async def _told(desk: Desk, number: int, stored: StoredDraft) -> str:
    t, draft = desk.t, draft_documents.read(stored.body)
    title = next(iter(draft.title.values()), None)
    shown = shorten(title, SHOWN_OF_TITLE, placeholder="…") if title else t("Draft without a title")
    author = await members.get(desk.c, desk.office.id, stored.person_id)
    when = moments.moment_in_zone(t.language, stored.updated_at, desk.office.zone)
    return lines(
        t("✏️ {n}. <b>{title}</b>", n=number, title=shown),
        t("change of a published call") if draft.call else None,
        _state(desk, draft),
        t("begun by {name}, last changed {when}", name=author.name, when=when)
        if author
        else t("last changed {when}", when=when),
    )


def _state(desk: Desk, draft: CallDraft) -> str:
    t = desk.t
    closes = dates.day(t.language, draft.closes) if draft.closes else None
    deadline = t("deadline: {day}", day=closes) if closes else t("no deadline yet")
    languages = ", ".join(ENDONYMS[language] for language in draft.title)
    return " · ".join(part for part in (deadline, languages) if part)


def draft_rows(desk: Desk, found: Sequence[StoredDraft]) -> Rows:
    """Return a button for each draft, with its number in the text."""
    office = desk.office.id
    buttons = [
        Go(f"✏️ {n}", OpenDraft(office, stored.id)) for n, stored in enumerate(found, start=1)
    ]
    return per_row(buttons, PER_ROW)
