"""How wide a button's label is, in signs; measured on a phone 360 dp wide with Cyrillic letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

SAFE: Mapping[int, int] = {1: 28, 2: 13, 3: 8}
"""Signs that every phone shows, by the number of buttons in a row."""

MOST: Mapping[int, int] = {1: 36, 2: 17, 3: 11}
"""Signs that fit at the very most; a longer label is cut."""

COLUMNS: Mapping[str, int] = {"button": 1, "button2": 2, "button3": 3}
"""Buttons in a row, by the context of their label."""

_UNSEEN = frozenset({"Mn", "Me", "Cf"})
_PICTURES = frozenset({"So", "Sk"})
_FIRST_PICTURE = "\u2190"
_SKIN_TONES = ("\U0001f3fb", "\U0001f3ff")


@lru_cache(maxsize=4096)  # the same labels stand on every screen
def signs(label: str) -> int:
    """Count the signs of a label: an emoji is two wide, accents and joiners are nothing."""
    return sum(_width(sign) for sign in label)


def _width(sign: str) -> int:
    kind = unicodedata.category(sign)
    if kind in _UNSEEN or _SKIN_TONES[0] <= sign <= _SKIN_TONES[1]:
        return 0
    return 2 if kind in _PICTURES and sign > _FIRST_PICTURE else 1
