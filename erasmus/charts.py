"""Charts: what a picture of numbers says, before anything is drawn."""

from __future__ import annotations

from collections.abc import Mapping
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
class Chart:
    """A picture: a title, a line below it, and sections of bars. All texts are plain."""

    title: str
    about: str
    sections: tuple[Section, ...]

    def packed(self) -> dict[str, Any]:
        """Return values that JSON knows."""
        return {
            "title": self.title,
            "about": self.about,
            "sections": [
                [section.title, [[bar.label, bar.value, bar.shown] for bar in section.bars]]
                for section in self.sections
            ],
        }

    @classmethod
    def unpacked(cls, read: Mapping[str, Any]) -> Chart:
        """Undo `packed`."""
        sections = tuple(
            Section(title, tuple(Bar(*bar) for bar in bars)) for title, bars in read["sections"]
        )
        return cls(read["title"], read["about"], sections)
