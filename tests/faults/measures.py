"""Measures: what is read from times."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil

from bot.telegram_double.ledger import Delivery
from bot.telegram_double.refusals import Refusal

SECOND = timedelta(seconds=1)


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the smallest value that so many percent do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, ceil(len(ordered) * percent / 100) - 1)]


def busiest_second(entries: Sequence[Delivery]) -> int:
    """Return the most messages that arrived within any second."""
    return busiest(entries, SECOND)


def busiest(entries: Sequence[Delivery], span: timedelta) -> int:
    """Return the most messages that arrived within any such span."""
    window: deque[datetime] = deque()
    most = 0
    for entry in entries:
        window.append(entry.at)
        while window[0] <= entry.at - span:
            window.popleft()
        most = max(most, len(window))
    return most


def penalties(refused: Sequence[Refusal]) -> int:
    """Return how many pauses Telegram asked for; what was under way then is refused, too."""
    times = [refusal.at for refusal in refused]
    return sum(not n or at - times[n - 1] > SECOND for n, at in enumerate(times))
