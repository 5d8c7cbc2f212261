"""Pages of a long list."""

import pytest

from handlers.pages import page_of
from handlers.presses import Universities
from handlers.screens import Go, Rows


def turned(rows: Rows) -> list[tuple[str, int]]:
    """Return each button's label with the page that it opens."""
    return [
        (button.label, button.press.page)
        for row in rows
        for button in row
        if isinstance(button, Go) and isinstance(button.press, Universities)
    ]


@pytest.mark.parametrize(
    ("asked", "items", "first", "neighbours"),
    [
        (0, [1, 2], 0, [("after", 1)]),
        (1, [3, 4], 2, [("before", 0), ("after", 2)]),
        (2, [5], 4, [("before", 1)]),
        (9, [5], 4, [("before", 1)]),
        (-1, [1, 2], 0, [("after", 1)]),
    ],
)
def test_a_page_and_its_neighbours(
    asked: int, items: list[int], first: int, neighbours: list[tuple[str, int]]
) -> None:
    """A button for a page that is gone opens the nearest."""
    page = page_of([1, 2, 3, 4, 5], asked, 2)
    rows = page.turning("before", "after", lambda number: Universities("KG", number))

    assert (page.items, page.first) == (items, first)
    assert turned(rows) == neighbours


@pytest.mark.parametrize("found", [[], [1], [1, 2]])
def test_one_page_turns_nowhere(found: list[int]) -> None:
    page = page_of(found, 0, 2)

    assert page.items == found
    assert page.turning("before", "after", lambda number: Universities("KG", number)) == ()
