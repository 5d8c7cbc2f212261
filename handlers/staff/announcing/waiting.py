"""Between the decision and the sending: it waits for a colleague, or for its time."""

from __future__ import annotations

from dataclasses import replace

from erasmus.announcements import UNDO, Announcement, Stage
from erasmus.offices import Right
from handlers.announced import announced
from handlers.screens import Go, Rows, Screen, lines, one_each, paragraphs
from handlers.staff.announcing.audience import conditions
from handlers.staff.announcing.colleagues import publishers, tell
from handlers.staff.announcing.describing import (
    Counted,
    at_office,
    by_whom,
    counted,
    name_of,
    price,
    title,
)
from handlers.staff.announcing.drafting import when_line
from handlers.staff.announcing.live import leave_beside
from handlers.staff.announcing.presses import (
    Announcements,
    Preview,
    Second,
    ShowAnnouncement,
    TakeBack,
)
from handlers.staff.desk import Desk
from handlers.topics import topic_labels
from locales import ENDONYMS, Texts
from locales.numbers import listing
from storage import announcements


async def summary(desk: Desk, announcement: Announcement) -> str:
    """Say in a few lines what is to be sent, to how many, when."""
    t = desk.t
    texts = await announcements.texts(desk.c, announcement.id)
    return paragraphs(
        title(t, announcement, texts),
        lines(
            t("Topic: {topic}", topic=topic_labels(t)[announcement.topic]),
            when_line(desk, announcement.send_at, announcement.window),
            t.plural("To {n} person", "To {n} people", announcement.recipients or 0),
            price(desk, announcement.recipients or 0) if announcement.paid else None,
        ),
        await conditions(desk, announcement),
        _by_language(await counted(desk, announcement))
        if announcement.stage is Stage.AWAITING
        else None,
    )


def _by_language(count: Counted) -> str | None:
    each = [f"{ENDONYMS[language]}: {n}" for language, n in count.by_language.items()]
    return " · ".join(each) or None


async def awaiting(desk: Desk, announcement: Announcement) -> Screen:
    """Show what waits for a second publisher, to them or to the others."""
    t = desk.t
    asked = await publishers(desk, but=announcement.confirmed_by)
    names = [await name_of(desk, one.person_id) for one in asked]
    first = await by_whom(desk, announcement.confirmed_by, announcement.confirmed_at)
    text = paragraphs(
        t("<b>Announcement {number} waits for a second publisher</b>", number=announcement.id),
        await summary(desk, announcement),
        t("Confirmed first: {who}.", who=first),
        t("Who can confirm it: {names}.", names=listing(t.language, names, either=True))
        if names
        else t("Your office has no second publisher. An owner can invite one."),
        t("If anybody changes it, both have to confirm again."),
    )
    rows = (*_decide(desk, announcement), *_leave_it(desk, announcement))
    return Screen(text, (*rows, desk.turn.leave(Announcements(desk.office.id, 0))))


def _decide(desk: Desk, announcement: Announcement) -> Rows:
    if not desk.may(Right.PUBLISH) or desk.person_id == announcement.confirmed_by:
        return ()
    t, which = desk.t, (desk.office.id, announcement.id, announcement.version)
    return one_each(
        [
            Go(t.label("button", "Confirm and send"), Second(*which, yes=True)),
            Go(t.label("button", "Refuse"), Second(*which, yes=False)),
        ]
    )


def _leave_it(desk: Desk, announcement: Announcement) -> Rows:
    t, which = desk.t, (desk.office.id, announcement.id)
    buttons = [Go(t.label("button", "Preview"), Preview(*which))]
    if desk.may(Right.WRITE):
        buttons.append(Go(t.label("button", "Take it back"), TakeBack(*which)))
    return one_each(buttons)


async def scheduled(desk: Desk, announcement: Announcement, *, stays: bool = False) -> Screen:
    """Show what is confirmed and has not begun; what `stays` shows how far it is afterwards."""
    t = desk.t
    leaves = announcement.leaves_at or desk.now
    who = await by_whom(desk, announcement.moved_by, announcement.moved_at)
    begins = (
        t("It leaves on {moment}.", moment=at_office(desk, leaves))
        if leaves > desk.now
        else t("It leaves within a minute.")
    )
    first = None
    if announcement.second_by is not None:
        before = await by_whom(desk, announcement.confirmed_by, announcement.confirmed_at)
        first = t("Confirmed first: {who}.", who=before)
    minutes = int(UNDO.total_seconds() // 60)
    undo = t.plural(
        "You can undo this for at least {n} minute.",
        "You can undo this for at least {n} minutes.",
        minutes,
    )
    text = paragraphs(
        t("<b>Announcement {number} is confirmed</b>", number=announcement.id),
        await summary(desk, announcement),
        begins,
        lines(first, t("Confirmed: {who}.", who=who)),
        undo if announcement.send_at else None,
    )
    which = (desk.office.id, announcement.id)
    buttons = [Go(t.label("button", "Preview"), Preview(*which))]
    if not stays:
        buttons.insert(0, Go(t.label("button", "How far is it?"), ShowAnnouncement(*which)))
    if desk.may(Right.PUBLISH):
        buttons.insert(0, Go(t.label("button", "Undo"), TakeBack(*which)))
    if stays:
        here = t("Then this message shows how far it is.")
        return Screen(paragraphs(text, here), (*one_each(buttons), leave_beside(t, desk.office)))
    return Screen(text, (*one_each(buttons), desk.turn.leave(Announcements(desk.office.id, 0))))


async def ask(desk: Desk, announcement: Announcement) -> None:
    """Ask the other publishers for the second confirmation, with a preview."""

    async def say(theirs: Desk) -> Screen:
        texts = await announcements.texts(theirs.c, announcement.id)
        library = theirs.turn.library
        previews = tuple(
            announced(language, theirs.office, announcement, texts, library) for language in texts
        )
        return replace(await awaiting(theirs, announcement), fresh=True, also=previews)

    # The same version may be asked for again: after a refusal, or when it was taken back.
    key = f"{announcement.batch}:ask:{announcement.version}:{desk.now.isoformat()}"
    for member in await publishers(desk, but=announcement.confirmed_by):
        await tell(desk, member.person_id, key, say)


def _void(t: Texts, number: int, who: str) -> str:
    return t(
        "Announcement {number} was changed by {who}: nothing is sent, and your confirmation"
        " no longer counts.",
        number=number,
        who=who,
    )


def _not_needed(t: Texts, number: int, who: str) -> str:
    return t(
        "Announcement {number} was changed by {who}: nothing is sent, and your confirmation"
        " is not needed for now.",
        number=number,
        who=who,
    )


async def tell_if_voided(desk: Desk, before: Announcement) -> None:
    """Tell those who were asked for a second confirmation when a change made it void."""
    now = await announcements.get(desk.c, before.id)
    if before.stage is not Stage.AWAITING or (now and now.stage is Stage.AWAITING):
        return
    who = await name_of(desk, desk.person_id)

    async def say(theirs: Desk) -> Screen:
        t = theirs.t
        counted_once = theirs.person_id == before.confirmed_by
        text = (_void if counted_once else _not_needed)(t, before.id, who)
        show = Go(
            t.label("button", "Show the announcement"), ShowAnnouncement(desk.office.id, before.id)
        )
        return Screen(text, ((show,), theirs.turn.leave()), fresh=True)

    asked = [member.person_id for member in await publishers(desk, but=None)]
    concerned = {*asked, before.confirmed_by} - {desk.person_id, None}
    for person_id in sorted(one for one in concerned if one is not None):
        key = f"{before.batch}:void:{before.version}:{desk.now.isoformat()}"
        await tell(desk, person_id, key, say)
