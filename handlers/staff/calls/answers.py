"""What staff tap while they write a call: checked, saved, and the next thing asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from zoneinfo import available_timezones

from erasmus.call_drafts import DATES, OPTIONAL, TEXTS, CallDraft, Part, said_of, with_day
from erasmus.words import Language
from handlers.codec import StaleButton
from handlers.screens import Screen, paragraphs
from handlers.staff.calls.days import EXAMPLE_AHEAD, days_screen, month_rows
from handlers.staff.calls.drafting import Drafting
from handlers.staff.calls.meanwhile import catch_up
from handlers.staff.calls.presses import (
    AskPart,
    AskText,
    CallDays,
    CallMonths,
    ConfirmDate,
    OpenDraft,
    SetCallAction,
    SetCallDay,
    SetCallField,
    SetCallTime,
    SetCallZone,
    SkipPart,
)
from handlers.staff.calls.preview import preview
from handlers.staff.calls.questions import AWAITS, MORE, WHOLE_DAY, ask
from handlers.staff.calls.summary import heading, summary
from handlers.staff.calls.texts import in_language, removable
from locales import dates


async def next_screen(work: Drafting) -> Screen:
    """Ask for what is missing next, or show the card."""
    part = work.draft.missing()
    return await preview(work) if part is None else await ask(work, part)


async def open_draft(work: Drafting, _press: OpenDraft) -> Screen:
    """Go on with a draft, over its call as that is now."""
    work, told = await catch_up(work)
    screen = await next_screen(work)
    return replace(screen, text=paragraphs(told, screen.text))


async def ask_part(work: Drafting, press: AskPart) -> Screen:
    """Ask for a part once more."""
    return await ask(work, _part(press.part))


async def skip_part(work: Drafting, press: SkipPart) -> Screen:
    """Leave a part out."""
    part = _part(press.part)
    if part not in OPTIONAL:
        raise StaleButton(press.part)
    return await next_screen(await work.keep(work.draft.without(part)))


async def set_action(work: Drafting, press: SetCallAction) -> Screen:
    """Keep what the call is for."""
    if press.action == MORE:
        return await ask(work, Part.ACTION, every=True)
    action = work.desk.turn.library.action_by_short.get(press.action)
    if action is None:
        raise StaleButton(press.action)
    return await next_screen(await work.keep(replace(work.draft, action=action.id)))


async def set_field(work: Drafting, press: SetCallField) -> Screen:
    """Keep the field of study."""
    field = work.desk.turn.library.field_by_short.get(press.field)
    if field is None:
        raise StaleButton(press.field)
    return await next_screen(await work.keep(replace(work.draft, field=field.id)))


async def months(work: Drafting, press: CallMonths) -> Screen:
    """Choose the month of a day."""
    part, t = _date_part(press.part), work.desk.t
    text = paragraphs(heading(work.desk, work.draft), t("Choose the month."))
    leave = work.desk.turn.leave(AskPart(press.office, work.id, part))
    return Screen(text, (*month_rows(work, part), leave))


async def days(work: Drafting, press: CallDays) -> Screen:
    """Choose the day of a month."""
    try:
        return days_screen(work, _date_part(press.part), press.month)
    except ValueError as error:
        raise StaleButton(press.month) from error


async def set_day(work: Drafting, press: SetCallDay) -> Screen:
    """Keep the deadline or the opening day."""
    try:
        day = date.fromisoformat(press.day)
    except ValueError as error:
        raise StaleButton(press.day) from error
    return await take_day(work, _date_part(press.part), day)


async def take_day(work: Drafting, part: Part, day: date) -> Screen:
    """Keep a day unless it makes no sense, and go on."""
    draft = with_day(work.draft, part, day, said_of(work.draft, part, day))
    problem = _wrong_day(work, part, draft)
    if problem is not None:
        others = tuple(said for said in draft.dates if day not in said.days)
        return await ask(replace(work, draft=replace(work.draft, dates=others)), part, problem)
    return await next_screen(await work.keep(draft))


def _wrong_day(work: Drafting, part: Part, draft: CallDraft) -> str | None:
    t, today = work.desk.t, work.desk.turn.today
    example = dates.day(t.language, today + EXAMPLE_AHEAD)
    if part is Part.CLOSES and draft.closes and draft.closes < today:
        said = dates.day(t.language, draft.closes)
        return t("⚠️ {day} has passed. A deadline lies ahead: {example}", day=said, example=example)
    if draft.opens and draft.closes and draft.opens > draft.closes:
        return t(
            "⚠️ A call opens before it closes, but {opens} is after {closes}.",
            opens=dates.day(t.language, draft.opens),
            closes=dates.day(t.language, draft.closes),
        )
    return None


async def set_time(work: Drafting, press: SetCallTime) -> Screen:
    """Keep at what time the call closes."""
    if press.at == WHOLE_DAY:
        return await take_time(work, None)
    try:
        return await take_time(work, time.fromisoformat(press.at))
    except ValueError as error:
        raise StaleButton(press.at) from error


async def take_time(work: Drafting, at: time | None) -> Screen:
    """Keep a time, None for the whole day, and go on."""
    return await next_screen(await work.keep(replace(work.draft, at=at, whole_day=at is None)))


async def set_zone(work: Drafting, press: SetCallZone) -> Screen:
    """Keep whose time it is."""
    if press.zone == MORE:
        return await ask(work, Part.ZONE, every=True)
    if press.zone not in available_timezones():
        raise StaleButton(press.zone)
    return await next_screen(await work.keep(replace(work.draft, zone=press.zone)))


async def confirm(work: Drafting, press: ConfirmDate) -> Screen:
    """Note that a date is right, if it is still the one on the card."""
    part, t = _date_part(press.part), work.desk.t
    if press.sign != work.draft.sign(part):
        screen = await next_screen(work)
        return screen.saying(t.label("alert", "The date has changed. Please look again."))
    return await next_screen(await work.keep(work.draft.confirm(part)))


async def ask_text(work: Drafting, press: AskText) -> Screen:
    """Ask for the title or the note in one language."""
    desk, t, part = work.desk, work.desk.t, _part(press.part)
    if part not in TEXTS:
        raise StaleButton(press.part)
    language = language_named(press.language)
    await desk.turn.asking(f"{AWAITS} {desk.office.id} {work.id} {part} {language}")
    text = paragraphs(
        heading(desk, work.draft),
        summary(desk, work.draft),
        in_language(t, part, language),
        t("Send “-” to remove it.") if removable(work.draft, part, language) else None,
    )
    return Screen(text, (desk.turn.leave(AskPart(desk.office.id, work.id, part)),))


def _part(name: str) -> Part:
    try:
        return Part(name)
    except ValueError as error:
        raise StaleButton(name) from error


def _date_part(name: str) -> Part:
    part = _part(name)
    if part not in DATES:
        raise StaleButton(name)
    return part


def language_named(code: str) -> Language:
    """Return the language of a code; raise StaleButton for none of ours."""
    try:
        return Language(code)
    except ValueError as error:
        raise StaleButton(code) from error
