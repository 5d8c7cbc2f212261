"""Bringing corrections from stage to stage, from their beginning on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import bindparam, insert, or_, update

from erasmus.announcement_contents import Content
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
from storage import announcements, copies
from storage.corrections.ledger import COLUMNS, lock, of_announcement
from storage.database import Connection
from storage.models import corrections

STARTED = frozenset({*LIVE, Stage.STOPPED, Stage.DONE})

_THIS = update(corrections).where(corrections.c.id == bindparam("which"))
# Not IN: a statement with a list in it is not prepared.
_FROM = {stage: or_(*(corrections.c.stage == was for was in before(stage))) for stage in Stage}
_MOVE = {stage: _THIS.where(_FROM[stage]).returning(*COLUMNS) for stage in Stage}
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


async def move(
    c: Connection, correction_id: int, stage: Stage, **columns: object
) -> Correction | None:
    """Bring a correction to a stage; None when it is in none that it may come from."""
    values = {"which": correction_id, **columns, "stage": stage}
    row = (await c.execute(_MOVE[stage], values)).one_or_none()
    return None if row is None else Correction(*row)


async def _correctable(c: Connection, announcement_id: int, now: datetime) -> Announcement | None:
    found = await announcements.lock(c, announcement_id)
    if found is None or found.stage not in STARTED:
        return None
    if found.ended_at is not None and found.ended_at < now - CORRECTABLE:
        return None
    if await announcements.recalled(c, announcement_id):
        return None
    for one in await of_announcement(c, announcement_id):
        if one.stage in LIVE:  # overtaken by this one, which edits the same copies
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
    await announcements.note(c, found.id, version=version, updated_at=by.at)
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
