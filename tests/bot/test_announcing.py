"""Announcements leave: in waves, once each, and stop when somebody or something says so."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.announcing import Announcer
from bot.assistant import Assistant
from bot.clock import MovableClock
from bot.settings import Settings
from bot.telegram_double import Person, TelegramDouble
from erasmus.announcement_contents import ButtonKind, NewsButton
from erasmus.announcements import By, Stage, Topic, Window
from erasmus.waves import FIRST_WAVE, Trouble
from erasmus.words import Language
from handlers.screens import Screen
from storage import (
    Database,
    announcements,
    deliveries,
    live_messages,
    members,
    opt_outs,
    people,
)
from storage.deliveries import Draft, Lane, State
from storage.live_messages import LiveMessage
from storage.models import opt_outs as opt_out_rows
from tests.newsroom import OTHER_EDITOR, Newsroom

pytestmark = pytest.mark.both_databases


Known = Callable[..., Awaitable[list[Person]]]


async def _pass(assistant: Assistant, clock: MovableClock) -> None:
    """Let some seconds pass: a chat takes a message a second."""
    for _ in range(4):
        await assistant.catch_up()
        clock.move_to(clock.now() + timedelta(seconds=4))


async def test_everybody_gets_it_once_in_their_language(
    assistant: Assistant, newsroom: Newsroom, known: Known, double: TelegramDouble
) -> None:
    english, kyrgyz = await known(3), await known(2, Language.KY)
    one = await newsroom.announce()
    await assistant.catch_up()

    assert (await newsroom.get(one.id)).stage is Stage.DONE
    assert (await newsroom.progress(one)).by_state == {State.SENT: 5}
    assert all(len(person.said) == 1 for person in english + kyrgyz)
    assert all("Info day in Osh" in person.said[0] for person in english)
    assert all("День информации в Оше" in person.said[0] for person in kyrgyz)
    assert not kyrgyz[0].said[0].startswith("День")  # but with a word that it is no translation
    assert double.mistakes == []


async def test_what_is_put_off_waits_for_its_time(
    assistant: Assistant, newsroom: Newsroom, known: Known, clock: MovableClock
) -> None:
    (alice,) = await known(1)
    await newsroom.announce(send_at=clock.now() + timedelta(hours=2))
    await assistant.catch_up()
    assert alice.said == []

    clock.move_to(clock.now() + timedelta(hours=2))
    await assistant.catch_up()
    assert len(alice.said) == 1


async def test_a_window_of_the_office_keeps_everybody_waiting(
    assistant: Assistant, newsroom: Newsroom, known: Known, clock: MovableClock
) -> None:
    """It is noon in Bishkek."""
    (alice,) = await known(1)
    await newsroom.announce(window=Window(14, 18))
    await assistant.catch_up()
    assert alice.said == []

    clock.move_to(clock.now() + timedelta(hours=2))
    await assistant.catch_up()
    assert len(alice.said) == 1


async def test_a_window_of_the_readers_opens_zone_by_zone(
    assistant: Assistant, newsroom: Newsroom, known: Known, clock: MovableClock
) -> None:
    """At noon in Bishkek it is eleven in Almaty."""
    here, there = await known(2)
    async with assistant.db.write() as c:
        await people.set_zone(c, there.id, "Asia/Almaty")
    one = await newsroom.announce(window=Window(12, 13, readers=True))
    await assistant.catch_up()
    assert (len(here.said), len(there.said)) == (1, 0)

    clock.move_to(clock.now() + timedelta(hours=1))
    await assistant.catch_up()
    assert (len(here.said), len(there.said)) == (1, 1)
    assert (await newsroom.get(one.id)).stage is Stage.DONE


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
    await assistant.ticks.stop(1)  # a tick of its own may look before the whole wave is settled
    readers = await known(FIRST_WAVE + 10)
    for person in readers[:15]:
        person.account.blocked = True
    one = await newsroom.announce()
    await assistant.catch_up()

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
    one = await newsroom.announce()
    await assistant.catch_up()

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


async def test_an_uncertain_copy_is_sent_again_only_by_hand(
    assistant: Assistant,
    newsroom: Newsroom,
    known: Known,
    double: TelegramDouble,
    clock: MovableClock,
) -> None:
    alice, bob = await known(2)
    double.faults.add("drop_after", method="sendMessage", chat_id=alice.id)
    one = await newsroom.announce()
    await assistant.catch_up()

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


async def test_buttons_and_the_way_out_are_under_every_copy(
    assistant: Assistant, newsroom: Newsroom, known: Known
) -> None:
    (alice,) = await known(1)
    await newsroom.announce(buttons=(NewsButton(ButtonKind.LINK, "https://example.org"),))
    await assistant.catch_up()

    kinds = [button.kind for button in alice.last.buttons]
    assert kinds == ["url", "callback_data"]


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


async def test_two_processes_that_announce_at_once_do_it_once(
    assistant: Assistant, newsroom: Newsroom, known: Known, clock: MovableClock, settings: Settings
) -> None:
    readers = await known(FIRST_WAVE + 30)
    one = await newsroom.announce()
    other_db = Database.open(settings.database_url)
    other = Announcer(other_db, clock, assistant.announcer.limits)
    for _ in range(6):
        await asyncio.gather(assistant.announcer.tick(), other.tick())
        assistant.sender.wake()
        await assistant.quiet()
    await other_db.close()

    assert (await newsroom.get(one.id)).stage is Stage.DONE
    assert (await newsroom.progress(one)).by_state == {State.SENT: FIRST_WAVE + 30}
    assert all(len(person.said) == 1 for person in readers)


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


async def test_what_was_stopped_while_recipients_were_found_reaches_only_who_is_sent_to_again(
    assistant: Assistant, newsroom: Newsroom, known: Known, double: TelegramDouble
) -> None:
    """It was stopped before everybody had become a recipient."""
    readers = await known(5)
    double.faults.add("drop_after", method="sendMessage", times=None)
    one = await newsroom.announce()
    await assistant.catch_up()
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
    one = await newsroom.announce()
    await assistant.catch_up()
    await newsroom.recall(one)
    await assistant.catch_up()
    async with assistant.db.write() as c:
        (copy,) = await announcements.unknown(c, one.id)
        assert not await announcements.send_again(c, one.id, [copy.delivery_id], newsroom.now())


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
    await assistant.announcer.tick()
    assistant.sender.wake()
    await assistant.quiet()
    async with assistant.db.write() as c:
        await c.execute(
            opt_out_rows.insert().values(person_id=alice.id, topic=Topic.NEWS, since=clock.now())
        )
    clock.move_to(clock.now() + timedelta(seconds=10))
    await assistant.catch_up()

    assert alice.said == []
    assert (await newsroom.progress(one)).by_state == {State.CANCELLED: 1}


async def test_who_has_opted_out_is_not_sent_to_again(
    assistant: Assistant, newsroom: Newsroom, known: Known, double: TelegramDouble
) -> None:
    (alice,) = await known(1)
    double.faults.add("drop_after", method="sendMessage", chat_id=alice.id)
    one = await newsroom.announce()
    await assistant.catch_up()
    async with assistant.db.write() as c:
        await opt_outs.leave(c, alice.id, Topic.NEWS, newsroom.now())
        (copy,) = await announcements.unknown(c, one.id)
        assert not await announcements.send_again(c, one.id, [copy.delivery_id], newsroom.now())
