"""Who switches a topic off gets nothing more of it, wherever their copy is."""

from datetime import timedelta

import pytest

from bot.assistant import Assistant
from bot.clock import MovableClock
from bot.telegram_double import TelegramDouble
from erasmus.announcements import Topic
from storage import opt_outs
from storage.deliveries import State
from storage.models import opt_outs as opt_out_rows
from tests.bot.announcing.rounds import Known, one_wave
from tests.newsroom import Newsroom

pytestmark = pytest.mark.both_databases


async def test_who_opts_out_gets_nothing_more_and_who_comes_back_gets_it_once(
    assistant: Assistant, newsroom: Newsroom, known: Known
) -> None:
    alice, bob, _ = await known(3)
    one = await newsroom.announce()
    await assistant.announcer.tick()
    await newsroom.pause(one)
    async with assistant.db.write() as c:
        for person in (alice, bob):
            assert await opt_outs.leave(c, person.id, Topic.NEWS, newsroom.now())
        assert await opt_outs.come_back(c, bob.id, Topic.NEWS)
    await newsroom.resume(one)
    await assistant.catch_up()
    progress = await newsroom.progress(one)
    said = len(alice.said)

    assert (said, len(bob.said)) in {(0, 1), (1, 1)}  # what was on its way at the pause arrives
    assert progress.of(State.SENT) + progress.of(State.CANCELLED) == 3


async def test_who_opts_out_while_a_copy_is_on_its_way_does_not_get_it_later(
    assistant: Assistant,
    newsroom: Newsroom,
    known: Known,
    double: TelegramDouble,
    clock: MovableClock,
) -> None:
    """Telegram asks to wait; meanwhile the reader opts out."""
    (alice,) = await known(1)
    double.faults.add("too_many", method="sendMessage", chat_id=alice.id)
    one = await newsroom.announce()
    await one_wave(assistant)
    async with assistant.db.write() as c:
        await c.execute(
            opt_out_rows.insert().values(person_id=alice.id, topic=Topic.NEWS, since=clock.now())
        )
    clock.move_to(clock.now() + timedelta(seconds=10))
    await assistant.catch_up()

    assert alice.said == []
    assert (await newsroom.progress(one)).by_state == {State.CANCELLED: 1}
