"""Replies arrive at once and in order: new messages, edits, answers to buttons, files, menus."""

import time
from datetime import timedelta

import pytest

from bot.telegram_double import Person, TelegramDouble
from storage import deliveries
from storage.deliveries import Draft, Lane, State
from tests.bot.sender.office import Office

pytestmark = pytest.mark.both_databases


async def test_a_delivered_row_keeps_the_id_of_its_message(office: Office, alice: Person) -> None:
    row = await office.state(await office.put(alice.id))

    assert (row.state, row.message_id) == (State.SENT, alice.last.id)


async def test_replies_to_one_chat_arrive_in_order(office: Office, alice: Person) -> None:
    now = office.clock.now()
    async with office.db.write() as c:
        for n in range(5):
            draft = Draft(f"u1:{n}", Lane.REPLY, alice.id, "screen", {"text": str(n)}, now)
            await deliveries.put(c, draft, now)
    await office.deliver()

    assert alice.said == ["0", "1", "2", "3", "4"]


async def test_a_row_put_as_sending_by_its_writer_is_sent_without_another_claim(
    office: Office, alice: Person
) -> None:
    now = office.clock.now()
    async with office.db.write() as c:
        draft = Draft("u1:0", Lane.REPLY, alice.id, "screen", {"text": "at once"}, now)
        row = await deliveries.put_sending(c, draft, now, now + timedelta(minutes=1))
    assert row is not None
    office.sender.send(row, time.monotonic())
    await office.sender.idle()

    assert alice.said == ["at once"]


async def test_an_edit_that_changes_nothing_is_a_success(office: Office, alice: Person) -> None:
    await office.put(alice.id, "the same")
    message = alice.last.id
    row = await office.state(await office.put(alice.id, body={"text": "the same", "edit": message}))

    assert (row.state, row.message_id) == (State.SENT, message)


async def test_where_the_message_is_gone_a_new_one_is_sent(office: Office, alice: Person) -> None:
    await office.put(alice.id, "old")
    message = alice.last.id
    alice.delete_message(message)
    await office.put(alice.id, body={"text": "new", "edit": message})

    assert alice.said == ["new"]


async def test_a_button_that_waited_too_long_does_not_hold_up_the_answer(
    office: Office, alice: Person
) -> None:
    await office.put(alice.id, body={"text": "answer", "callback": "too-old", "toast": "Saved"})

    assert alice.said == ["answer"]


async def test_a_toast_needs_no_message(office: Office, alice: Person) -> None:
    keyboard = [[{"text": "Press", "callback_data": "x"}]]
    await office.put(alice.id, body={"text": "a", "keyboard": keyboard})
    query = alice.press(alice.last.id, "Press")
    await office.put(alice.id, body={"text": "", "callback": query.id, "toast": "Saved"})

    assert [toast.text for toast in alice.toasts] == ["Saved"]
    assert alice.said == ["a"]


async def test_a_file_is_sent_with_its_text(office: Office, alice: Person) -> None:
    file = {"name": "deadlines.ics", "content": "BEGIN:VCALENDAR"}
    await office.put(alice.id, body={"text": "Your <b>calendar</b>", "file": file})

    assert alice.last.media is not None
    assert alice.last.media.name == "deadlines.ics"


async def test_a_chats_menu_can_be_set(
    office: Office, alice: Person, double: TelegramDouble
) -> None:
    row = await office.state(await office.put(alice.id, kind="commands", body={"language": "ky"}))

    assert row.state is State.SENT
    assert [asked.method for asked in double.requests] == ["setMyCommands"]
