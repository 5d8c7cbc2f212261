"""What was on its way when a process ended leaves alone, so that no other is lost beside it."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from bot.clock import MovableClock
from bot.flights import Ways
from bot.pace import Pace
from bot.sender import Sender
from storage import Connection, Database, deliveries
from storage.deliveries import Delivery, Draft, Lane
from storage.pace import Limits

pytestmark = pytest.mark.both_databases

LEASE = timedelta(minutes=1)
LATER = timedelta(hours=1)


@dataclass
class Door:
    """Lets messages out when a test says so, and notes who stood beside whom."""

    inside: set[int] = field(default_factory=set)
    beside: dict[int, set[int]] = field(default_factory=dict)
    shut: bool = False
    moved: asyncio.Event = field(default_factory=asyncio.Event)

    async def show(self, chat_id: int, _body: Mapping[str, Any]) -> int:
        self.inside.add(chat_id)
        for one in self.inside:
            self.beside[one] = self.beside.get(one, set()) | self.inside
        self.moved.set()
        while self.shut:
            await self.moved.wait()
            self.moved.clear()
        for _ in range(20):
            await asyncio.sleep(0)
        self.inside.discard(chat_id)
        return chat_id

    def open(self) -> None:
        self.shut = False
        self.moved.set()


@pytest.fixture
def door() -> Door:
    return Door()


@pytest.fixture
async def sender(db: Database, clock: MovableClock, door: Door) -> AsyncIterator[Sender]:
    async def no_menu(_chat_id: int, _body: Mapping[str, Any]) -> None:
        """Nobody looks at it."""

    async def no_render(_c: Connection, _rows: list[Delivery], _now: object) -> None:
        """Rows say what they say."""

    pace = Pace("1000001", Limits(per_window=10_000, most=10_000), per_chat_seconds=0)
    made = Sender(db, clock, Ways(door, door, no_menu, no_render, pace))
    running = asyncio.create_task(made.run())
    yield made
    door.open()
    await made.stop(1)
    await running


def drafts(clock: MovableClock, lane: Lane, *chats: int) -> list[Draft]:
    return [Draft(f"{lane}{n}", lane, n, "screen", {"text": "x"}, clock.now()) for n in chats]


async def put(db: Database, clock: MovableClock, lane: Lane, *chats: int) -> None:
    async with db.write() as c:
        await deliveries.put_all(c, drafts(clock, lane, *chats), clock.now())


async def leave(db: Database, clock: MovableClock, lane: Lane, *chats: int) -> None:
    """Put rows that a process was sending when it ended, an hour ago."""
    async with db.write() as c:
        await deliveries.put_all(c, drafts(clock, lane, *chats), clock.now())
        await deliveries.claim(c, clock.now(), clock.now() + LEASE, len(chats), [lane])
        await deliveries.recover(c, clock.now(), everything=True)
    clock.move(LATER)


async def delivered(sender: Sender) -> None:
    sender.wake()
    await sender.idle()


@pytest.mark.parametrize("lane", [Lane.REPLY, Lane.REMINDER])
async def test_no_two_suspects_are_under_way_together(
    db: Database, clock: MovableClock, sender: Sender, door: Door, lane: Lane
) -> None:
    await leave(db, clock, lane, 1, 2, 3)
    await delivered(sender)

    assert door.beside == {1: {1}, 2: {2}, 3: {3}}


async def test_beside_a_suspect_of_bulk_nothing_else_of_bulk_is_under_way(
    db: Database, clock: MovableClock, sender: Sender, door: Door
) -> None:
    await leave(db, clock, Lane.REMINDER, 1, 2)
    await put(db, clock, Lane.REMINDER, *range(10, 40))
    await delivered(sender)

    assert (door.beside[1], door.beside[2]) == ({1}, {2})
    assert len(door.beside) == 32
    assert len(door.beside[10]) > 1


async def test_replies_do_not_wait_for_a_suspect_of_bulk(
    db: Database, clock: MovableClock, sender: Sender, door: Door
) -> None:
    await leave(db, clock, Lane.REMINDER, 1)
    door.shut = True
    sender.wake()
    while not door.inside:
        await door.moved.wait()
        door.moved.clear()
    await put(db, clock, Lane.REPLY, 50)
    sender.wake()
    while door.inside != {1, 50}:
        await door.moved.wait()
        door.moved.clear()

    door.open()
    await sender.idle()
    assert door.beside == {1: {1, 50}, 50: {1, 50}}
