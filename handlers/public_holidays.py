"""Public holidays of the countries whose offices answer; weekends are not among them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import cache


@cache
def public_holidays(country: str) -> Collection[date]:
    """Return the days off of a country, of any year; days that follow the moon are estimated."""
    from holidays import country_holidays  # noqa: PLC0415 - only who asks or answers needs it

    return country_holidays(country)
