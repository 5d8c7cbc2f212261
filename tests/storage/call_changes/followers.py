"""Changes of a call, and what those who follow it are told."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from erasmus.calls import Call
from erasmus.words import Language, Words
from storage import (
    Database,
    call_changes,
    deliveries,
    follows,
    people,
)
from storage.deliveries import Delivery, Lane

DAY = timedelta(days=1)
PUBLISHER, OTHER = 700000801, 700000802
NAME = Words({Language.EN: "Office", Language.RU: "Офис"})


async def follow(db: Database, call: Call, now: datetime, ids: Sequence[int] = (1,)) -> None:
    async with db.write() as c:
        for person_id in ids:
            await people.greet(c, person_id, Language.EN, "Asia/Bishkek", now)
            await follows.follow(c, person_id, call.id, now)
        await follows.to_plan(c, now)


async def news_for(db: Database, person_id: int) -> list[Delivery]:
    async with db.read() as c:
        return await deliveries.queued_for(c, person_id, Lane.REMINDER)


async def change(db: Database, call: Call, now: datetime, *, quietly: bool = False) -> bool:
    async with db.write() as c:
        return await call_changes.store(c, call, PUBLISHER, now, quietly=quietly)
