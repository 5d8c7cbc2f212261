"""Writers that meet share one commit, and each still has a transaction of its own."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from erasmus.words import Language
from storage import Database, people
from storage.group_commit import MOST
from storage.migrate import migrate

NOW = datetime(2026, 11, 21, 6, tzinfo=UTC)


class Stumbled(Exception):
    """What goes wrong in a writer."""


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    await migrate(url)
    database = Database.open(url)
    yield database
    await database.close()


async def greet(db: Database, person: int, *, stumble: bool = False) -> int:
    """Write a person down and look, in another connection, whether it is kept."""
    async with db.write() as c:
        await people.greet(c, person, Language.KY, "Asia/Bishkek", NOW)
        await asyncio.sleep(0)
        if stumble:
            raise Stumbled
    async with db.read() as c:
        return int(await people.find(c, person) is not None)


async def known(db: Database, numbers: range) -> list[int]:
    async with db.read() as c:
        return [n for n in numbers if await people.find(c, n) is not None]


async def test_every_writer_finds_its_changes_kept_as_soon_as_it_is_through(db: Database) -> None:
    many = range(1, 2 * MOST)

    assert sum(await asyncio.gather(*(greet(db, n) for n in many))) == len(many)


async def test_a_writer_that_fails_is_undone_alone(db: Database) -> None:
    many = range(1, 21)

    ended = await asyncio.gather(
        *(greet(db, n, stumble=n % 3 == 0) for n in many), return_exceptions=True
    )

    assert [n for n, end in zip(many, ended, strict=True) if end != 1] == [3, 6, 9, 12, 15, 18]
    assert await known(db, many) == [n for n in many if n % 3]


async def test_a_commit_that_fails_fails_for_everyone_in_it(db: Database) -> None:
    async def follow_nothing() -> None:
        async with db.write() as c:
            await c.execute(text("PRAGMA defer_foreign_keys=ON"))
            await c.execute(
                text(
                    "INSERT INTO follows (person_id, call_id, followed_at, muted)"
                    " VALUES (99, 'no-such-call', '2026-11-21 06:00:00', 0)"
                )
            )

    ended = await asyncio.gather(
        greet(db, 1), follow_nothing(), greet(db, 2), return_exceptions=True
    )

    assert [type(end) for end in ended] == [IntegrityError] * 3
    assert await known(db, range(1, 3)) == []
    assert await greet(db, 1) == 1


async def test_a_writer_cancelled_while_it_waits_holds_nobody_up(db: Database) -> None:
    async with asyncio.timeout(5):
        first = asyncio.create_task(greet(db, 1))
        second = asyncio.create_task(greet(db, 2))
        while not second.done():
            await asyncio.sleep(0)
            second.cancel()
            await asyncio.wait([second], timeout=0)
        assert await first == 1
        assert await greet(db, 3) == 1


async def test_a_writer_cancelled_at_any_point_leaves_the_ledger_open_for_others(
    db: Database,
) -> None:
    async with asyncio.timeout(20):
        for steps in range(40):
            writers = [asyncio.create_task(greet(db, n)) for n in (1, 2, 3)]
            for _ in range(steps):
                await asyncio.sleep(0)
            writers[1].cancel()
            await asyncio.wait(writers)
            assert [writers[0].result(), writers[2].result()] == [1, 1]


async def test_only_the_disk_is_waited_for_in_a_thread(db: Database) -> None:
    """A thread is a tenth of a millisecond away, and on a busy machine several."""

    class Counting(ThreadPoolExecutor):
        tasks = 0

        def submit(self, *work: Any, **options: Any) -> Future[Any]:  # noqa: ANN401 - the base's
            self.tasks += 1
            return super().submit(*work, **options)

    await greet(db, 1)
    asyncio.get_running_loop().set_default_executor(counting := Counting())

    async with db.write() as c:
        await people.greet(c, 2, Language.KY, "Asia/Bishkek", NOW)

    assert counting.tasks == 1


async def test_waiting_for_another_process_does_not_stop_the_loop(
    db: Database, tmp_path: Path
) -> None:
    other = sqlite3.connect(tmp_path / "ledger.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    writer = asyncio.create_task(greet(db, 1))
    for _ in range(50):
        await asyncio.sleep(0)
    assert not writer.done()

    other.execute("COMMIT")
    other.close()

    assert await writer == 1
