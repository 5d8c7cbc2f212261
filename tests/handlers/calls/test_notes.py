"""The note and the field of study of a call: added in chat, shown with its fallback, translated."""

from __future__ import annotations

import pytest

from bot.clock import MovableClock
from erasmus.offices import Role
from erasmus.words import Language
from handlers.staff.calls.presses import (
    AskPart,
    AskText,
    ChangeCall,
    ConfirmDate,
    EditDraft,
    OfficeCalls,
    OpenDraft,
    PublishCall,
    SetCallField,
    SkipPart,
    TranslateText,
    Untranslated,
)
from storage import Database, drafts
from tests.call_desk import (
    OFFICE,
    TEXTS,
    employ,
    of_office,
    only,
    open_drafts,
    paste,
    publish,
    stored,
)
from tests.chats import Chat

NOTE = "The host pays <everything> & more.\nAsk in room 12."


async def edit(desk: Chat, part: str, draft: int = 1) -> None:
    """Open one part of a draft from its card."""
    if EditDraft(OFFICE, draft) in desk.presses:
        await desk.press(EditDraft(OFFICE, draft))
    await desk.press(AskPart(OFFICE, draft, part))


async def test_a_note_and_a_field_are_added_to_a_draft_and_published(
    desk: Chat, student: Chat, db: Database
) -> None:
    """Neither is asked of its own accord; what students see is the note in theirs."""
    await paste(desk)
    await edit(desk, "note")
    await desk.send(NOTE)
    await edit(desk, "note")
    await desk.press(AskText(OFFICE, 1, "note", "ru"))
    await desk.send("Спросите в кабинете 12.")
    await edit(desk, "field")
    await desk.press(SetCallField(OFFICE, 1, "co"))
    await desk.press(only(desk, ConfirmDate))
    await desk.press(only(desk, PublishCall))

    (call,) = await of_office(db)
    assert call.field == "computing"
    assert call.note is not None
    assert call.note[Language.EN] == "The host pays &lt;everything&gt; &amp; more.\nAsk in room 12."
    await student.start(f"c_{call.id}")
    assert "Спросите в кабинете 12." in student.text
    assert "note is in" not in student.text
    assert not desk.double.mistakes


async def test_a_note_is_removed_and_a_field_left_out_again(desk: Chat, db: Database) -> None:
    await paste(desk)
    await edit(desk, "note")
    await desk.send(NOTE)
    await edit(desk, "field")
    await desk.send("programming")
    (draft,) = await open_drafts(db)
    assert (list(draft.body["note"]), draft.body["field"]) == (["en"], "computing")

    await edit(desk, "note")
    await desk.press(AskText(OFFICE, 1, "note", "en"))
    await desk.send("-")
    await edit(desk, "field")
    await desk.press(SkipPart(OFFICE, 1, "field"))

    (draft,) = await open_drafts(db)
    assert (draft.body["note"], draft.body["field"]) == ({}, None)


async def test_what_is_no_note_and_no_field_is_told_with_an_example(desk: Chat) -> None:
    await paste(desk)
    await edit(desk, "note")
    await desk.send("12345")
    assert "For example: The host university pays for the visa." in desk.text
    await desk.send("x" * 901)
    assert "too long: 901 signs. At most 900 fit." in desk.text
    await desk.press(OpenDraft(OFFICE, 1))
    await edit(desk, "field")
    await desk.send("qwertyuiop")
    assert "no such field" in desk.text


async def test_a_changed_note_says_what_it_replaces_and_wakes_nobody(
    desk: Chat, db: Database
) -> None:
    call_id = await publish(desk)
    await desk.press(ChangeCall(OFFICE, call_id, "-"))
    await edit(desk, "note", 2)
    await desk.send("Bring two photos.")
    await desk.press(only(desk, PublishCall))
    await desk.press(ChangeCall(OFFICE, call_id, "-"))
    await edit(desk, "note", 3)
    await desk.press(AskText(OFFICE, 3, "note", "en"))
    await desk.send("Bring three photos.")

    assert "Until now:\nNote, English: Bring two photos." in desk.text
    await desk.press(only(desk, PublishCall))
    call = await stored(db, call_id)
    assert (call.note and dict(call.note), call.revision) == ({"en": "Bring three photos."}, 1)


@pytest.mark.both_databases
async def test_a_missing_note_is_for_translators(
    desk: Chat, student: Chat, db: Database, clock: MovableClock
) -> None:
    call_id = await publish(desk)
    await desk.press(ChangeCall(OFFICE, call_id, "-"))
    await edit(desk, "note", 2)
    await desk.send("Bring two photos.")
    await desk.press(only(desk, PublishCall))
    assert "The note is missing in: Кыргызча, Қазақша, Русский" in desk.text
    await student.start(f"c_{call_id}")
    assert student.text.count("English") == 2
    await employ(db, desk.person.id, Role.TRANSLATOR, clock.now())
    await desk.send("/desk")
    await desk.press(Untranslated(OFFICE))
    await desk.press(TranslateText(OFFICE, call_id, "-", "-"))
    await desk.press(TranslateText(OFFICE, call_id, "note", "ru"))
    assert "Bring two photos." in desk.text
    await desk.send("Возьмите две фотографии.\nИ паспорт.")

    call = await stored(db, call_id)
    assert call.note is not None
    assert call.note[Language.RU] == "Возьмите две фотографии.\nИ паспорт."
    await student.start(f"c_{call_id}")
    assert student.text.count("English") == 1
    assert not desk.double.mistakes


async def test_a_translation_is_not_lost_to_a_change_that_was_begun_before(
    desk: Chat, student: Chat, db: Database, clock: MovableClock
) -> None:
    call_id = await publish(desk)
    await desk.press(ChangeCall(OFFICE, call_id, "closes"))
    await desk.send("20 February 2027")
    await employ(db, student.person.id, Role.TRANSLATOR, clock.now())
    await student.send("/desk")
    await student.press(Untranslated(OFFICE))
    await student.press(TranslateText(OFFICE, call_id, "-", "-"))
    await student.press(TranslateText(OFFICE, call_id, "title", "ru"))
    await student.send("Обмен в Гранаде & Кордове")
    for _look in ("the card from before", "the card with the translation"):
        for confirm in [press for press in desk.presses if isinstance(press, ConfirmDate)]:
            await desk.press(confirm)
        await desk.press(next(press for press in desk.presses if isinstance(press, PublishCall)))

    call = await stored(db, call_id)
    assert call.closing_day().day == 20
    assert call.title[Language.RU] == "Обмен в Гранаде &amp; Кордове"


async def test_a_draft_from_before_notes_keeps_the_note_of_its_call(
    desk: Chat, db: Database, clock: MovableClock
) -> None:
    """Staff of the last version could not see a note that was imported: it stays."""
    call_id = await publish(desk)
    await desk.press(ChangeCall(OFFICE, call_id, "-"))
    await edit(desk, "field", 2)
    await desk.press(SetCallField(OFFICE, 2, "co"))
    await desk.press(only(desk, PublishCall))
    await desk.press(ChangeCall(OFFICE, call_id, "-"))
    (draft,) = await open_drafts(db)
    old = {key: value for key, value in draft.body.items() if key not in {"field", "note"}}
    async with db.write() as c:
        await drafts.save(c, draft.id, {**old, "skipped": ["link", "opens"]}, clock.now())
    await edit(desk, "title", 3)
    await desk.press(AskText(OFFICE, 3, "title", "ru"))
    await desk.send("Обмен в Гранаде")
    await desk.press(only(desk, PublishCall))

    call = await stored(db, call_id)
    assert (call.title[Language.RU], call.field) == ("Обмен в Гранаде", "computing")


async def test_drafts_are_told_apart_in_the_list(desk: Chat) -> None:
    """Three of the same title: the number, the deadline and the languages tell which is which."""
    await paste(desk)
    await desk.press(OfficeCalls(OFFICE))
    await paste(desk, TEXTS[Language.EN].replace("15 February", "20 February"))
    await desk.press(OfficeCalls(OFFICE))

    assert "✏️ 1. Exchange in Granada\ndeadline: 20 February 2027 · English" in desk.text
    assert "✏️ 2. Exchange in Granada\ndeadline: 15 February 2027 · English" in desk.text
    assert "begun by Бермет, last changed 21 November 2026" in desk.text
    assert [press.draft for press in desk.presses if isinstance(press, OpenDraft)] == [2, 1]
