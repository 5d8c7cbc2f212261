"""Conditions as content files write them.

In content files a condition is one of

    {fact = "role", in = ["student"]}          {fact = "home_country", in_group = "central_asia"}
    {fact = "agreement", is = true}            {fact = "days_wanted", min = 5, max = 30}
    {all = [...]}    {any = [...]}    {not = {...}}

Arithmetic is never an operator here but a derived fact (`erasmus.derived`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import BeforeValidator

from erasmus.conditions import Between, Condition, Either, Every, InGroup, Not, OneOf

FORMS = (
    '{fact, in = [...]}, {fact, in_group = "..."}, {fact, is = true}, {fact, min, max}, '
    "{all = [...]}, {any = [...]}, {not = {...}}"
)


def parse_condition(table: object) -> Condition:
    """Read a content table as a condition; raise ValueError naming the forms that are allowed."""
    if not isinstance(table, Mapping):
        if isinstance(table, Condition):
            return table
        msg = f"{table!r} is not a condition; allowed: {FORMS}"
        raise ValueError(msg)
    keys = frozenset(table)
    parsed = _combination(table, keys) or _comparison(table, keys)
    if parsed is None:
        msg = f"unknown form {{{', '.join(sorted(keys))}}}; allowed: {FORMS}"
        raise ValueError(msg)
    return parsed


def _combination(table: Mapping[str, object], keys: frozenset[str]) -> Condition | None:
    if keys == {"not"}:
        return Not(parse_condition(table["not"]))
    for key, kind in (("all", Every), ("any", Either)):
        if keys == {key}:
            parts = table[key]
            if not isinstance(parts, list) or not parts:
                msg = f"{key} needs a list of conditions"
                raise ValueError(msg)
            return kind(tuple(parse_condition(part) for part in parts))
    return None


def _comparison(table: Mapping[str, object], keys: frozenset[str]) -> Condition | None:
    fact = str(table.get("fact", ""))
    if not fact:
        return None
    match sorted(keys - {"fact"}):
        case ["in"]:
            return OneOf(fact, frozenset(_values(table["in"])))
        case ["in_group"]:
            return InGroup(fact, str(table["in_group"]))
        case ["is"] if isinstance(table["is"], bool):
            return OneOf(fact, frozenset([table["is"]]))
        case ["max"] | ["max", "min"] | ["min"]:
            return _between(fact, table.get("min"), table.get("max"))
    return None


def _values(listed: object) -> list[str]:
    if not isinstance(listed, list) or not listed or not all(isinstance(v, str) for v in listed):
        msg = f"in needs a list of words, found {listed!r}"
        raise ValueError(msg)
    return listed


def _between(fact: str, low: object, high: object) -> Between:
    bounds = [bound for bound in (low, high) if bound is not None]
    if any(isinstance(b, bool) or not isinstance(b, int | float) for b in bounds):
        msg = f"min and max need numbers, found {low!r} and {high!r}"
        raise ValueError(msg)
    between = Between(fact, _number(low), _number(high))
    if between.low is not None and between.high is not None and between.low > between.high:
        msg = f"min {low} is greater than max {high}"
        raise ValueError(msg)
    return between


def _number(bound: object) -> float | None:
    return float(bound) if isinstance(bound, int | float) else None


ContentCondition = Annotated[Condition, BeforeValidator(parse_condition)]
