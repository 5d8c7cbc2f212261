"""Limits: what the operator's settings allow the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from math import ceil

STARS_FOR_TEN = 1
"""What Telegram takes for ten messages of a paid announcement."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How large and how fast announcements may be.

    From `two_people_from` recipients on, a second publisher has to confirm. `stars` is the most
    that one announcement may cost; 0: none is paid for. `admins` run the assistant: they are told
    what nobody at an office can mend.
    """

    two_people_from: int = 1000
    per_second: float = 30
    paid_per_second: float = 950
    stars: int = 0
    admins: frozenset[int] = frozenset()

    def may_pay(self, messages: int) -> bool:
        """Tell whether so many paid messages cost no more than allowed."""
        return self.stars > 0 and self.price(messages) <= self.stars

    def needs_two(self, messages: int) -> bool:
        """Tell whether a second publisher has to confirm so many."""
        return messages >= self.two_people_from

    def price(self, messages: int) -> int:
        """Return what so many paid messages cost, in Stars."""
        return ceil(messages / 10) * STARS_FOR_TEN

    def time_needed(self, messages: int, *, paid: bool) -> timedelta:
        """Return how long so many messages take when nothing hinders them."""
        return timedelta(seconds=messages / (self.paid_per_second if paid else self.per_second))


DEFAULT_LIMITS = Limits()
