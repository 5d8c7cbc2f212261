"""The routing of the desk's calls: which function answers which press and which text."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from erasmus.call_drafts import CallDraft, Part
from erasmus.offices import Right
from handlers.codec import StaleButton
from handlers.incoming import Incoming
from handlers.incoming import Kind as Sent
from handlers.screens import Go, Screen, paragraphs
from handlers.staff.calls import (
    answers,
    asking,
    listing,
    presses,
    preview,
    publishing,
    translating,
    typed,
)
from handlers.staff.calls.answers import next_screen
from handlers.staff.calls.drafting import (
    Drafting,
    OnDesk,
    OnDraft,
    begin,
    begin_change,
    begin_from,
    on_draft,
    take,
)
from handlers.staff.calls.meanwhile import catch_up
from handlers.staff.calls.presses import (
    ChangeCall,
    EditDraft,
    NewCall,
    OfficeCall,
    OfficeCalls,
    StartEmpty,
)
from handlers.staff.calls.publishing import gone
from handlers.staff.calls.questions import AWAITS, ask
from handlers.staff.desk import Desk, StaffPress

NEW = "new"
"""What a member who is asked for the text of a new call is asked instead of a draft's number."""


async def new_call(desk: Desk, _press: NewCall) -> Screen:
    """Ask for the text of a call, to be pasted or forwarded."""
    t = desk.t
    await desk.turn.asking(f"{AWAITS} {desk.office.id} {NEW}")
    text = paragraphs(
        t("<b>New call</b>"),
        t("Send the text of the call: paste it or forward a message."),
        t("I take the title, the dates and the link from it and ask only for what is missing."),
    )
    empty = Go(t.label("button", "Start without a text"), StartEmpty(desk.office.id))
    return Screen(text, ((empty,), desk.turn.leave(OfficeCalls(desk.office.id))))


async def start_empty(desk: Desk, _press: StartEmpty) -> Screen:
    """Begin a call without a text."""
    return await next_screen(await begin(desk, CallDraft()))


async def change_call(desk: Desk, press: ChangeCall) -> Screen:
    """Begin to change a published call, or go on with that."""
    call = await listing.find_office_call(desk, press.call)
    if call.withdrawn:
        return await listing.office_call(desk, OfficeCall(desk.office.id, call.id))
    work, told = await catch_up(await begin_change(desk, call))
    screen = await _parts(work, press)
    return replace(screen, text=paragraphs(told, screen.text))


async def _parts(work: Drafting, press: ChangeCall) -> Screen:
    if press.part == Part.CLOSES:
        return await ask(work, Part.CLOSES)
    if await work.only_looked_at():
        return await preview.edit_draft(work, EditDraft(press.office, work.id))
    return await next_screen(work)


async def receive(desk: Desk, asked: str, sent: Incoming) -> Screen:
    """Take the text of a new call, or the answer to what a draft asks."""
    number, _, part = asked.partition(" ")
    if number == NEW:
        return await _receive_text(desk, sent)
    work = await take(desk, int(number)) if number.isdecimal() else None
    if work is None:
        return await gone(desk, int(number) if number.isdecimal() else 0)
    try:
        return await typed.answer(work, part, sent)
    except StaleButton:
        return await next_screen(work)


async def _receive_text(desk: Desk, sent: Incoming) -> Screen:
    if sent.kind is Sent.OTHER or not sent.text.strip():
        screen = await new_call(desk, NewCall(desk.office.id))
        problem = desk.t("⚠️ There is no text in it. Please send the call as text.")
        return Screen(paragraphs(problem, screen.text), screen.rows)
    return await next_screen(await begin_from(desk, sent))


def _draft(act: OnDraft) -> OnDesk:
    return on_draft(act, gone)


PRESSES: Mapping[type[StaffPress], Callable[[Desk, Any], Awaitable[Screen]]] = {
    presses.OfficeCalls: listing.office_calls,
    presses.OfficeCall: listing.office_call,
    presses.CallHistory: listing.history,
    presses.NewCall: new_call,
    presses.StartEmpty: start_empty,
    presses.ChangeCall: change_call,
    presses.OpenDraft: _draft(answers.open_draft),
    presses.EditDraft: _draft(preview.edit_draft),
    presses.AskPart: _draft(answers.ask_part),
    presses.SkipPart: _draft(answers.skip_part),
    presses.AskText: _draft(answers.ask_text),
    presses.SetCallAction: _draft(answers.set_action),
    presses.SetCallField: _draft(answers.set_field),
    presses.CallMonths: _draft(answers.months),
    presses.CallDays: _draft(answers.days),
    presses.SetCallDay: _draft(answers.set_day),
    presses.SetCallTime: _draft(answers.set_time),
    presses.SetCallZone: _draft(answers.set_zone),
    presses.ConfirmDate: _draft(answers.confirm),
    presses.PublishCall: _draft(publishing.publish),
    presses.AskPublishers: _draft(asking.ask_publishers),
    presses.DropDraft: _draft(publishing.drop),
    presses.WithdrawCall: publishing.withdraw,
    presses.Untranslated: translating.list_untranslated,
    presses.TranslateText: translating.translate,
}

AWAITED: Mapping[str, tuple[Right, Callable[[Desk, str, Incoming], Awaitable[Screen]]]] = {
    AWAITS: (Right.WRITE, receive),
    Part.TITLE: (Right.TRANSLATE, translating.take_title),
    Part.NOTE: (Right.TRANSLATE, translating.take_note),
}
