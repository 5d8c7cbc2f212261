"""An announcement leaves in waves, and stops by itself where something is wrong."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.assistant import Assistant
from bot.clock import MovableClock
from bot.telegram_double import TelegramDouble
from erasmus.announcements import By, Stage
from erasmus.waves import FIRST_WAVE, Trouble
from storage import announcements
from storage.deliveries import State
from tests.bot.announcing.rounds import Known, delivered
from tests.newsroom import OTHER_EDITOR, Newsroom

pytestmark = pytest.mark.both_databases


async def test_the_first_wave_waits_for_its_outcomes(
    assistant: Assistant, newsroom: Newsroom, known: Known
) -> None:
    readers = await known(FIRST_WAVE + 10)
    one = await newsroom.announce()
    await assistant.announcer.tick()

    progress = await newsroom.progress(one)
    assert progress.of(State.QUEUED, State.SENDING, State.SENT) == FIRST_WAVE
    assert progress.of(State.HELD) == 10
    await assistant.catch_up()
    assert sum(len(person.said) for person in readers) == FIRST_WAVE + 10


async def test_too_many_who_are_gone_stop_it(
    assistant: Assistant, newsroom: Newsroom, known: Known
) -> None:
    readers = await known(FIRST_WAVE + 10)
    for person in readers[:15]:
        person.account.blocked = True
    one = await delivered(assistant, newsroom)

    stopped, progress = await newsroom.get(one.id), await newsroom.progress(one)
    assert (stopped.stage, stopped.problem) == (Stage.BRAKED, Trouble.GONE)
    assert progress.of(State.UNREACHABLE) == 15
    assert progress.of(State.HELD) >= 10

    await newsroom.resume(one)
    await assistant.catch_up()
    assert (await newsroom.get(one.id)).stage is Stage.DONE
    assert (await newsroom.progress(one)).by_state == {State.SENT: 45, State.UNREACHABLE: 15}


async def test_five_refusals_stop_it(
    assistant: Assistant, newsroom: Newsroom, known: Known, double: TelegramDouble
) -> None:
    await known(30)
    double.faults.add("bad_request", method="sendMessage", times=None)
    one = await delivered(assistant, newsroom)

    stopped = await newsroom.get(one.id)
    assert (stopped.stage, stopped.problem) == (Stage.BRAKED, Trouble.REFUSED)
    assert 5 <= (await newsroom.progress(one)).of(State.FAILED) < 30


async def test_who_confirmed_it_for_few_cannot_send_it_to_many_alone(
    assistant: Assistant, newsroom: Newsroom, known: Known, clock: MovableClock
) -> None:
    """Until it leaves, more people meet its conditions; a second publisher lets it go on."""
    few = replace(assistant.announcer.limits, two_people_from=3)
    announcer, newsroom.limits = replace(assistant.announcer, limits=few), few
    readers = await known(2)
    one = await newsroom.announce()
    readers += await known(2)
    async with assistant.db.write() as c:
        await announcements.note(c, one.id, confirmed_at=clock.now() + timedelta(days=1))
    await announcer.tick()
    assert (await newsroom.get(one.id)).problem == Trouble.TOO_MANY

    async with assistant.db.write() as c:
        assert await announcements.resume(c, one.id, newsroom.by) is None
        assert await announcements.resume(c, one.id, By(OTHER_EDITOR, clock.now()))
    await announcer.tick()
    await assistant.catch_up()
    assert [len(person.said) for person in readers] == [1, 1, 1, 1]


async def test_who_stands_for_it_is_told_once_that_it_stopped_by_itself(
    assistant: Assistant, newsroom: Newsroom, known: Known
) -> None:
    (editor,) = await known(1)
    for person in (await known(FIRST_WAVE + 10))[:20]:
        person.account.blocked = True
    await newsroom.watch(await newsroom.announce(), editor.id)
    await assistant.catch_up()
    await assistant.catch_up()

    assert sum("stopped an announcement" in said for said in editor.said) == 1
