"""Write to a database from several tasks at once: URL, person, tasks, times. Prints each wait."""

from __future__ import annotations

import asyncio
import sys
import time

from storage import Database, people


async def write(db: Database, person_id: int, times: int) -> None:
    """Raise a number that is kept among a person's facts, once per transaction."""
    for _ in range(times):
        began = time.monotonic()
        async with db.write() as c:
            person = await people.find(c, person_id)
            assert person is not None
            number = int(str(person.facts.get("number", 0)))
            await people.learn(c, person_id, {"number": number + 1})
        print(time.monotonic() - began)  # noqa: T201 - what it is for


async def main(url: str, person_id: int, tasks: int, times: int) -> None:
    """Write from several tasks."""
    db = Database.open(url)
    await asyncio.gather(*(write(db, person_id, times) for _ in range(tasks)))
    await db.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], *(int(number) for number in sys.argv[2:])))
