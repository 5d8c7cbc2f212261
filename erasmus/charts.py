"""Charts: what a picture of numbers says, before anything is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: `shown` is what stands at its end, a number as people read it, or “<5”."""

    label: str
    value: float
    shown: str


@dataclass(frozen=True, slots=True)
class Section:
    """Bars that are compared with each other."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: a bar for each column."""

    label: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers side by side, a column of bars under each head; without heads one column."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture: a title, a line below it, totals, tables and sections of bars; texts are plain.

    A total is its name and the number as people read it.
    """

    title: str
    about: str
    sections: tuple[Section, ...]
    totals: tuple[tuple[str, str], ...] = ()
    tables: tuple[Table, ...] = ()

    def packed(self) -> dict[str, Any]:
        """Return values that JSON knows."""
        return {
            "title": self.title,
            "about": self.about,
            "sections": [[one.title, _packed(one.bars)] for one in self.sections],
            "totals": [list(total) for total in self.totals],
            "tables": [
                [one.title, list(one.heads), [[row.label, _packed(row.bars)] for row in one.rows]]
                for one in self.tables
            ],
        }

    @classmethod
    def unpacked(cls, read: Mapping[str, Any]) -> Chart:
        """Undo `packed`; what was packed before there were totals and tables has none."""
        return cls(
            read["title"],
            read["about"],
            tuple(Section(title, _unpacked(bars)) for title, bars in read["sections"]),
            tuple((name, shown) for name, shown in read.get("totals", ())),
            tuple(
                Table(title, tuple(heads), tuple(Row(name, _unpacked(bars)) for name, bars in rows))
                for title, heads, rows in read.get("tables", ())
            ),
        )


def _packed(bars: Sequence[Bar]) -> list[list[Any]]:
    return [[bar.label, bar.value, bar.shown] for bar in bars]


def _unpacked(bars: Sequence[Sequence[Any]]) -> tuple[Bar, ...]:
    return tuple(Bar(*bar) for bar in bars)
