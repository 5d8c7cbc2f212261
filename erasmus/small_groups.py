"""Small groups: which numbers may be told, so that no group of fewer than five people shows.

Hiding a small number alone is not enough where the whole is told as well: the rest gives it away.
So it is told together with others, enough of them that each could be another number.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from typing import Final

SMALL: Final = 5
"""Groups of fewer people are not told apart."""


class Told(Enum):
    """How much of a number is told."""

    EXACTLY = auto()
    FEW = auto()  # from one to four
    MORE = auto()  # five or more
    NOTHING = auto()


def is_small(value: int) -> bool:
    """Tell whether it is a group that must not show; nobody is none."""
    return 0 < value < SMALL


def alone(value: int) -> Told:
    """Return what may be told of a number that nothing else gives away."""
    return Told.FEW if is_small(value) else Told.EXACTLY


def part(value: int, whole: int) -> Told:
    """Return what may be told of a part where the whole is told, and so the rest can be known."""
    if whole <= SMALL + 1:  # too little for a few, or five and more, to leave any doubt
        return Told.NOTHING if 0 < value < whole else alone(value)
    rest_shows = is_small(whole - value) and not is_small(value)
    return Told.MORE if rest_shows else alone(value)


def together(values: Sequence[int]) -> frozenset[int]:
    """Return which parts of a whole that is told are told as one number, by their places."""
    chosen = [n for n, value in enumerate(values) if is_small(value)]
    others = sorted((value, -n) for n, value in enumerate(values) if value >= SMALL)
    while chosen and others and _gives_away([values[n] for n in chosen]):
        chosen.append(-others.pop(0)[1])
    return frozenset(chosen)


def _gives_away(hidden: Sequence[int]) -> bool:
    """Tell whether the sum of these numbers says what they are, or is a small group itself."""
    return len(hidden) == 1 or sum(hidden) < SMALL or sum(hidden) == len(hidden)
