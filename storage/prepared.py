"""Prepared statements: put into SQLite's words once, from then on only filled in and run.

SQLAlchemy makes a context, a cursor and a result for each execution. That takes several times as
long as SQLite does for a few rows, and a press has a handful of statements. What a statement says,
and how its values are stored and read, is SQLAlchemy's business here as everywhere.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, TypeAlias

from sqlalchemy import Dialect, Executable, Select, UpdateBase
from sqlalchemy.engine import IteratorResult
from sqlalchemy.engine.result import SimpleResultMetaData
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler

KEPT: Final = 512
"""Statements, each with the names of its values: more than there are."""

Values: TypeAlias = Mapping[str, Any] | list[Mapping[str, Any]]
"""One row's, or several rows'."""

Process: TypeAlias = Callable[[Any], Any] | None


class Rows(IteratorResult[Any]):
    """The rows that a statement gave back, and how many it changed."""

    def __init__(self, metadata: SimpleResultMetaData, rows: Iterator[Any], changed: int) -> None:
        super().__init__(metadata, rows)
        self.rowcount = changed


class Prepared:
    """A statement in SQLite's words, with what its values go through on their way in and out."""

    def __init__(
        self, statement: Select[Any] | UpdateBase, compiled: SQLCompiler, names: Sequence[str]
    ) -> None:
        dialect = compiled.dialect
        self._dialect, self._words = dialect, compiled.string
        # What the statement itself says is already there; `_given` are the gaps.
        self._frame: list[Any] = []
        self._given: list[tuple[int, str, Process]] = []
        defaults = {column.key: column.default for column in compiled.prefetch}
        for place, name in enumerate(compiled.positiontup or ()):
            bind = compiled.binds[name]
            process = bind.type.dialect_impl(dialect).bind_processor(dialect)
            if bind.key in names:
                self._given.append((place, bind.key, process))
                self._frame.append(None)
            else:
                value = defaults[bind.key].arg if bind.key in defaults else bind.effective_value
                self._frame.append(process(value) if process else value)
        columns = list(statement.exported_columns)
        self._metadata = SimpleResultMetaData([str(column.key) for column in columns])
        self._read = [
            (place, process)
            for place, column in enumerate(columns)
            if (process := column.type.dialect_impl(dialect).result_processor(dialect, None))
        ]

    def run(self, raw: sqlite3.Connection, values: Values) -> Rows:
        """Run it with the values of one row, or of several rows where none come back."""
        try:
            if isinstance(values, list):
                cursor = raw.executemany(self._words, [self._filled(row) for row in values])
            else:
                cursor = raw.execute(self._words, self._filled(values))
            found = cursor.fetchall()
        except sqlite3.Error as error:
            raise self._told(error) from error
        return Rows(self._metadata, map(self._row, found), cursor.rowcount)

    def _filled(self, values: Mapping[str, Any]) -> list[Any]:
        row = self._frame.copy()
        for place, key, process in self._given:
            row[place] = process(values[key]) if process else values[key]
        return row

    def _row(self, found: tuple[Any, ...]) -> tuple[Any, ...]:
        row = list(found)
        for place, process in self._read:
            row[place] = process(row[place])
        return tuple(row)

    def _told(self, error: sqlite3.Error) -> Exception:
        """Return the error as SQLAlchemy tells it, without the values: they are people's own."""
        return DBAPIError.instance(
            self._words, None, error, sqlite3.Error, hide_parameters=True, dialect=self._dialect
        )


def prepare(statement: Executable, values: Values, dialect: Dialect) -> Prepared | None:
    """Return a statement prepared for such values; None for one that SQLAlchemy has to run.

    That is one in plain text, one whose words depend on its values, one that gives rows back for
    each of several rows, and one with a mistake in it: SQLAlchemy tells mistakes well.
    """
    if isinstance(values, list):
        return _prepared(statement, tuple(values[0]), dialect, several=True)
    return _prepared(statement, tuple(values), dialect, several=False)


@lru_cache(maxsize=KEPT)
def _prepared(
    statement: Executable, names: tuple[str, ...], dialect: Dialect, *, several: bool
) -> Prepared | None:
    if not isinstance(statement, Select | UpdateBase):
        return None
    compiled = statement.compile(dialect=dialect, column_keys=list(names))
    if not isinstance(compiled, SQLCompiler) or compiled.post_compile_params:
        return None
    if any(bind.required and bind.key not in names for bind in compiled.bind_names):
        return None
    if not all(column.default and column.default.is_scalar for column in compiled.prefetch):
        return None
    gives_rows = bool(list(statement.exported_columns))
    return None if several and gives_rows else Prepared(statement, compiled, names)
