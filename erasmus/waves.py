"""Waves: how an announcement begins with few people, and what makes it stop by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

FIRST_WAVE: Final = 50
"""So many copies leave first; the others wait for what becomes of them."""

WAVE_WAIT: Final = timedelta(minutes=3)
"""For so long at the most."""

LEAST: Final = 20
"""Of fewer outcomes nothing can be said."""

BAD_SHARE: Final = 0.2
"""More people than this who are gone, or copies that failed, and it stops."""

REFUSALS: Final = 5
"""So many copies that Telegram found wrong, and it stops: the next would be wrong as well."""


class Trouble(StrEnum):
    """Why an announcement, or a correction, stopped by itself."""

    GONE = "gone"  # too many people cannot be reached, or copies failed
    REFUSED = "refused"  # Telegram finds the message wrong
    TOO_DEAR = "too_dear"  # more people than when its price was confirmed
    TOO_MANY = "too_many"  # so many now that a second person has to confirm it


@dataclass(frozen=True, slots=True)
class Seen:
    """Outcomes since the brake was let go: all, the bad ones, and the refusals among them."""

    settled: int
    bad: int
    refused: int

    def since(self, judged: Mapping[str, int]) -> Seen:
        """Return what was added to counts that were seen before."""
        return Seen(
            self.settled - judged.get("settled", 0),
            self.bad - judged.get("bad", 0),
            self.refused - judged.get("refused", 0),
        )

    @property
    def trouble(self) -> Trouble | None:
        """What speaks against going on."""
        if self.refused >= REFUSALS:
            return Trouble.REFUSED
        if self.settled >= LEAST and self.bad > BAD_SHARE * self.settled:
            return Trouble.GONE
        return None


@dataclass(frozen=True, slots=True)
class Wave:
    """How far the first wave is: copies let go so far, those not settled, and for how long."""

    released: int
    open: int
    lasts: timedelta

    @property
    def left(self) -> int:
        """How many more belong to it."""
        return max(0, FIRST_WAVE - self.released)

    @property
    def over(self) -> bool:
        """Whether the others may follow."""
        return not self.left and (not self.open or self.lasts >= WAVE_WAIT)
