"""A prepared statement does what SQLAlchemy would do with it, and tells mistakes as kindly."""

import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import (
    Column,
    Engine,
    Executable,
    Integer,
    MetaData,
    Table,
    bindparam,
    create_engine,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError

from erasmus.words import Language
from storage.columns import Document, spelled
from storage.prepared import Prepared, Values, prepare

people = Table(
    "people",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("language", spelled(Language), nullable=False, default=Language.RU),
    Column("facts", Document(dict)),
    Column("asked", Integer, default=lambda: 1),
)
EVERYBODY = select(people.c.id, people.c.language, people.c.facts).order_by(people.c.id)
NEWCOMER = insert(people).values(asked=0)


@pytest.fixture
def engine() -> Iterator[Engine]:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        people.create(connection)
    yield engine
    engine.dispose()


@pytest.fixture
def raw(engine: Engine) -> Iterator[sqlite3.Connection]:
    connection = engine.raw_connection()
    driver = connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    yield driver
    connection.close()


def prepared(engine: Engine, statement: Executable, values: Values) -> Prepared:
    found = prepare(statement, values, engine.dialect)
    assert found is not None
    return found


def run(engine: Engine, raw: sqlite3.Connection, statement: Executable, values: Values) -> Any:  # noqa: ANN401 - rows
    return prepared(engine, statement, values).run(raw, values)


def test_values_are_stored_and_read_as_their_columns_say(
    engine: Engine, raw: sqlite3.Connection
) -> None:
    told = {"role": "student", "city": "Ысык-Көл"}

    run(engine, raw, NEWCOMER, {"id": 7, "language": Language.KY, "facts": told})

    assert run(engine, raw, EVERYBODY, {}).all() == [(7, Language.KY, told)]


def test_what_is_not_given_is_the_column_s_default(engine: Engine, raw: sqlite3.Connection) -> None:
    run(engine, raw, NEWCOMER, {"id": 7})

    assert run(engine, raw, EVERYBODY, {}).one() == (7, Language.RU, None)


def test_several_rows_go_in_at_once(engine: Engine, raw: sqlite3.Connection) -> None:
    result = run(engine, raw, NEWCOMER, [{"id": number} for number in range(5)])

    assert result.rowcount == 5
    assert run(engine, raw, select(func.count()).select_from(people), {}).scalar_one() == 5


def test_the_same_statement_sets_whichever_columns_it_is_given(
    engine: Engine, raw: sqlite3.Connection
) -> None:
    run(engine, raw, NEWCOMER, {"id": 7})
    change = update(people).where(people.c.id == bindparam("whose"))

    run(engine, raw, change, {"whose": 7, "language": Language.KK})
    changed = run(engine, raw, change, {"whose": 7, "facts": {"age": 20}})

    assert changed.rowcount == 1
    assert run(engine, raw, EVERYBODY, {}).one() == (7, Language.KK, {"age": 20})


def test_a_statement_is_prepared_once(engine: Engine) -> None:
    first, second = (prepared(engine, NEWCOMER, {"id": number}) for number in (1, 2))

    assert first is second


def test_an_error_is_sqlalchemy_s_and_does_not_tell_the_values(
    engine: Engine, raw: sqlite3.Connection
) -> None:
    row = {"id": 7, "facts": {"nationality": "KG"}}
    run(engine, raw, NEWCOMER, row)

    with pytest.raises(IntegrityError, match="UNIQUE constraint failed") as caught:
        run(engine, raw, NEWCOMER, row)

    assert "KG" not in str(caught.value)


@pytest.mark.parametrize(
    ("statement", "values"),
    [
        pytest.param(text("SELECT 1"), {}, id="plain text"),
        pytest.param(
            EVERYBODY.where(people.c.id.in_(bindparam("ids", expanding=True))),
            {"ids": [1, 2]},
            id="words that depend on the values",
        ),
        pytest.param(
            insert(people).values(asked=0).returning(people.c.id),
            [{"id": 1}, {"id": 2}],
            id="several rows in, several out",
        ),
        pytest.param(insert(people), {"id": 1}, id="a default that is computed"),
        pytest.param(
            EVERYBODY.where(people.c.id == bindparam("whose")), {"who": 1}, id="a value missing"
        ),
    ],
)
def test_what_it_cannot_do_is_left_to_sqlalchemy(
    engine: Engine, statement: Executable, values: Values
) -> None:
    assert prepare(statement, values, engine.dialect) is None
