"""The shipped content, read once, and the day on which the tests stand."""

from datetime import date

import pytest

from erasmus.library import Library
from erasmus.loading import load_library


@pytest.fixture(scope="session")
def library() -> Library:
    """Everything that is shipped."""
    return load_library()


@pytest.fixture
def today() -> date:
    """A Saturday in autumn, in the first half of the academic year."""
    return date(2026, 11, 21)
