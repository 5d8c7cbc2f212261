"""Publishing a draft, once, whoever presses how often; withdrawing a call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from erasmus.call_drafts import CallDraft
from erasmus.calls import Call
from erasmus.drafted_calls import as_call
from handlers.screens import Go, Screen, one_each, paragraphs
from handlers.staff.calls.answers import next_screen
from handlers.staff.calls.drafting import Drafting
from handlers.staff.calls.listing import by_whom, find_office_call, office_call, office_calls
from handlers.staff.calls.meanwhile import catch_up
from handlers.staff.calls.presses import (
    DropDraft,
    OfficeCall,
    OfficeCalls,
    OpenDraft,
    PublishCall,
    WithdrawCall,
)
from handlers.staff.calls.preview import call_name, who_hears
from handlers.staff.calls.summary import heading, summary
from handlers.staff.desk import Desk
from handlers.staff.telling import tell
from locales import Texts
from storage import call_changes, call_revisions, calls, drafts, members
from storage.call_revisions import Change

ASK, LOUD, QUIET = "?", "l", "q"


async def publish(work: Drafting, press: PublishCall) -> Screen:
    """Publish a draft, or the change of a call, if its card is the one that was confirmed."""
    desk, t, draft = work.desk, work.desk.t, work.draft
    unfit = draft.missing() or draft.to_confirm() or draft.faults(desk.now)
    if unfit or press.stamp != draft.stamp():
        screen = await next_screen(work)
        return screen.saying(t.label("alert", "The draft has changed. Please look again."))
    before = await work.locked()
    if before is not None and before.withdrawn:
        return await _withdrawn_meanwhile(work, before)
    name = before.id if before else await _free_name(work)
    newest = await call_revisions.newest(desk.c, name)
    if before is not None and newest is not None and newest.id != draft.base:
        return await _changed_meanwhile(work)
    call = as_call(draft, name, desk.office.id, desk.now, before)
    await _tell_author(work, lambda t: _published(t, desk.office.id, call))
    await drafts.close(desk.c, work.id, {"call": name})
    await call_changes.store(desk.c, call, desk.person_id, desk.now, quietly=press.quietly)
    screen = await office_call(desk, OfficeCall(desk.office.id, name))
    if before is None:
        return screen.saying(t.label("alert", "The call is published."))
    return screen.saying(t.label("alert", "The changes are saved."))


async def _tell_author(work: Drafting, say: Callable[[Texts], Screen]) -> None:
    """Tell the member who began a draft what a colleague has made of it."""
    desk, stored = work.desk, await drafts.get(work.desk.c, work.id)
    if stored is None or stored.person_id == desk.person_id:
        return
    if await members.role_of(desk.c, desk.office.id, stored.person_id) is not None:
        await tell(desk.turn, {stored.person_id}, f"draft:{work.id}", say)


def _published(t: Texts, office: str, call: Call) -> Screen:
    said = t("✅ Your draft was published: {title}", title=t.words(call.title))
    return Screen(said, ((Go(t.label("button", "Show the call"), OfficeCall(office, call.id)),),))


def _dropped(t: Texts, office: str, draft: CallDraft) -> Screen:
    title = next(iter(draft.title.values()), t("Draft without a title"))
    said = t("Your draft was deleted: {title}", title=title)
    return Screen(said, ((Go(t.label("button", "Calls"), OfficeCalls(office)),),))


async def _withdrawn_meanwhile(work: Drafting, call: Call) -> Screen:
    """Drop a change that came too late."""
    await drafts.drop(work.desk.c, work.id)
    return await _how(work.desk, call)


async def _free_name(work: Drafting) -> str:
    """Return an id that no call has: an imported one may have the draft's number already."""
    name, number = call_name(work), 1
    while await calls.get(work.desk.c, name) is not None:
        number += 1
        name = f"{call_name(work)}-{number}"
    return name


async def _changed_meanwhile(work: Drafting) -> Screen:
    """Let a member look again at what somebody else has changed since."""
    work, told = await catch_up(work)
    screen = await next_screen(work)
    return replace(screen, text=paragraphs(told, screen.text))


async def gone(desk: Desk, draft_id: int) -> Screen:
    """Answer for a draft that is no more: published, by whom and when, or thrown away."""
    t, stored = desk.t, await drafts.get(desk.c, draft_id)
    if stored is None or stored.office_id != desk.office.id or "call" not in stored.body:
        screen = await office_calls(desk)
        return screen.saying(t.label("alert", "This draft was deleted."))
    call_id = str(stored.body["call"])
    newest = await call_revisions.newest(desk.c, call_id)
    screen = await office_call(desk, OfficeCall(desk.office.id, call_id))
    if newest is None:
        return screen
    who = await by_whom(desk, newest)
    if newest.what is Change.PUBLISHED:
        return screen.saying(t.label("alert", "This was published already ({who}).", who=who))
    return screen.saying(t.label("alert", "This was saved already ({who}).", who=who))


async def drop(work: Drafting, press: DropDraft) -> Screen:
    """Ask once more, then delete a draft."""
    desk, t = work.desk, work.desk.t
    if press.sure:
        await _tell_author(work, lambda t: _dropped(t, desk.office.id, work.draft))
        await drafts.drop(desk.c, work.id)
        screen = await office_calls(desk)
        return screen.saying(t.label("alert", "The draft is deleted."))
    text = paragraphs(
        heading(desk, work.draft),
        summary(desk, work.draft),
        t("Delete this draft? It cannot be brought back."),
    )
    sure = Go(t.label("button", "Yes, delete it"), DropDraft(desk.office.id, work.id, sure=True))
    return Screen(text, ((sure,), desk.turn.leave(OpenDraft(desk.office.id, work.id))))


async def withdraw(desk: Desk, press: WithdrawCall) -> Screen:
    """Ask how followers are to be told, then take a call back."""
    call, t = await find_office_call(desk, press.call), desk.t
    if press.how not in {LOUD, QUIET} or call.withdrawn:
        return await _how(desk, call)
    quietly = press.how == QUIET
    if not await call_changes.withdraw(desk.c, call, desk.person_id, desk.now, quietly=quietly):
        return await _how(desk, await find_office_call(desk, call.id))
    screen = await office_call(desk, OfficeCall(desk.office.id, call.id))
    return screen.saying(t.label("alert", "The call is withdrawn."))


async def _how(desk: Desk, call: Call) -> Screen:
    t, office = desk.t, desk.office.id
    if call.withdrawn:
        newest = await call_revisions.newest(desk.c, call.id)
        screen = await office_call(desk, OfficeCall(office, call.id))
        who = await by_whom(desk, newest) if newest else ""
        if newest and newest.quietly:
            said = t.label("alert", "Already withdrawn without a sound ({who}).", who=who)
            return screen.saying(said)
        return screen.saying(t.label("alert", "Already withdrawn ({who}).", who=who))
    text = paragraphs(
        f"<b>{t.words(call.title)}</b>",
        t("Withdraw this call? Reminders stop, and everybody who follows it is told."),
        await who_hears(desk, call, withdrawn=True),
        t("A withdrawn call cannot be published again."),
    )
    buttons = [
        Go(t.label("button", "Withdraw and tell"), WithdrawCall(office, call.id, LOUD)),
        Go(t.label("button", "Withdraw without a sound"), WithdrawCall(office, call.id, QUIET)),
    ]
    return Screen(text, (*one_each(buttons), desk.turn.leave(OfficeCall(office, call.id))))
