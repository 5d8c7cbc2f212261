"""Cases for tests: facts read on the tests' day with a few country groups."""

from datetime import date

from hypothesis import settings

from erasmus.cases import Case, Unknown
from erasmus.facts import Value

GROUPS = {
    "central_asia": frozenset({"KG", "KZ", "UZ"}),
    "participating": frozenset({"DE", "PL", "TR"}),
}

properties = settings(max_examples=60, deadline=None, derandomize=True, database=None)
"""Property tests try the same examples everywhere and leave nothing behind."""


def case(on: date = date(2026, 11, 21), /, **facts: Value) -> Case:
    """Return the case of somebody who told these facts."""
    return Case(facts, on, GROUPS)


def asks(*facts: str) -> Unknown:
    """Return a value that these facts would tell; without facts nobody can tell it."""
    return Unknown(frozenset(facts))
