"""Bringing announcements from stage to stage.

Every move names the stages that it may come from, so that of two presses one has an effect.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import bindparam, or_, update

from erasmus.announcements import Announcement, By, Stage, before
from erasmus.waves import Trouble
from storage import copies, live_messages
from storage.announcements.ledger import COLUMNS, lock
from storage.database import Connection
from storage.models import announcements

_SET = update(announcements).where(announcements.c.id == bindparam("which"))
# Not IN: a statement with a list in it is not prepared.
_FROM = {stage: or_(*(announcements.c.stage == was for was in before(stage))) for stage in Stage}
_MOVE = {stage: _SET.where(_FROM[stage]).returning(*COLUMNS) for stage in Stage}

UNCONFIRMED = {
    "recipients": None,
    "confirmed_by": None,
    "confirmed_version": None,
    "confirmed_at": None,
    "second_by": None,
    "leaves_at": None,
}


async def move(
    c: Connection, announcement_id: int, stage: Stage, by: By, **columns: object
) -> Announcement | None:
    """Bring an announcement to a stage; None when it is in none that it may come from."""
    told = {"stage": stage, "moved_by": by.person_id, "moved_at": by.at, "updated_at": by.at}
    values = {"which": announcement_id, **columns, **told}
    row = (await c.execute(_MOVE[stage], values)).one_or_none()
    return None if row is None else Announcement(*row)


async def note(c: Connection, announcement_id: int, **columns: object) -> None:
    """Keep how far a locked announcement is."""
    await c.execute(_SET, {"which": announcement_id, **columns})


async def take_back(c: Connection, announcement_id: int, by: By) -> Announcement | None:
    """Make a draft again of what is confirmed and has not begun; None when it has."""
    taken = await move(c, announcement_id, Stage.DRAFT, by, **UNCONFIRMED)
    if taken is not None:
        await live_messages.forget(c, taken.batch)
    return taken


async def pause(c: Connection, announcement_id: int, by: By) -> Announcement | None:
    """Let no further copy leave, from this transaction on; None when it is not being sent."""
    paused = await move(c, announcement_id, Stage.PAUSED, by)
    if paused is not None:
        await copies.hold(c, paused.batch)
    return paused


async def brake(
    c: Connection, announcement_id: int, problem: Trouble, now: datetime
) -> Announcement | None:
    """Do the same by itself, for a reason that people have to look at."""
    braked = await move(c, announcement_id, Stage.BRAKED, By(None, now), problem=problem)
    if braked is not None:
        await copies.hold(c, braked.batch)
    return braked


async def resume(c: Connection, announcement_id: int, by: By) -> Announcement | None:
    """Go on after a pause or a brake, which counts anew; None when it does not stand still.

    None, too, when a second person has to let it go on and this is the first.
    """
    found = await lock(c, announcement_id)
    if found is None or found.stage not in {Stage.PAUSED, Stage.BRAKED}:
        return None
    columns: dict[str, object] = {"judged": asdict(await copies.seen(c, found.batch))}
    if found.needs_second:
        if by.person_id == found.confirmed_by:
            return None
        columns["second_by"] = by.person_id
    return await move(c, announcement_id, Stage.SENDING, by, problem=None, **columns)


async def stop(c: Connection, announcement_id: int, by: By) -> Announcement | None:
    """End it for good, with the copies that left; None when it is not under way."""
    stopped = await move(c, announcement_id, Stage.STOPPED, by)
    if stopped is not None:
        await copies.cancel_queued(c, stopped.batch, by.at)
    return stopped
