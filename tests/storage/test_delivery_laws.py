"""Whatever senders do, and wherever they die: laws that the ledger of deliveries keeps."""

import asyncio
import itertools
from collections import Counter
from collections.abc import Coroutine
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Final, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import delete, select

from erasmus.words import Language
from storage import Connection, Database, deliveries, people
from storage.deliveries import Delivery, Draft, Lane, State
from storage.deliveries.rows import COLUMNS
from storage.models import deliveries as delivery_rows
from storage.models import people as person_rows

Result = TypeVar("Result")
LEASE: Final = timedelta(seconds=60)
START: Final = datetime(2026, 11, 21, 6, tzinfo=UTC)
PEOPLE: Final = (1, 2, 3)
GROUP, SUPERGROUP = -1, -2
SENDERS: Final = 2
OPEN: Final = {State.QUEUED, State.SENDING, State.JOINED}
BELIEVED_LATER: Final = {State.UNKNOWN}
"""What still may be settled: whoever was thought dead tells how it ended."""

OUTCOMES: Final = [State.SENT, State.SENT, State.SENT, State.FAILED, State.UNREACHABLE, None]
Wanted = tuple[Lane, int, int, int | None]
WANTED: Final = st.tuples(
    st.sampled_from(list(Lane)),
    st.sampled_from([*PEOPLE, GROUP]),
    st.integers(-1, 3),
    st.sampled_from([None, None, None, 1, 4, 200]),
)
"""A lane, a chat, in how many seconds it is due, and after how many it is no longer true."""

Flight = tuple[list[Delivery], datetime]
"""Rows that leave as one message, and until when they belong to who sends them."""


class Ledger(RuleBasedStateMachine):
    """Two senders, their deaths and sleeps, and people who come and go, in any order."""

    runner: ClassVar[asyncio.Runner]
    databases: ClassVar[list[Database]]

    def __init__(self) -> None:
        super().__init__()
        self.now, self.number = START, 0
        self.flying: list[list[Flight]] = [[] for _ in range(SENDERS)]
        self.unheard: list[list[Flight]] = [[] for _ in range(SENDERS)]
        self.arrived: Counter[str] = Counter()
        self.order: dict[int, list[int]] = {}
        self.put_so_far: dict[str, Draft] = {}
        self.ended: dict[str, State] = {}
        self.group = GROUP
        self.run(self._empty())

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        return self.runner.run(work)

    async def _empty(self) -> None:
        async with self.databases[0].write() as c:
            await c.execute(delete(delivery_rows))
            await c.execute(delete(person_rows))
            for person in PEOPLE:
                await people.greet(c, person, Language.KY, "Asia/Bishkek", self.now)

    @initialize(wanted=st.lists(WANTED, min_size=5, max_size=9))
    def begin(self, wanted: list[Wanted]) -> None:
        """Most of the laws are about what waits."""
        self.put(wanted)

    @rule(wanted=st.lists(WANTED, min_size=1, max_size=4))
    def put(self, wanted: list[Wanted]) -> None:
        for lane, chat, due, ends in wanted:
            self._put(lane, chat, due, ends)

    def _put(self, lane: Lane, chat: int, due: int, ends: int | None) -> None:
        self.number += 1
        draft = Draft(
            f"k{self.number}",
            lane,
            self.group if chat == GROUP else chat,
            lane.name.lower(),
            {},
            self.now if lane is Lane.REPLY else self.now + timedelta(seconds=due),
            valid_until=None if ends is None else self.now + timedelta(seconds=ends),
        )

        async def put() -> None:
            async with self.databases[0].write() as c:
                assert await deliveries.put(c, draft, self.now) is not None
                assert await deliveries.put(c, draft, self.now) is None

        self.run(put())
        self.put_so_far[draft.key] = draft

    @rule(who=st.integers(0, SENDERS - 1), chat=st.sampled_from(PEOPLE))
    def reply(self, who: int, chat: int) -> None:
        """A reply is put as on its way already, where its chat is free."""
        self.number += 1
        draft = Draft(f"k{self.number}", Lane.REPLY, chat, "reply", {}, self.now)
        until = self.now + LEASE

        async def put() -> Delivery | None:
            async with self.databases[who].write() as c:
                return await deliveries.put_sending(c, draft, self.now, until)

        row = self.run(put())
        self.put_so_far[draft.key] = draft
        if row is not None:
            self.flying[who].append(([row], until))

    @rule(who=st.integers(0, SENDERS - 1), number=st.integers(1, 5))
    def claim(self, who: int, number: int) -> None:
        self.flying[who] += self.run(self._claim(who, number))

    @rule(who=st.integers(0, SENDERS - 1), number=st.integers(1, 5))
    def claim_and_be_cut_off(self, who: int, number: int) -> None:
        """The connection breaks before the commit: the claim is undone, and nobody knows.

        The other one claims the same before this one has a connection again.
        """
        with suppress(ConnectionResetError):
            self.run(self._claim(who, number, cut_off=True))
        self.claim(1 - who, number)

    @precondition(lambda self: any(self.flying))
    @rule(who=st.integers(0, SENDERS - 1))
    def be_cut_off_after_a_claim(self, who: int) -> None:
        """The commit came through, and nobody knows: so nothing leaves."""
        self.unheard[who] += self.flying[who]
        self.flying[who] = []

    async def _claim(self, who: int, number: int, *, cut_off: bool = False) -> list[Flight]:
        until = self.now + LEASE + timedelta(microseconds=who)
        async with self.databases[who].write() as c:
            await deliveries.take_back(c, [(rows[0], until) for rows, until in self.unheard[who]])
            if not cut_off:
                self.unheard[who] = []
            found = await deliveries.claim(c, self.now, until, number, tuple(Lane))
            found += await deliveries.claim_suspect(c, self.now, until, tuple(Lane), steady=True)
            flights = [([row, *await self._companions(c, row)], until) for row in found]
            for row in found:
                assert row.due_at <= self.now
                assert row.valid_until is None or row.valid_until > self.now
            if cut_off:
                self.unheard[who] += flights
                raise ConnectionResetError
        return flights

    async def _companions(self, c: Connection, row: Delivery) -> list[Delivery]:
        if row.lane is not Lane.REMINDER:
            return []
        return await deliveries.claim_companions(c, row, self.now)

    @precondition(lambda self: any(self.flying))
    @rule(who=st.integers(0, SENDERS - 1), outcome=st.sampled_from(OUTCOMES))
    def land(self, who: int, outcome: State | None) -> None:
        """What is under way ends so; who holds it for longer than its lease sends nothing."""
        flights, self.flying[who] = self.flying[who], []
        for together, until in flights:
            if self.now < until:
                self._show(together, arrives=outcome is State.SENT)
                self.run(self._settle(who, together[0], outcome))

    def _show(self, together: list[Delivery], *, arrives: bool) -> None:
        for row in together if arrives else []:
            self.arrived[row.key] += 1
            if row.lane is Lane.REPLY and self.arrived[row.key] == 1:
                self.order.setdefault(row.chat_id, []).append(row.id)

    async def _settle(self, who: int, row: Delivery, outcome: State | None) -> None:
        async with self.databases[who].write() as c:
            if outcome is None:
                later = self.now + timedelta(seconds=2)
                await deliveries.postpone(c, row, later, "later")
                return
            await deliveries.settle(c, row, outcome, self.now, message_id=1)
            if outcome is State.UNREACHABLE:
                await people.mark_unreachable(c, row.chat_id, self.now)

    @precondition(lambda self: any(self.flying))
    @rule(who=st.integers(0, SENDERS - 1), left=st.booleans())
    def die(self, who: int, left: bool) -> None:
        """What a process held had left, or had not; nobody writes down which."""
        flights, self.flying[who] = self.flying[who], []
        self.unheard[who] = []
        for together, until in flights:
            self._show(together, arrives=left and self.now < until)

    @rule(seconds=st.sampled_from([1, 3, 61]))
    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule()
    def recover(self) -> None:
        async def look() -> None:
            async with self.databases[0].write() as c:
                await deliveries.recover(c, self.now)
                await deliveries.expire(c, self.now)

        self.run(look())

    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        keys = data.draw(st.lists(st.integers(1, 30), max_size=2))

        async def withdraw() -> None:
            async with self.databases[0].write() as c:
                await deliveries.cancel(c, [f"k{n}" for n in keys], self.now)

        self.run(withdraw())

    @rule(person=st.sampled_from(PEOPLE))
    def come_back(self, person: int) -> None:
        async def write() -> None:
            async with self.databases[0].write() as c:
                await people.greet(c, person, Language.KY, "Asia/Bishkek", self.now)

        self.run(write())

    @precondition(lambda self: self.group == GROUP)
    @rule()
    def migrate(self) -> None:
        """The group is a supergroup from now on: what was on its way to it was refused."""
        self.group = SUPERGROUP
        for who in range(SENDERS):
            self.flying[who] = [one for one in self.flying[who] if one[0][0].chat_id != GROUP]

        async def rename() -> None:
            async with self.databases[0].write() as c:
                await deliveries.rename_chat(c, GROUP, SUPERGROUP)

        self.run(rename())
        moved = [row for row in self.run(self._look()) if row.chat_id == SUPERGROUP]
        assert not [row for row in moved if row.state in {State.SENDING, State.JOINED}]

    @invariant()
    def an_announcement_never_comes_twice(self) -> None:
        for key, times in self.arrived.items():
            assert times <= 1 or self.put_so_far[key].lane is not Lane.ANNOUNCEMENT

    @invariant()
    def one_message_of_a_chat_is_on_its_way(self) -> None:
        chats = Counter(row.chat_id for row in self.run(self._look()) if row.state is State.SENDING)
        assert not [chat for chat, number in chats.items() if number > 1]

    @invariant()
    def what_a_living_sender_holds_is_its_own(self) -> None:
        found = {row.key: row for row in self.run(self._look())}
        for together, until in itertools.chain(*self.flying):
            if self.now < until:
                row = found[together[0].key]
                assert (row.state, row.attempts) == (State.SENDING, together[0].attempts)

    @invariant()
    def nothing_goes_and_what_has_ended_stays_so(self) -> None:
        found = {row.key: row.state for row in self.run(self._look())}
        assert found.keys() == self.put_so_far.keys()
        for key, state in self.ended.items():
            assert found[key] is state or state in BELIEVED_LATER
        self.ended = {key: state for key, state in found.items() if state not in OPEN}

    async def _look(self) -> list[Delivery]:
        async with self.databases[0].read() as c:
            return [Delivery(*row) for row in await c.execute(select(*COLUMNS))]

    def teardown(self) -> None:
        """Let everybody live and come back: everything reaches its end, and what is due arrives."""
        self.flying = [[] for _ in range(SENDERS)]
        self.unheard = [[] for _ in range(SENDERS)]
        for person in PEOPLE:
            self.come_back(person)
        while any(row.state in OPEN for row in self.run(self._look())):
            self.now += LEASE
            assert self.now < START + timedelta(days=1)
            self.recover()
            for who in range(SENDERS):
                self.flying[who] = self.run(self._claim(who, 20))
                self.land(who, State.SENT)
        for row in self.run(self._look()):
            assert row.state is not State.SENT or self.arrived[row.key]
            assert row.state is not State.EXPIRED or row.valid_until is not None
        for ids in self.order.values():
            assert ids == sorted(ids)


def test_the_ledger_keeps_its_laws(database_url: str) -> None:
    with asyncio.Runner() as runner:
        Ledger.runner = runner
        Ledger.databases = [Database.open(database_url) for _ in range(SENDERS)]
        try:
            case = Ledger.TestCase
            case.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)
            case().runTest()
        finally:
            for database in Ledger.databases:
                runner.run(database.close())
