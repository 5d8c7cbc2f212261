"""SQLite in line: a statement runs where it is asked for, not in a thread of its own.

A statement for a few rows takes microseconds; the way to a thread and back takes a hundred, and
SQLAlchemy's usual driver goes it three times a statement. Whatever may take long still goes aside:
waiting for another process, the commit (it waits for the disk), many rows, the option `long`.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, TypeVar, cast

from sqlalchemy import Connection as PlainConnection
from sqlalchemy import Executable, FromClause
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import URL, CursorResult
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor, ExecutionContext
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.pool import AsyncAdaptedQueuePool, Pool
from sqlalchemy.util import await_only, greenlet_spawn

from storage.prepared import prepare

DRIVER: Final = "sqlite+inline"

LONG: Final[Mapping[str, Any]] = {"long": True}
"""Execution options of a statement that may take more than a few milliseconds."""

MANY: Final = 100
"""Rows; a statement for more of them goes aside."""

Result = TypeVar("Result")


class _Compiler(SQLiteCompiler):
    def get_from_hint_text(self, table: FromClause, text: str | None) -> str | None:
        """Return what a statement says of the index to use; SQLAlchemy's own passes it over."""
        _ = table
        return text


class InlineSqlite(SQLiteDialect_pysqlite):
    """Python's own sqlite3 behind SQLAlchemy's asynchronous engine."""

    driver = "inline"
    statement_compiler = _Compiler
    is_async = True
    supports_statement_cache = True

    @classmethod
    def get_pool_class(cls, url: URL) -> type[Pool]:
        """Return the pool whose waiting does not stop the loop."""
        _ = url
        return AsyncAdaptedQueuePool

    def get_driver_connection(self, connection: DBAPIConnection) -> Any:  # noqa: ANN401
        """Return sqlite3's connection: nothing is wrapped around it."""
        return connection

    def do_commit(self, dbapi_connection: Any) -> None:  # noqa: ANN401 - the base's
        """Commit aside: the disk takes its time."""
        _aside(dbapi_connection.commit)

    def do_execute(
        self,
        cursor: DBAPICursor,
        statement: str,
        parameters: Any,  # noqa: ANN401 - the base's
        context: ExecutionContext | None = None,
    ) -> None:
        """Run a statement here, or aside where it says that it may take long."""
        if context is not None and context.execution_options.get("long"):
            _aside(lambda: cursor.execute(statement, parameters))
        else:
            cursor.execute(statement, parameters)

    def do_executemany(
        self,
        cursor: DBAPICursor,
        statement: str,
        parameters: Any,  # noqa: ANN401 - the base's
        context: ExecutionContext | None = None,
    ) -> None:
        """Run a statement for several rows, aside when they are many."""
        _ = context
        if len(parameters) > MANY:
            _aside(lambda: cursor.executemany(statement, parameters))
        else:
            cursor.executemany(statement, parameters)


registry.register("sqlite.inline", __name__, InlineSqlite.__name__)


class InlineConnection(AsyncConnection):
    """A connection that makes no detour over a greenlet where nothing is awaited.

    What storage says again and again is prepared once. `raw` is sqlite3's own connection, there as
    soon as a transaction has begun.
    """

    raw: sqlite3.Connection

    async def begin_turns(self) -> None:
        """Connect, begin a transaction that several writers take turns in."""
        await self.start()
        await self.begin()
        raw = (await self.get_raw_connection()).driver_connection
        self.raw = cast("sqlite3.Connection", raw)

    async def execute(
        self,
        statement: Executable,
        parameters: Any = None,  # noqa: ANN401 - one row's values, or several rows'
        **options: Any,  # noqa: ANN401 - the base's
    ) -> CursorResult[Any]:
        """Run a statement; what may take long is carried to its end even when cancelled."""
        run = self._proxied.execute
        if options or _may_take_long(statement, parameters):
            return await to_the_end(greenlet_spawn(run, statement, parameters, **options))
        prepared = prepare(statement, parameters or {}, self.dialect)
        if prepared is None:
            return run(statement, parameters)
        return cast("CursorResult[Any]", prepared.run(self.raw, parameters or {}))

    async def exec_driver_sql(
        self,
        statement: str,
        *given: Any,  # noqa: ANN401 - the base's
        **options: Any,  # noqa: ANN401 - the base's
    ) -> CursorResult[Any]:
        """Run a statement in SQLite's own words."""
        run = self._proxied.exec_driver_sql
        return await to_the_end(greenlet_spawn(run, statement, *given, **options))


async def to_the_end(work: Awaitable[Result]) -> Result:
    """Await what must not be cut short; a cancellation takes effect when it is done.

    A thread cannot be cancelled: giving up on it would leave it at work on a connection that
    somebody else already uses.
    """
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise


def begun_at_once(connection: PlainConnection, begin: str) -> bool:
    """Begin a transaction here and now; False while another process writes.

    Then it takes a thread to wait. Nearly always nobody does, and the way there and back, twice a
    press, would take longer than anything else that a press does but the disk.
    """
    raw = cast("sqlite3.Connection", connection.connection.driver_connection)
    [patience] = raw.execute("PRAGMA busy_timeout").fetchone()
    raw.execute("PRAGMA busy_timeout = 0")
    try:
        raw.execute(begin)
    except sqlite3.OperationalError:
        return False
    finally:
        raw.execute(f"PRAGMA busy_timeout = {patience}")
    return True


def _may_take_long(statement: Executable, parameters: object) -> bool:
    many = isinstance(parameters, list) and len(parameters) > MANY
    return many or bool(statement.get_execution_options().get("long"))


def _aside(work: Callable[[], object]) -> None:
    await_only(asyncio.get_running_loop().run_in_executor(None, work))
