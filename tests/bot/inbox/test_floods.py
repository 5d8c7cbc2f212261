"""Who sends faster than anybody reads is warned once; nobody else notices."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from bot.clock import MovableClock
from bot.floods import AT_ONCE, Floods
from bot.inbox import Received
from bot.reception import Reception
from erasmus.words import Language
from storage import Database, deliveries, inbox
from storage.deliveries import Lane
from tests.bot.inbox.desk import Desk, running

FLOODER, OTHER, GROUP = 700_000_001, 700_000_002, -100_200_300


@pytest.fixture
async def reception(db: Database, clock: MovableClock, desk: Desk) -> AsyncIterator[Reception]:
    """The reception of a desk that hears only whom the guard lets through."""
    guarded = Floods(db, clock.now, desk.handle, warning).handle
    async with running(Reception(db, clock, desk, guarded, desk.set_aside), desk) as made:
        yield made


def warning(language: Language) -> dict[str, Any]:
    return {"text": f"too fast, {language}"}


class Phone:
    """Sends to the reception as fast as it likes."""

    def __init__(self, reception: Reception, clock: MovableClock) -> None:
        self._reception, self._clock, self._number = reception, clock, 0

    async def write(self, chat: int, times: int, *, at_once: bool = True) -> None:
        """Write messages, all in this moment or a minute apart."""
        moment = self._clock.now()
        for n in range(times):
            sent = moment if at_once else moment - timedelta(minutes=times - n)
            await self._send(
                chat, {"message": {"date": int(sent.timestamp()), "from": {"language_code": "kk"}}}
            )

    async def press(self, chat: int, times: int) -> None:
        """Press buttons, all in this moment."""
        for n in range(times):
            await self._send(chat, {"callback_query": {"id": str(n), "from": {"id": chat}}})

    async def _send(self, chat: int, payload: dict[str, Any]) -> None:
        self._number += 1
        update: Received = (self._number, chat, {"text": str(self._number), **payload})
        await self._reception.admit([update])
        await self._reception.idle()


@pytest.fixture
def phone(reception: Reception, clock: MovableClock) -> Phone:
    return Phone(reception, clock)


async def warnings(db: Database) -> list[tuple[int, str]]:
    """Return who was warned, and how."""
    async with db.read() as c:
        found = [
            row
            for chat in (FLOODER, OTHER, GROUP)
            for row in await deliveries.queued_for(c, chat, Lane.REPLY)
        ]
    return [(row.chat_id, row.body["text"]) for row in found]


@pytest.mark.both_databases
async def test_a_flood_is_answered_at_first_then_warned_once(
    db: Database, desk: Desk, phone: Phone
) -> None:
    await phone.write(FLOODER, 100)

    assert len(desk.handled) == AT_ONCE
    assert await warnings(db) == [(FLOODER, "too fast, kk")]
    async with db.read() as c:
        assert await inbox.depth(c) == (0, None)


async def test_others_are_heard_meanwhile(desk: Desk, phone: Phone) -> None:
    await phone.write(FLOODER, 50)
    await phone.write(OTHER, AT_ONCE)

    assert len(desk.handled) == 2 * AT_ONCE


async def test_who_was_warned_is_heard_again_after_ten_seconds(
    db: Database, desk: Desk, phone: Phone, clock: MovableClock
) -> None:
    await phone.write(FLOODER, 30)
    clock.move(timedelta(seconds=10))
    await phone.write(FLOODER, 5)

    assert len(desk.handled) == AT_ONCE + 5
    assert len(await warnings(db)) == 1


async def test_who_does_not_stop_is_not_heard_and_not_warned_again(
    db: Database, desk: Desk, phone: Phone, clock: MovableClock
) -> None:
    for _ in range(30):
        await phone.write(FLOODER, 5)
        clock.move(timedelta(seconds=1))

    assert len(await warnings(db)) == 1
    assert len(desk.handled) < 2 * AT_ONCE


async def test_somebody_quick_is_never_warned(
    db: Database, desk: Desk, phone: Phone, clock: MovableClock
) -> None:
    """Two taps a second, as long as one likes."""
    for _ in range(60):
        await phone.press(FLOODER, 2)
        clock.move(timedelta(seconds=1))

    assert len(desk.handled) == 120
    assert await warnings(db) == []


async def test_what_was_written_while_the_assistant_was_away_is_no_flood(
    db: Database, desk: Desk, phone: Phone
) -> None:
    """It comes all at once, but was written in the course of an hour."""
    await phone.write(FLOODER, 60, at_once=False)

    assert len(desk.handled) == 60
    assert await warnings(db) == []


async def test_a_press_in_a_flood_is_answered_on_its_button(db: Database, phone: Phone) -> None:
    await phone.press(FLOODER, AT_ONCE + 1)

    async with db.read() as c:
        (warned,) = await deliveries.queued_for(c, FLOODER, Lane.REPLY)
    assert warned.body["callback"] == str(AT_ONCE)


async def test_a_group_is_not_judged(db: Database, desk: Desk, phone: Phone) -> None:
    """Many people write there, and questions are answered there."""
    await phone.write(GROUP, 50)

    assert len(desk.handled) == 50
    assert await warnings(db) == []


async def test_who_blocks_the_assistant_in_a_flood_is_seen_to(
    desk: Desk, reception: Reception, phone: Phone
) -> None:
    """Nobody sends that: it is Telegram's word."""
    await phone.write(FLOODER, 30)
    await reception.admit([(999, FLOODER, {"text": "blocked", "my_chat_member": {}})])
    await reception.idle()

    assert desk.handled[-1] == "blocked"
