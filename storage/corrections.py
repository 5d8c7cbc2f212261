"""Corrections and recalls: what is done to the copies of an announcement that arrived."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, fields
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from erasmus.announcement_contents import Content, in_language
from erasmus.announcements import (
    CORRECTABLE,
    LIVE,
    Announcement,
    By,
    Correction,
    CorrectionKind,
    Stage,
    before,
)
from erasmus.waves import Trouble
from erasmus.words import Language
from storage import announcements, copies, deliveries
from storage.database import Connection
from storage.deliveries import Delivery, Draft, Lane
from storage.models import announcements as announcement_rows
from storage.models import corrections

COLUMNS = tuple(corrections.c[field.name] for field in fields(Correction))
KIND = "correction"
STARTED = frozenset({*LIVE, Stage.STOPPED, Stage.DONE})
UNDER_WAY = frozenset({Stage.SENDING, Stage.PAUSED, Stage.BRAKED})

_GET = select(*COLUMNS).where(corrections.c.id == bindparam("which"))
_OF = (
    select(*COLUMNS)
    .where(corrections.c.announcement_id == bindparam("which"))
    .order_by(corrections.c.id.desc())
)
_IN_STAGE = (
    select(*COLUMNS)
    .where(corrections.c.stage.in_(bindparam("stages", expanding=True)))
    .order_by(corrections.c.id)
)
_LOCKED = _GET.with_for_update()
_NOTE = (
    update(corrections)
    .where(corrections.c.id == bindparam("which"))
    .values(cursor=bindparam("reached"))
)
_CREATE = insert(corrections).returning(*COLUMNS)


async def correct(
    c: Connection, announcement_id: int, texts: Mapping[Language, Content], by: By
) -> Correction | None:
    """Begin to write every copy anew. What has not left yet leaves with the new texts.

    `texts` are the languages that change. None when there is nothing that could have arrived: the
    announcement has not begun, was recalled, or is too old.
    """
    found = await _correctable(c, announcement_id, by.at)
    if found is None or not texts:
        return None
    was = await announcements.texts(c, announcement_id)
    for language, content in texts.items():
        await announcements.write_text(c, announcement_id, language, content, by)
    told = {"texts": {**was, **texts}, "was": was}
    return await _begin(c, found, CorrectionKind.CORRECT, by, **told)


async def recall(c: Connection, announcement_id: int, by: By) -> Correction | None:
    """Begin to take every copy back, and stop what has not left yet; None as for `correct`."""
    found = await _correctable(c, announcement_id, by.at)
    if found is None:
        return None
    await announcements.stop(c, announcement_id, by)
    was = await announcements.texts(c, announcement_id)
    return await _begin(c, found, CorrectionKind.RECALL, by, texts={}, was=was)


async def get(c: Connection, correction_id: int) -> Correction | None:
    """Return a correction."""
    row = (await c.execute(_GET, {"which": correction_id})).one_or_none()
    return None if row is None else Correction(*row)


async def lock(c: Connection, correction_id: int) -> Correction | None:
    """Return a correction, and let nobody change it until the transaction ends."""
    row = (await c.execute(_LOCKED, {"which": correction_id})).one_or_none()
    return None if row is None else Correction(*row)


async def of_announcement(c: Connection, announcement_id: int) -> list[Correction]:
    """Return an announcement's corrections, newest first."""
    return [Correction(*row) for row in await c.execute(_OF, {"which": announcement_id})]


async def corrected_at(
    c: Connection, correction: Correction, language: Language
) -> datetime | None:
    """Return when a correction, or one before it, last changed what readers of a language have."""
    for one in await of_announcement(c, correction.announcement_id):
        earlier = one.id <= correction.id and one.kind is CorrectionKind.CORRECT
        if earlier and in_language(one.was, language) != in_language(one.texts, language):
            return one.created_at
    return None


async def in_stage(c: Connection, stages: Collection[Stage]) -> list[Correction]:
    """Return all corrections that are in some stages, oldest first."""
    rows = await c.execute(_IN_STAGE, {"stages": list(stages)})
    return [Correction(*row) for row in rows]


async def pause(c: Connection, correction_id: int) -> Correction | None:
    """Edit no further copy for now; None when it is not under way."""
    paused = await move(c, correction_id, Stage.PAUSED)
    if paused is not None:
        await copies.hold(c, paused.batch)
    return paused


async def brake(c: Connection, correction_id: int, problem: Trouble) -> Correction | None:
    """Do the same by itself, for a reason that people have to look at."""
    braked = await move(c, correction_id, Stage.BRAKED, problem=problem)
    if braked is not None:
        await copies.hold(c, braked.batch)
    return braked


async def resume(c: Connection, correction_id: int) -> Correction | None:
    """Go on; None when it does not stand still."""
    found = await lock(c, correction_id)
    if found is None or found.stage not in {Stage.PAUSED, Stage.BRAKED}:
        return None
    judged = asdict(await copies.seen(c, found.batch))
    return await move(c, correction_id, Stage.SENDING, problem=None, judged=judged)


async def expand(c: Connection, correction: Correction, number: int, now: datetime) -> int:
    """Put edits of so many further copies; return how many there were.

    A copy is passed over once it is at the correction's version. Those that arrive later than the
    cursor came by are found in the next pass: the cursor goes back when it has reached the end.
    """
    found = await copies.to_revise(
        c, correction.of, correction.version, after=correction.cursor, limit=number
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


async def progress(c: Connection, correction_id: int) -> copies.Progress:
    """Return how many edits stand where; copies not looked at yet are not among them."""
    return await copies.progress(c, f"k{correction_id}")


async def move(
    c: Connection, correction_id: int, stage: Stage, **columns: object
) -> Correction | None:
    """Bring a correction to a stage; None when it is in none that it may come from."""
    statement = (
        update(corrections)
        .where(corrections.c.id == correction_id, corrections.c.stage.in_(before(stage)))
        .values({**columns, "stage": stage})
        .returning(*COLUMNS)
    )
    row = (await c.execute(statement)).one_or_none()
    return None if row is None else Correction(*row)


async def _correctable(c: Connection, announcement_id: int, now: datetime) -> Announcement | None:
    found = await announcements.lock(c, announcement_id)
    if found is None or found.stage not in STARTED:
        return None
    if found.ended_at is not None and found.ended_at < now - CORRECTABLE:
        return None
    earlier = await of_announcement(c, announcement_id)
    if any(one.kind is CorrectionKind.RECALL for one in earlier):
        return None
    for one in earlier:
        if one.stage in UNDER_WAY:  # overtaken by this one, which edits the same copies
            await move(c, one.id, Stage.STOPPED, ended_at=now)
            await copies.cancel_waiting(c, one.batch, now)
    return found


async def _begin(
    c: Connection,
    found: Announcement,
    kind: CorrectionKind,
    by: By,
    **told: Mapping[Language, Content],
) -> Correction:
    version = found.version + 1
    await c.execute(
        update(announcement_rows)
        .where(announcement_rows.c.id == found.id)
        .values(version=version, updated_at=by.at)
    )
    # What is on its way keeps its version: it is edited when it has arrived.
    await copies.revise(c, found.batch, version)
    row = {
        "announcement_id": found.id,
        "kind": kind,
        "stage": Stage.SENDING,
        "person_id": by.person_id,
        "created_at": by.at,
        "version": version,
        "judged": {},
    }
    return Correction(*(await c.execute(_CREATE, row | told)).one())
