"""The card of a draft in four languages, as students will see it, and the way to publish it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from erasmus.call_drafts import Fault, Part
from erasmus.calls import Call
from erasmus.drafted_calls import as_call
from erasmus.offices import Right
from erasmus.words import Language
from handlers.call_cards import card_text
from handlers.screens import Button, Go, Screen, lines, one_each, paragraphs
from handlers.staff.calls.drafting import Drafting
from handlers.staff.calls.presses import (
    AskPart,
    AskPublishers,
    ConfirmDate,
    DropDraft,
    EditDraft,
    OfficeCall,
    OfficeCalls,
    OpenDraft,
    PublishCall,
)
from handlers.staff.calls.summary import heading, summary, until_now
from handlers.staff.calls.texts import missing_line
from handlers.staff.desk import Desk
from locales import ENDONYMS
from storage import call_news
from storage.calls import TIMING

ONE_MESSAGE = 3500
"""Signs of four cards, and of what stands under them, that still fit one message."""


async def preview(work: Drafting) -> Screen:
    """Show a whole draft in all languages, with what is still to be confirmed."""
    desk, t = work.desk, work.desk.t
    await desk.turn.asking(None)
    before = await work.published()
    call = as_call(work.draft, call_name(work), desk.office.id, desk.now, before)
    cards = [
        f"<b>{ENDONYMS[language]}</b>\n<blockquote>{await _card(desk, call, language)}</blockquote>"
        for language in Language
    ]
    told = paragraphs(
        heading(desk, work.draft),
        t("This is how people will see it, in each language:"),
    )
    after = paragraphs(
        t("Nothing is changed yet.") if call == before else until_now(desk, work.draft, before),
        lines(*_remarks(work)),
        await who_hears(desk, before) if before and moved(before, call) else None,
    )
    rows = (
        *one_each(_buttons(work, before, call)),
        desk.turn.leave(OfficeCalls(desk.office.id)),
    )
    if sum(map(len, (*cards, after))) <= ONE_MESSAGE:
        return Screen(paragraphs(told, *cards, after), rows)
    *first, last = [Screen(card, fresh=True) for card in cards]
    with_rows = Screen(paragraphs(last.text, after), rows, fresh=True)
    return Screen(told, also=(*first, with_rows))


def call_name(work: Drafting) -> str:
    """Return the id of the draft's call; a new one is called by the draft's number."""
    return work.draft.call or f"{work.desk.office.id}-{work.id}"


async def _card(desk: Desk, call: Call, language: Language) -> str:
    return await card_text(desk.turn.in_(language), call)


def _remarks(work: Drafting) -> Iterator[str]:
    t = work.desk.t
    for fault in work.draft.faults(work.desk.now):
        if fault is Fault.PAST:
            yield t("⚠️ The deadline has passed already. Change it, please.")
        else:
            yield t("⚠️ The call would open after it closes. Change one of the dates.")
    if work.draft.link:
        yield t("Their button leads to: {link}", link=work.draft.link)
    missing = missing_line(t, work.draft.title, work.draft.note)
    if missing:
        yield missing
    if work.draft.to_confirm():
        yield t("Please check each date and confirm it. Nothing is published before that.")
    elif not work.desk.may(Right.PUBLISH):
        yield t("A publisher of your office has to publish it.")


def _buttons(work: Drafting, before: Call | None, call: Call) -> list[Button]:
    t, desk, office = work.desk.t, work.desk, work.desk.office.id
    faults, waiting = work.draft.faults(desk.now), work.draft.to_confirm()
    labels = {
        Part.CLOSES: t.label("button", "✔️ The deadline is right"),
        Part.OPENS: t.label("button", "✔️ The opening is right"),
    }
    buttons: list[Button] = []
    if not faults:
        buttons += [
            Go(labels[part], ConfirmDate(office, work.id, part, work.draft.sign(part)))
            for part in waiting
        ]
        if not waiting and desk.may(Right.PUBLISH):
            buttons += _publishing(work, before, call)
        elif not waiting:
            asked = AskPublishers(office, work.id, work.draft.stamp())
            buttons.append(Go(t.label("button", "Ask the publishers"), asked))
    buttons.append(Go(t.label("button", "Change or add something"), EditDraft(office, work.id)))
    buttons.append(
        Go(t.label("button", "Delete this draft"), DropDraft(office, work.id, sure=False))
    )
    return buttons


def _publishing(work: Drafting, before: Call | None, call: Call) -> Sequence[Button]:
    t, stamp, office = work.desk.t, work.draft.stamp(), work.desk.office.id
    aloud, quietly = (
        PublishCall(office, work.id, stamp, quietly=False),
        PublishCall(office, work.id, stamp, quietly=True),
    )
    if before is None:
        return [Go(t.label("button", "📢 Publish"), aloud)]
    if call == before:
        return []
    if not moved(before, call):
        return [Go(t.label("button", "Save the changes"), aloud)]
    return [
        Go(t.label("button", "Save and tell followers"), aloud),
        Go(t.label("button", "Save, tell without a sound"), quietly),
    ]


async def who_hears(desk: Desk, call: Call, *, withdrawn: bool = False) -> str:
    """Say how many followers a change would be told to, and when."""
    count = await call_news.hearers(desk.c, call.id, withdrawn=withdrawn)
    if not count:
        return desk.t("Nobody is waiting for news of this call.")
    return desk.t.plural(
        "{n} follower will be told. Where it is night now, the news waits until 09:00.",
        "{n} followers will be told. Where it is night now, the news waits until 09:00.",
        count,
    )


def moved(before: Call, call: Call) -> bool:
    """Tell whether followers have to hear of a change: when reminders depend on it."""
    return any(getattr(before, name) != getattr(call, name) for name in TIMING)


async def edit_draft(work: Drafting, _press: EditDraft) -> Screen:
    """List the parts that can be changed or added."""
    t, office = work.desk.t, work.desk.office.id
    labels = {
        Part.TITLE: t.label("button", "Title"),
        Part.ACTION: t.label("button", "Type of call"),
        Part.CLOSES: t.label("button", "Deadline"),
        Part.TIME: t.label("button", "Time of the deadline"),
        Part.ZONE: t.label("button", "Whose time it is"),
        Part.OPENS: t.label("button", "Opening day"),
        Part.LINK: t.label("button", "Link"),
        Part.FIELD: t.label("button", "Field of study"),
        Part.NOTE: t.label("button", "Note"),
    }
    buttons = [Go(label, AskPart(office, work.id, part)) for part, label in labels.items()]
    text = paragraphs(
        heading(work.desk, work.draft),
        summary(work.desk, work.draft),
        t("What do you want to change or add?"),
    )
    idle = work.draft.call is not None and await work.only_looked_at()
    back = OfficeCall(office, work.draft.call or "") if idle else OpenDraft(office, work.id)
    return Screen(text, (*one_each(buttons), work.desk.turn.leave(back)))
