"""Whatever is pressed, and wherever a process dies: laws that announcements keep."""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar, Final, TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from bot.announcing import Announcer
from bot.clock import MovableClock
from bot.correcting import Corrector
from erasmus.announcement_contents import Content, ContentKind
from erasmus.announcements import LIVE, NEXT, By, Stage, Topic
from erasmus.limits import Limits
from erasmus.waves import FIRST_WAVE
from erasmus.words import Language
from storage import announcements, corrections, deliveries, opt_outs
from storage.database import Database
from storage.deliveries import Delivery, Lane, State
from storage.models import deliveries as rows
from tests.newsroom import EDITOR, OTHER_EDITOR, Newsroom

Result = TypeVar("Result")
FIRST: Final = 700001000
READERS: Final = FIRST_WAVE + 8
LEASE: Final = timedelta(seconds=60)
LIMITS: Final = Limits(two_people_from=2, per_second=1)
SELDOM: Final = st.sampled_from([False] * 9 + [True])
OUTCOMES: Final = [State.SENT, State.SENT, State.SENT, State.UNKNOWN, State.UNREACHABLE, None]


class Desk(RuleBasedStateMachine):
    """Presses, ticks, a sender whose outcomes are drawn, and kills, in any order."""

    template: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = TemporaryDirectory()
        file = shutil.copy(self.template, Path(self.folder.name) / "erasmus.db")
        self.clock = MovableClock(datetime(2026, 11, 21, 6, tzinfo=UTC))
        self.db = Database.open(f"sqlite:///{file}")
        self.room = Newsroom(self.db, self.clock.now, LIMITS)
        self.arrived: Counter[int] = Counter()
        self.reads: dict[int, int] = {}  # the version that a reader's copy carries
        self.flying: list[Delivery] = []
        self.run(self._begin())
        self.stage = Stage.DRAFT

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        return self.runner.run(work)

    async def _begin(self) -> None:
        await self.room.open()
        await self.room.readers(range(FIRST, FIRST + READERS))
        self.one = await self.room.write()

    def teardown(self) -> None:
        """Let everything come to its end: every copy that arrived carries the last text."""
        self.run(self._to_the_end())
        self.run(self.db.close())
        self.runner.close()
        self.folder.cleanup()

    @initialize(confirmed=st.sampled_from([True, True, True, False]))
    def prepare(self, confirmed: bool) -> None:
        """Most of the laws are about what has begun."""
        if confirmed:
            self.confirm(EDITOR, stale=False)
            self.confirm(OTHER_EDITOR, stale=False)
            self.tick()
            self.stage = Stage.SENDING

    @rule(who=st.sampled_from([EDITOR, OTHER_EDITOR]), stale=st.booleans())
    def confirm(self, who: int, stale: bool) -> None:
        async def press() -> None:
            one = await self.room.get(self.one.id)
            async with self.db.write() as c:
                version = one.version - stale
                told = await announcements.confirm(c, one.id, version, LIMITS, self.by(who))
            assert told is not None
            now = told.announcement
            if now.stage is Stage.SCHEDULED and one.stage is not Stage.SCHEDULED:
                assert not stale
                assert now.confirmed_version == now.version == version
                assert now.second_by not in {None, now.confirmed_by}

        self.run(press())

    @rule()
    def edit(self) -> None:
        async def press() -> None:
            content = Content(ContentKind.TEXT, "New")
            async with self.db.write() as c:
                before = await announcements.get(c, self.one.id)
                done = await announcements.set_text(c, self.one.id, Language.EN, content, self.by())
                after = await announcements.get(c, self.one.id)
            assert before is not None
            assert after is not None
            assert done == (before.stage in {Stage.DRAFT, Stage.AWAITING})
            assert after.version == before.version + done
            assert not done or after.confirmed_by is None

        self.run(press())

    @rule(move=st.sampled_from(["take_back", "pause", "resume", "resume", "stop"]), sure=SELDOM)
    def steer(self, move: str, sure: bool) -> None:
        async def press() -> None:
            async with self.db.write() as c:
                await getattr(announcements, move)(c, self.one.id, self.by())

        if move != "stop" or sure:  # seldom, for it is the end
            self.run(press())

    @rule()
    def tick(self) -> None:
        self.run(Announcer(self.db, self.clock, LIMITS).tick())
        self.run(Corrector(self.db, self.clock, LIMITS).tick())

    @rule(number=st.integers(1, 8))
    def claim(self, number: int) -> None:
        self.run(self._claim(number))

    async def _claim(self, number: int) -> None:
        async with self.db.write() as c:
            now, lanes = self.clock.now(), [Lane.CORRECTION, Lane.ANNOUNCEMENT]
            self.flying += await deliveries.claim(c, now, now + LEASE, number, lanes)
            self.flying += await deliveries.claim_suspect(c, now, now + LEASE, lanes, steady=True)

    @precondition(lambda self: self.flying)
    @rule(data=st.data())
    def land(self, data: st.DataObject) -> None:
        """Settle what is under way; what is uncertain may have arrived."""
        for row in self.flying:
            self.run(self._land(row, data.draw(st.sampled_from(OUTCOMES))))
        self.flying = []

    async def _land(self, row: Delivery, outcome: State | None) -> None:
        now = self.clock.now()
        if outcome is State.UNKNOWN and row.lane is Lane.CORRECTION:
            outcome = None
        self._show(row, outcome)
        async with self.db.write() as c:
            if outcome is None:
                await deliveries.postpone(c, row, now + timedelta(seconds=1), "later")
            else:
                await deliveries.settle(c, row, outcome, now, message_id=1)

    def _show(self, row: Delivery, outcome: State | None) -> None:
        if row.lane is Lane.ANNOUNCEMENT and outcome in {State.SENT, State.UNKNOWN}:
            self.arrived[row.chat_id] += 1
        if outcome is State.SENT:
            self.reads[row.chat_id] = row.revision or 0

    @rule(processed=st.booleans())
    def kill(self, processed: bool) -> None:
        """What was under way may have arrived; the next process takes the ledger over."""
        for row in self.flying if processed else []:
            if row.lane is Lane.ANNOUNCEMENT:
                self.arrived[row.chat_id] += 1
        self.flying = []

        async def recover() -> None:
            async with self.db.write() as c:
                await deliveries.recover(c, self.clock.now(), everything=True)

        self.run(recover())

    @rule(minutes=st.sampled_from([0.1, 1, 4, 20]))
    def wait(self, minutes: float) -> None:
        self.clock.move_to(self.clock.now() + timedelta(minutes=minutes))

    @rule(reader=st.integers(0, READERS - 1), out=st.booleans())
    def opt(self, reader: int, out: bool) -> None:
        async def press() -> None:
            async with self.db.write() as c:
                if out:
                    await opt_outs.leave(c, FIRST + reader, Topic.NEWS, self.clock.now())
                else:
                    await opt_outs.come_back(c, FIRST + reader, Topic.NEWS)

        self.run(press())

    @rule()
    def go_on(self) -> None:
        """What happens most of the time: a tick, and copies that leave."""
        self.tick()
        self.run(self._claim(20))
        for row in self.flying:
            self.run(self._land(row, State.SENT))
        self.flying = []

    @rule()
    def correct(self) -> None:
        async def press() -> None:
            version = (await self.room.get(self.one.id)).version
            content = Content(ContentKind.TEXT, f"Corrected version {version}")
            async with self.db.write() as c:
                await corrections.correct(c, self.one.id, {Language.EN: content}, self.by())

        self.run(press())

    @invariant()
    def nobody_gets_it_twice(self) -> None:
        assert not [chat for chat, number in self.arrived.items() if number > 1]

    @invariant()
    def stages_follow_the_table_and_only_what_is_being_sent_is_queued(self) -> None:
        """Two moves may lie between two looks, no more."""
        stage = self.run(self.room.get(self.one.id)).stage
        after = NEXT[self.stage]
        assert stage in {self.stage} | after | {two for one in after for two in NEXT[one]}
        self.stage = stage
        progress = self.run(self.room.progress(self.one))
        assert stage is Stage.SENDING or not progress.of(State.QUEUED)
        assert progress.total <= READERS

    async def _to_the_end(self) -> None:
        for row in self.flying:
            await self._land(row, State.SENT)
        one = await self.room.get(self.one.id)
        if one.stage in {Stage.PAUSED, Stage.BRAKED}:
            await self.room.resume(one)
        announcer = Announcer(self.db, self.clock, LIMITS)
        corrector = Corrector(self.db, self.clock, LIMITS)
        while await self._goes_on():
            self.clock.move_to(self.clock.now() + timedelta(minutes=4))
            await announcer.tick()
            await corrector.tick()
            self.flying = []
            await self._claim(100)
            for row in self.flying:
                await self._land(row, State.SENT)
        await self._look()

    async def _goes_on(self) -> bool:
        one = await self.room.get(self.one.id)
        if one.stage is Stage.BRAKED:
            await self.room.resume(one)
        async with self.db.read() as c:
            correcting = await corrections.in_stage(c, [Stage.SENDING])
        unfinished = one.stage in LIVE or (one.stage is Stage.STOPPED and one.ended_at is None)
        return bool(correcting) or unfinished

    async def _look(self) -> None:
        assert not [chat for chat, number in self.arrived.items() if number > 1]
        one = await self.room.get(self.one.id)
        async with self.db.read() as c:
            known = await c.execute(
                select(rows.c.chat_id, rows.c.state).where(rows.c.batch == one.batch)
            )
            states = dict(known.all())
            failed = await c.execute(
                select(rows.c.chat_id).where(
                    rows.c.lane == Lane.CORRECTION, rows.c.state != State.SENT
                )
            )
            missed = set(failed.scalars())  # gone, or there when three processes died
            corrected = await corrections.of_announcement(c, one.id)
        assert all(self.arrived[chat] <= 1 for chat in states)
        assert not {State.HELD, State.QUEUED, State.SENDING} & set(states.values())
        for chat, state in states.items():
            if state is State.SENT:
                assert self.arrived[chat] == 1
                assert not corrected or chat in missed or self.reads[chat] == one.version

    def by(self, who: int = EDITOR) -> By:
        return By(who, self.clock.now())


@pytest.mark.parametrize("steps", [60])
def test_announcements_keep_their_laws(sqlite_template: Path, steps: int) -> None:
    Desk.template = sqlite_template
    case = Desk.TestCase
    case.settings = settings(max_examples=25, stateful_step_count=steps, deadline=None)
    case().runTest()
