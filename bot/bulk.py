"""Bulk: what leaves for many, at the pace that all processes share, and at a paid one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final, TypeAlias

from bot.clock import Clock
from bot.digests import NOTICES, Held, gather
from bot.figures import Figures
from bot.flights import BULK_LANES, LANES_BESIDE_A_HOLD, Claimed, Flights, Ways
from bot.pace import Pace
from bot.suspects import Suspects
from storage import Connection, deliveries, holds
from storage.deliveries import Delivery, Lane

BULK_AT_ONCE: Final = 64
"""Only at a paid pace so many are under way; at 30 a second it is a handful."""

NEXT_TURN: Final = timedelta(seconds=1)

Lanes: TypeAlias = Collection[Lane]


class Bulk:
    """Chooses the rows of reminders, corrections and announcements that leave now."""

    def __init__(
        self, clock: Clock, ways: Ways, flights: Flights, suspects: Suspects, figures: Figures
    ) -> None:
        """Claim nothing yet; at first something may be due."""
        self._clock, self._flights = clock, flights
        self._suspects, self._figures = suspects, figures
        self._pace, self._paid = ways.pace, ways.paid
        self._paying = False
        self.due = True

    @property
    def places(self) -> int:
        """How many rows may leave now beside those under way."""
        under_way = self._flights.number(BULK_LANES)
        if self._suspects.alone_in_bulk:
            return 0 if under_way else 1
        return BULK_AT_ONCE - under_way

    @property
    def possible(self) -> bool:
        """Whether something may be due, and Telegram has asked for no pause."""
        return self.due and not self._pace.paused

    def seconds_to_next(self) -> float:
        """Return how long the pace lets the next row wait."""
        if self._paying and self._paid is not None:
            return min(self._pace.seconds_to_next(), self._paid.seconds_to_next())
        return self._pace.seconds_to_next()

    async def tell_pace(self, c: Connection, *, alone: bool) -> None:
        """Let the other processes know what this one sends and met; `alone`: there are no others.

        It counts as told with `told`, after the commit.
        """
        sending = bool(self._flights.number(BULK_LANES)) or self.due
        for pace in self._paces:
            await pace.tell(c, sending=sending, alone=alone)

    def told(self) -> None:
        """Learn that what was told is committed."""
        for pace in self._paces:
            pace.told()

    async def claim(self, c: Connection, lease_until: datetime) -> list[Claimed]:
        """Claim as many rows as have a place and a slot of the pace."""
        self.due |= self._suspects.in_bulk
        free = self.places
        if not self.due or free <= 0:
            return []
        held = await holds.held(c, holds.BULK)
        granted = await self._pace.grant(c, free)
        bought = await self._paid.grant(c, free - granted) if self._paying and self._paid else 0
        if not granted + bought:
            return []
        self.due = False  # somebody may say otherwise while we look
        self._figures.expired.inc(await deliveries.expire(c, self._clock.now()))
        lanes = LANES_BESIDE_A_HOLD if held else BULK_LANES
        rows = await self._due(c, lease_until, granted, bought, lanes)
        self.due |= bool(rows) or self._suspects.in_bulk
        self._paying = any(self._is_paid(row) for row in rows)
        return await self._choose(c, rows, granted, bought)

    async def _due(
        self, c: Connection, lease_until: datetime, granted: int, bought: int, lanes: Lanes
    ) -> list[Delivery]:
        now = self._clock.now()
        if self._suspects.alone_in_bulk:
            suspect = await self._suspects.claim(c, now, lease_until, lanes)
            if suspect:
                return suspect
        self._suspects.fresh_went()
        rows: list[Delivery] = []
        if granted:
            rows += await deliveries.claim(c, now, lease_until, granted, lanes)
        if bought and Lane.ANNOUNCEMENT in lanes:
            rows += await deliveries.claim(c, now, lease_until, bought, (Lane.ANNOUNCEMENT,))
        return rows

    async def _choose(
        self, c: Connection, rows: list[Delivery], granted: int, bought: int
    ) -> list[Claimed]:
        """Return what leaves now of the claimed rows; the others go back, with the reason.

        What is not paid for never leaves on a turn that was bought.
        """
        now = self._clock.now()
        claimed: list[Claimed] = []
        for row in rows:
            together = await gather(c, row, now) if row.kind in NOTICES else []
            if isinstance(together, Held):
                await deliveries.postpone(c, row, together.until, together.reason)
                continue
            on_bought = bought > 0 and self._is_paid(row)
            if not on_bought and granted <= 0:
                await deliveries.postpone(c, row, now + NEXT_TURN, "pace")
                continue
            bought, granted = bought - on_bought, granted - (not on_bought)
            claimed.append((row, together))
        if self._paid is not None:
            await self._paid.give_back(c, bought)
        await self._pace.give_back(c, granted)
        return claimed

    def _is_paid(self, row: Delivery) -> bool:
        return self._paid is not None and bool(row.body.get("paid"))

    @property
    def _paces(self) -> list[Pace]:
        return [self._pace] if self._paid is None else [self._pace, self._paid]
