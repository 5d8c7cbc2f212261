"""Situations in TOML: what a person tells, and what the assistant has to find.

A file holds `[people.NAME]` tables and `[[situations]]`:

    name            a sentence, unique in its file
    person          whose facts to start from; optional
    facts           what is told besides, or instead
    without         facts of the person that were not told
    on              the day; 2026-11-21 unless told
    expect          action = verdict
    because         action = the rules that are unmet (a refusal) or open (otherwise), all of them
    would_change    action = ["fact: value", ...], all of it
    from_date       action = the day from which a "not yet" becomes possible
    open_questions  action = the facts that are missing or unsure
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "situations"
USUAL_DAY = date(2026, 11, 21)


@dataclass(frozen=True)
class Situation:
    """One case with its verdicts."""

    file: str
    name: str
    expect: Mapping[str, str]
    person: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    on: date = USUAL_DAY
    because: Mapping[str, str | list[str]] = field(default_factory=dict)
    would_change: Mapping[str, list[str]] = field(default_factory=dict)
    from_date: Mapping[str, date] = field(default_factory=dict)
    open_questions: Mapping[str, list[str]] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.file}: {self.name}"

    def rules_behind(self, action: str) -> set[str] | None:
        """Return the rules that `because` names for an action, or None where it names none."""
        told = self.because.get(action)
        return {told} if isinstance(told, str) else told if told is None else set(told)


def all_situations() -> list[Situation]:
    """Return the situations of all files."""
    return [situation for file in sorted(FOLDER.glob("*.toml")) for situation in _read(file)]


def _read(file: Path) -> Iterator[Situation]:
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    people = tables.pop("people", {})
    for table in tables.pop("situations"):
        person = people[table["person"]] if "person" in table else {}
        facts = {**person, **table.get("facts", {})}
        for name in table.get("without", ()):
            del facts[name]
        yield Situation(file=file.stem, **{**table, "facts": facts})
    if tables:
        unknown = f"{file.name}: unknown tables {sorted(tables)}"
        raise ValueError(unknown)
