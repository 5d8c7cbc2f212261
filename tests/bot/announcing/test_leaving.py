"""An announcement leaves: once to each, in their language, when it is time."""

import asyncio
from datetime import timedelta

import pytest

from bot.announcing import Announcer
from bot.assistant import Assistant
from bot.clock import MovableClock
from bot.settings import Settings
from bot.telegram_double import TelegramDouble
from erasmus.announcement_contents import ButtonKind, NewsButton
from erasmus.announcements import Stage, Window
from erasmus.waves import FIRST_WAVE
from erasmus.words import Language
from storage import Database, people
from storage.deliveries import State
from tests.bot.announcing.rounds import Known, delivered
from tests.newsroom import Newsroom

pytestmark = pytest.mark.both_databases


async def test_everybody_gets_it_once_in_their_language(
    assistant: Assistant, newsroom: Newsroom, known: Known, double: TelegramDouble
) -> None:
    english, kyrgyz = await known(3), await known(2, Language.KY)
    one = await delivered(assistant, newsroom)

    assert (await newsroom.get(one.id)).stage is Stage.DONE
    assert (await newsroom.progress(one)).by_state == {State.SENT: 5}
    assert all(len(person.said) == 1 for person in english + kyrgyz)
    assert all("Info day in Osh" in person.said[0] for person in english)
    assert all("День информации в Оше" in person.said[0] for person in kyrgyz)
    assert not kyrgyz[0].said[0].startswith("День")  # but with a word that it is no translation
    assert double.mistakes == []


async def test_buttons_and_the_way_out_are_under_every_copy(
    assistant: Assistant, newsroom: Newsroom, known: Known
) -> None:
    (alice,) = await known(1)
    await newsroom.announce(buttons=(NewsButton(ButtonKind.LINK, "https://example.org"),))
    await assistant.catch_up()

    kinds = [button.kind for button in alice.last.buttons]
    assert kinds == ["url", "callback_data"]


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
