"""The office's calls: the list with its drafts, one call as the office sees it, its history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from erasmus.calls import Call
from erasmus.offices import Right
from handlers.call_cards import card_text
from handlers.call_deadlines import deadline_short
from handlers.codec import StaleButton
from handlers.pages import page_of
from handlers.presses import ShowCall
from handlers.screens import Button, Go, Rows, Screen, digits, lines, one_each, paragraphs
from handlers.staff.calls.begun import begun, draft_rows, drafts_text
from handlers.staff.calls.presses import (
    CallHistory,
    ChangeCall,
    NewCall,
    OfficeCall,
    OfficeCalls,
    TranslateText,
    Untranslated,
    WithdrawCall,
)
from handlers.staff.calls.texts import missing_line, untranslated
from handlers.staff.desk import Desk
from handlers.staff.office_presses import ShowDesk
from locales import Safe, Texts, dates, moments
from locales.markup import as_html
from storage import call_revisions, calls, members
from storage.call_revisions import CallRevision, Change

PAGE = 8


async def office_calls(desk: Desk, press: OfficeCalls | None = None) -> Screen:
    """List the calls of the office, open ones first, and its drafts."""
    await desk.turn.asking(None)
    t, office = desk.t, desk.office.id
    found = _in_order(await calls.of_office(desk.c, office), desk)
    page = page_of(found, press.page if press else 0, PAGE)
    under_way = await begun(desk) if desk.may(Right.WRITE) else []
    listed = [
        lines(f"{n}. <b>{t.words(call.title)}</b>", _state(desk, call))
        for n, call in enumerate(page.items, start=page.first + 1)
    ]
    text = paragraphs(
        t("<b>Calls of your office</b>"),
        "\n\n".join(listed) or t("Your office has published no calls yet."),
        t("Tap a number to see the call.") if page.items else None,
        await drafts_text(desk, under_way),
    )
    rows = (
        *digits([OfficeCall(office, call.id) for call in page.items], page.first + 1),
        *page.turning(
            t.label("button2", "← Earlier"),
            t.label("button2", "Later →"),
            lambda number: OfficeCalls(office, number),
        ),
        *draft_rows(desk, under_way),
        *_work_rows(desk, found),
        desk.turn.leave(ShowDesk(office)),
    )
    return Screen(text, rows)


def _in_order(found: Sequence[Call], desk: Desk) -> list[Call]:
    still_open = open_ones(found, desk)
    return [*still_open, *(call for call in reversed(found) if call not in still_open)]


def _state(desk: Desk, call: Call) -> str:
    if not call.withdrawn and call.closed(desk.now):
        day = dates.day(desk.t.language, call.closing_day())
        return desk.t("closed on {day}", day=day)
    return deadline_short(desk.turn, call)


def _work_rows(desk: Desk, found: Sequence[Call]) -> Rows:
    """Return what the member can do: begin a call, translate titles and notes."""
    t, office, buttons = desk.t, desk.office.id, list[Button]()
    if desk.may(Right.WRITE):
        buttons.append(Go(t.label("button", "New call"), NewCall(office)))
    if desk.may(Right.TRANSLATE) and any(map(untranslated, open_ones(found, desk))):
        buttons.append(Go(t.label("button", "Calls to translate"), Untranslated(office)))
    return one_each(buttons)


def open_ones(found: Sequence[Call], desk: Desk) -> list[Call]:
    """Return the calls that still take applications."""
    return [call for call in found if not call.withdrawn and not call.closed(desk.now)]


async def find_office_call(desk: Desk, call_id: str, *, to_change: bool = False) -> Call:
    """Return a call of this office; raise StaleButton for any other.

    `to_change`: nobody else may change it until the transaction ends.
    """
    call = await (calls.get_to_change if to_change else calls.get)(desk.c, call_id)
    if call is None or call.office_id != desk.office.id:
        raise StaleButton(call_id)
    return call


async def office_call(desk: Desk, press: OfficeCall) -> Screen:
    """Show a call as people see it, with what the office can do."""
    await desk.turn.asking(None)
    t, call = desk.t, await find_office_call(desk, press.call)
    newest = await call_revisions.newest(desk.c, call.id)
    text = paragraphs(
        await card_text(desk.turn, call),
        lines(
            None if call.withdrawn else missing_line(t, call.title, call.note),
            t("Last change: {what}", what=await _told(desk, newest)) if newest else None,
            t("Link for posters and chats: {link}", link=desk.turn.link(f"c_{call.id}")),
        ),
    )
    rows = (*one_each(_call_buttons(desk, call)), desk.turn.leave(OfficeCalls(desk.office.id)))
    return Screen(text, rows)


def _call_buttons(desk: Desk, call: Call) -> Iterator[Button]:
    t, office = desk.t, desk.office.id
    yield Go(t.label("button", "As students see it"), ShowCall(call.id))
    if not call.withdrawn and desk.may(Right.WRITE):
        yield Go(t.label("button", "Move the deadline"), ChangeCall(office, call.id, "closes"))
        yield Go(t.label("button", "Change or add something"), ChangeCall(office, call.id, "-"))
    if untranslated(call) and not call.withdrawn and desk.may(Right.TRANSLATE):
        yield Go(t.label("button", "Translate"), TranslateText(office, call.id, "-", "-"))
    yield Go(t.label("button", "History"), CallHistory(office, call.id))
    if not call.withdrawn and not call.closed(desk.now) and desk.may(Right.PUBLISH):
        yield Go(t.label("button", "Withdraw the call"), WithdrawCall(office, call.id, "?"))


async def history(desk: Desk, press: CallHistory) -> Screen:
    """Say who changed what, and when, the latest first."""
    t, call = desk.t, await find_office_call(desk, press.call)
    found = await call_revisions.of_call(desk.c, call.id)
    told = [await _told(desk, revision) for revision in reversed(found[-2 * PAGE :])]
    text = paragraphs(f"<b>{t.words(call.title)}</b>", *told)
    return Screen(text, (desk.turn.leave(OfficeCall(desk.office.id, call.id)),))


async def _told(desk: Desk, revision: CallRevision) -> Safe:
    done, moved = _done(desk.t)[revision.what], _moved(desk, revision)
    silently = desk.t("told without a sound") if revision.quietly else None
    first = f"{done} · {as_html(await by_whom(desk, revision))}"
    return Safe(lines(first, moved, silently))


def _done(t: Texts) -> dict[Change, str]:
    return {
        Change.PUBLISHED: t("published"),
        Change.CHANGED: t("changed"),
        Change.WITHDRAWN: t("withdrawn"),
        Change.TRANSLATED: t("translated"),
    }


def _moved(desk: Desk, revision: CallRevision) -> str | None:
    before, after = (_closing(desk, data) for data in (revision.before, revision.after))
    if before is None or before == after:
        return None
    return desk.t("deadline: {before} → {after}", before=before, after=after)


def _closing(desk: Desk, data: Mapping[str, Any] | None) -> str | None:
    if data is None:
        return None
    closes, zone = datetime.fromisoformat(str(data["closes"])), str(data["zone"])
    return moments.moment_in_zone(desk.t.language, closes, zone)


async def by_whom(desk: Desk, revision: CallRevision) -> str:
    """Say who made a change and when, in the office's zone; plain text, for alerts, too."""
    t, member = desk.t, None
    if revision.person_id is not None:
        member = await members.get(desk.c, desk.office.id, revision.person_id)
    nobody = t("an administrator or a former member")
    when = moments.moment_in_zone(t.language, revision.at, desk.office.zone)
    return f"{(member and member.name) or nobody}, {when}"
