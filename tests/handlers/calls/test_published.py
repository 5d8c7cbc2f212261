"""A published call: moved, withdrawn, translated, and whom that reaches."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.clock import MovableClock
from erasmus.offices import Role
from erasmus.words import Language
from handlers.presses import SetFollow, ShowCall
from handlers.staff.calls.presses import (
    AskPart,
    CallHistory,
    ChangeCall,
    ConfirmDate,
    EditDraft,
    OfficeCall,
    OfficeCalls,
    OpenDraft,
    PublishCall,
    TranslateText,
    Untranslated,
    WithdrawCall,
)
from storage import Database, call_changes, members, people
from tests.call_desk import (
    OFFICE,
    employ,
    only,
    open_drafts,
    publish,
    stored,
)
from tests.chats import Chat


@pytest.mark.both_databases
async def test_a_moved_deadline_reaches_followers_once_aloud_or_quietly(
    desk: Chat, student: Chat, db: Database
) -> None:
    call_id = await publish(desk)
    await student.start(f"c_{call_id}")
    await student.press(SetFollow(call_id, on=True))
    for quietly, day in ((False, "2027-02-20"), (True, "2027-02-25")):
        before = len(student.person.messages)
        await desk.press(ChangeCall(OFFICE, call_id, "closes"))
        await desk.send(day)
        assert "Until now:" in desk.text
        assert "Deadline: 15 February 2027" in desk.text or quietly
        await desk.press(only(desk, ConfirmDate))
        assert "1 follower will be told" in desk.text
        press = next(p for p in desk.presses if isinstance(p, PublishCall) and p.quietly is quietly)
        await desk.press(press)
        await desk.wait(minutes=1)
        await desk.wait(minutes=10)

        news = student.person.messages[before:]
        assert len(news) == 1
        assert news[0].silent is quietly
    assert (await stored(db, call_id)).revision == 3
    assert not desk.double.mistakes


@pytest.mark.both_databases
async def test_followers_of_several_calls_hear_of_each_that_changed(
    desk: Chat, student: Chat, db: Database
) -> None:
    """One is moved and another withdrawn while the student sleeps."""
    moved = await publish(desk)
    await desk.press(OfficeCalls(OFFICE))
    withdrawn = await publish(desk)
    for call_id in (moved, withdrawn):
        await student.start(f"c_{call_id}")
        await student.press(SetFollow(call_id, on=True))
    await desk.wait(hours=12)
    before = len(student.person.messages)
    async with db.write() as c:
        call, other = await stored(db, moved), await stored(db, withdrawn)
        later = replace(call, closes=call.closes + timedelta(days=7))
        assert await call_changes.store(c, later, 1, desk.clock.now())
        assert await call_changes.withdraw(c, other, 1, desk.clock.now())
    for hours in (10, 1):  # one message after the other
        await desk.wait(hours=hours)

    news = [message.text or "" for message in student.person.messages[before:]]
    assert len(news) == 2
    assert "22" in news[0]
    assert news[0].splitlines()[0] != news[1].splitlines()[0]


@pytest.mark.both_databases
async def test_a_withdrawn_call_is_told_reminds_no_more_and_stays_in_the_list(
    desk: Chat, student: Chat, db: Database
) -> None:
    call_id = await publish(desk)
    await student.start(f"c_{call_id}")
    await student.press(SetFollow(call_id, on=True))
    await desk.press(WithdrawCall(OFFICE, call_id, "?"))
    assert "1 follower will be told" in desk.text
    card = desk.message.id
    await desk.press(WithdrawCall(OFFICE, call_id, "l"))
    await desk.press_old(card, WithdrawCall(OFFICE, call_id, "l").pack())
    assert "Already withdrawn (Бермет" in desk.toast
    await desk.wait(minutes=10)

    assert (await stored(db, call_id)).withdrawn
    texts = [message.text or "" for message in student.person.messages]
    assert len(texts) == len(set(texts))
    before = len(texts)
    await student.wait(days=90)
    assert len(student.person.messages) == before
    await student.press(ShowCall(call_id))
    assert SetFollow(call_id, on=True) not in student.presses
    assert not desk.double.mistakes


@pytest.mark.both_databases
async def test_two_withdraw_at_once_and_one_of_them_is_told_who_was_quicker(
    desk: Chat, student: Chat, db: Database, clock: MovableClock
) -> None:
    call_id = await publish(desk)
    await employ(db, student.person.id, Role.PUBLISHER, clock.now())
    for chat, how in ((desk, "l"), (student, "q")):
        chat.person.press_data(chat.message.id, WithdrawCall(OFFICE, call_id, how).pack())
    await desk.settled()

    assert sum("(Бермет" in chat.toast for chat in (desk, student)) == 1


async def test_a_change_that_comes_after_the_withdrawal_brings_nothing_back(
    desk: Chat, db: Database
) -> None:
    call_id = await publish(desk)
    await desk.press(ChangeCall(OFFICE, call_id, "closes"))
    await desk.send("20 February 2027")
    await desk.press(only(desk, ConfirmDate))
    press, card = next(p for p in desk.presses if isinstance(p, PublishCall)), desk.message.id
    await desk.press_old(card, WithdrawCall(OFFICE, call_id, "l").pack())
    await desk.press_old(card, press.pack())

    assert "Already withdrawn (Бермет" in desk.toast
    assert (await stored(db, call_id)).withdrawn
    assert await open_drafts(db) == []


async def test_a_missing_language_is_marked_and_a_translator_fills_it_in(
    desk: Chat, student: Chat, db: Database, clock: MovableClock
) -> None:
    call_id = await publish(desk)
    await student.start(f"c_{call_id}")
    assert "English" in student.text
    await employ(db, desk.person.id, Role.TRANSLATOR, clock.now())
    await desk.send("/desk")
    await desk.press(Untranslated(OFFICE))
    await desk.press(TranslateText(OFFICE, call_id, "-", "-"))
    await desk.press(TranslateText(OFFICE, call_id, "title", "ru"))
    await desk.send("Обмен в Гранаде")

    call = await stored(db, call_id)
    assert (call.title[Language.RU], call.revision) == ("Обмен в Гранаде", 1)
    await student.start(f"c_{call_id}")
    assert "English" not in student.text
    assert "Обмен в Гранаде" in student.text


async def test_looking_at_what_could_be_changed_leaves_no_draft_behind(desk: Chat) -> None:
    """The parts are one tap away, and nothing can be saved before something is changed."""
    call_id = await publish(desk)
    await desk.press(ChangeCall(OFFICE, call_id, "-"))
    await desk.press(AskPart(OFFICE, 2, "link"))
    await desk.press(OpenDraft(OFFICE, 2))
    assert "Nothing is changed yet." in desk.text
    assert not [press for press in desk.presses if isinstance(press, PublishCall)]
    await desk.press(EditDraft(OFFICE, 2))
    await desk.press(OfficeCall(OFFICE, call_id))
    await desk.press(OfficeCalls(OFFICE))

    assert "Drafts" not in desk.text
    assert not [press for press in desk.presses if isinstance(press, OpenDraft)]


async def test_a_change_that_was_begun_long_ago_opens_over_what_others_changed_since(
    desk: Chat, db: Database
) -> None:
    """What it changed itself stays; the deadline is the one that was moved meanwhile."""
    call = await stored(db, await publish(desk))
    await desk.press(ChangeCall(OFFICE, call.id, "-"))
    await desk.press(AskPart(OFFICE, 2, "link"))
    await desk.send("https://example.org/other")
    async with db.write() as c:
        later = replace(call, closes=call.closes + timedelta(days=7))
        assert await call_changes.store(c, later, 1, desk.clock.now())
    await desk.send("/desk")
    await desk.press(OfficeCalls(OFFICE))
    await desk.press(OpenDraft(OFFICE, 2))

    assert "Meanwhile this call was changed" in desk.text
    assert "22 February 2027" in desk.text
    assert not [press for press in desk.presses if isinstance(press, PublishCall)]
    await desk.press(only(desk, ConfirmDate))
    await desk.press(only(desk, PublishCall))
    now = await stored(db, call.id)
    assert (now.closes, now.url) == (later.closes, "https://example.org/other")


async def test_a_change_that_was_only_looked_at_begins_anew_after_another(
    desk: Chat, db: Database
) -> None:
    call = await stored(db, await publish(desk))
    await desk.press(ChangeCall(OFFICE, call.id, "-"))
    async with db.write() as c:
        later = replace(call, closes=call.closes + timedelta(days=7))
        assert await call_changes.store(c, later, 1, desk.clock.now())
    await desk.send("/desk")
    await desk.press(OfficeCalls(OFFICE))
    await desk.press(OfficeCall(OFFICE, call.id))
    await desk.press(ChangeCall(OFFICE, call.id, "-"))

    assert "22 February 2027" in desk.text
    assert "Meanwhile" not in desk.text
    await desk.press(AskPart(OFFICE, 2, "link"))
    await desk.press(OpenDraft(OFFICE, 2))
    assert "Nothing is changed yet." in desk.text


async def test_the_history_tells_who_moved_what(desk: Chat) -> None:
    call_id = await publish(desk)
    await desk.press(ChangeCall(OFFICE, call_id, "closes"))
    await desk.send("20 February 2027")
    await desk.press(only(desk, ConfirmDate))
    await desk.press([press for press in desk.presses if isinstance(press, PublishCall)][1])
    await desk.press(CallHistory(OFFICE, call_id))

    assert "deadline: 15 February 2027, 18:00 Bishkek time → 20 February 2027" in desk.text
    assert "without a sound" in desk.text
    assert desk.text.count("Бермет") == 2


async def test_a_colleague_s_name_is_shown_as_it_is_written(
    desk: Chat, db: Database, clock: MovableClock
) -> None:
    call_id = await publish(desk)
    async with db.write() as c:
        await members.remove(c, OFFICE, desk.person.id)
        await members.put(c, OFFICE, desk.person.id, Role.READER, clock.now(), name="<b>A & B")
    await desk.send("/desk")
    await desk.press(OfficeCalls(OFFICE))
    await desk.press(OfficeCall(OFFICE, call_id))
    assert "<b>A & B" in desk.text
    await desk.press(CallHistory(OFFICE, call_id))

    assert "<b>A & B" in desk.text
    assert not desk.double.mistakes


async def test_another_office_s_members_see_nothing_of_it(
    desk: Chat, db: Database, clock: MovableClock
) -> None:
    call_id = await publish(desk)
    async with db.write() as c:
        await members.remove(c, OFFICE, desk.person.id)
    await desk.press_old(desk.message.id, OfficeCall(OFFICE, call_id).pack())

    assert "can’t do this" in desk.toast
    assert clock.now() < (await stored(db, call_id)).closes - timedelta(days=1)
    async with db.read() as c:
        assert await people.find(c, desk.person.id)
