"""Charts: what a picture of numbers says, before anything is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
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
        return asdict(self)

    @classmethod
    def unpacked(cls, read: Mapping[str, Any]) -> Chart:
        """Undo `packed`."""
        return cls(
            read["title"],
            read["about"],
            tuple(Section(one["title"], _bars(one["bars"])) for one in read["sections"]),
            tuple((name, shown) for name, shown in read["totals"]),
            tuple(
                Table(
                    one["title"],
                    tuple(one["heads"]),
                    tuple(Row(row["label"], _bars(row["bars"])) for row in one["rows"]),
                )
                for one in read["tables"]
            ),
        )


def _bars(read: Sequence[Mapping[str, Any]]) -> tuple[Bar, ...]:
    return tuple(Bar(**bar) for bar in read)
