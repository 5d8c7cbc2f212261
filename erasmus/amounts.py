"""Numbers as people type them, with a unit or without: "5", «2 года назад», «8 апта»."""

from __future__ import annotations

import re
from collections.abc import Iterable

from erasmus.reading import Reading, UnitWords, alternatives, small

PART = re.compile(r"(\d+(?:[.,]\d+)?)(?:[\s-]*([^\W\d_]+)\.?)?")
LOOSE = " ,."
"""What may stand between and behind the parts."""


def amount(text: str, unit: str | None, words: Reading) -> float | None:
    """Return a typed number in a unit; None where the text says more than that.

    "2 years" are 24 where months are asked for. "8 hours a week" is not understood where hours in
    all are: a wrong guess would turn the verdict.
    """
    said = re.sub("-?" + alternatives(words.ago), "", small(text))
    parts = PART.findall(said)
    if not parts or PART.sub("", said).strip(LOOSE):
        return None
    if len(parts) > 1 and not all(word for _, word in parts):
        return None
    each = [_in_unit(float(n.replace(",", ".")), word, unit, words.units) for n, word in parts]
    known = [number for number in each if number is not None]
    return round(sum(known), 2) if len(known) == len(each) else None


def _in_unit(
    number: float, word: str, unit: str | None, units: Iterable[UnitWords]
) -> float | None:
    known = {one.unit: one for one in units}
    wanted = known.get(unit or "")
    if not word or (wanted and _names(wanted, word)):
        return number
    said = next((one for one in known.values() if one.days and _names(one, word)), None)
    if said is None or said.days is None or wanted is None or wanted.days is None:
        return None
    return number * said.days / wanted.days


def _names(unit: UnitWords, word: str) -> bool:
    return re.fullmatch(alternatives(unit.names), word) is not None
