"""Group commit: writers that meet share one transaction, and one wait for the disk."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Final

from sqlalchemy.ext.asyncio import AsyncEngine

from storage.inline_sqlite import InlineConnection, to_the_end

MOST: Final = 64
"""Writers in one transaction; the first of them waits for the last."""


class GroupCommit:
    """Lets writers take turns in one transaction, committed when nobody else waits for a turn.

    What a writer changes is there as a whole or not at all: when its body fails, its savepoint is
    undone and the others go on. None returns before the commit, so what anyone does afterwards
    rests on what is kept; when the commit fails, it fails for all of them.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._group: _Group | None = None
        self._sweeping: asyncio.Future[None] | None = None

    @asynccontextmanager
    async def join(self) -> AsyncIterator[InlineConnection]:
        """Take one writer's turn."""
        await self._wait_for_turn()
        try:
            group = self._group
            if group is None:
                group = await to_the_end(self._begin())
            with group.savepoint():
                yield group.connection
        finally:
            over = self._pass_on()
        if over is not None:
            await asyncio.shield(over)

    async def _wait_for_turn(self) -> None:
        self._waiting += 1
        try:
            await self._turn.acquire()
        except asyncio.CancelledError:
            # The writer before may have left the group to this one.
            self._sweeping = asyncio.ensure_future(self._sweep())
            raise
        finally:
            self._waiting -= 1

    async def _sweep(self) -> None:
        await self._turn.acquire()
        group, self._group = self._group, None
        if group is None:
            self._turn.release()
        else:
            await self._end(group)

    async def _begin(self) -> _Group:
        connection = InlineConnection(self._engine)
        try:
            await connection.begin_turns()
        except BaseException:
            await connection.close()
            raise
        # Kept here, for the writer may have been cancelled meanwhile.
        self._group = group = _Group(connection)
        return group

    def _pass_on(self) -> asyncio.Future[None] | None:
        """Let the next writer in, or end the group; return what tells of its commit."""
        group = self._group
        if group is None:  # it did not even begin
            self._turn.release()
            return None
        group.members += 1
        if self._waiting and group.members < MOST and group.raw.in_transaction:
            self._turn.release()
        else:
            self._group = None
            group.ending = asyncio.ensure_future(self._end(group))
        return group.over

    async def _end(self, group: _Group) -> None:
        try:
            await to_the_end(group.commit())
        except Exception as error:  # noqa: BLE001 - every member raises it
            group.over.set_exception(error)
            group.over.exception()  # perhaps no member is left to raise it
        else:
            group.over.set_result(None)
        finally:
            self._turn.release()


class _Group:
    """One transaction of several writers."""

    def __init__(self, connection: InlineConnection) -> None:
        self.connection, self.raw = connection, connection.raw
        self.members = 0
        self.over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.ending: asyncio.Future[None] | None = None

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo what happens inside, and only that, when it fails."""
        self.raw.execute("SAVEPOINT turn")
        try:
            yield
        except BaseException:
            if self.raw.in_transaction:
                self.raw.execute("ROLLBACK TO turn")
                self.raw.execute("RELEASE turn")
            raise
        self.raw.execute("RELEASE turn")

    async def commit(self) -> None:
        """Commit, and give the connection back."""
        try:
            # After some faults, a full disk among them, SQLite undoes the whole transaction.
            if not self.raw.in_transaction:
                raise sqlite3.OperationalError("the transaction was undone by SQLite")
            await self.connection.commit()
        finally:
            self.raw.rollback()  # a commit that failed has left it open
            await self.connection.close()
