"""How an announcement is spoken of at the desk: its title, its stage, its counts, who did what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape

from erasmus.announcement_contents import Content, in_language
from erasmus.announcement_texts import visible
from erasmus.announcements import Announcement, By, Stage
from erasmus.audiences import Audience
from erasmus.words import Language
from handlers.screens import lines
from handlers.staff.desk import Desk
from locales import ENDONYMS, Safe, Texts, dates, moments
from locales.markup import as_plain
from storage import audiences, members

TITLE_SIGNS = 40


@dataclass(frozen=True, slots=True)
class Counted:
    """How many people an announcement reaches now, by the language they read."""

    by_language: Mapping[Language, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by_language.values())


async def counted(desk: Desk, announcement: Announcement) -> Counted:
    """Count whom an announcement reaches at this moment."""
    return await counted_for(desk, announcement, announcement.audience)


async def counted_for(desk: Desk, announcement: Announcement, audience: Audience) -> Counted:
    """Count whom it would reach with another audience."""
    found = await audiences.count(desk.c, desk.office, audience, announcement.topic, desk.now)
    return Counted(found)


def count_lines(t: Texts, count: Counted) -> str:
    """Say how many people will get it, and in which languages they read."""
    each = " · ".join(f"{ENDONYMS[language]}: {n}" for language, n in count.by_language.items())
    total = t.plural("{n} person will get it.", "{n} people will get it.", count.total)
    return lines(f"<b>{total}</b>", each or None)


def price(desk: Desk, messages: int) -> str:
    """Say what so many paid messages cost at most."""
    stars = desk.turn.limits.price(messages)
    return desk.t.plural("It costs at most {n} Star.", "It costs at most {n} Stars.", stars)


def title(t: Texts, announcement: Announcement, texts: Mapping[Language, Content]) -> Safe:
    """Return the first words of an announcement."""
    found = in_language(texts, t.language)
    words = " ".join(visible(found[1].html).split()) if found else ""
    if len(words) > TITLE_SIGNS:
        words = words[: TITLE_SIGNS - 1].rstrip() + "…"
    if words:
        return Safe(escape(words))
    if found:
        return t("Announcement {number}, without words", number=announcement.id)
    return t("Announcement {number}, no text yet", number=announcement.id)


def stage_name(t: Texts, stage: Stage) -> str:
    """Name a stage."""
    return {
        Stage.DRAFT: t("draft"),
        Stage.AWAITING: t("waits for a second publisher"),
        Stage.SCHEDULED: t("confirmed, leaves at its time"),
        Stage.SENDING: t("is being sent"),
        Stage.BRAKED: t("stopped by the brake"),
        Stage.PAUSED: t("paused"),
        Stage.STOPPED: t("ended early"),
        Stage.DONE: t("finished"),
    }[stage]


def at_office(desk: Desk, moment: datetime) -> str:
    """Return a moment as the office's clock shows it, with the zone."""
    return moments.moment_in_zone(desk.t.language, moment, desk.office.zone)


def day_here(desk: Desk, moment: datetime) -> str:
    """Return the day of a moment at the office."""
    return dates.day_short(desk.t.language, moments.local_day(moment, desk.office.zone))


ITSELF = frozenset({Stage.SENDING, Stage.BRAKED, Stage.DONE})
"""Stages to which nobody has to bring an announcement."""


async def moved_by(desk: Desk, announcement: Announcement) -> str:
    """Say who brought an announcement to its stage and when, as plain text."""
    person_id, at = announcement.moved_by, announcement.moved_at
    if person_id is None and announcement.stage in ITSELF:
        return as_plain(desk.t("by itself, {when}", when=_when(desk, at)))
    return await by_whom(desk, person_id, at)


async def by_whom(desk: Desk, person_id: int | None, at: datetime | None) -> str:
    """Say who did something and when, as plain text; None for somebody who was forgotten."""
    t, when = desk.t, _when(desk, at)
    if person_id == desk.person_id:
        return as_plain(t("by you, {when}", when=when))
    return f"{await name_of(desk, person_id)}, {when}"


def _when(desk: Desk, at: datetime | None) -> str:
    if at is None:
        return "–"
    return f"{day_here(desk, at)}, {moments.clock(at, desk.office.zone)}"


async def name_of(desk: Desk, person_id: int | None) -> str:
    """Return the first name of a colleague, as they wrote it: plain text."""
    member = None
    if person_id is not None:
        member = await members.get(desk.c, desk.office.id, person_id)
    return member.name if member and member.name else as_plain(desk.t("a former colleague"))


def me(desk: Desk) -> By:
    """Return the member who acts, at this moment."""
    return By(desk.person_id, desk.now)
