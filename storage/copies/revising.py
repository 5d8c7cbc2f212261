"""Copies that arrived, or still may, with a text that was corrected since."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import (
    bindparam,
    func,
    select,
    update,
)

from erasmus.words import Language
from storage.copies.rows import OF_BATCH
from storage.database import Connection, language_in
from storage.deliveries.rows import COLUMNS, Delivery, State
from storage.inline_sqlite import LONG
from storage.models import deliveries, in_state

_OLDER = deliveries.c.revision < bindparam("version")
_READ_IN = language_in(deliveries.c.body).in_(bindparam("languages", expanding=True))
_TO_REVISE = (
    select(*COLUMNS)
    .where(
        OF_BATCH,
        in_state(deliveries, State.SENT),
        deliveries.c.id > bindparam("after"),
        _OLDER,
        deliveries.c.message_id.is_not(None),
        _READ_IN,
    )
    .order_by(deliveries.c.id)
    .limit(bindparam("limit"))
    .execution_options(**LONG)
)
_ON_THEIR_WAY = (
    select(func.count())
    .where(OF_BATCH, in_state(deliveries, State.QUEUED, State.SENDING), _OLDER)
    .execution_options(**LONG)
)
_ARRIVED = (
    select(func.count())
    .where(
        OF_BATCH,
        in_state(deliveries, State.SENT),
        deliveries.c.message_id.is_not(None),
        _READ_IN,
    )
    .execution_options(**LONG)
)
_DELETED = select(func.count()).where(
    OF_BATCH, in_state(deliveries, State.SENT), deliveries.c.message_id.is_(None)
)
_REVISED = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("which"))
    .values(revision=bindparam("version"))
)


async def to_revise(  # noqa: PLR0913 - which copies, and a page of them
    c: Connection,
    batch: str,
    version: int,
    languages: Collection[Language],
    *,
    after: int,
    limit: int,
) -> list[Delivery]:
    """Return copies that arrived with a text older than a version, by their ids."""
    which: dict[str, Any] = {"of": batch, "version": version, "after": after, "limit": limit}
    which["languages"] = [language.value for language in languages]
    return [Delivery(*row) for row in await c.execute(_TO_REVISE, which)]


async def arrived(c: Connection, batch: str, languages: Collection[Language]) -> int:
    """Return how many readers of some languages have their copy."""
    which = {"of": batch, "languages": [language.value for language in languages]}
    return int((await c.execute(_ARRIVED, which)).scalar_one())


async def deleted(c: Connection, batch: str) -> int:
    """Return how many copies a correction looked for and found deleted by their readers."""
    return int((await c.execute(_DELETED, {"of": batch})).scalar_one())


async def on_their_way(c: Connection, batch: str, version: int) -> int:
    """Return how many copies with an older text than a version may still arrive."""
    which = {"of": batch, "version": version}
    return int((await c.execute(_ON_THEIR_WAY, which)).scalar_one())


async def revised(c: Connection, delivery_ids: Iterable[int], version: int) -> None:
    """Note that copies are being brought to a version."""
    rows = [{"which": one, "version": version} for one in delivery_ids]
    if rows:
        await c.execute(_REVISED, rows)
