"""Small groups stay hidden, also from those who subtract what is told from the whole."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import pytest

from erasmus.small_groups import SMALL, Told, is_small, part, together

E, F, M, N = Told.EXACTLY, Told.FEW, Told.MORE, Told.NOTHING


@pytest.mark.parametrize(
    ("values", "places"),
    [
        ([], set()),
        ([0, 5, 12], set()),
        ([12, 9, 4, 3], {2, 3}),
        ([12, 9, 4], {1, 2}),
        ([12, 9, 1, 1], {1, 2, 3}),
        ([12, 4, 4, 0], {1, 2}),
        ([3], {0}),
        ([2, 2], {0, 1}),
    ],
)
def test_small_parts_are_told_together(values: Sequence[int], places: set[int]) -> None:
    assert together(values) == places


@pytest.mark.parametrize(
    ("value", "whole", "told"),
    [(0, 12, E), (12, 12, E), (6, 12, E), (3, 12, F), (9, 12, M), (3, 4, N), (0, 4, E), (3, 6, N)],
)
def test_what_is_told_of_one_part(value: int, whole: int, told: Told) -> None:
    assert part(value, whole) is told


@pytest.mark.parametrize("whole", range(SMALL, 30))
def test_a_small_part_or_rest_could_be_another_number(whole: int) -> None:
    """Also for somebody who knows this rule."""
    told = {value: part(value, whole) for value in range(whole + 1)}
    for value, how in told.items():
        if is_small(value) or is_small(whole - value):
            assert how is not E
            assert list(told.values()).count(how) > 1


@pytest.mark.parametrize("number", [2, 3, 4, 6])
def test_nobody_can_work_out_a_small_group_by_subtracting(number: int) -> None:
    """Who knows the whole and the other parts knows the sum of the hidden ones, no more."""
    for values in product((0, 1, 2, 4, 5, 9), repeat=number):
        hidden = [values[n] for n in together(values)]
        others = [value for n, value in enumerate(values) if n not in together(values)]
        if sum(values) < SMALL or not hidden or (max(hidden) == 1 and not any(others)):
            continue  # nothing is told of it, or that six people are six groups
        assert len(hidden) > 1
        most = sum(hidden) - (len(hidden) - 1)  # when each of the others is one person
        assert sum(hidden) >= SMALL
        assert most > 1
        assert not any(map(is_small, others))
