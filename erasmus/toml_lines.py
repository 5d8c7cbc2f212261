"""Where in a TOML file something stands: `tomllib` gives values without their lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

HEADER = re.compile(r"\s*(?P<open>\[\[?)\s*(?P<name>[^\[\]]+?)\s*\]\]?\s*(?:#.*)?")
KEY = re.compile(r"""\s*(?P<key>(?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"))*)\s*=""")
LONG_QUOTES = ('"""', "'''")
AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    path: tuple[str, ...]


def line_of(text: str, table: str, index: int, path: Sequence[str] = ()) -> int:
    """Return the line of a key of the entry `[[table]]` with this index, counted from 1.

    A key that is not there has the line of what it would belong to.
    """
    best = _Line(1, ())
    for line in _lines(text, table, index):
        if line.path == tuple(path[: len(line.path)]) and (
            best.number == 1 or len(line.path) > len(best.path)
        ):
            best = line
    return best.number


def line_of_fault(told: str) -> int:
    """Return the line that a complaint of `tomllib` names; 1 when it names none."""
    found = AT_LINE.search(told)
    return int(found[1]) if found else 1


def _lines(text: str, table: str, index: int) -> Iterator[_Line]:
    """Yield the lines of one entry: its header, its subtables, its keys."""
    found, below = -1, None
    for number, line in _outside_long_strings(text):
        header = HEADER.fullmatch(line)
        if header:
            name = tuple(_parts(header["name"]))
            if header["open"] == "[[" and name == (table,):
                found += 1
            below = name[1:] if name[:1] == (table,) else None
            if found == index and below is not None:
                yield _Line(number, below)
        elif found == index and below is not None and (key := KEY.match(line)):
            yield _Line(number, (*below, *_parts(key["key"])))


def _outside_long_strings(text: str) -> Iterator[tuple[int, str]]:
    open_quotes = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if not open_quotes:
            yield number, line
        for quotes in LONG_QUOTES:
            if line.count(quotes) % 2 and open_quotes in {"", quotes}:
                open_quotes = "" if open_quotes else quotes


def _parts(dotted: str) -> Iterator[str]:
    for part in dotted.split("."):
        yield part.strip().strip("\"'")
