"""Reading content files: tables to types; errors say file, path, problem and what is allowed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from erasmus.sources import Entry

EntryType = TypeVar("EntryType", bound=Entry)


class ContentError(Exception):
    """A content file cannot be used: which file, where in it, what is wrong, what is allowed."""

    def __init__(self, file: Path | str, path: str, problem: str, allowed: str = "") -> None:
        """Keep the parts; the message joins them on one line."""
        self.file, self.path, self.problem, self.allowed = str(file), path, problem, allowed
        where = f"{file}: {path}: " if path else f"{file}: "
        super().__init__(where + problem + (f" (allowed: {allowed})" if allowed else ""))


def read_tables(file: Path) -> dict[str, Any]:
    """Return the tables of a TOML file; raise ContentError when it is missing or damaged."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ContentError(file, "", f"cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ContentError(file, "", f"is not TOML: {error}", "TOML in UTF-8") from error


def toml_files(place: Path) -> list[Path]:
    """Return a file, or the TOML files of a folder in the order of their names."""
    return sorted(place.glob("*.toml")) if place.is_dir() else [place]


def entry(kind: type[EntryType], table: Mapping[str, Any], file: Path, path: str) -> EntryType:
    """Make one table a content entry; raise ContentError for the first key that is wrong."""
    try:
        return kind.model_validate(table)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        inner = ".".join(str(part) for part in first["loc"])
        where = ".".join(part for part in (path, inner) if part)
        unknown = first["type"] == "extra_forbidden"
        allowed = ", ".join(kind.model_fields) if unknown else ""
        problem = "is not a known key" if unknown else str(first["msg"])
        raise ContentError(file, where, problem, allowed) from error


def entries(kind: type[EntryType], place: Path, key: str) -> Iterator[tuple[Path, EntryType]]:
    """Yield the entries of `[[key]]` in one file or in all files of a folder."""
    for file in toml_files(place):
        tables = read_tables(file)
        extra = sorted(set(tables) - {key})
        if extra:
            raise ContentError(file, extra[0], "is not a known table", f"[[{key}]]")
        for number, table in enumerate(tables.get(key, [])):
            yield file, entry(kind, table, file, f"{key}[{number}]")
