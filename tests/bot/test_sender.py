"""Rows of the ledger arrive as often as they should: replies at once, reminders by day."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from telegram import Bot
from telegram.error import BadRequest

from bot.clock import MovableClock
from bot.figures import Figures
from bot.flights import Ways
from bot.messages import Messages
from bot.pace import Pace
from bot.sender import Sender
from bot.telegram_double import DoubleRequest, FaultKind, Person, TelegramDouble
from bot.transport import Line, NotSent
from erasmus.words import Language
from storage import Connection, Database, deliveries, people
from storage.deliveries import Delivery, Draft, Lane, State
from storage.pace import Limits

pytestmark = pytest.mark.both_databases

ADMIN = 700000900
UNLIMITED = Limits(per_window=10_000, most=10_000)
NIGHT = datetime(2026, 11, 21, 20, tzinfo=UTC)
"""02:00 in Bishkek."""


async def no_menu(_chat_id: int, _body: Mapping[str, Any]) -> None:
    """For chats whose menu nobody looks at."""


async def no_render(_c: Connection, _rows: list[Delivery], _now: datetime) -> None:
    """For rows that say what they say."""


@dataclass
class Office:
    """A sender with its ledger, and how a test speaks to it."""

    db: Database
    clock: MovableClock
    sender: Sender
    figures: Figures = field(default_factory=Figures)
    number: int = 0
    rendered: list[list[str | None]] = field(default_factory=list)

    async def put(self, chat_id: int, text: str = "hello", **given: Any) -> int:  # noqa: ANN401 - columns of a row
        """Put a row that is due and have everything delivered that can be."""
        self.number += 1
        row: dict[str, Any] = {"lane": Lane.REPLY, "kind": "screen", "body": {"text": text}}
        row |= {"key": f"k{self.number}", "chat_id": chat_id, "due_at": self.clock.now()} | given
        async with self.db.write() as c:
            put = await deliveries.put(c, Draft(**row), self.clock.now())
        assert put is not None
        await self.deliver()
        return put

    async def remind(self, chat_id: int, occasion: str, **given: Any) -> int:  # noqa: ANN401 - columns of a row
        row: dict[str, Any] = {"lane": Lane.REMINDER, "kind": "reminder", "occasion": occasion}
        return await self.put(chat_id, **(row | given))

    async def deliver(self, after: timedelta = timedelta(0)) -> None:
        self.clock.move(after)
        self.sender.wake()
        await self.sender.idle()

    async def state(self, delivery: int) -> Delivery:
        async with self.db.read() as c:
            row = await deliveries.get(c, delivery)
        assert row is not None
        return row


@pytest.fixture
async def office(
    db: Database, clock: MovableClock, double: TelegramDouble, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Office]:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    request = DoubleRequest(double, not_sent=NotSent)
    line = Line(request, "https://api.telegram.org", double.token)
    messages = Messages(line, Bot(double.token, request=request))

    async def menu(chat_id: int, _body: Mapping[str, Any]) -> None:
        await line.call("setMyCommands", commands=[], scope={"type": "chat", "chat_id": chat_id})

    async def render(
        _c: Connection, rows: list[Delivery], _now: datetime
    ) -> Mapping[str, Any] | None:
        made.rendered.append([row.occasion for row in rows])
        return None if rows[0].occasion == "needless" else {"text": f"{len(rows)} reminders"}

    pace = Pace("1000001", UNLIMITED, per_chat_seconds=0)
    figures = Figures()
    ways = Ways(messages, messages, menu, render, pace)
    sender = Sender(db, clock, ways, [ADMIN], figures=figures)
    made = Office(db, clock, sender, figures)
    running = asyncio.create_task(sender.run())
    yield made
    await sender.stop(1)
    await running


@pytest.fixture
async def alice(office: Office, double: TelegramDouble) -> Person:
    """Somebody in Bishkek who has written once."""
    person = double.person()
    person.start()
    double.person(ADMIN).start()
    async with office.db.write() as c:
        await people.greet(c, person.id, Language.RU, "Asia/Bishkek", office.clock.now())
    return person


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
    office.sender.send(row)
    await office.sender.idle()

    assert alice.said == ["at once"]


async def test_a_blocked_person_is_left_in_peace_until_they_return(
    office: Office, alice: Person
) -> None:
    alice.block()
    first = await office.put(alice.id, "first")
    second = await office.put(alice.id, "second")

    assert (await office.state(first)).state is State.UNREACHABLE
    assert (await office.state(second)).state is State.QUEUED
    async with office.db.write() as c:
        person = await people.find(c, alice.id)
        assert person is not None
        assert person.unreachable_since == office.clock.now()
        alice.unblock()
        await people.greet(c, alice.id, Language.RU, "Asia/Bishkek", office.clock.now())
    await office.deliver()

    assert alice.said == ["second"]


async def test_telegrams_wait_is_kept(
    office: Office, alice: Person, double: TelegramDouble
) -> None:
    double.faults.add("too_many", method="sendMessage", retry_after=30)
    delivery = await office.put(alice.id)

    assert (await office.state(delivery)).due_at == office.clock.now() + timedelta(seconds=30)
    await office.deliver(timedelta(seconds=30))
    assert (await office.state(delivery)).state is State.SENT


async def test_replies_go_on_while_the_bulk_is_paused(
    office: Office, alice: Person, double: TelegramDouble
) -> None:
    double.faults.add("too_many", method="sendMessage", retry_after=300)
    first = await office.remind(alice.id, "d7")
    other = double.person()
    other.start()
    await office.put(other.id, "a reply")

    assert other.said == ["a reply"]
    assert (await office.state(first)).state is State.QUEUED


@pytest.mark.parametrize("lane", [Lane.REPLY, Lane.ANNOUNCEMENT])
async def test_what_certainly_did_not_leave_is_tried_again(
    office: Office, alice: Person, double: TelegramDouble, lane: Lane
) -> None:
    double.faults.add(FaultKind.REFUSE, times=2, method="sendMessage")
    await office.put(alice.id, "once", lane=lane)
    for _ in range(3):
        await office.deliver(timedelta(seconds=10))

    assert alice.said == ["once"]


async def test_after_eight_refused_connections_a_reply_fails_and_the_office_hears_of_it(
    office: Office, alice: Person, double: TelegramDouble
) -> None:
    double.faults.add(FaultKind.REFUSE, times=8, method="sendMessage", chat_id=alice.id)
    delivery = await office.put(alice.id)
    for _ in range(9):
        await office.deliver(timedelta(hours=1))

    assert (await office.state(delivery)).state is State.FAILED
    assert len(double.person(ADMIN).said) == 1


async def test_a_reply_that_may_have_arrived_is_sent_again(
    office: Office, alice: Person, double: TelegramDouble
) -> None:
    double.faults.add(FaultKind.DROP_AFTER, method="sendMessage")
    await office.put(alice.id, "perhaps")
    await office.deliver(timedelta(seconds=1))

    assert alice.said == ["perhaps", "perhaps"]


async def test_an_announcement_that_may_have_arrived_is_never_repeated(
    office: Office, alice: Person, double: TelegramDouble
) -> None:
    double.faults.add(FaultKind.DROP_AFTER, method="sendMessage")
    delivery = await office.put(alice.id, "perhaps", lane=Lane.ANNOUNCEMENT)
    await office.deliver(timedelta(hours=1))

    assert alice.said == ["perhaps"]
    assert (await office.state(delivery)).state is State.UNKNOWN


async def test_a_message_that_telegram_finds_wrong_fails_and_the_office_hears_of_it_once(
    office: Office, alice: Person, double: TelegramDouble
) -> None:
    double.faults.add("bad_request", times=2, chat_id=alice.id, method="sendMessage")
    first = await office.put(alice.id)
    second = await office.put(alice.id)

    assert {(await office.state(first)).state, (await office.state(second)).state} == {State.FAILED}
    assert len(double.person(ADMIN).said) == 1


async def test_a_group_that_moved_gets_the_message_in_its_new_chat(
    office: Office, alice: Person, double: TelegramDouble
) -> None:
    group = double.group("Office", members=[alice])
    group.add_bot(by=alice)
    old = group.id
    group.migrate()
    await office.put(old, "for all")

    assert group.last.text == "for all"


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


async def test_a_reminder_at_night_waits_for_the_morning(office: Office, alice: Person) -> None:
    office.clock.move_to(NIGHT)
    delivery = await office.remind(alice.id, "d7")

    assert alice.said == []
    assert (await office.state(delivery)).due_at == datetime(2026, 11, 22, 3, tzinfo=UTC)


async def test_a_reminder_whose_deadline_ends_in_the_night_leaves_at_once(
    office: Office, alice: Person
) -> None:
    office.clock.move_to(NIGHT)
    await office.remind(alice.id, "d0", valid_until=NIGHT + timedelta(hours=2))

    assert alice.said == ["1 reminders"]


async def test_one_day_brings_one_digest(office: Office, alice: Person) -> None:
    """What falls due later today comes along, what comes up afterwards waits for tomorrow."""
    now = office.clock.now()
    async with office.db.write() as c:
        for occasion, hours in (("d7", 0), ("d3", 3), ("d1", 30)):
            due = now + timedelta(hours=hours)
            draft = Draft(occasion, Lane.REMINDER, alice.id, "reminder", {}, due, occasion=occasion)
            await deliveries.put(c, draft, now)
    await office.deliver()
    later = await office.remind(alice.id, "d14")

    assert alice.said == ["2 reminders"]
    assert (await office.state(later)).due_at == datetime(2026, 11, 22, 4, tzinfo=UTC)
    await office.deliver(timedelta(hours=30))
    assert alice.said == ["2 reminders", "2 reminders"]


async def test_a_second_digest_comes_where_tomorrow_would_be_too_late(
    office: Office, alice: Person
) -> None:
    await office.remind(alice.id, "d7")
    await office.remind(alice.id, "d0", valid_until=office.clock.now() + timedelta(hours=5))

    assert alice.said == ["1 reminders", "1 reminders"]


async def test_a_reminder_that_has_nothing_left_to_say_is_withdrawn(
    office: Office, alice: Person
) -> None:
    delivery = await office.remind(alice.id, "needless")

    assert alice.said == []
    assert (await office.state(delivery)).state is State.CANCELLED


async def test_a_reminder_past_its_time_expires(office: Office, alice: Person) -> None:
    now = office.clock.now()
    delivery = await office.remind(alice.id, "d0", due_at=now, valid_until=now)

    assert alice.said == []
    assert (await office.state(delivery)).state is State.EXPIRED


async def test_a_chats_menu_can_be_set(
    office: Office, alice: Person, double: TelegramDouble
) -> None:
    row = await office.state(await office.put(alice.id, kind="commands", body={"language": "ky"}))

    assert row.state is State.SENT
    assert [asked.method for asked in double.requests] == ["setMyCommands"]


async def test_a_stop_waits_for_what_is_under_way_and_settles_it(
    db: Database, clock: MovableClock
) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    class Chats:
        async def show(self, _chat_id: int, _body: Mapping[str, Any]) -> int | None:
            begun.set()
            await go_on.wait()
            return 1

    sender = Sender(db, clock, Ways(Chats(), Chats(), no_menu, no_render, Pace("1000001")))
    office = Office(db, clock, sender)
    running = asyncio.create_task(sender.run())
    putting = asyncio.create_task(office.put(1))
    await begun.wait()
    stopping = asyncio.create_task(sender.stop(5))
    go_on.set()
    await asyncio.gather(putting, stopping, running)

    assert (await office.state(putting.result())).state is State.SENT


async def test_a_row_that_cannot_be_settled_holds_up_no_other(
    db: Database, clock: MovableClock
) -> None:
    """An id that no database can hold, say."""

    class Chats:
        async def show(self, chat_id: int, _body: Mapping[str, Any]) -> int | None:
            return 2**80 if chat_id == 1 else chat_id

    async def at_once(_seconds: float) -> None:
        await asyncio.sleep(0)

    sender = Sender(
        db, clock, Ways(Chats(), Chats(), no_menu, no_render, Pace("1000001")), rest=at_once
    )
    office = Office(db, clock, sender)
    running = asyncio.create_task(sender.run())
    bad, good = await office.put(1), await office.put(2)
    await sender.stop(1)
    await running

    assert (await office.state(bad)).state is State.SENDING
    assert (await office.state(good)).state is State.SENT


async def test_a_paid_announcement_leaves_as_such_only_where_it_may(
    double: TelegramDouble,
) -> None:
    request = DoubleRequest(double, not_sent=NotSent)
    line = Line(request, "https://api.telegram.org", double.token)
    alice = double.person()
    alice.start()
    for may_pay in (True, False):
        messages = Messages(line, Bot(double.token, request=request), paid=may_pay)
        double.forget_calls()
        with suppress(BadRequest):  # the double has no Stars
            await messages.show(alice.id, {"text": "to all", "paid": True})

        (asked,) = double.requests
        assert asked.params.get("allow_paid_broadcast") == (True if may_pay else None)


async def test_a_group_that_moved_is_renamed_in_all_its_rows(
    office: Office, alice: Person, double: TelegramDouble
) -> None:
    group = double.group("Office", members=[alice])
    group.add_bot(by=alice)
    old = group.id
    later = office.clock.now() + timedelta(hours=1)
    waiting = await office.put(old, "later", due_at=later, lane=Lane.ANNOUNCEMENT)
    new = group.migrate()
    delivery = await office.put(old, "for all")

    assert group.last.text == "for all"
    assert (await office.state(delivery)).chat_id == new
    assert (await office.state(waiting)).chat_id == new


async def test_who_slept_through_the_lease_sends_nothing(
    office: Office, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.flights.FENCE_SECONDS", -1.0)
    delivery = await office.put(alice.id, "too late")

    assert alice.said == []
    assert (await office.state(delivery)).state is State.SENDING


async def test_outcomes_and_lanes_are_counted(office: Office, alice: Person) -> None:
    await office.put(alice.id)
    alice.block()
    await office.put(alice.id, lane=Lane.ANNOUNCEMENT)

    page = office.figures.page().decode()
    assert 'erasmus_sends_total{lane="reply",outcome="ok"} 1.0' in page
    assert 'erasmus_sends_total{lane="announcement",outcome="gone"} 1.0' in page


async def test_announcements_to_many_arrive_once_each(
    office: Office, double: TelegramDouble
) -> None:
    people_of_all = [double.person() for _ in range(300)]
    now = office.clock.now()
    for person in people_of_all:
        person.start()
    async with office.db.write() as c:
        drafts = [
            Draft(f"a1:{p.id}", Lane.ANNOUNCEMENT, p.id, "screen", {"text": "to all"}, now)
            for p in people_of_all
        ]
        await deliveries.put_all(c, drafts, now)
    await office.deliver()

    assert [person.said for person in people_of_all] == [["to all"]] * 300
    async with office.db.read() as c:
        assert (await deliveries.counts(c))[State.SENT] == 300
