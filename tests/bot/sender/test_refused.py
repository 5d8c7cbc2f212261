"""What becomes of a row that Telegram refuses, delays or does not answer."""

import asyncio
from datetime import timedelta

import pytest

from bot.telegram_double import FaultKind, Person, TelegramDouble
from erasmus.words import Language
from storage import people
from storage.deliveries import Lane, State
from tests.bot.sender.office import ADMIN, Office

pytestmark = pytest.mark.both_databases


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

    await office.deliver(timedelta(seconds=29))
    assert (await office.state(delivery)).attempts == 1
    await office.deliver(timedelta(seconds=1))
    assert (await office.state(delivery)).state is State.SENT


@pytest.mark.parametrize("lane", [Lane.REPLY, Lane.STAFF, Lane.REMINDER])
async def test_the_whole_chat_waits_as_long_as_telegram_asks(
    office: Office, alice: Person, double: TelegramDouble, lane: Lane
) -> None:
    """What comes later neither knocks in vain nor overtakes."""
    double.faults.add("too_many", method="sendMessage", retry_after=2)
    for words in ("first", "second", "third"):
        await office.put(alice.id, words, lane=lane)
    assert (alice.said, len(double.faults.used)) == ([], 1)
    await asyncio.sleep(2)  # bulk of all chats pauses by the machine's clock
    await office.deliver(timedelta(seconds=2))

    assert alice.said == ["first", "second", "third"]


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
