"""Tables for spreadsheets: nothing that somebody wrote becomes a formula."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.tables import FORMULA, csv_table, safe_cell


@pytest.mark.parametrize("first", FORMULA)
def test_a_cell_that_begins_like_a_formula_is_text(first: str) -> None:
    assert safe_cell(f"{first}cmd|' /C calc'!A0") == f"'{first}cmd|' /C calc'!A0"


@pytest.mark.parametrize(
    ("value", "cell"), [(None, ""), (5, "5"), (-5, "'-5"), ("a=b", "a=b"), ("сабак", "сабак")]
)
def test_other_cells_stay_as_they_are(value: object, cell: str) -> None:
    assert safe_cell(value) == cell


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4))
def test_what_is_read_back_is_what_was_written_and_no_formula(cells: list[str]) -> None:
    table = csv_table(["name"], [cells])
    _, *rows = csv.reader(StringIO(table.removeprefix("\ufeff"), newline=""))
    assert rows == [[safe_cell(cell) for cell in cells]]
    assert not any(cell.startswith(FORMULA) for cell in rows[0])
