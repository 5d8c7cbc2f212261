"""A sender that stops, sleeps or cannot settle a row loses and doubles nothing."""

import asyncio
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest

from bot.clock import MovableClock
from bot.flights import LEASE, Ways
from bot.pace import Pace
from bot.sender import Sender
from bot.telegram_double import Person
from storage import Connection, Database, deliveries
from storage.deliveries import Draft, Lane, State
from tests.bot.sender.office import Office, no_menu, no_render

pytestmark = pytest.mark.both_databases


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


async def test_two_rows_for_one_chat_both_leave_before_it_is_quiet(
    db: Database, clock: MovableClock
) -> None:
    """A look that falls between them finds the chat busy, and what is behind has not to wait."""
    shown: list[int] = []
    answered = asyncio.Event()

    class Chats:
        async def show(self, chat_id: int, _body: Mapping[str, Any]) -> int | None:
            shown.append(chat_id)
            if shown == [1]:
                async with db.write() as c:
                    reply = Draft("k0", Lane.REPLY, 2, "screen", {"text": "hi"}, clock.now())
                    await deliveries.put(c, reply, clock.now())
                sender.wake()
                await answered.wait()
            if chat_id == 2:
                answered.set()
            return 1

    sender = Sender(db, clock, Ways(Chats(), Chats(), no_menu, no_render, Pace("1000001")))
    now = clock.now()
    async with db.write() as c:
        for n in (1, 2):
            draft = Draft(f"a{n}:1", Lane.ANNOUNCEMENT, 1, "screen", {"text": "to all"}, now)
            await deliveries.put(c, draft, now)
    running = asyncio.create_task(sender.run())
    sender.wake()
    await sender.idle()

    assert shown == [1, 2, 1]
    await sender.stop(1)
    await running


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


async def test_who_slept_through_the_lease_sends_nothing(
    office: Office, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.flights.FENCE_SECONDS", -1.0)
    delivery = await office.put(alice.id, "too late")

    assert alice.said == []
    assert (await office.state(delivery)).state is State.SENDING


async def test_who_slept_before_hearing_of_the_claim_sends_nothing(
    db: Database, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The claim is committed, but its lease is over when the process wakes."""
    seconds, shown = [1000.0], []

    class Chats:
        async def show(self, chat_id: int, _body: Mapping[str, Any]) -> int | None:
            shown.append(chat_id)
            return 1

    class Pausing(Pace):
        async def tell(self, c: Connection, *, sending: bool, alone: bool) -> None:
            await super().tell(c, sending=sending, alone=alone)
            seconds[0] += LEASE.total_seconds()

    for module in ("sender", "flights"):
        monkeypatch.setattr(f"bot.{module}.time", SimpleNamespace(monotonic=lambda: seconds[0]))
    sender = Sender(db, clock, Ways(Chats(), Chats(), no_menu, no_render, Pausing("1000001")))
    office = Office(db, clock, sender)
    running = asyncio.create_task(sender.run())
    delivery = await office.put(1)
    await sender.stop(1)
    await running

    assert shown == []
    assert (await office.state(delivery)).state is State.SENDING
