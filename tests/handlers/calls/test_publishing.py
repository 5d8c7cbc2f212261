"""Publishing: only what was confirmed, by who may, once."""

from __future__ import annotations

import pytest

from bot.clock import MovableClock
from erasmus.offices import Role
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
    SetCallTime,
)
from storage import Database
from tests.call_desk import (
    OFFICE,
    employ,
    of_office,
    only,
    paste,
)
from tests.chats import Chat


async def test_a_changed_date_voids_its_confirmation(desk: Chat, db: Database) -> None:
    await paste(desk)
    old = only(desk, ConfirmDate)
    await desk.press(old)
    publish_old = only(desk, PublishCall)
    card = desk.message.id
    await desk.press(EditDraft(OFFICE, 1))
    await desk.press(AskPart(OFFICE, 1, "time"))
    await desk.press(SetCallTime(OFFICE, 1, "1200"))
    assert not [press for press in desk.presses if isinstance(press, PublishCall)]

    await desk.press_old(card, old.pack())
    await desk.press_old(card, publish_old.pack())

    assert "has changed" in desk.toast
    assert await of_office(db) == []


@pytest.mark.both_databases
async def test_two_publishers_at_once_publish_one_call(desk: Chat, db: Database) -> None:
    """The second is told by whom and when."""
    await paste(desk)
    await desk.press(only(desk, ConfirmDate))
    press, card = only(desk, PublishCall), desk.message.id
    await desk.press(press)

    await desk.press_old(card, press.pack())

    assert "published already (Бермет, 21 November 2026, 12:00" in desk.toast
    assert len(await of_office(db)) == 1


async def test_an_editor_s_forged_publishing_does_nothing(
    desk: Chat, db: Database, clock: MovableClock
) -> None:
    await paste(desk)
    await desk.press(only(desk, ConfirmDate))
    press = only(desk, PublishCall)
    await employ(db, desk.person.id, Role.EDITOR, clock.now())

    await desk.press(press)

    assert "can’t do this" in desk.toast
    assert await of_office(db) == []


async def test_an_editor_asks_the_publishers_and_one_of_them_publishes(
    desk: Chat, student: Chat, db: Database, clock: MovableClock
) -> None:
    """Both work on one draft; the second asking of the same card sends nothing."""
    await employ(db, desk.person.id, Role.EDITOR, clock.now())
    await employ(db, student.person.id, Role.PUBLISHER, clock.now())
    await paste(desk)
    await desk.press(only(desk, ConfirmDate))
    before = len(student.person.messages)
    await desk.press(only(desk, AskPublishers))
    await desk.press(only(desk, AskPublishers))

    assert len(student.person.messages) == before + 1
    await student.press(OpenDraft(OFFICE, 1))
    assert "asked already" in desk.toast
    await student.press(only(student, PublishCall))
    assert len(await of_office(db)) == 1
    assert "Your draft was published: Exchange in Granada" in desk.text
    assert only(desk, OfficeCall) == OfficeCall(OFFICE, f"{OFFICE}-1")


async def test_an_editor_is_told_of_a_draft_that_a_colleague_deletes(
    desk: Chat, student: Chat, db: Database, clock: MovableClock
) -> None:
    """Who deletes their own is told by the screen alone."""
    await employ(db, student.person.id, Role.EDITOR, clock.now())
    await paste(desk)
    await student.press_old(student.message.id, DropDraft(OFFICE, 1, sure=True).pack())
    assert "Your draft was deleted: Exchange in Granada" in desk.text
    before = len(student.person.messages)
    await desk.press(OfficeCalls(OFFICE))
    await paste(desk)
    await desk.press_old(desk.message.id, DropDraft(OFFICE, 2, sure=True).pack())
    assert len(student.person.messages) == before


async def test_a_draft_that_waited_too_long_is_not_published(desk: Chat, db: Database) -> None:
    await paste(desk)
    await desk.press(only(desk, ConfirmDate))
    press = only(desk, PublishCall)
    await desk.wait(days=100)
    await desk.press(press)

    assert "has passed already" in desk.text
    assert await of_office(db) == []
