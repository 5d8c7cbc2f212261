"""A desk that handles updates as a test wants, and processes that end with updates at work."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from bot.clock import MovableClock
from bot.inbox import Received
from bot.reception import Reception
from storage import Connection, Database, deliveries, inbox
from storage.deliveries import Delivery, Draft, Lane
from storage.inbox import Arrival


@dataclass
class Desk:
    """Handles updates as a test wants: texts that begin with "crash" crash."""

    db: Database
    clock: MovableClock
    handled: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    sent: list[Delivery | None] = field(default_factory=list)
    gates: dict[str, asyncio.Event] = field(default_factory=dict)
    begun: dict[str, asyncio.Event] = field(default_factory=dict)
    reception: Reception | None = None
    places: int = 100
    again: Callable[[], None] | None = None

    def send(self, row: Delivery, _claimed_at: float) -> None:
        self.sent.append(row)

    def wake(self) -> None:
        self.sent.append(None)

    def room(self, again: Callable[[], None]) -> int:
        self.again = again
        return self.places

    async def handle(self, arrival: Arrival) -> None:
        text = arrival.payload["text"]
        self.handled.append(text)
        if text in self.gates:
            self.begun[text].set()
            await self.gates[text].wait()
        if text.startswith("crash"):
            raise ZeroDivisionError
        if text.startswith("silence"):
            return
        async with self.db.write() as c:
            await inbox.handled(c, arrival.update_id, self.clock.now())
            if text.startswith("unheard"):
                await self.reply(c, arrival)
        if text.startswith("unheard"):
            raise ConnectionResetError
        assert self.reception is not None
        self.reception.committed(arrival.update_id, None)

    async def reply(self, c: Connection, arrival: Arrival) -> None:
        key, now = deliveries.reply_key(arrival.update_id, 0), self.clock.now()
        draft = Draft(key, Lane.REPLY, arrival.chat_id, "screen", {"text": "x"}, now)
        assert await deliveries.put_sending(c, draft, now, now + timedelta(minutes=1))

    async def set_aside(self, arrival: Arrival, _error: Exception) -> None:
        self.aside.append(arrival.payload["text"])
        async with self.db.write() as c:
            await inbox.failed(c, arrival.update_id, "crashed", self.clock.now())

    def hold(self, text: str) -> asyncio.Event:
        """Make an update wait in the middle of its handling; return what tells that it is there."""
        self.gates[text] = asyncio.Event()
        self.begun[text] = asyncio.Event()
        return self.begun[text]


@asynccontextmanager
async def running(reception: Reception, desk: Desk) -> AsyncIterator[Reception]:
    """Let a reception bring updates to the desk."""
    desk.reception = reception
    reception.open()
    work = asyncio.create_task(reception.run())
    yield reception
    await reception.stop(1)
    await work


def texts(*given: tuple[int, int, str]) -> list[Received]:
    return [(number, chat, {"text": text}) for number, chat, text in given]


async def leave(
    db: Database, clock: MovableClock, *updates: tuple[int, int, str], deaths: int = 1
) -> None:
    """Let processes end, one after the other, each with the same updates at work."""
    until = clock.now() + timedelta(minutes=1)
    async with db.write() as c:
        await inbox.receive(c, texts(*updates), clock.now())
        await inbox.claim(c, "killed", until, len(updates))
        await inbox.recover(c, clock.now(), everything=True)
        for _ in range(deaths - 1):
            assert await inbox.claim_suspect(c, "killed", until, steady=True)
            await inbox.recover(c, clock.now(), everything=True)
