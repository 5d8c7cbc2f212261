"""Tables as files: CSV that a spreadsheet opens as text, and never as a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")
"""How a cell begins that a spreadsheet would take for a formula, or that breaks the file."""

UTF8 = "\ufeff"
"""Tells a spreadsheet that Cyrillic follows."""


def csv_table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table as a CSV file."""
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow([safe_cell(cell) for cell in header])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return UTF8 + file.getvalue()


def safe_cell(value: object) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
