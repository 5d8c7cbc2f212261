"""What fits into one message: Telegram refuses a longer one whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from erasmus.announcement_texts import LONGEST_TEXT, signs, visible
from locales import Texts

AROUND: Final = 400
"""Signs kept for what stands around a list: its heading, a hint, how many more there are."""

BETWEEN: Final = 2


def fitting(t: Texts, items: Sequence[str]) -> list[str]:
    """Return the items of a list that fit into one message, and how many more there are."""
    room = LONGEST_TEXT - AROUND
    for n, item in enumerate(items):
        room -= signs(visible(item)) + BETWEEN
        if room < 0:
            return [*items[:n], t.plural("And {n} more.", "And {n} more.", len(items) - n)]
    return list(items)
