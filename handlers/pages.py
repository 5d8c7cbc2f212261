"""Pages of a long list: which part is shown, and the buttons that turn to its neighbours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from handlers.codec import Press
from handlers.screens import Go, Rows

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """A part of a list. `first` counts the items before it."""

    items: Sequence[Item]
    number: int
    first: int
    is_last: bool

    def turning(self, before: str, after: str, press: Callable[[int], Press]) -> Rows:
        """Return the row that turns pages, where there is another; `press` opens one by number."""
        row = []
        if self.number > 0:
            row.append(Go(before, press(self.number - 1)))
        if not self.is_last:
            row.append(Go(after, press(self.number + 1)))
        return (tuple(row),) if row else ()


def page_of(found: Sequence[Item], number: int, size: int) -> Page[Item]:
    """Return a page by its number; the nearest one where a button asks for one that is gone."""
    number = max(0, min(number, (len(found) - 1) // size))
    first = number * size
    return Page(found[first : first + size], number, first, first + size >= len(found))
