"""Trial: Telegram's double over HTTP, a database, people who write, and machines that break."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final, Self, TypeVar

from sqlalchemy import Executable, func, select, text, update

from bot.clock import SystemClock
from bot.telegram_double import TelegramDouble
from bot.telegram_double.ledger import Delivery as Arrived
from bot.telegram_double.people import Person
from bot.telegram_double.server import DoubleServer
from bot.telegram_double.webhook import WebhookPusher
from erasmus.words import Language
from storage import Database, deliveries, people
from storage.deliveries import Draft, Lane, State
from storage.models import deliveries as TABLE  # noqa: N812 - the table, beside its functions
from storage.models import inbox, leases
from tests.faults.figures import Figure
from tests.faults.machines import PATIENCE, RUN, Machine

TOKEN: Final = "1000001:" + "C4nary" * 6
now: Final = SystemClock().now
Entered = TypeVar("Entered")
FIRST: Final = 700_100_001
LOOK_EVERY: Final = 0.05
NEW: Final = text("SELECT count(*) FROM inbox WHERE state = 'new'")


class Trial:
    """One trial: its own double, database and machines, all ended with the context."""

    def __init__(self, place: Path, url: str, double: TelegramDouble, seed: int, name: str) -> None:
        """Start nothing yet; `random` repeats with the seed."""
        self.place, self.url, self.double, self.seed = place, url, double, seed
        self.random = Random(seed)  # noqa: S311 - repeatable, nothing secret
        self.figures: list[Figure] = []
        self.machines: list[Machine] = []
        self.db = Database.open(url)
        self.server = DoubleServer(double)
        self._name = name
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        await self._stack.enter_async_context(self.server)
        self._stack.push_async_callback(self.db.close)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    def machine(self, command: Sequence[str] = RUN, **settings: str) -> Machine:
        """Return a machine that is not started yet; it is killed with the trial."""
        given = {
            "TOKEN": TOKEN,
            "API_URL": self.server.address,
            "DATABASE_URL": self.url,
            "LOG_LEVEL": "info",
            "TELEGRAM_LIMITS": str(self.double.world.pace.enforced),
        } | settings
        machine = Machine({f"ERASMUS_BOT_{k}": v for k, v in given.items()}, self.place, command)
        self.machines.append(machine)
        self._stack.push_async_callback(machine.kill)
        return machine

    async def push(self) -> None:
        """Push updates to the webhook that the machines set, until the end."""
        pusher = asyncio.create_task(WebhookPusher(self.double, first_pause=0.1).run())
        self._stack.push_async_callback(_end, pusher)

    async def entered(self, thing: AbstractAsyncContextManager[Entered]) -> Entered:
        """Enter a context that ends with the trial."""
        return await self._stack.enter_async_context(thing)

    def tell(self, row: int, promise: str, found: str) -> None:
        """Keep a figure."""
        self.figures.append(Figure(row, promise, found, self.seed, self._name))

    async def know(self, number: int, first: int = FIRST) -> list[Person]:
        """Return people who have chosen their language and began the chat long ago."""
        found = [self.double.person(first + n, f"P{n}", "en") for n in range(number)]
        moment = now()
        async with self.db.write() as c:
            for person in found:
                self.double.world.accounts[person.id].started = True
                await people.greet(c, person.id, Language.EN, "Asia/Bishkek", moment)
                await people.set_language(c, person.id, Language.EN)
        return found

    async def queue(
        self,
        to: Iterable[int],
        lane: Lane,
        *,
        each: int = 1,
        due_at: Mapping[int, datetime] | None = None,
    ) -> None:
        """Put rows into the queue, each with a text of its own, due now unless it is said."""
        moment = now()
        drafts = [
            Draft(
                f"t{lane.value}:{chat}:{n}",
                lane,
                chat,
                "screen",
                {"text": f"Message {n} for {chat}", "keyboard": []},
                (due_at or {}).get(chat, moment),
            )
            for n in range(each)
            for chat in to
        ]
        async with self.db.write() as c:
            await deliveries.put_all(c, drafts, moment)

    async def until(
        self, true: Callable[[], bool | Awaitable[bool]], seconds: float = PATIENCE
    ) -> None:
        """Wait for a condition, looked at whenever something changes at Telegram."""
        end, changed = time.monotonic() + seconds, asyncio.Event()
        unwatch = self.double.watch(changed.set)
        try:
            while True:
                changed.clear()
                found = true()
                if found if isinstance(found, bool) else await found:
                    return
                assert time.monotonic() < end, f"not in {seconds} s; {self._story()}"
                await _either(changed, LOOK_EVERY)
        finally:
            unwatch()

    async def reached(self, number: int, seconds: float = PATIENCE) -> None:
        """Wait until so many messages and edits have arrived."""
        await self.until(lambda: len(self.double.ledger) >= number, seconds)

    def _story(self) -> str:
        waiting, arrived = self.double.pending, len(self.double.ledger)
        tails = "\n--\n".join(machine.tail for machine in self.machines)
        return f"{waiting} updates wait, {arrived} messages arrived\n{tails}"

    async def counts(self) -> dict[State, int]:
        """Return how many rows of the ledger are in each state."""
        async with self.db.read() as c:
            return await deliveries.counts(c)

    async def in_flight(self, *lanes: Lane) -> int:
        """Return how many rows of some lanes are being sent, as the database knows it."""
        which = ", ".join(str(lane.value) for lane in lanes)
        return await self.number(
            f"SELECT count(*) FROM deliveries WHERE state = 'sending' AND lane IN ({which})"  # noqa: S608 - numbers
        )

    async def number(self, query: str) -> int:
        """Return the number that a query finds."""
        return await self._number(text(query))

    async def _number(self, query: Executable) -> int:
        async with self.db.read() as c:
            return int((await c.execute(query)).scalar_one())

    async def chats_in(self, state: State) -> list[int]:
        """Return the chats of the rows in a state."""
        async with self.db.read() as c:
            rows = await c.execute(select(TABLE.c.chat_id).where(TABLE.c.state == state))
            return list(rows.scalars())

    async def reminders_due_in(self, seconds: float) -> list[str]:
        """Return the keys of the reminders that fall due within some seconds from now."""
        due = TABLE.c.due_at <= now() + timedelta(seconds=seconds)
        async with self.db.read() as c:
            kind = TABLE.c.kind == "reminder"
            return list((await c.execute(select(TABLE.c.key).where(kind, due))).scalars())

    async def reminder_states(self, keys: Sequence[str]) -> Counter[State]:
        """Return how many of the rows with some keys are in each state."""
        async with self.db.read() as c:
            rows = await c.execute(select(TABLE.c.state).where(TABLE.c.key.in_(keys)))
            return Counter(rows.scalars())

    async def has_reminders(self) -> bool:
        """Tell whether reminders are planned."""
        return await self.number("SELECT count(*) FROM deliveries WHERE kind = 'reminder'") > 0

    async def until_still_or_dead(self, machine: Machine) -> None:
        """Wait until there is nothing to do at the moment, or the machine has ended."""

        async def over() -> bool:
            return not machine.alive or await self._still()

        await self.until(over)

    async def _still(self) -> bool:
        due = (TABLE.c.state == State.QUEUED) & (TABLE.c.due_at <= now())
        busy = select(func.count()).where(due | (TABLE.c.state == State.SENDING))
        return await self._received_nothing_more() and await self._number(busy) == 0

    async def settled(self) -> bool:
        """Tell whether every update is handled and every row has come to its end."""
        unfinished = TABLE.c.state.in_([State.QUEUED, State.SENDING, State.JOINED])
        waiting = select(func.count()).where(unfinished)
        return await self._received_nothing_more() and await self._number(waiting) == 0

    async def settled_but_reminders(self) -> bool:
        """Tell whether every update is handled and answered; reminders may wait for their day."""
        unfinished = TABLE.c.state.in_([State.QUEUED, State.SENDING])
        replies = select(func.count()).where(TABLE.c.lane == Lane.REPLY, unfinished)
        return await self._received_nothing_more() and await self._number(replies) == 0

    async def _received_nothing_more(self) -> bool:
        """Tell whether every update is handled. Ask before the deliveries: handling makes them."""
        return self.double.pending == await self._number(NEW) == 0

    async def written(self) -> None:
        """Wait until PostgreSQL has done what killed machines asked for last."""
        if self.url.startswith("postgresql"):
            await self.until(self._written)

    async def _written(self) -> bool:
        busy = await self.number(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND state <> 'idle'"
        )
        return busy == 0

    async def a_minute_passes(self) -> None:
        """End every wait and lease of up to a minute; only while no machine runs."""
        moment = now()
        soon = moment + timedelta(minutes=1)
        leased = (TABLE.c.lease_until, inbox.c.held_until, leases.c.until)
        queued = TABLE.c.state.in_([State.QUEUED, State.HELD])
        async with self.db.write() as c:
            for column in leased:
                over = update(column.table).where(column.between(moment, soon))
                await c.execute(over.values({column: moment}))
            waits = update(TABLE).where(queued, TABLE.c.due_at.between(moment, soon))
            await c.execute(waits.values(due_at=moment))

    def sent(self) -> list[Arrived]:
        """Return what really arrived as a new message, in order."""
        return [entry for entry in self.double.ledger if entry.method == "sendMessage"]

    def again(self) -> list[Arrived]:
        """Return what arrived a second time or more often."""
        return [entry for entry in self.sent() if entry.copy > 1]


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait([task])


async def _either(changed: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(changed.wait(), seconds)
    except TimeoutError:
        return
