"""A copy that perhaps arrived is sent again by hand, and only where it is still wanted."""

from datetime import timedelta

import pytest

from bot.assistant import Assistant
from bot.clock import MovableClock
from bot.telegram_double import TelegramDouble
from erasmus.announcements import Stage, Topic
from erasmus.words import Language
from storage import announcements, opt_outs
from storage.deliveries import State
from tests.bot.announcing.rounds import Known, delivered
from tests.newsroom import Newsroom

pytestmark = pytest.mark.both_databases


async def test_an_uncertain_copy_is_sent_again_only_by_hand(
    assistant: Assistant,
    newsroom: Newsroom,
    known: Known,
    double: TelegramDouble,
    clock: MovableClock,
) -> None:
    alice, bob = await known(2)
    double.faults.add("drop_after", method="sendMessage", chat_id=alice.id)
    one = await delivered(assistant, newsroom)

    assert (await newsroom.progress(one)).by_state == {State.SENT: 1, State.UNKNOWN: 1}
    async with assistant.db.write() as c:
        (copy,) = await announcements.unknown(c, one.id)
        assert (copy.person_id, copy.language) == (alice.id, Language.EN)
        now = newsroom.now()
        assert await announcements.send_again(c, one.id, [copy.delivery_id], now) == 1
        assert await announcements.send_again(c, one.id, [copy.delivery_id], now) == 0
    assert (await newsroom.get(one.id)).stage is Stage.SENDING
    double.faults.add("refuse", method="sendMessage", chat_id=alice.id)
    await assistant.catch_up()
    clock.move_to(clock.now() + timedelta(seconds=2))
    await assistant.catch_up()
    assert (len(alice.said), len(bob.said)) == (2, 1)
    assert (await newsroom.get(one.id)).stage is Stage.DONE
    assert (await newsroom.progress(one)).by_state == {State.SENT: 2}


async def test_what_was_stopped_while_recipients_were_found_reaches_only_who_is_sent_to_again(
    assistant: Assistant, newsroom: Newsroom, known: Known, double: TelegramDouble
) -> None:
    """It was stopped before everybody had become a recipient."""
    readers = await known(5)
    double.faults.add("drop_after", method="sendMessage", times=None)
    one = await delivered(assistant, newsroom)
    async with assistant.db.write() as c:
        await announcements.note(
            c, one.id, stage=Stage.STOPPED, ended_at=newsroom.now(), expanded_at=None
        )
    double.faults.clear()
    late = await known(3)
    async with assistant.db.write() as c:
        await announcements.note(c, one.id, confirmed_at=newsroom.now() + timedelta(days=1))
        unknown = await announcements.unknown(c, one.id)
        which = [unknown[0].delivery_id]
        assert await announcements.send_again(c, one.id, which, newsroom.now()) == 1
    await assistant.catch_up()

    assert [person.said for person in late] == [[], [], []]
    assert sum(len(person.said) for person in readers) == 6


async def test_what_was_recalled_is_never_sent_again(
    assistant: Assistant, newsroom: Newsroom, known: Known, double: TelegramDouble
) -> None:
    alice, _ = await known(2)
    double.faults.add("drop_after", method="sendMessage", chat_id=alice.id)
    one = await delivered(assistant, newsroom)
    await newsroom.recall(one)
    await assistant.catch_up()
    async with assistant.db.write() as c:
        (copy,) = await announcements.unknown(c, one.id)
        assert not await announcements.send_again(c, one.id, [copy.delivery_id], newsroom.now())


async def test_who_has_opted_out_is_not_sent_to_again(
    assistant: Assistant, newsroom: Newsroom, known: Known, double: TelegramDouble
) -> None:
    (alice,) = await known(1)
    double.faults.add("drop_after", method="sendMessage", chat_id=alice.id)
    one = await delivered(assistant, newsroom)
    async with assistant.db.write() as c:
        await opt_outs.leave(c, alice.id, Topic.NEWS, newsroom.now())
        (copy,) = await announcements.unknown(c, one.id)
        assert not await announcements.send_again(c, one.id, [copy.delivery_id], newsroom.now())
