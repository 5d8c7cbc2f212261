"""What is counted, what a check said, and what is held."""

import asyncio
from datetime import date, datetime

from sqlalchemy import text

from erasmus.words import Language
from storage import Database, counts, holds, verdicts
from storage.people import Person

DAY = date(2026, 11, 21)


async def test_counts_add_up_by_day_university_and_language(
    db: Database, other_db: Database
) -> None:
    async def check(database: Database, university: str) -> None:
        async with database.write() as c:
            happened = {"verdict.eligible": 2, "check": 1}
            await counts.add(c, DAY, university, Language.KY, happened)

    await asyncio.gather(*(check((db, other_db)[n % 2], "knu") for n in range(6)))
    await check(db, "@KG")

    async with db.read() as c:
        rows = await c.execute(text("SELECT what, university, number FROM counts ORDER BY 1, 2"))
    assert [tuple(row) for row in rows] == [
        ("check", "@KG", 1),
        ("check", "knu", 6),
        ("verdict.eligible", "@KG", 2),
        ("verdict.eligible", "knu", 12),
    ]


async def test_only_the_last_verdict_of_an_action_is_kept(
    db: Database, aigul: Person, now: datetime
) -> None:
    async with db.write() as c:
        await verdicts.put(c, aigul.id, {"a": "open", "b": "eligible"}, now)
        await verdicts.put(c, aigul.id, {"a": "eligible"}, now)
        await verdicts.put(c, aigul.id, {}, now)

    async with db.read() as c:
        rows = await c.execute(text("SELECT action, verdict FROM verdicts ORDER BY action"))
    assert [tuple(row) for row in rows] == [("a", "eligible"), ("b", "eligible")]


async def test_the_first_who_stops_something_holds_it(
    db: Database, other_db: Database, now: datetime
) -> None:
    async def stop(database: Database, person: int) -> bool:
        async with database.write() as c:
            return await holds.hold(c, holds.BULK, "kg", person, now)

    did = dict(zip((7, 8), await asyncio.gather(stop(db, 7), stop(other_db, 8)), strict=True))

    [first] = [person for person, was_first in did.items() if was_first]
    async with db.write() as c:
        held = await holds.held(c, holds.BULK)
        assert held == holds.Hold(holds.BULK, "kg", first, now)
        assert await holds.resume(c, holds.BULK)
        assert not await holds.resume(c, holds.BULK)
        assert await holds.held(c, holds.BULK) is None
