"""The sandbox's hands on the assistant: they turn its clock and look into its ledger."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.assistant import Assistant
from bot.clock import Clock
from bot.sandbox.phones import MOST, Phones
from bot.sandbox.shown import Sent
from bot.telegram_double import TelegramDouble
from storage import deliveries, follows, people
from storage.deliveries import Delivery, Lane

STEP: Final = timedelta(hours=24)
"""Reminders are put two days ahead; a step of one cannot jump over any."""

FAR: Final = timedelta(days=400)
LINES: Final = 60


class ShiftedClock:
    """A clock that goes on as another one does, some time away from it."""

    def __init__(self, clock: Clock, shift: timedelta = timedelta()) -> None:
        self._clock = clock
        self._shift = shift

    def now(self) -> datetime:
        """Return the shifted moment, in UTC."""
        return self._clock.now() + self._shift

    def turn_to(self, moment: datetime) -> None:
        """Go forward to a moment; one that has passed changes nothing."""
        self._shift += max(moment - self.now(), timedelta())


class Hands:
    """What the page's tools do with the assistant."""

    def __init__(self, assistant: Assistant, double: TelegramDouble, clock: ShiftedClock) -> None:
        self.assistant = assistant
        self._double = double
        self._clock = clock

    async def advance(self, by: timedelta) -> None:
        """Turn the clock forward, stopping at each reminder to let it be sent on time."""
        await self.assistant.quiet()
        target = self._clock.now() + by
        while (now := self._clock.now()) < target:
            due = await self._next_due()
            stop = min(due or target, now + STEP, target)
            await self._turn_to(stop)

    async def to_next_reminder(self) -> bool:
        """Turn the clock until a reminder arrives; False, and no turn, when nothing is followed."""
        await self.assistant.quiet()
        if not await self._anything_followed():
            return False
        before, end = len(self._double.ledger), self._clock.now() + FAR
        while len(self._double.ledger) == before and self._clock.now() < end:
            due = await self._next_due()
            await self._turn_to(due or self._clock.now() + STEP)
        return len(self._double.ledger) > before

    async def sent(self) -> Sequence[Sent]:
        """Return what waits and what was sent, newest first."""
        async with self.assistant.db.read() as c:
            waiting = [
                row
                for chat_id in self._double.world.accounts
                for row in await deliveries.queued_for(c, chat_id, Lane.REMINDER)
            ]
            sent = await deliveries.sent_list(c, LINES)
        waiting.sort(key=lambda row: row.due_at, reverse=True)
        return [self._line(row) for row in [*waiting, *sent]]

    async def greet_known(self, phones: Phones) -> None:
        """Let those whom the ledger knows from an earlier run go on without Start."""
        async with self.assistant.db.read() as c:
            for number in range(1, MOST + 1):
                owner = phones.owner(number)
                owner.account.started = await people.find(c, owner.id) is not None

    async def _turn_to(self, moment: datetime) -> None:
        self._clock.turn_to(moment)
        await self.assistant.catch_up()

    async def _next_due(self) -> datetime | None:
        async with self.assistant.db.read() as c:
            return await deliveries.next_due(c, self._clock.now())

    async def _anything_followed(self) -> bool:
        async with self.assistant.db.read() as c:
            return bool(await follows.all_active(c))

    def _line(self, row: Delivery) -> Sent:
        message = None
        if row.chat_id in self._double.world.chats and row.message_id is not None:
            message = self._double.world.chats[row.chat_id].messages.get(row.message_id)
        text = message.text if message else (row.occasion or "")
        at = row.settled_at or row.due_at
        return Sent(at, row.kind, row.state.value, text, row.chat_id)
