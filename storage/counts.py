"""Counts: how often something happened, by day, university and language; never to whom."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from erasmus.words import Language
from storage.database import Connection, Insert, InsertInto, for_both
from storage.models import counts


def _add(insert: InsertInto) -> Insert:
    row = insert(counts)
    return row.on_conflict_do_update(
        index_elements=[counts.c.day, counts.c.what, counts.c.university, counts.c.language],
        set_={"number": counts.c.number + row.excluded.number},
    )


_ADD = for_both(_add)


async def add(
    c: Connection,
    day: date,
    place: str,
    language: Language,
    happened: Mapping[str, int],
) -> None:
    """Count what happened on a person's day, by its name: "check", "verdict.eligible".

    `place` is that of a person: a university, or @ and the code of a country.
    """
    rows = [
        {
            "day": day,
            "what": what,
            "university": place,
            "language": language,
            "number": number,
        }
        # In one order everywhere: two that add the same things must not wait for each other.
        for what, number in sorted(happened.items())
    ]
    if rows:
        await c.execute(_ADD(c), rows)
