"""What stands under an announcement: at most one button of each kind."""

from __future__ import annotations

from html import escape
from urllib.parse import urlsplit

from erasmus.announcement_contents import ButtonKind, NewsButton
from erasmus.announcements import EDITABLE, Announcement
from handlers.call_deadlines import deadline_short
from handlers.codec import StaleButton
from handlers.incoming import Incoming, Kind
from handlers.pages import page_of
from handlers.screens import Go, Screen, digits, in_columns, lines, one_each, paragraphs
from handlers.staff.announcing import opening, waiting
from handlers.staff.announcing.presses import (
    AddButton,
    Announcements,
    ButtonChoices,
    RemoveButton,
    ShowAnnouncement,
    UnderIt,
)
from handlers.staff.announcing.sides import open_calls
from handlers.staff.desk import Desk
from storage import announcements, calls

WAITING = "announce-page"
"""The first word of `asking` while the address of a page is awaited."""

PAGE = 5
LONGEST_ADDRESS = 500
FOLLOW, LINK, CHECK = "c", "l", "a"
_KINDS = {FOLLOW: ButtonKind.FOLLOW, LINK: ButtonKind.LINK, CHECK: ButtonKind.CHECK}


async def under_it(desk: Desk, announcement: Announcement, _press: UnderIt) -> Screen:
    """Show the buttons that readers will see, and what can be added."""
    t, which = desk.t, (desk.office.id, announcement.id)
    told = [await _told(desk, button) for button in announcement.buttons]
    there = {button.kind for button in announcement.buttons}
    offered = {
        FOLLOW: t.label("button", "Add: follow a call"),
        LINK: t.label("button", "Add: open a page"),
        CHECK: t.label("button", "Add: can I apply?"),
    }
    removals = [
        Go(t.label("button", "Remove button {n}", n=n), RemoveButton(*which, n, len(told)))
        for n in range(1, len(told) + 1)
    ]
    additions = [
        Go(label, ButtonChoices(*which, kind, 0))
        for kind, label in offered.items()
        if _KINDS[kind] not in there
    ]
    text = paragraphs(
        t("<b>Buttons under the announcement</b>"),
        lines(*(f"{n}. {line}" for n, line in enumerate(told, start=1)))
        or t("There are none yet. Readers see them in their own language."),
        t("Under them there is always one to get no more messages of this kind."),
    )
    rows = (*one_each(removals), *one_each(additions))
    return Screen(text, (*rows, desk.turn.leave(ShowAnnouncement(*which))))


async def _told(desk: Desk, button: NewsButton) -> str:
    t = desk.t
    if button.kind is ButtonKind.LINK:
        return t("Open the page: {address}", address=button.target)
    if button.kind is ButtonKind.FOLLOW:
        call = await calls.get(desk.c, button.target)
        return t("Follow: {call}", call=t.words(call.title) if call else button.target)
    action = desk.turn.library.actions.get(button.target)
    return t("Can I apply? {action}", action=t.words(action.label) if action else button.target)


async def choices(desk: Desk, announcement: Announcement, press: ButtonChoices) -> Screen:
    """Choose what a new button is for."""
    if press.kind == FOLLOW:
        return await _choose_call(desk, announcement, press)
    if press.kind == CHECK:
        return _choose_action(desk, announcement)
    if press.kind != LINK:
        raise StaleButton(press.kind)
    await desk.turn.asking(f"{WAITING} {desk.office.id} {announcement.id}")
    return Screen(_ask_address(desk), (_back(desk, announcement),))


async def _choose_call(desk: Desk, announcement: Announcement, press: ButtonChoices) -> Screen:
    t, which = desk.t, (desk.office.id, announcement.id)
    found = [call for call in await open_calls(desk) if not call.withdrawn]
    page = page_of(found, press.page, PAGE)
    told = [
        lines(f"{n}. <b>{t.words(call.title)}</b>", deadline_short(desk.turn, call))
        for n, call in enumerate(page.items, start=page.first + 1)
    ]
    text = paragraphs(t("<b>Which call?</b>"), *told, None if told else t("No call is open."))
    presses = [AddButton(*which, FOLLOW, call.id) for call in page.items]
    turning = page.turning(
        t.label("button2", "← Earlier"),
        t.label("button2", "Later →"),
        lambda number: ButtonChoices(*which, FOLLOW, number),
    )
    return Screen(text, (*digits(presses, page.first + 1), *turning, _back(desk, announcement)))


def _choose_action(desk: Desk, announcement: Announcement) -> Screen:
    t, assessed = desk.t, desk.turn.library.assessed
    buttons = [
        Go(t.words(a.label), AddButton(desk.office.id, announcement.id, CHECK, a.short))
        for a in assessed
    ]
    rows = in_columns(buttons, [label for a in assessed for label in a.label.values()])
    return Screen(t("<b>For which opportunity?</b>"), (*rows, _back(desk, announcement)))


async def add(desk: Desk, announcement: Announcement, press: AddButton) -> Screen:
    """Put a button under it; the same one twice is one."""
    button = await _button(desk, press)
    screen = await _put(desk, announcement, button)
    before = [one for one in announcement.buttons if one.kind is button.kind]
    if not before or before == [button]:
        return screen
    return screen.saying(desk.t.label("alert", "It took the place of the button before."))


async def _button(desk: Desk, press: AddButton) -> NewsButton:
    call = await calls.get(desk.c, press.value) if press.kind == FOLLOW else None
    if call is not None and not call.withdrawn:
        return NewsButton(ButtonKind.FOLLOW, call.id)
    action = desk.turn.library.action_by_short.get(press.value)
    if press.kind == CHECK and action is not None:
        return NewsButton(ButtonKind.CHECK, action.id)
    raise StaleButton(press.value)


async def receive_page(desk: Desk, more: str, sent: Incoming) -> Screen:
    """Take the address of a page, when it is one."""
    announcement = await announcements.lock(desk.c, int(more))
    if announcement is None or announcement.stage not in EDITABLE:
        await desk.turn.asking(None)
        return await opening.listing(desk, Announcements(desk.office.id, 0))
    address = sent.text.strip() if sent.kind is Kind.TEXT else ""
    problem = _address_problem(desk, address)
    if problem is not None:
        return Screen(paragraphs(problem, _ask_address(desk)), (_back(desk, announcement),))
    await desk.turn.asking(None)
    screen = await _put(desk, announcement, NewsButton(ButtonKind.LINK, address))
    await waiting.tell_if_voided(desk, announcement)
    return screen


async def _put(desk: Desk, announcement: Announcement, button: NewsButton) -> Screen:
    others = [one for one in announcement.buttons if one.kind is not button.kind]
    return await _keep(desk, announcement, (*others, button))


async def remove(desk: Desk, announcement: Announcement, press: RemoveButton) -> Screen:
    """Take a button away, unless another press did already."""
    kept = list(announcement.buttons)
    if len(kept) != press.count or not 1 <= press.number <= len(kept):
        return await under_it(desk, announcement, UnderIt(desk.office.id, announcement.id))
    del kept[press.number - 1]
    return await _keep(desk, announcement, tuple(kept))


async def _keep(desk: Desk, announcement: Announcement, buttons: tuple[NewsButton, ...]) -> Screen:
    await announcements.set_buttons(desk.c, announcement.id, buttons, desk.now)
    targets = [button.target for button in buttons]
    await desk.record("announcement.buttons", announcement.batch, targets=targets)
    now = await announcements.get(desk.c, announcement.id) or announcement
    return await under_it(desk, now, UnderIt(desk.office.id, announcement.id))


def _address_problem(desk: Desk, address: str) -> str | None:
    t = desk.t
    if not address:
        return t("That is no address. Please send it as text.")
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return t("“{address}” is no address of a page.", address=address[:60])
    if parts.scheme != "https":
        return t("The address has to begin with https://, not “{address}”.", address=address[:60])
    if "." not in host.strip(".") or any(sign.isspace() or sign in '<>"' for sign in address):
        return t("“{address}” is no address of a page.", address=address[:60])
    if parts.username is not None or len(address) > LONGEST_ADDRESS:
        return t("This address is too long, or holds a password.")
    return None


def _ask_address(desk: Desk) -> str:
    return desk.t(
        "Send me the address of the page, for example {example}.",
        example=escape("https://erasmusplus.kg/en/news"),
    )


def _back(desk: Desk, announcement: Announcement) -> tuple[Go, ...]:
    return desk.turn.leave(UnderIt(desk.office.id, announcement.id))
