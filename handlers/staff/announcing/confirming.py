"""The decision to send: the last look, the first and the second confirmation, the undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from math import ceil

from erasmus.announcements import EDITABLE, Announcement, Stage
from erasmus.offices import Right
from handlers.screens import Go, Screen, lines, paragraphs
from handlers.staff.announcing import opening
from handlers.staff.announcing.audience import conditions, count_text
from handlers.staff.announcing.colleagues import publishers, tell
from handlers.staff.announcing.describing import counted, me, name_of, price, title
from handlers.staff.announcing.drafting import draft, languages, when_line
from handlers.staff.announcing.presses import (
    Confirm,
    Preview,
    Second,
    Send,
    ShowAnnouncement,
    TakeBack,
)
from handlers.staff.announcing.timing import night
from handlers.staff.announcing.waiting import ask, scheduled, tell_if_voided
from handlers.staff.desk import Desk
from handlers.topics import topic_labels
from locales import Texts
from storage import announcements, live_messages
from storage.announcements import Said


async def confirm(desk: Desk, announcement: Announcement, _press: Confirm) -> Screen:
    """Show once more what goes to how many, how long it takes and what it costs."""
    t = desk.t
    texts = await announcements.texts(desk.c, announcement.id)
    problem = await _why_not(desk, announcement, written=bool(texts))
    text = paragraphs(
        t("<b>Send announcement {number}?</b>", number=announcement.id),
        title(t, announcement, texts),
        languages(desk, texts),
        lines(
            t("Topic: {topic}", topic=topic_labels(t)[announcement.topic]),
            when_line(desk, announcement.send_at, announcement.window),
        ),
        await conditions(desk, announcement),
        await count_text(desk, announcement),
        await _effort(desk, announcement),
        night(desk, announcement),
        problem,
    )
    which = (desk.office.id, announcement.id)
    rows: list[tuple[Go, ...]] = [(Go(t.label("button", "Preview"), Preview(*which)),)]
    if problem is None:
        yes = Go(t.label("button", "Yes, send it"), Send(*which, announcement.version))
        rows.insert(0, (yes,))
    return Screen(text, (*rows, desk.turn.leave(ShowAnnouncement(*which))))


async def _why_not(desk: Desk, announcement: Announcement, *, written: bool) -> str | None:
    """Say why it cannot be sent as it is; None when it can."""
    t, count = desk.t, (await counted(desk, announcement)).total
    if not written:
        return t("There is no text yet. Tap a language first.")
    if not count:
        return t("It cannot be sent to nobody.")
    if announcement.paid and not desk.turn.limits.may_pay(count):
        return t.plural(
            "So many messages cost more than the {n} Star that is allowed."
            " Don’t pay for speed, or narrow it.",
            "So many messages cost more than the {n} Stars that are allowed."
            " Don’t pay for speed, or narrow it.",
            desk.turn.limits.stars,
        )
    if announcement.send_at is not None and announcement.send_at <= desk.now:
        return t("Its time has passed. Choose another one.")
    second = desk.turn.limits.needs_two(count)
    if second and not await publishers(desk, but=desk.person_id):
        return t(
            "So many people need a second publisher who confirms it, and your office has none."
            " An owner can invite one."
        )
    return None


async def _effort(desk: Desk, announcement: Announcement) -> str:
    t, limits = desk.t, desk.turn.limits
    count = (await counted(desk, announcement)).total
    needed = limits.time_needed(count, paid=announcement.paid)
    second = (
        t("A second publisher of your office has to confirm it after you.")
        if limits.needs_two(count)
        else None
    )
    cost = price(desk, count) if announcement.paid else None
    return lines(duration(t, needed), cost, second)


def duration(t: Texts, needed: timedelta) -> str:
    """Say how long it takes."""
    minutes = ceil(needed.total_seconds() / 60)
    return t.plural("It takes about {n} minute.", "It takes about {n} minutes.", max(1, minutes))


async def send(desk: Desk, announcement: Announcement, press: Send) -> Screen:
    """Confirm the version that was looked at."""
    if announcement.stage is Stage.AWAITING:
        return await _told(desk, announcement, Said.ALREADY)
    if announcement.stage is Stage.DRAFT and announcement.version == press.version:
        texts = await announcements.texts(desk.c, announcement.id)
        if await _why_not(desk, announcement, written=bool(texts)) is not None:
            return await confirm(desk, announcement, Confirm(press.office, press.announcement))
    return await _confirm(desk, announcement, press.version)


async def second(desk: Desk, announcement: Announcement, press: Second) -> Screen:
    """Confirm or refuse what a colleague confirmed first."""
    changed = announcement.version != press.version
    if announcement.stage is not Stage.AWAITING:
        voided = changed and announcement.stage is Stage.DRAFT
        return await _told(desk, announcement, Said.CHANGED if voided else Said.ALREADY)
    if changed:
        return await _told(desk, announcement, Said.CHANGED)
    if press.yes:
        return await _confirm(desk, announcement, press.version)
    if announcement.confirmed_by == desk.person_id:
        return await _told(desk, announcement, Said.SAME_PERSON)
    return await _refuse(desk, announcement)


async def _confirm(desk: Desk, announcement: Announcement, version: int) -> Screen:
    limits = desk.turn.limits
    done = await announcements.confirm(desk.c, announcement.id, version, limits, me(desk))
    if done is None:
        return await _told(desk, announcement, Said.CHANGED)
    now = done.announcement
    if done.said in {Said.SCHEDULED, Said.AWAITING}:
        what = "announcement.confirmed" if now.second_by is None else "announcement.seconded"
        if done.said is Said.AWAITING:
            await ask(desk, now)
        else:
            await _show_live(desk, now)
        await desk.record(what, now.batch, version=version, recipients=now.recipients)
    return await _told(desk, now, done.said)


async def _show_live(desk: Desk, announcement: Announcement) -> None:
    """Let everybody who confirmed it see how it goes: in this message if it leaves at once."""
    for person_id in (announcement.confirmed_by, announcement.second_by):
        if person_id is None:
            continue
        here = person_id == desk.person_id and announcement.send_at is None
        pressed = desk.turn.pressed if here else None
        await live_messages.show(desk.c, announcement.batch, person_id, pressed, desk.now)


async def _told(desk: Desk, announcement: Announcement, said: Said) -> Screen:
    """Show how far it is now, and say what came of the press."""
    t = desk.t
    if said is Said.SCHEDULED and announcement.send_at is None:
        screen = await scheduled(desk, announcement, stays=True)
    else:
        screen = await opening.present(desk, announcement)
    if said is Said.ALREADY:
        return screen.saying(await opening.already(desk, announcement))
    return screen.saying(
        {
            Said.SCHEDULED: t.label("alert", "Confirmed."),
            Said.AWAITING: t.label("alert", "Confirmed. Your colleagues are asked now."),
            Said.CHANGED: t.label("alert", "It was changed meanwhile. Please look at it again."),
            Said.SAME_PERSON: t.label("alert", "A colleague has to confirm it, not you again."),
            Said.EMPTY: t.label("alert", "It says nothing, or reaches nobody."),
            Said.TOO_DEAR: t.label("alert", "So many messages cost more than is allowed."),
        }[said]
    )


async def _refuse(desk: Desk, announcement: Announcement) -> Screen:
    taken = await announcements.take_back(desk.c, announcement.id, me(desk))
    if taken is None:
        now = await announcements.get(desk.c, announcement.id) or announcement
        return await _told(desk, now, Said.ALREADY)
    await desk.record("announcement.refused", announcement.batch, version=announcement.version)
    who = await name_of(desk, desk.person_id)

    def refused_by(t: Texts) -> str:
        return t(
            "{who} refused announcement {number}. It is a draft again, nothing was sent.",
            who=who,
            number=announcement.id,
        )

    await _tell_draft_again(desk, announcement, taken, refused_by)
    refused = desk.t.label("alert", "Refused. It is a draft again.")
    return (await draft(desk, taken)).saying(refused)


async def _tell_draft_again(
    desk: Desk, was: Announcement, taken: Announcement, why: Callable[[Texts], str]
) -> None:
    """Tell those who wrote and confirmed it that a colleague made it a draft again."""

    async def say(theirs: Desk) -> Screen:
        screen = await draft(theirs, taken)
        return replace(screen, text=paragraphs(why(theirs.t), screen.text), fresh=True)

    concerned = {was.author_id, was.confirmed_by, was.second_by} - {desk.person_id, None}
    for person_id in sorted(one for one in concerned if one is not None):
        key = f"{was.batch}:draft:{was.version}:{desk.now.isoformat()}"
        await tell(desk, person_id, key, say)


async def take_back(desk: Desk, announcement: Announcement, _press: TakeBack) -> Screen:
    """Make it a draft again, as long as it has not begun."""
    t = desk.t
    if announcement.stage is Stage.DRAFT or (
        announcement.stage not in EDITABLE and not desk.may(Right.PUBLISH)
    ):
        return (await opening.present(desk, announcement)).saying(
            await opening.already(desk, announcement)
        )
    taken = await announcements.take_back(desk.c, announcement.id, me(desk))
    if taken is None:
        now = await announcements.get(desk.c, announcement.id) or announcement
        return await _told(desk, now, Said.ALREADY)
    await desk.record("announcement.taken_back", announcement.batch, was=announcement.stage.value)
    await tell_if_voided(desk, announcement)
    if announcement.stage is Stage.SCHEDULED:
        who = await name_of(desk, desk.person_id)

        def taken_by(t: Texts) -> str:
            return t(
                "{who} took announcement {number} back. It is a draft again, nothing was sent.",
                who=who,
                number=announcement.id,
            )

        await _tell_draft_again(desk, announcement, taken, taken_by)
    return (await draft(desk, taken)).saying(t.label("alert", "It is a draft again."))
