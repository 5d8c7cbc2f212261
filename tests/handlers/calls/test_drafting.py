"""A draft step by step, tapped and typed, changed and deleted, over restarts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from erasmus.offices import Role
from erasmus.words import Language
from handlers.presses import SetLanguage, SetRole, SetUniversity
from handlers.staff.calls.presses import (
    AskPart,
    AskText,
    ConfirmDate,
    DropDraft,
    EditDraft,
    NewCall,
    OfficeCalls,
    OpenDraft,
    PublishCall,
    SetCallAction,
    SetCallDay,
    SetCallTime,
    SetCallZone,
    SkipPart,
    StartEmpty,
)
from storage import Database
from tests.call_desk import (
    OFFICE,
    choose_action,
    confirm_and_publish,
    employ,
    of_office,
    only,
    open_drafts,
    paste,
)
from tests.chats import Chat
from tests.restarts import Restarting


async def test_an_empty_start_asks_for_each_part_tapped_or_typed(desk: Chat, db: Database) -> None:
    await desk.press(NewCall(OFFICE))
    await desk.press(StartEmpty(OFFICE))
    await desk.send("Teaching in <Vilnius> & Kaunas")
    await desk.send("teacher")
    await choose_action(desk)
    await desk.send("5 March 2027")
    await desk.send("half past five")
    assert "18:00" in desk.text
    await desk.send("17.30")
    await desk.send("Vilnius")
    await desk.send("http://example.org")
    assert "https://example.org/call" in desk.text
    await desk.send("https://example.org/" + "x" * 880)
    assert "too long: 900 signs" in desk.text
    await desk.press(SkipPart(OFFICE, 1, "link"))
    await confirm_and_publish(desk)

    (call,) = await of_office(db)
    assert call.title[Language.EN] == "Teaching in &lt;Vilnius&gt; &amp; Kaunas"
    assert call.closes == datetime(2027, 3, 5, 15, 30, tzinfo=UTC)
    assert call.zone == "Europe/Vilnius"
    assert not desk.double.mistakes


async def test_bad_dates_are_told_with_an_example(desk: Chat) -> None:
    await desk.press(NewCall(OFFICE))
    await desk.press(StartEmpty(OFFICE))
    await desk.send("Exchange in Granada")
    await desk.press(SetCallAction(OFFICE, 1, "is"))
    await desk.send("soon")
    assert "no date" in desk.text
    assert "20 January 2027" in desk.text
    await desk.send("31.02.2027")
    assert "No calendar has the day “31.02.2027”" in desk.text
    await desk.send("5 March 2020")
    assert "has passed" in desk.text
    await desk.send("5 March")
    assert [p.day for p in desk.presses if isinstance(p, SetCallDay)] == ["2027-03-05"]


async def test_an_opening_after_the_deadline_is_told(desk: Chat) -> None:
    await paste(desk)
    await desk.press(EditDraft(OFFICE, 1))
    await desk.press(AskPart(OFFICE, 1, "opens"))
    await desk.send("1 March 2027")

    assert "1 March 2027 is after 15 February 2027" in desk.text
    assert not [press for press in desk.presses if isinstance(press, SetCallDay)]


async def test_a_title_can_be_written_in_more_languages_and_removed(
    desk: Chat, db: Database
) -> None:
    await paste(desk)
    await desk.press(EditDraft(OFFICE, 1))
    await desk.press(AskPart(OFFICE, 1, "title"))
    await desk.press(AskText(OFFICE, 1, "title", "kk"))
    await desk.send("Гранадада алмасу")
    await desk.press(EditDraft(OFFICE, 1))
    await desk.press(AskPart(OFFICE, 1, "title"))
    await desk.press(AskText(OFFICE, 1, "title", "en"))
    await desk.send("x" * 201)
    assert "too long: 201 signs" in desk.text
    await desk.press(AskText(OFFICE, 1, "title", "en"))
    await desk.send("-")

    (draft,) = await open_drafts(db)
    assert draft.body["title"] == {"kk": "Гранадада алмасу"}


TYPED = {
    Language.KY: ("Гранадада алмашуу", "2027-жылдын 15-марты"),
    Language.KK: ("Гранадада алмасу", "2027 жылғы 15 наурыз"),
    Language.RU: ("Обмен в Гранаде", "15 марта 2027 г."),
    Language.EN: ("Exchange in Granada", "March 15, 2027"),
}


@pytest.mark.both_databases
@pytest.mark.usefixtures("office")
async def test_a_draft_survives_restarts_and_is_gone_on_with(
    phone: Restarting, db: Database, language: Language
) -> None:
    """A new process after every press: the draft is a row, and the list leads back to it."""
    title, day = TYPED[language]
    await phone.after(lambda chat: chat.person.start())
    for press in (SetLanguage(str(language)), SetRole("staff"), SetUniversity("")):
        await phone.press(press)
    await employ(db, phone.person.id, Role.EDITOR, phone.clock.now())
    await phone.send("/desk")
    await phone.press(OfficeCalls(OFFICE))
    await phone.press(NewCall(OFFICE))
    await phone.press(StartEmpty(OFFICE))
    await phone.send(title)
    await phone.press(SetCallAction(OFFICE, 1, "is"))
    await phone.send("/desk")
    await phone.press(OfficeCalls(OFFICE))
    await phone.press(OpenDraft(OFFICE, 1))
    await phone.send(day)
    await phone.press(SetCallTime(OFFICE, 1, "-"))
    await phone.press(SetCallZone(OFFICE, 1, "Asia/Bishkek"))
    chat = await phone.press(SkipPart(OFFICE, 1, "link"))

    await phone.press(only(chat, ConfirmDate))

    assert not [press for press in chat.presses if isinstance(press, PublishCall)]
    (draft,) = await open_drafts(db)
    assert (draft.body["title"], draft.body["closes"]) == ({language.value: title}, "2027-03-15")
    assert draft.body["confirmed"]
    assert not chat.double.mistakes


async def test_a_draft_is_deleted_only_after_one_question(desk: Chat, db: Database) -> None:
    await paste(desk)
    card, confirm = desk.message.id, only(desk, ConfirmDate)
    await desk.press(DropDraft(OFFICE, 1, sure=False))
    assert len(await open_drafts(db)) == 1
    await desk.press(DropDraft(OFFICE, 1, sure=True))

    assert await open_drafts(db) == []
    await desk.press_old(card, confirm.pack())
    assert "was deleted" in desk.toast
