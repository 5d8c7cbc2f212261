"""Reaching copies: which of them a correction changes, and the edits that change them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, update

from erasmus.announcement_contents import Content, readers_of_change
from erasmus.announcements import LIVE, Correction, CorrectionKind, Stage, batch_of
from erasmus.words import Language
from storage import announcements, copies, deliveries
from storage.corrections.ledger import of_announcement, progress
from storage.database import Connection
from storage.deliveries import Delivery, Draft, Lane
from storage.models import corrections

KIND = "correction"
_NOTE = (
    update(corrections)
    .where(corrections.c.id == bindparam("which"))
    .values(cursor=bindparam("reached"))
)


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a correction is: its edits, and how many copies it has to reach in all.

    `deleted` of those that are done were not there any more: their readers deleted them.
    """

    done: copies.Progress
    total: int
    deleted: int

    @property
    def waiting(self) -> int:
        """Copies that were not reached yet."""
        return self.total - self.done.total + self.done.waiting


async def reach(c: Connection, correction: Correction) -> Reach:
    """Return how far a correction is."""
    done = await progress(c, correction.id)
    total = done.total
    if correction.stage in LIVE:
        total = await copies.arrived(c, correction.of, await readers(c, correction))
    deleted = await copies.deleted(c, correction.batch)
    return Reach(done, max(total, done.total), deleted)


async def readers(c: Connection, correction: Correction) -> frozenset[Language]:
    """Return the languages of the copies that a correction has to reach.

    It takes over what it overtook: those copies may still say what was corrected before.
    """
    earlier = await of_announcement(c, correction.announcement_id)
    return _changed_for(one for one in earlier if one.id <= correction.id)


async def would_reach(
    c: Connection, announcement_id: int, texts: Mapping[Language, Content]
) -> int:
    """Return how many copies would change if some languages were corrected now."""
    was = await announcements.texts(c, announcement_id)
    languages = readers_of_change(was, {**was, **texts})
    earlier = await of_announcement(c, announcement_id)
    if earlier and earlier[0].stage is not Stage.DONE:
        languages |= _changed_for(earlier)
    return await copies.arrived(c, batch_of(announcement_id), languages)


def _changed_for(newest_first: Iterable[Correction]) -> frozenset[Language]:
    """Return whose copies change by the newest of some corrections and those it overtook."""
    found: frozenset[Language] = frozenset()
    for n, one in enumerate(newest_first):
        if n and one.stage is Stage.DONE:
            break
        if one.kind is CorrectionKind.RECALL:
            return frozenset(Language)
        found |= readers_of_change(one.was, one.texts)
    return found


async def corrected_at(
    c: Connection, correction: Correction, language: Language
) -> datetime | None:
    """Return when a correction, or one before it, last changed what readers of a language have."""
    for one in await of_announcement(c, correction.announcement_id):
        earlier = one.id <= correction.id and one.kind is CorrectionKind.CORRECT
        if earlier and language in readers_of_change(one.was, one.texts):
            return one.created_at
    return None


async def expand(c: Connection, correction: Correction, number: int, now: datetime) -> int:
    """Put edits of so many further copies; return how many there were.

    A copy is passed over once it is at the correction's version, or if nothing changes for its
    reader. Those that arrive later than the
    cursor came by are found in the next pass: the cursor goes back when it has reached the end.
    """
    found = await copies.to_revise(
        c,
        correction.of,
        correction.version,
        await readers(c, correction),
        after=correction.cursor,
        limit=number,
    )
    await deliveries.put_all(c, [_edit(correction, copy, now) for copy in found], now)
    await copies.revised(c, [copy.id for copy in found], correction.version)
    cursor = found[-1].id if len(found) == number else 0
    await c.execute(_NOTE, {"which": correction.id, "reached": cursor})
    return len(found)


def _edit(correction: Correction, copy: Delivery, now: datetime) -> Draft:
    arrived = copy.settled_at or now
    body = {
        "announcement": correction.announcement_id,
        "correction": correction.id,
        "language": copy.body["language"],
        "copy": copy.message_id,
        "arrived": arrived.isoformat(),
    }
    return Draft(
        key=f"{correction.batch}:{copy.id}",
        lane=Lane.CORRECTION,
        chat_id=copy.chat_id,
        kind=KIND,
        body=body,
        due_at=now,
        revision=correction.version,
        batch=correction.batch,
    )
