"""What all tables share: their names, and conditions that SQLite's partial indexes know again."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import Column, ColumnElement, FromClause, Index, MetaData, literal_column, or_

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def in_state(table: FromClause, *states: StrEnum) -> ColumnElement[bool]:
    """Return `state = 'a' OR state = 'b'` with the words in the statement itself.

    SQLite uses a partial index only where a query repeats the words of its condition; a bound
    parameter or an IN would scan the table.
    """
    return or_(*(table.c.state == literal_column(f"'{state.value}'") for state in states))


def is_suspect(counter: ColumnElement[int]) -> ColumnElement[bool]:
    """Return `counter > 0` with the number in the statement itself, for a partial index."""
    return counter > literal_column("0")


def partial(name: str, *columns: Column[Any], where: ColumnElement[bool]) -> Index:
    """Return an index of the rows that meet a condition, on both databases."""
    return Index(name, *columns, sqlite_where=where, postgresql_where=where)
