"""Time: the only place of the product that asks the machine what time it is."""

from __future__ import annotations

import math
import time
import zoneinfo
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Final, Protocol

JUMP_SECONDS: Final = 2.0
"""A clock that differs by more between two looks was set."""


class Clock(Protocol):
    """Says what time it is."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the machine's time in UTC."""
        return datetime.now(UTC)


class Evenness:
    """Knows since when a clock has gone on evenly: not been set, nor the machine been asleep."""

    def __init__(self, clock: Clock, monotonic: Callable[[], float] = time.monotonic) -> None:
        """Trust the clock at first."""
        self._clock, self._monotonic = clock, monotonic
        self._ahead, self._since = self._now(), -math.inf

    def holds_for(self, seconds: float) -> bool:
        """Tell whether it has gone on evenly for so long; to be asked more often than that."""
        ahead = self._now()
        if abs(ahead - self._ahead) > JUMP_SECONDS:
            self._since = self._monotonic()
        self._ahead = ahead
        return self._monotonic() - self._since >= seconds

    def _now(self) -> float:
        """Return how far the clock is ahead of the time that has passed."""
        return self._clock.now().timestamp() - self._monotonic()


class MovableClock:
    """A clock that stands still until somebody moves it: for the sandbox and for tests."""

    def __init__(self, start: datetime) -> None:
        """Raise ValueError for a naive start."""
        self._now = _aware(start)

    def now(self) -> datetime:
        """Return the moment the clock was last moved to, in UTC."""
        return self._now

    def move_to(self, moment: datetime) -> None:
        """Go to a moment, also to an earlier one. Raises ValueError for a naive one."""
        self._now = _aware(moment)

    def move(self, by: timedelta) -> None:
        """Go forward (or, when negative, back)."""
        self._now += by


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        msg = f"an aware moment is needed, not {moment.isoformat()}"
        raise ValueError(msg)
    return moment.astimezone(UTC)


NEEDED_ZONES: Final = (
    "Asia/Bishkek",
    "Asia/Almaty",
    "Asia/Tashkent",
    "Asia/Dushanbe",
    "Asia/Ashgabat",
    "Europe/Brussels",
)


class ZonesMissing(Exception):
    """Without time zones no deadline can be told; install the package tzdata."""


def zone_version() -> str:
    """Return the version of the time zones that are used, such as 2026b; later ones are higher."""
    return str(import_module("tzdata").IANA_VERSION)


def use_own_zones() -> None:
    """Read time zones from the package tzdata only, never from the machine.

    The machine's data is often years old: Kazakhstan changed its clocks on 2024-03-01.
    Raises ZonesMissing when a zone that people here live by is not there.
    """
    zoneinfo.reset_tzpath([])
    zoneinfo.ZoneInfo.clear_cache()
    missing = []
    for zone in NEEDED_ZONES:
        try:
            zoneinfo.ZoneInfo(zone)
        except zoneinfo.ZoneInfoNotFoundError:
            missing.append(zone)
    if missing:
        msg = f"no time zone data for {', '.join(missing)}; install the package tzdata"
        raise ZonesMissing(msg)
