"""Forms: how long a trial is. Short ones run always, long ones with `pytest -m long`."""

from __future__ import annotations

from dataclasses import dataclass

import pytest


@dataclass(frozen=True, slots=True)
class Size:
    """How often and to how many."""

    chats: int = 0
    times: int = 0


def forms(short: Size, long: Size) -> pytest.MarkDecorator:
    """Give a test its two sizes."""
    cases = [pytest.param(short, id="short"), pytest.param(long, id="long", marks=pytest.mark.long)]
    return pytest.mark.parametrize("size", cases)


LONG_ONLY = pytest.param("postgresql", marks=pytest.mark.long)
BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
BOTH_WHEN_LONG = pytest.mark.parametrize("database_url", ["sqlite", LONG_ONLY], indirect=True)
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
POSTGRESQL = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
