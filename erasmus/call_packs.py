"""Packs of an office's calls as TOML: read with everything that is wrong in them at once."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from erasmus.call_tables import TABLE, OfficeCallTable
from erasmus.calls import Call
from erasmus.library import Library
from erasmus.toml_lines import line_of, line_of_fault


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a pack, and what is allowed there."""

    line: int
    key: str
    told: str
    allowed: str = ""


class PackError(Exception):
    """A pack cannot be used; `problems` are all that is wrong with it, in the order of lines."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line))
        super().__init__(f"{len(self.problems)} problems")


@dataclass(frozen=True, slots=True)
class Packed:
    """A call of a pack; `dated` tells whether the pack says when it was published."""

    call: Call
    dated: bool
    line: int

    def over(self, known: Call | None) -> Call:
        """Return the call as it is stored over a known one: it stays published and withdrawn."""
        if known is None:
            return self.call
        published = self.call.published_at if self.dated else known.published_at
        withdrawn = self.call.withdrawn_at or known.withdrawn_at
        return replace(self.call, published_at=published, withdrawn_at=withdrawn)


def read_pack(text: str, office_id: str, library: Library, now: datetime) -> list[Packed]:
    """Return the calls of a pack for an office; raise PackError with everything that is wrong."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        fault = Problem(line_of_fault(str(error)), "", f"is not TOML: {error}")
        raise PackError([fault]) from error
    entries = tables.get(TABLE, [])
    if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        raise PackError([Problem(1, TABLE, "is not a list of tables", f"[[{TABLE}]]")])
    reader = _Reader(text, office_id, library)
    problems = [
        Problem(line_of(text, name, 0), name, "is not a known table", f"[[{TABLE}]]")
        for name in tables
        if name != TABLE
    ]
    packed = list[Packed]()
    for index, table in enumerate(entries):
        problems += reader.unknown_names(index, table)
        found, wrong = reader.entry(index, table)
        problems += wrong
        if found is not None:
            line = line_of(text, TABLE, index)
            packed.append(Packed(found.call(office_id, now), found.published is not None, line))
    if problems:
        raise PackError(problems)
    return packed


class _Reader:
    """Reads the tables of one pack and says where in its text something is wrong."""

    def __init__(self, text: str, office_id: str, library: Library) -> None:
        self._text, self._seen = text, set[str]()
        self._allowed: Mapping[str, Collection[str]] = {
            "office": [office_id],
            "action": sorted(library.actions),
            "field": sorted(library.fields),
        }

    def unknown_names(self, index: int, table: Mapping[str, Any]) -> Iterator[Problem]:
        """Yield what names something that is not there, and an id that is there twice."""
        for key, allowed in self._allowed.items():
            name = table.get(key)
            if isinstance(name, str) and name not in allowed:
                yield self._problem(index, [key], f"{name!r} is not known", ", ".join(allowed))
        name = table.get("id")
        if name in self._seen:
            yield self._problem(index, ["id"], f"{name!r} is there twice", "ids that differ")
        self._seen.add(str(name))

    def entry(
        self, index: int, table: Mapping[str, Any]
    ) -> tuple[OfficeCallTable | None, list[Problem]]:
        """Return the entry, or everything that is wrong with its values."""
        try:
            found = OfficeCallTable.model_validate(table)
        except ValidationError as error:
            errors = error.errors(include_url=False)
            return None, [self._told(index, one) for one in errors]
        wrong = found.misordered()
        return (found, []) if wrong is None else (None, [self._problem(index, ["opens"], wrong)])

    def _told(self, index: int, error: Any) -> Problem:  # noqa: ANN401 - pydantic's details
        path = [str(part) for part in error["loc"]]
        if error["type"] == "extra_forbidden":
            known = ", ".join(OfficeCallTable.model_fields)
            return self._problem(index, path, "is not a known key", known)
        if error["type"] == "missing":
            return self._problem(index, path, "is missing")
        return self._problem(index, path, str(error["msg"]).removeprefix("Value error, "))

    def _problem(self, index: int, path: Sequence[str], told: str, allowed: str = "") -> Problem:
        line = line_of(self._text, TABLE, index, path)
        return Problem(line, ".".join([f"{TABLE}[{index}]", *path]), told, allowed)
