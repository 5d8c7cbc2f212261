"""Who will get it: an audience narrowed by taps, with its count on every screen."""

from __future__ import annotations

from collections.abc import Sequence

from erasmus.announcements import Announcement
from handlers.codec import StaleButton
from handlers.pages import page_of
from handlers.screens import Go, Rows, Screen, digits, in_columns, lines, paragraphs, per_row
from handlers.staff.announcing.describing import count_lines, counted
from handlers.staff.announcing.presses import ForWhom, Narrow, SetSide, ShowAnnouncement
from handlers.staff.announcing.sides import (
    EVERYONE,
    ONLY_ONE,
    Choice,
    Side,
    choices,
    chosen,
    narrowed,
    side_names,
    sides_of,
)
from handlers.staff.desk import Desk
from locales import Safe
from locales.numbers import listing
from storage import announcements

PAGE = 8
LISTED = frozenset({Side.UNIVERSITY, Side.FOLLOWERS})
"""Sides whose names are too long for buttons: they stand in the text, with numbers."""

NAMED_AT_MOST = 3


async def for_whom(desk: Desk, announcement: Announcement, _press: ForWhom) -> Screen:
    """Show who will get it, side by side."""
    t, names = desk.t, side_names(desk.t)
    buttons = [
        Go(names[side], Narrow(desk.office.id, announcement.id, side.value, 0))
        for side in sides_of(desk)
    ]
    told = [await _side_line(desk, announcement, side) for side in sides_of(desk)]
    text = paragraphs(
        t("<b>Who will get it?</b>"),
        lines(*told),
        await count_text(desk, announcement),
        t("Tap a side to narrow it. Whoever meets all of them gets it."),
    )
    back = desk.turn.leave(ShowAnnouncement(desk.office.id, announcement.id))
    return Screen(text, (*per_row(buttons, 2), back))


async def conditions(desk: Desk, announcement: Announcement) -> str | None:
    """Name the sides that are narrowed, with their values; None where nothing is."""
    audience = announcement.audience
    narrowed_ones = [side for side in sides_of(desk) if chosen(desk, audience, side)]
    return lines(*[await _side_line(desk, announcement, side) for side in narrowed_ones]) or None


async def count_text(desk: Desk, announcement: Announcement) -> str:
    """Say how many people that is now; for nobody, why."""
    count = await counted(desk, announcement)
    if count.total:
        return count_lines(desk.t, count)
    return lines(
        desk.t("<b>Nobody would get it.</b> Take a condition away."),
        desk.t("People who switched this topic off or blocked the assistant do not count."),
    )


async def _side_line(desk: Desk, announcement: Announcement, side: Side) -> str:
    values = set(chosen(desk, announcement.audience, side))
    known = [one for one in await choices(desk, announcement.audience, side) if one.value in values]
    name = side_names(desk.t)[side]
    if not values:
        return desk.t("{condition}: everyone", condition=name)
    labels: list[str] = [Safe(one.label) for one in known[:NAMED_AT_MOST]]
    more = len(values) - len(labels)
    if more:
        labels.append(desk.t.plural("{n} more", "{n} more", more))
    return f"{name}: <b>{listing(desk.t.language, labels, either=True)}</b>"


async def narrow(desk: Desk, announcement: Announcement, press: Narrow) -> Screen:
    """Offer the values of one side."""
    side = _side(desk, press.side)
    offered = await choices(desk, announcement.audience, side)
    page = page_of(offered, press.page, PAGE)
    values = chosen(desk, announcement.audience, side)
    t, which = desk.t, (desk.office.id, announcement.id, side.value)
    text = paragraphs(
        f"<b>{_question(desk, side)}</b>",
        _listed(page.items, values, page.first) if side in LISTED else None,
        _note(desk, side),
        await count_text(desk, announcement),
    )
    label = t.label("button", "Everyone")
    everyone = Go(
        label if values else f"✓ {label}",
        SetSide(*which, EVERYONE, on=True, page=press.page),
    )
    rows = (
        *_values(desk, announcement, side, page.items, page.first, press.page),
        *page.turning(
            t.label("button2", "← Before"),
            t.label("button2", "Next →"),
            lambda number: Narrow(*which, number),
        ),
        (everyone,),
        desk.turn.leave(ForWhom(desk.office.id, announcement.id)),
    )
    return Screen(text, rows)


def _values(  # noqa: PLR0913, PLR0917 - where the page begins and which it is
    desk: Desk, announcement: Announcement, side: Side, page: Sequence[Choice], first: int, n: int
) -> Rows:
    values = chosen(desk, announcement.audience, side)
    which = (desk.office.id, announcement.id, side.value)
    presses = [SetSide(*which, one.value, on=one.value not in values, page=n) for one in page]
    if side in LISTED:
        return digits(presses, first + 1)
    labels = [f"✓ {one.label}" if one.value in values else one.label for one in page]
    buttons = [Go(label, press) for label, press in zip(labels, presses, strict=True)]
    return in_columns(buttons, [f"✓ {one.label}" for one in page])


def _listed(page: Sequence[Choice], values: Sequence[str], first: int) -> str:
    return "\n\n".join(
        lines(f"{n}. {'✓ ' if one.value in values else ''}<b>{one.label}</b>", one.more)
        for n, one in enumerate(page, start=first + 1)
    )


async def set_side(desk: Desk, announcement: Announcement, press: SetSide) -> Screen:
    """Choose a value of one side, or no longer."""
    side = _side(desk, press.side)
    known = [one.value for one in await choices(desk, announcement.audience, side)]
    if press.value != EVERYONE and press.value not in known:
        raise StaleButton(press.value)
    kept = [value for value in chosen(desk, announcement.audience, side) if value != press.value]
    if press.value == EVERYONE or (press.on and side in ONLY_ONE):
        kept = []
    wanted = [*kept, press.value] if press.on and press.value != EVERYONE else kept
    audience = narrowed(desk, announcement.audience, side, wanted)
    if audience != announcement.audience:
        await announcements.set_audience(desk.c, announcement.id, audience, desk.now)
        await desk.record("announcement.audience", announcement.batch, **audience.packed())
    now = await announcements.get(desk.c, announcement.id) or announcement
    return await narrow(desk, now, Narrow(press.office, press.announcement, press.side, press.page))


def _side(desk: Desk, letter: str) -> Side:
    try:
        side = Side(letter)
    except ValueError as error:
        raise StaleButton(letter) from error
    if side not in sides_of(desk):
        raise StaleButton(letter)
    return side


def _question(desk: Desk, side: Side) -> str:
    t = desk.t
    return {
        Side.COUNTRY: t("In which country?"),
        Side.UNIVERSITY: t("At which universities?"),
        Side.ROLE: t("Who are they?"),
        Side.LEVEL: t("At which level do they study?"),
        Side.LANGUAGE: t("Which language do they read?"),
        Side.FOLLOWERS: t("Who follows which call?"),
        Side.ELIGIBLE: t("Eligible for what?"),
        Side.ACTIVE: t("When did they last write to the assistant?"),
    }[side]


def _note(desk: Desk, side: Side) -> str | None:
    t = desk.t
    if side is Side.ELIGIBLE:
        return t("By their last check: “eligible”, or “others decide”. No check, no message.")
    if side is Side.COUNTRY:
        return t("By their university, or by their time zone where they chose none.")
    return None
