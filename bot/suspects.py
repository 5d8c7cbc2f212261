"""Suspects: messages that were on their way when a process ended leave one at a time.

One of them may be what ended it. So no two are under way together, and beside one of bulk nothing
else of bulk is. After each of these the rest of bulk has its turn.
"""

from __future__ import annotations

import time
from collections.abc import Collection
from datetime import datetime
from typing import Final

from bot.flights import BULK_LANES, Flights
from storage import Connection, deliveries
from storage.deliveries import Delivery, Lane

LOOK_SECONDS: Final = 1.0
STEADY_SECONDS: Final = 5.0
"""A process that has run for so long takes the last try of a suspect."""


class Suspects:
    """Knows in which lanes there are any, and claims the next."""

    def __init__(self, flights: Flights, steady_seconds: float = STEADY_SECONDS) -> None:
        """Know of none yet; `look` does."""
        self._flights = flights
        self._steady_at = time.monotonic() + steady_seconds
        self._lanes: frozenset[Lane] = frozenset()
        self._look_at = 0.0
        self._leaving: Delivery | None = None
        self._fresh_turn = False

    def look_soon(self) -> None:
        """Look at once when asked next."""
        self._look_at = 0.0

    async def look(self, c: Connection, now: datetime) -> None:
        """See where there are any: every second, and as long as there are."""
        if self._lanes or time.monotonic() >= self._look_at:
            self._look_at = time.monotonic() + LOOK_SECONDS
            self._lanes = await deliveries.lanes_of_suspects(c, now, steady=self._steady)

    @property
    def alone_in_bulk(self) -> bool:
        """Whether one of bulk is under way, or is to leave before anything else of bulk."""
        if self._under_way is not None and self._under_way.lane in BULK_LANES:
            return True
        return self.in_bulk and not self._fresh_turn

    @property
    def in_bulk(self) -> bool:
        """Whether one of bulk waits."""
        return not self._lanes.isdisjoint(BULK_LANES)

    async def claim(
        self, c: Connection, now: datetime, lease_until: datetime, lanes: Collection[Lane]
    ) -> list[Delivery]:
        """Take the next of some lanes, unless another is under way."""
        if self._lanes.isdisjoint(lanes) or self._under_way is not None:
            return []
        found = await deliveries.claim_suspect(c, now, lease_until, lanes, steady=self._steady)
        if found:
            [self._leaving] = found
            self._fresh_turn = True
            self._lanes = frozenset()  # no second one in this transaction
            self.look_soon()
        return found

    def fresh_went(self) -> None:
        """Learn that the rest of bulk had its turn."""
        self._fresh_turn = False

    @property
    def _under_way(self) -> Delivery | None:
        row = self._leaving
        return row if row is not None and self._flights.carries(row.id) else None

    @property
    def _steady(self) -> bool:
        return time.monotonic() >= self._steady_at
