"""Verdicts: what each person's last check of an action said. Audiences are built from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam, select

from storage.database import Connection, Insert, InsertInto, for_both
from storage.models import verdicts

_OF_PERSON = select(verdicts.c.action, verdicts.c.verdict).where(
    verdicts.c.person_id == bindparam("whom")
)


def _put(insert: InsertInto) -> Insert:
    row = insert(verdicts)
    return row.on_conflict_do_update(
        index_elements=[verdicts.c.person_id, verdicts.c.action],
        set_={"verdict": row.excluded.verdict, "at": row.excluded.at},
    )


_PUT = for_both(_put)


async def of_person(c: Connection, person_id: int) -> dict[str, str]:
    """Return the last verdict of each action that a person checked."""
    return {row[0]: row[1] for row in await c.execute(_OF_PERSON, {"whom": person_id})}


async def put(c: Connection, person_id: int, said: Mapping[str, str], now: datetime) -> None:
    """Keep the verdicts that a person has just seen, by action."""
    rows = [
        {"person_id": person_id, "action": action, "verdict": verdict, "at": now}
        for action, verdict in sorted(said.items())
    ]
    if rows:
        await c.execute(_PUT(c), rows)
