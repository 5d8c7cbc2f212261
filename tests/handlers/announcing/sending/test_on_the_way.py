"""An announcement on its way: everybody gets it once, staff steer it and see how it goes."""

from __future__ import annotations

import pytest

from erasmus.announcements import Stage
from erasmus.offices import Role
from handlers.presses import StopTopic
from handlers.promises import RECIPIENTS
from handlers.staff.announcing.presses import (
    Change,
    ChooseHour,
    GoOn,
    Pause,
    Preview,
    Recall,
    ReportFile,
    ReportPicture,
    SendAgain,
    SetMoment,
    SetTopic,
    SetWindow,
    Stop,
    TakeBack,
    Uncertain,
    When,
    WriteText,
)
from storage import announcements, deliveries, holds
from storage.deliveries import Draft, Lane
from tests.announcement_desk import (
    OFFICE,
    OWNER,
    THIRD,
    by_owner,
    copies,
    open_it,
    send,
    stage,
)
from tests.chats import Chat
from tests.offices import Staff


async def test_one_publisher_sends_to_few_and_everybody_gets_it_once(
    owner: Chat, reader: Chat
) -> None:
    """In the reader's language the marked fallback comes, and the report counts it."""
    await send(owner)
    assert copies(reader) == 0
    await owner.wait(minutes=1)
    await owner.wait(minutes=5)
    assert copies(reader) == 1
    assert StopTopic("news") in reader.presses
    assert await stage(owner) is Stage.DONE
    await open_it(owner)
    assert "Sent: 2 of 2" in owner.text


async def test_one_for_later_can_be_undone(owner: Chat, reader: Chat) -> None:
    await open_it(owner)
    await owner.press(When(OFFICE, 1))
    await owner.press(ChooseHour(OFFICE, 1, "2026-11-23"))
    await owner.press(SetMoment(OFFICE, 1, "2026-11-23", 9))
    await send(owner)
    assert "It leaves on" in owner.text
    await owner.press(TakeBack(OFFICE, 1))
    await owner.wait(days=3)
    assert copies(reader) == 0
    assert await stage(owner) is Stage.DRAFT


async def test_a_draft_can_no_longer_be_changed_once_it_is_confirmed(owner: Chat) -> None:
    await send(owner)
    await owner.press_old(owner.message.id, SetTopic(OFFICE, 1, "calls").pack())
    assert owner.toast.startswith("Already: confirmed")
    await owner.press_old(owner.message.id, WriteText(OFFICE, 1, "ru").pack())
    await owner.wait(minutes=1)
    assert await stage(owner) is Stage.DONE


async def test_while_readers_sleep_the_hours_are_said_and_no_estimate(owner: Chat) -> None:
    """It is ten in the evening where everybody lives."""
    await owner.wait(hours=10)
    await open_it(owner)
    await owner.press(When(OFFICE, 1))
    await owner.press(SetWindow(OFFICE, 1, 9, 21))
    await send(owner)
    await owner.wait(minutes=1)
    await open_it(owner)
    assert "Waiting: 2" in owner.text
    assert "Only between 09:00–21:00" in owner.text
    assert "About" not in owner.text


@pytest.mark.both_databases
async def test_it_is_paused_goes_on_and_is_stopped_by_whoever_is_first(
    owner: Chat, second: Chat, reader: Chat
) -> None:
    async with owner.assistant.db.write() as c:
        await announcements.confirm(c, 1, 2, owner.assistant.announcer.limits, by_owner(owner))
        await announcements.move(c, 1, Stage.SENDING, by_owner(owner), started_at=owner.clock.now())
    await open_it(owner)
    await owner.press(Pause(OFFICE, 1))
    assert await stage(owner) is Stage.PAUSED
    await second.press_old(second.message.id, Pause(OFFICE, 1).pack())
    assert second.toast.startswith("Already: paused (Айжан")
    await owner.wait(minutes=5)
    assert copies(reader) == 0
    await open_it(owner)
    await owner.press(Stop(OFFICE, 1, sure=False))
    assert await stage(owner) is Stage.PAUSED
    await second.press_old(second.message.id, GoOn(OFFICE, 1).pack())
    await owner.press(Stop(OFFICE, 1, sure=True))
    assert await stage(owner) is Stage.STOPPED
    await owner.wait(minutes=5)
    assert copies(reader) == 0
    await second.press_old(second.message.id, GoOn(OFFICE, 1).pack())
    assert second.toast.startswith("Already: ended early (Айжан")


async def test_an_emergency_stop_is_shown_where_sending_is_watched(owner: Chat) -> None:
    """Nobody wonders why nothing moves."""
    async with owner.assistant.db.write() as c:
        await announcements.confirm(c, 1, 2, owner.assistant.announcer.limits, by_owner(owner))
        await announcements.move(c, 1, Stage.SENDING, by_owner(owner))
        await holds.hold(c, holds.BULK, OFFICE, OWNER, owner.clock.now())
    await open_it(owner)
    assert "held by an emergency stop" in owner.text


@pytest.mark.both_databases
async def test_unknown_ones_are_sent_again_only_by_hand(owner: Chat, reader: Chat) -> None:
    """A copy that perhaps arrived is listed; two presses send it once more, not twice."""
    reader.double.faults.add("drop_after", method="sendMessage", chat_id=reader.person.id)
    await send(owner)
    await owner.wait(minutes=1)
    await owner.wait(minutes=5)
    assert copies(reader) == 1
    await open_it(owner)
    assert "Unknown: 1" in owner.text
    await owner.press(Uncertain(OFFICE, 1, 0))
    assert f"{reader.person.id} · Қазақша" in owner.text
    assert "Telegram gave no answer" in owner.text
    ask = next(p for p in owner.presses if isinstance(p, SendAgain))
    await owner.press(ask)
    sure = SendAgain(OFFICE, 1, ask.copy, sure=True)
    asked = owner.message.id
    await owner.press(sure)
    await owner.press_old(asked, sure.pack())
    assert "already" in owner.toast
    await owner.wait(minutes=1)
    assert copies(reader) == 2


async def test_after_a_recall_nothing_is_sent_again_and_the_report_says_so(
    owner: Chat, reader: Chat
) -> None:
    reader.double.faults.add("drop_after", method="sendMessage", chat_id=reader.person.id)
    await send(owner)
    await owner.wait(minutes=1)
    await owner.wait(minutes=5)
    await open_it(owner)
    await owner.press(Change(OFFICE, 1))
    assert "1 more perhaps arrived" in owner.text
    await owner.press(Recall(OFFICE, 1, sure=False))
    await owner.press(Recall(OFFICE, 1, sure=True))
    await owner.wait(minutes=1)
    await open_it(owner)
    assert "Announcement 1: recalled" in owner.text
    assert Change(OFFICE, 1) not in owner.presses
    await owner.press(Uncertain(OFFICE, 1, 0))
    assert "nothing is sent again" in owner.text
    assert not [p for p in owner.presses if isinstance(p, SendAgain)]


async def test_the_report_as_a_table_names_every_recipient_once(owner: Chat, reader: Chat) -> None:
    await send(owner)
    await owner.wait(minutes=1)
    await open_it(owner)
    await owner.press(ReportFile(OFFICE, 1))
    assert any("The report on 2 recipients" in said for said in owner.person.said)
    assert owner.message.media is not None
    assert owner.message.media.name == "announcement-1.csv"
    header, *rows = (owner.message.media.content or b"").decode("utf-8-sig").splitlines()
    assert header.startswith("recipient,language,state")
    assert sorted(row.split(",")[0] for row in rows) == sorted([str(OWNER), str(reader.person.id)])


async def test_the_table_is_not_made_for_who_is_no_publisher_any_more(
    owner: Chat, staff: Staff
) -> None:
    """Between the promise and the sending somebody may have lost the right."""
    await send(owner)
    await owner.wait(minutes=1)
    member = await staff.member(Role.READER, THIRD)
    promised = {"office": OFFICE, "announcement": 1}
    async with owner.assistant.db.write() as c:
        now = owner.assistant.clock.now()
        row = Draft("promised", Lane.STAFF, THIRD, RECIPIENTS, promised, now)
        await deliveries.put(c, row, now)
    await member.wait(minutes=1)
    assert not any(message.media for message in member.person.messages)
    async with owner.assistant.db.read() as c:
        assert (await deliveries.fate_of(c, "promised")).over


async def test_the_report_comes_as_a_picture_too(owner: Chat, staff: Staff) -> None:
    """Whoever may look may have it; it names nobody."""
    await send(owner)
    await owner.wait(minutes=1)
    member = await staff.member(Role.READER, THIRD)
    await member.press_old(member.message.id, ReportPicture(OFFICE, 1).pack())
    assert member.message.media is not None
    assert member.message.media.kind == "photo"
    assert not member.message.buttons


async def test_a_preview_can_be_opened_at_every_stage(owner: Chat) -> None:
    await send(owner)
    await owner.press(Preview(OFFICE, 1))
    await owner.wait(minutes=1)
    await open_it(owner)
    await owner.press(Preview(OFFICE, 1))
    assert copies(owner) > 4
