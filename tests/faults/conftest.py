"""Faults on purpose: every test gets a trial, and its figures are printed at the end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from random import SystemRandom

import pytest

from bot.telegram_double import Pace, TelegramDouble
from tests.faults import figures
from tests.faults.figures import Figure
from tests.faults.trial import TOKEN, Trial, now

FIGURES: pytest.StashKey[list[Figure]] = pytest.StashKey()


@pytest.fixture
def pace() -> Pace:
    """Return the limits of the double; tests of other things than pace have none."""
    return Pace.off()


@pytest.fixture
def seed(pytestconfig: pytest.Config) -> int:
    """Return the seed of this trial: that of --seed, else one nobody has chosen."""
    given = pytestconfig.getoption("--seed")
    return int(given) if given is not None else SystemRandom().randrange(10**6)


@pytest.fixture
async def trial(
    tmp_path: Path, database_url: str, pace: Pace, seed: int, request: pytest.FixtureRequest
) -> AsyncIterator[Trial]:
    """Return a trial with an empty database: of SQLite, unless a test names another."""
    double = TelegramDouble(now, pace=pace, token=TOKEN, seed=seed)
    name = request.node.name
    async with Trial(tmp_path, database_url, double, seed, name) as made:
        yield made
    request.config.stash.setdefault(FIGURES, []).extend(made.figures)


@pytest.hookimpl
def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print the figures, and write them down where --figures says."""
    found = config.stash.get(FIGURES, [])
    if not found:
        return
    terminalreporter.section("figures")
    for figure in sorted(found, key=lambda figure: (figure.row, figure.test)):
        terminalreporter.line(figure.line())
    path = config.getoption("--figures")
    if isinstance(path, Path):
        figures.write(found, path)
