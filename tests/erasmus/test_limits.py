"""Limits of the desk: what an announcement costs, and how long it takes."""

from datetime import timedelta

import pytest

from erasmus.limits import Limits


@pytest.mark.parametrize(("messages", "stars"), [(0, 0), (1, 1), (10, 1), (10_001, 1001)])
def test_a_paid_announcement_has_a_price(messages: int, stars: int) -> None:
    assert Limits().price(messages) == stars


def test_nothing_is_paid_for_unless_the_operator_allows_it() -> None:
    assert not Limits().may_pay(1)
    assert [Limits(stars=100).may_pay(n) for n in (1000, 1001)] == [True, False]


def test_the_pace_says_how_long_it_takes() -> None:
    limits = Limits(per_second=25, paid_per_second=500)
    assert limits.time_needed(20_000, paid=False) == timedelta(seconds=800)
    assert limits.time_needed(20_000, paid=True) == timedelta(seconds=40)
