"""Ticks: how far a person is with the papers of a plan."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from erasmus.plans import ItemState
from storage.database import Connection, Insert, InsertInto, for_both
from storage.models import ticks
from storage.planned import outdate_of_person


@dataclass(frozen=True, slots=True)
class Tick:
    """The state of one item of a plan, and since when it is in it."""

    plan: str
    item: str
    state: ItemState
    since: datetime


_COLUMNS = (ticks.c.plan, ticks.c.item, ticks.c.state, ticks.c.since)


def _set_state(insert: InsertInto) -> Insert:
    row = insert(ticks)
    return row.on_conflict_do_update(
        index_elements=list(ticks.primary_key),
        set_={"state": row.excluded.state, "since": row.excluded.since},
        # A button pressed twice must not make a paper that is under way begin today.
        where=ticks.c.state != row.excluded.state,
    )


_SET_STATE = for_both(_set_state)
_OF_PERSON = (
    select(*_COLUMNS)
    .where(ticks.c.person_id == bindparam("person_id"))
    .order_by(ticks.c.plan, ticks.c.item)
)
_OF_PEOPLE = (
    select(ticks.c.person_id, *_COLUMNS)
    .where(ticks.c.person_id.in_(bindparam("whose", expanding=True)))
    .order_by(ticks.c.plan, ticks.c.item)
)
_OF_PLAN = _OF_PERSON.where(ticks.c.plan == bindparam("plan"))


async def set_state(  # noqa: PLR0913, PLR0917 - so many parts name a tick
    c: Connection, person_id: int, plan: str, item: str, state: ItemState, now: datetime
) -> None:
    """Set the state of an item; the state it has already keeps its `since`."""
    row = {"person_id": person_id, "plan": plan, "item": item, "state": state, "since": now}
    await c.execute(_SET_STATE(c), row)
    await outdate_of_person(c, person_id)


async def of_plan(c: Connection, person_id: int, plan: str) -> dict[str, Tick]:
    """Return the touched items of one plan by item."""
    rows = await c.execute(_OF_PLAN, {"person_id": person_id, "plan": plan})
    return {row.item: Tick(*row) for row in rows}


async def of_person(c: Connection, person_id: int) -> list[Tick]:
    """Return all touched items of a person, by plan and item."""
    return [Tick(*row) for row in await c.execute(_OF_PERSON, {"person_id": person_id})]


async def of_people(c: Connection, person_ids: Collection[int]) -> dict[int, list[Tick]]:
    """Return the same as `of_person` for several people at once; those with none are left out."""
    found: dict[int, list[Tick]] = {}
    for row in await c.execute(_OF_PEOPLE, {"whose": list(person_ids)}):
        found.setdefault(row[0], []).append(Tick(*row[1:]))
    return found
