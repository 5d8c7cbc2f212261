"""After it was sent: correct every copy that arrived, or take them all back."""

from __future__ import annotations

from dataclasses import replace

from erasmus.announcement_contents import in_language
from erasmus.announcements import RECALLABLE, Announcement, Correction
from erasmus.words import Language
from handlers.announced import announced
from handlers.screens import Go, Rows, Screen, lines, one_each, paragraphs, per_row
from handlers.staff.announcing import opening
from handlers.staff.announcing.correction_drafts import forget, written_for
from handlers.staff.announcing.correction_progress import live_correction
from handlers.staff.announcing.describing import me
from handlers.staff.announcing.presses import (
    Change,
    Correct,
    CorrectText,
    DropCorrection,
    PreviewCorrection,
    Recall,
    ShowAnnouncement,
    SteerCorrection,
)
from handlers.staff.announcing.previews import in_order
from handlers.staff.desk import Desk
from locales import ENDONYMS
from storage import announcements, corrections, live_messages
from storage.deliveries import State


async def change(desk: Desk, announcement: Announcement, _press: Change | None = None) -> Screen:
    """Show what is corrected so far and not sent, and offer a recall."""
    t, which = desk.t, (desk.office.id, announcement.id)
    written = await written_for(desk, announcement)
    text = paragraphs(
        t("<b>Correct or recall announcement {number}</b>", number=announcement.id),
        await _arrived(desk, announcement),
        t("To correct it, tap a language and send me the new text. Copies change in place."),
        t("New text: {languages}", languages=", ".join(ENDONYMS[one] for one in written))
        if written
        else None,
    )
    rows: Rows = per_row(
        [
            Go(f"✓ {name}" if one in written else name, CorrectText(*which, one.value))
            for one, name in ENDONYMS.items()
        ],
        2,
    )
    if written:
        rows += one_each(
            [
                Go(t.label("button", "Preview"), PreviewCorrection(*which)),
                Go(t.label("button", "Correct all copies"), Correct(*which, sure=False)),
                Go(t.label("button", "Forget the correction"), DropCorrection(*which)),
            ]
        )
    rows += one_each([Go(t.label("button", "Recall all copies"), Recall(*which, sure=False))])
    return Screen(text, (*rows, desk.turn.leave(ShowAnnouncement(*which))))


async def _arrived(desk: Desk, announcement: Announcement) -> str:
    t, done = desk.t, await announcements.progress(desk.c, announcement.id)
    arrived, unknown = done.of(State.SENT), done.of(State.UNKNOWN)
    return lines(
        t.plural("{n} copy has arrived.", "{n} copies have arrived.", arrived),
        t.plural(
            "{n} more perhaps arrived: it stays as it is, for I don’t know where it stands.",
            "{n} more perhaps arrived: they stay as they are, for I don’t know where they stand.",
            unknown,
        )
        if unknown
        else None,
    )


def _would_change(desk: Desk, number: int) -> str:
    return desk.t.plural("The text of {n} copy changes.", "The text of {n} copies changes.", number)


async def preview(desk: Desk, announcement: Announcement, _press: PreviewCorrection) -> Screen:
    """Show every language as its readers will see it after the correction."""
    t = desk.t
    written = await written_for(desk, announcement)
    if not written:
        return await change(desk, announcement)
    was = await announcements.texts(desk.c, announcement.id)
    texts, library, office = {**was, **written}, desk.turn.library, desk.office

    def copy(language: Language) -> Screen:
        changed = in_language(was, language) != in_language(texts, language)
        at = desk.now if changed else None
        return announced(language, office, announcement, texts, library, corrected_at=at)

    copies = tuple(copy(language) for language in Language)
    text = t("Below, after the correction, in this order: {languages}.", languages=in_order())
    back = desk.turn.leave(Change(office.id, announcement.id))
    last = replace(await change(desk, announcement), fresh=True)
    return Screen(text, (back,), fresh=True, also=(*copies, last))


async def drop(desk: Desk, announcement: Announcement, _press: DropCorrection) -> Screen:
    """Forget the corrected texts."""
    if await forget(desk, announcement):
        await desk.record("correction.dropped", announcement.batch)
    forgotten = desk.t.label("alert", "Forgotten. Nothing was changed.")
    return (await change(desk, announcement)).saying(forgotten)


async def correct(desk: Desk, announcement: Announcement, press: Correct) -> Screen:
    """Correct every copy, after one more question that says how many there are."""
    t = desk.t
    await announcements.lock(desk.c, announcement.id)  # of two who press at once one finds texts
    written = await written_for(desk, announcement)
    if not written:
        return await _begun(desk, announcement, None)
    if not press.sure:
        text = paragraphs(
            t("<b>Correct all copies of announcement {number}?</b>", number=announcement.id),
            await _arrived(desk, announcement),
            _would_change(desk, await corrections.would_reach(desk.c, announcement.id, written)),
            t("They change in place, marked as corrected. Nobody is woken."),
        )
        return _question(
            desk, announcement, text, Correct(press.office, announcement.id, sure=True)
        )
    begun = await corrections.correct(desk.c, announcement.id, written, me(desk))
    if begun is not None:
        await forget(desk, announcement)
        languages = [language.value for language in written]
        await desk.record("announcement.corrected", announcement.batch, languages=languages)
    return await _begun(desk, announcement, begun)


async def recall(desk: Desk, announcement: Announcement, press: Recall) -> Screen:
    """Take every copy back, after one more question."""
    t = desk.t
    if not press.sure:
        hours = int(RECALLABLE.total_seconds() // 3600)
        text = paragraphs(
            t("<b>Recall all copies of announcement {number}?</b>", number=announcement.id),
            lines(
                await _arrived(desk, announcement),
                t(
                    "Copies younger than {hours} hours are deleted. Older ones are written over:"
                    " “Withdrawn”, photos and documents too.",
                    hours=hours,
                ),
                t("What has not left yet is not sent. This cannot be undone."),
            ),
        )
        return _question(desk, announcement, text, Recall(press.office, announcement.id, sure=True))
    begun = await corrections.recall(desk.c, announcement.id, me(desk))
    if begun is not None:
        await desk.record("announcement.recalled", announcement.batch)
    return await _begun(desk, announcement, begun)


def _question(desk: Desk, announcement: Announcement, text: str, sure: Correct | Recall) -> Screen:
    t = desk.t
    label = (
        t.label("button", "Yes, correct them")
        if isinstance(sure, Correct)
        else t.label("button", "Yes, recall them")
    )
    back = desk.turn.leave(Change(desk.office.id, announcement.id))
    return Screen(text, ((Go(label, sure),), back))


async def _begun(desk: Desk, announcement: Announcement, correction: Correction | None) -> Screen:
    """Let this message show how far it is; or say that there is nothing to change."""
    t = desk.t
    if correction is None:
        now = await announcements.get(desk.c, announcement.id) or announcement
        screen = await opening.present(desk, now)
        return screen.saying(t.label("alert", "There is nothing to change any more."))
    me, here = desk.person_id, desk.turn.pressed
    await live_messages.show(desk.c, correction.batch, me, here, desk.now)
    return await _live(desk, correction, t.label("alert", "It has begun."))


async def _live(desk: Desk, correction: Correction, said: str) -> Screen:
    reach = await corrections.reach(desk.c, correction)
    return live_correction(desk.t, desk.office, correction, reach).saying(said)


async def steer(desk: Desk, announcement: Announcement, press: SteerCorrection) -> Screen:
    """Pause a correction or a recall that is under way, or let it go on."""
    t = desk.t
    found = await corrections.get(desk.c, press.correction)
    moved: Correction | None = None
    if found is not None and found.announcement_id == announcement.id:
        move = corrections.resume if press.on else corrections.pause
        moved = await move(desk.c, press.correction)
    if moved is None:
        screen = await opening.present(desk, announcement)
        return screen.saying(t.label("alert", "It is so already, or it has ended."))
    await desk.record("correction.steered", announcement.batch, on=press.on)
    said = t.label("alert", "It goes on.") if press.on else t.label("alert", "Paused.")
    return await _live(desk, moved, said)
