"""Audiences: how long it takes to count one, and to walk through it in chunks.

    python -m tests.bench.audience [--people 100000] [--postgresql]

Half of the people have chosen one of 40 universities, a ninth follow a call, a half have checked.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import insert

from erasmus.announcements import Topic
from erasmus.audiences import Audience
from erasmus.library import Library
from erasmus.loading import load_library
from erasmus.offices import Office
from erasmus.words import Language, Words
from storage import Database, audiences, calls
from storage.migrate import migrate
from storage.models import follows, opt_outs, people, universities, verdicts
from tests.bench.rounds import ground, median, stand_aside
from tests.postgres import Postgres

NOW: Final = datetime.now(UTC)
FIRST: Final = 700_000_000
UNIVERSITIES: Final = 40
TIMES: Final = 5
WANTED: Final = 1000.0
"""Milliseconds; the count stands on a screen that somebody taps."""


def office() -> Office:
    """Return an office that speaks to everybody."""
    return Office(
        id="kg",
        country="KG",
        university=None,
        name=Words({Language.EN: "Office"}),
        zone="Asia/Bishkek",
        group_id=None,
        group_has_topics=False,
        answer_days=3,
        created_at=NOW,
    )


def person(n: int) -> dict[str, Any]:
    """Return the row of a person."""
    return {
        "id": FIRST + n,
        "language": list(Language)[n % 4],
        "language_chosen": True,
        "zone": "Asia/Bishkek" if n % 3 else "Asia/Almaty",
        "facts": {"role": "student", "home_university": "u" * 150},
        "ladder": (30, 14, 7, 3, 1),
        "created_at": NOW,
        "seen_at": NOW - timedelta(days=n * 37 % 700),
        "university": f"u{n % UNIVERSITIES}" if n % 2 else None,
        "role": "student" if n % 5 else "staff",
        "level": ("bachelor", "master", None)[n % 3],
        "unreachable_since": NOW if n % 17 == 0 else None,
    }


async def fill(db: Database, number: int, library: Library) -> str:
    """Make universities, people, follows, checks and opt-outs; return the call that is followed."""
    call = next(iter(library.calls))
    name = Words({Language.EN: "University"})
    async with db.write() as c:
        each = [
            {"id": f"u{n}", "country": ("KZ", "KG")[n % 2], "name": name, "city": name}
            for n in range(UNIVERSITIES)
        ]
        await c.execute(insert(universities), [row | {"added_at": NOW, "also": ()} for row in each])
        await calls.put(c, call, NOW)
        for first in range(0, number, 10_000):
            end = min(first + 10_000, number)
            await c.execute(insert(people), [person(n) for n in range(first, end)])
        of = [{"person_id": FIRST + n} for n in range(number)]
        followed = {"call_id": call.id, "followed_at": NOW, "muted": False}
        await c.execute(insert(follows), [row | followed for row in of[::9]])
        checked = {"action": "icm_study", "verdict": "eligible", "at": NOW}
        await c.execute(insert(verdicts), [row | checked for row in of[::2]])
        await c.execute(
            insert(opt_outs), [row | {"topic": Topic.NEWS, "since": NOW} for row in of[::20]]
        )
    return call.id


def kinds(call_id: str) -> Iterator[tuple[str, Audience]]:
    """Return audiences of every kind."""
    yield "everybody", Audience()
    yield "a country", Audience(countries=("KG",))
    yield "two universities", Audience(universities=("u1", "u3"))
    yield "role, level, language", Audience(("KG",), (), ("student",), ("master",), (Language.KY,))
    yield "followers of a call", Audience(followers_of=call_id)
    yield "eligible", Audience(eligible_for="icm_study")
    yield "active for 6 months", Audience(active_months=6)


async def count(db: Database, audience: Audience) -> Mapping[Language, int]:
    """Count one audience."""
    async with db.read() as c:
        return await audiences.count(c, office(), audience, Topic.NEWS, NOW)


async def walk(db: Database) -> int:
    """Walk through everybody in chunks."""
    seen = after = 0
    while True:
        async with db.read() as c:
            chunk = await audiences.chunk(
                c, office(), Audience(), Topic.NEWS, NOW, after=after, limit=500, known_by=NOW
            )
        if not chunk:
            return seen
        seen, after = seen + len(chunk), chunk[-1].id


async def measure(url: str, number: int) -> None:
    """Fill a database and print how long each takes."""
    await migrate(url)
    db = Database.open(url)
    call_id = await fill(db, number, load_library())
    for name, audience in kinds(call_id):
        took, found = [], 0
        for _ in range(TIMES):
            began = time.perf_counter()
            found = sum((await count(db, audience)).values())
            took.append(1000 * (time.perf_counter() - began))
        told = f"{found:6} of {number}: {took[0]:4.0f} ms, then {median(took):4.0f} ms"
        print(f"{name:22} {told}; wanted < {WANTED:.0f} ms", flush=True)
    began = time.perf_counter()
    seen = await walk(db)
    print(f"in chunks of 500       {seen:6}: {time.perf_counter() - began:.1f} s")
    await db.close()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--postgresql", action="store_true")
    given = parser.parse_args()
    stand_aside()
    print(ground("SQLAlchemy"))
    if not given.postgresql:
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(measure(f"sqlite:///{Path(folder) / 'bench.db'}", given.people))
        return
    server = Postgres()
    try:
        server.start()
        asyncio.run(_on(server, given.people))
    finally:
        server.remove()


async def _on(server: Postgres, number: int) -> None:
    await measure(await server.fresh(), number)


if __name__ == "__main__":
    main()
