"""When it leaves: at once or at an hour, within which hours, and whether speed is paid for."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from erasmus.announcements import Announcement, Window
from erasmus.audiences import ZONES
from handlers.codec import StaleButton
from handlers.screens import Go, Rows, Screen, lines, one_each, paragraphs, per_row
from handlers.staff.announcing.describing import counted
from handlers.staff.announcing.drafting import when_line
from handlers.staff.announcing.presses import (
    ChooseHour,
    SetMoment,
    SetPaid,
    SetWindow,
    ShowAnnouncement,
    When,
)
from handlers.staff.desk import Desk
from locales import dates, moments
from storage import announcements

AT_ONCE = "-"
DAYS = 14
HOURS = range(6, 24)
WINDOWS = ((9, 21), (9, 18), (10, 20))
DAYTIME = Window(8, 22)


async def when(desk: Desk, announcement: Announcement, _press: When) -> Screen:
    """Show when it leaves, and what else can be chosen."""
    t, which = desk.t, (desk.office.id, announcement.id)
    text = paragraphs(
        t("<b>When shall it leave?</b>"),
        when_line(desk, announcement.send_at, announcement.window),
        night(desk, announcement),
        t(
            "Days and hours are yours: {zone}.",
            zone=moments.zone_name(t.language, desk.office.zone),
        ),
        t("The hours below are the readers’: outside them, copies wait."),
        await _paid_line(desk, announcement),
    )
    days = [Go(_day_label(desk, day), ChooseHour(*which, day.isoformat())) for day in _days(desk)]
    at_once = Go(t.label("button", "At once"), SetMoment(*which, AT_ONCE, 0))
    rows = (
        (at_once,),
        *per_row(days, 2),
        *_windows(desk, announcement),
        *await _paid(desk, announcement),
        desk.turn.leave(ShowAnnouncement(*which)),
    )
    return Screen(text, rows)


def _days(desk: Desk) -> list[date]:
    today = moments.local_day(desk.now, desk.office.zone)
    return [today + timedelta(days=n) for n in range(DAYS)]


def _day_label(desk: Desk, day: date) -> str:
    return dates.day_short(desk.t.language, day)


def _windows(desk: Desk, announcement: Announcement) -> Rows:
    t, which = desk.t, (desk.office.id, announcement.id)
    present = announcement.window
    any_hour = t.label("button", "At any hour")
    buttons = [
        Go(
            f"{'✓ ' if present == Window(first, last, readers=True) else ''}{first}–{last}",
            SetWindow(*which, first, last),
        )
        for first, last in WINDOWS
    ]
    ticked = any_hour if present else f"✓ {any_hour}"
    return (tuple(buttons), (Go(ticked, SetWindow(*which, 0, 0)),))


async def choose_hour(desk: Desk, announcement: Announcement, press: ChooseHour) -> Screen:
    """Offer the hours of a day that are still to come."""
    t, which = desk.t, (desk.office.id, announcement.id)
    day = _read_day(press.day)
    buttons = [
        Go(f"{hour:02}:00", SetMoment(*which, press.day, hour))
        for hour in HOURS
        if _moment(desk, day, hour) > desk.now
    ]
    text = paragraphs(
        t("<b>At what time on {day}?</b>", day=dates.day(t.language, day)),
        t("Your time: {zone}.", zone=moments.zone_name(t.language, desk.office.zone)),
        None if buttons else t("That day is over. Choose another one."),
    )
    return Screen(text, (*per_row(buttons, 3), desk.turn.leave(When(*which))))


async def set_moment(desk: Desk, announcement: Announcement, press: SetMoment) -> Screen:
    """Keep when it leaves."""
    at: datetime | None = None
    if press.day != AT_ONCE:
        if press.hour not in range(24):
            raise StaleButton(str(press.hour))
        at = _moment(desk, _read_day(press.day), press.hour)
        if at <= desk.now or at > desk.now + timedelta(days=DAYS + 1):
            over = desk.t.label("alert", "That time has passed. Choose another one.")
            return (await when(desk, announcement, When(desk.office.id, announcement.id))).saying(
                over
            )
    return await _keep(desk, announcement, at, announcement.window)


async def set_window(desk: Desk, announcement: Announcement, press: SetWindow) -> Screen:
    """Keep between which hours of their readers copies may leave."""
    if (press.first, press.last) not in {*WINDOWS, (0, 0)}:
        raise StaleButton(f"{press.first}-{press.last}")
    window = Window(press.first, press.last, readers=True) if press.last else None
    return await _keep(desk, announcement, announcement.send_at, window)


async def _keep(
    desk: Desk, announcement: Announcement, at: datetime | None, window: Window | None
) -> Screen:
    if (at, window) != (announcement.send_at, announcement.window):
        await announcements.set_when(desk.c, announcement.id, at, window, desk.now)
        told = {"at": at and at.isoformat(), "window": window and window.packed()}
        await desk.record("announcement.when", announcement.batch, **told)
    now = await announcements.get(desk.c, announcement.id) or announcement
    screen = await when(desk, now, When(desk.office.id, announcement.id))
    return screen.saying(desk.t.label("alert", "Saved."))


async def set_paid(desk: Desk, announcement: Announcement, press: SetPaid) -> Screen:
    """Pay for speed, where the operator allows it and it is not too dear."""
    count = await counted(desk, announcement)
    screen = When(desk.office.id, announcement.id)
    if press.on and not desk.turn.limits.may_pay(count.total):
        dear = desk.t.label("alert", "So many messages cost more than is allowed.")
        return (await when(desk, announcement, screen)).saying(dear)
    await announcements.set_paid(desk.c, announcement.id, desk.now, paid=press.on)
    await desk.record("announcement.paid", announcement.batch, on=press.on)
    now = await announcements.get(desk.c, announcement.id) or announcement
    return (await when(desk, now, screen)).saying(desk.t.label("alert", "Saved."))


async def _paid_line(desk: Desk, announcement: Announcement) -> str | None:
    t, limits = desk.t, desk.turn.limits
    if not limits.stars:
        return None
    count = (await counted(desk, announcement)).total
    price = t.plural(
        "Faster for at most {n} Star.", "Faster for at most {n} Stars.", limits.price(count)
    )
    paid = t("Paid for.") if announcement.paid else t("Not paid for.")
    return lines(f"{price} {paid}")


async def _paid(desk: Desk, announcement: Announcement) -> Rows:
    t = desk.t
    if not desk.turn.limits.stars:
        return ()
    label = (
        t.label("button", "Don’t pay for speed")
        if announcement.paid
        else t.label("button", "Pay for speed")
    )
    press = SetPaid(desk.office.id, announcement.id, on=not announcement.paid)
    return one_each([Go(label, press)])


def night(desk: Desk, announcement: Announcement) -> str | None:
    """Warn where readers would be woken; with a window nobody is."""
    if announcement.window is not None:
        return None
    at = announcement.send_at or desk.now
    countries = announcement.audience.countries or (desk.office.country,)
    zones = [zone for country in countries for zone in ZONES.get(country, ())]
    asleep = [zone for zone in zones or [desk.office.zone] if not DAYTIME.is_open(at, zone)]
    if not asleep:
        return None
    return desk.t(
        "🌙 It is night for the readers then ({time}). Choose hours below, so nobody is woken.",
        time=moments.clock_in_zone(desk.t.language, at, asleep[0]),
    )


def _moment(desk: Desk, day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=ZoneInfo(desk.office.zone)).astimezone(UTC)


def _read_day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise StaleButton(value) from error
