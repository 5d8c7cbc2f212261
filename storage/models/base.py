"""What all tables share: their names, and conditions that SQLite's partial indexes know again."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import (
    DDL,
    Column,
    ColumnElement,
    FromClause,
    Index,
    MetaData,
    Table,
    event,
    literal_column,
    or_,
)
from sqlalchemy.util import OrderedSet

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


@event.listens_for(Table, "after_parent_attach")
def _keep_order(table: Table, _metadata: MetaData) -> None:
    """Make indexes in the order of the lines; otherwise it is another one in every process.

    Of two that serve a query alike SQLite, which does not count rows, takes the younger one.
    """
    table.indexes = OrderedSet()


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


def only_added_to(table: Table, refusal: str) -> None:
    """Let the database itself refuse to change or delete a table's rows, with these words."""
    name = table.name
    statements = {
        "sqlite": [
            f"CREATE TRIGGER {name}_no_{what.lower()} BEFORE {what} ON {name} "
            f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
            for what in ("UPDATE", "DELETE")
        ],
        "postgresql": [
            f"""CREATE FUNCTION {name}_refuse() RETURNS trigger LANGUAGE plpgsql
            AS $$ BEGIN RAISE EXCEPTION '{refusal}'; END $$""",
            f"""CREATE TRIGGER {name}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {name}
           FOR EACH STATEMENT EXECUTE FUNCTION {name}_refuse()""",
        ],
    }
    for dialect, said in statements.items():
        for statement in said:
            ddl = DDL(statement)  # type: ignore[no-untyped-call]
            event.listen(table, "after_create", ddl.execute_if(dialect=dialect))
