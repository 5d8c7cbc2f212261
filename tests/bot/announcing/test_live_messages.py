"""Who stands for an announcement sees in one message how far it is."""

from datetime import timedelta

import pytest

from bot.assistant import Assistant
from bot.clock import MovableClock
from bot.telegram_double import TelegramDouble
from erasmus.announcements import Stage, Topic
from erasmus.waves import FIRST_WAVE
from handlers.screens import Screen
from storage import deliveries, live_messages, members, opt_outs
from storage.deliveries import Draft, Lane
from storage.live_messages import LiveMessage
from tests.bot.announcing.rounds import Known
from tests.newsroom import Newsroom

pytestmark = pytest.mark.both_databases


async def _pass(assistant: Assistant, clock: MovableClock) -> None:
    """Let some seconds pass: a chat takes a message a second."""
    for _ in range(4):
        await assistant.catch_up()
        clock.move_to(clock.now() + timedelta(seconds=4))


async def test_one_message_shows_the_office_how_far_it_is(
    assistant: Assistant,
    newsroom: Newsroom,
    known: Known,
    double: TelegramDouble,
    clock: MovableClock,
) -> None:
    (editor,) = await known(1)
    readers = await known(FIRST_WAVE + 10)
    one = await newsroom.announce()
    await newsroom.watch(one, editor.id)
    await _pass(assistant, clock)

    live = [said for said in editor.said if f"Announcement {one.id}" in said]
    assert len(live) == 1
    assert f"Sent: {len(readers) + 1} of {len(readers) + 1}" in live[0]
    assert double.mistakes == []


async def test_everybody_who_confirmed_it_watches_it(
    assistant: Assistant, newsroom: Newsroom, known: Known, clock: MovableClock
) -> None:
    first, second = await known(2)
    one = await newsroom.announce()
    await newsroom.watch(one, first.id)
    await newsroom.watch(one, second.id)
    await _pass(assistant, clock)

    for editor in (first, second):
        assert sum("finished" in said and "Sent: 2 of 2" in said for said in editor.said) == 1


async def test_a_live_message_that_is_deleted_comes_back_once(
    assistant: Assistant, newsroom: Newsroom, known: Known, clock: MovableClock
) -> None:
    (editor,) = await known(1)
    await known(FIRST_WAVE + 10)
    one = await newsroom.announce()
    await newsroom.watch(one, editor.id)
    await assistant.announcer.tick()
    await assistant.reporter.tick()
    assistant.sender.wake()
    await assistant.quiet()
    live = next(m for m in editor.messages if f"Announcement {one.id}" in m.text)
    editor.delete_message(live.id)
    for _ in range(3):
        clock.move_to(clock.now() + timedelta(seconds=4))
        await assistant.catch_up()

    said = [text for text in editor.said if f"Announcement {one.id}" in text]
    assert len(said) == 1


async def test_a_number_that_was_lost_leaves_no_numbers_behind(
    assistant: Assistant,
    newsroom: Newsroom,
    known: Known,
    double: TelegramDouble,
    clock: MovableClock,
) -> None:
    """Telegram took the message, and its answer never came: it is sent once more."""
    editor, _ = await known(2)
    one = await newsroom.announce()
    await newsroom.watch(one, editor.id)
    async with assistant.db.write() as c:
        await opt_outs.leave(c, editor.id, Topic.NEWS, clock.now())
    double.faults.add("drop_after", method="sendMessage", chat_id=editor.id)
    for _ in range(4):
        await assistant.catch_up()
        clock.move_to(clock.now() + timedelta(seconds=10))

    assert len(editor.said) == 2
    assert sum("Sent: 1 of 1" in said for said in editor.said) == 1
    assert not any("Waiting" in said or "is being sent" in said for said in editor.said)


async def test_numbers_that_leave_after_the_end_are_brought_up_to_date(
    assistant: Assistant, newsroom: Newsroom, known: Known, clock: MovableClock
) -> None:
    """As an edit that a process held when it died: it leaves a minute later, as it was."""
    editor, _ = await known(2)
    one = await newsroom.announce()
    await newsroom.watch(one, editor.id)
    stale = Draft(
        key="live:stale",
        lane=Lane.STAFF,
        chat_id=editor.id,
        kind="screen",
        body=Screen("nothing was sent yet").body(),
        due_at=clock.now() + timedelta(seconds=60),
    )
    async with assistant.db.write() as c:
        await opt_outs.leave(c, editor.id, Topic.NEWS, clock.now())
        await deliveries.put(c, stale, clock.now())
        await live_messages.note(c, LiveMessage(one.batch, editor.id, None, stale.key))
    await assistant.catch_up()
    assert (await newsroom.get(one.id)).stage is Stage.DONE
    for _ in range(3):
        clock.move_to(clock.now() + timedelta(seconds=61))
        await assistant.catch_up()

    assert len(editor.said) == 1
    assert "Sent: 1 of 1" in editor.said[0]


async def test_who_is_no_member_any_more_is_told_nothing(
    assistant: Assistant, newsroom: Newsroom, known: Known
) -> None:
    editor, _ = await known(2)
    one = await newsroom.announce()
    await newsroom.watch(one, editor.id)
    async with assistant.db.write() as c:
        await members.remove(c, "kg", editor.id)
    await assistant.catch_up()

    assert not any("Announcement" in said for said in editor.said)
