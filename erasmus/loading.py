"""Loading: all content files, read once and cross-checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol, TypeVar

from erasmus.actions import Action
from erasmus.content_calls import SeededCall
from erasmus.crosscheck import crosscheck
from erasmus.facts import Fact
from erasmus.library import Library
from erasmus.parsing import ContentError, entries, entry, read_tables
from erasmus.places import Country, StudyField
from erasmus.plans import Checklist
from erasmus.questions import Question
from erasmus.reading import Reading
from erasmus.rules import Rule
from erasmus.sources import Decider, Source
from erasmus.universities import ListedUniversity

CONTENT = Path(__file__).parent / "content"


def load_library(content: Path = CONTENT) -> Library:
    """Load and cross-check all content; raise ContentError at the first thing that is wrong."""
    countries = content / "countries.toml"
    tables = read_tables(countries)
    calls = _by_id(entries(SeededCall, content / "calls.toml", "calls"))
    listed = _by_id(entries(ListedUniversity, content / "universities.toml", "universities"))
    questions = _by(lambda q: q.fact, entries(Question, content / "questions.toml", "questions"))
    library = Library(
        facts=_facts(content / "facts.toml"),
        countries=_by(lambda c: c.code, _countries(countries, tables)),
        iso=frozenset(str(tables.get("iso", "")).split()),
        groups={name: frozenset(codes) for name, codes in tables.get("groups", {}).items()},
        sources=_by_id(entries(Source, content / "sources.toml", "sources")),
        deciders=_by_id(entries(Decider, content / "deciders.toml", "deciders")),
        rules=_by_id(entries(Rule, content / "rules", "rules")),
        actions=_actions(content / "actions"),
        questions=tuple(questions.values()),
        checklists=_checklists(content / "checklists"),
        fields=_by_id(entries(StudyField, content / "fields.toml", "fields")),
        calls=tuple(call.call() for call in calls.values()),
        universities={name: one.university() for name, one in listed.items()},
        reading=_reading(content / "reading.toml"),
    )
    crosscheck(library, content)
    return library


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


_Item = TypeVar("_Item", bound=_Identified)
_Entry = TypeVar("_Entry")


def _by_id(found: Iterable[tuple[Path, _Item]]) -> dict[str, _Item]:
    return _by(lambda item: item.id, found)


def _by(name: Callable[[_Entry], str], found: Iterable[tuple[Path, _Entry]]) -> dict[str, _Entry]:
    by_name: dict[str, _Entry] = {}
    for file, item in found:
        if name(item) in by_name:
            raise ContentError(file, name(item), "is there twice", "names that differ")
        by_name[name(item)] = item
    return by_name


def _countries(file: Path, tables: Mapping[str, Any]) -> Iterator[tuple[Path, Country]]:
    for number, table in enumerate(tables.get("countries", [])):
        yield file, entry(Country, table, file, f"countries[{number}]")


def _reading(file: Path) -> Reading:
    return entry(Reading, read_tables(file), file, "")


def _facts(file: Path) -> dict[str, Fact]:
    facts = {}
    for name, table in read_tables(file).items():
        if not isinstance(table, dict):
            raise ContentError(file, name, "is not a table", f"[{name}]")
        facts[name] = entry(Fact, {"name": name, **table}, file, name)
    return facts


def _actions(folder: Path) -> dict[str, Action]:
    found = [
        (file, entry(Action, read_tables(file), file, "")) for file in sorted(folder.glob("*.toml"))
    ]
    return _by_id(sorted(found, key=lambda pair: pair[1].order))


def _checklists(folder: Path) -> dict[str, Checklist]:
    return _by_id(
        (file, entry(Checklist, read_tables(file), file, ""))
        for file in sorted(folder.glob("*.toml"))
    )
