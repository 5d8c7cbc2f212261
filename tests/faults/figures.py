"""Figures: what every trial found, printed at the end and written down for the documentation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

HEAD: Final = """# Reliability: what breaks, and what happens then

Every line was found by breaking the assistant on purpose: real processes, real databases, and a
strict double of Telegram on the same machine that can refuse, cut, delay and limit. The numbers
in the first column are those of the plan of faults. A seed repeats the random choices of a trial
(`--seed`); where processes are killed, the moment itself never repeats exactly.

The long forms of all trials, two hours together, and this page:

    python -m pytest -m long tests/faults --figures docs/reliability.md

Chats, late rows, repeats, secrets, waves and writers run in short form with every
`python -m pytest`; all others, and the long forms, with `-m long`. `.ci/run` runs the kills and
what else is quick of rows 1 to 23 in short form, too. The name of a test tells which form a line is
of; a line stays until its test is run again.

| row | promise | found | seed | test |
| --- | --- | --- | --- | --- |
"""

ROW: Final = re.compile(r"\| \d+ \|")


@dataclass(frozen=True, slots=True)
class Figure:
    """What one trial found. `row` is its number in the plan of faults."""

    row: int
    promise: str
    found: str
    seed: int
    test: str

    def line(self) -> str:
        """Return the figure for a terminal."""
        return f"row {self.row:>2}  {self.found}  [{self.promise}]  seed {self.seed}"

    def table_row(self) -> str:
        """Return the figure as a row of a table."""
        cells = (str(self.row), self.promise, self.found, str(self.seed), f"`{self.test}`")
        return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def write(figures: list[Figure], path: Path) -> None:
    """Write the page; figures of tests that did not run stay as they are on it."""
    lines = path.read_text().splitlines() if path.exists() else []
    tests = {f"`{figure.test}`" for figure in figures}
    kept = [line for line in lines if ROW.match(line) and line.split(" | ")[-1][:-2] not in tests]
    rows = sorted([*kept, *(figure.table_row() for figure in figures)], key=_order)
    path.write_text(HEAD + "\n".join(rows) + "\n")


def _order(row: str) -> tuple[int, str]:
    number, *_, test = row.removeprefix("| ").split(" | ")
    return int(number), test
