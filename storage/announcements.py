"""Announcements: written, confirmed, and brought from stage to stage.

Every change asks for the stage that it may come from, so that of two presses one has an effect.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from enum import StrEnum, auto
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, insert, or_, select, update

from erasmus.announcements import (
    EDITABLE,
    LIVE,
    Announcement,
    By,
    Content,
    NewsButton,
    Stage,
    Topic,
    Window,
    batch_of,
    before,
    leaves_at,
)
from erasmus.audiences import Audience
from erasmus.limits import Limits
from erasmus.waves import Trouble
from erasmus.words import Language
from storage import audiences, copies, offices
from storage.columns import Utc
from storage.database import Connection, InsertInto, for_both
from storage.models import announcement_texts, announcements

COLUMNS = tuple(announcements.c[field.name] for field in fields(Announcement))

NOW = bindparam("now", type_=Utc)

_THIS = announcements.c.id == bindparam("which")
_GET = select(*COLUMNS).where(_THIS)
_LOCKED = _GET.with_for_update()
_OF_OFFICE = (
    select(*COLUMNS)
    .where(announcements.c.office_id == bindparam("office_id"))
    .order_by(announcements.c.id.desc())
    .limit(bindparam("limit"))
)
_IN_STAGE = (
    select(*COLUMNS)
    .where(announcements.c.stage.in_(bindparam("stages", expanding=True)))
    .order_by(announcements.c.id)
)
_TO_DO = (
    select(*COLUMNS)
    .where(
        or_(
            and_(announcements.c.stage == Stage.SCHEDULED, announcements.c.leaves_at <= NOW),
            announcements.c.stage == Stage.SENDING,
            and_(announcements.c.stage == Stage.STOPPED, announcements.c.ended_at.is_(None)),
        )
    )
    .order_by(announcements.c.id)
)
_WATCHED = (
    select(*COLUMNS)
    .where(
        announcements.c.live_chat_id.is_not(None),
        or_(
            announcements.c.stage.in_([stage.value for stage in LIVE]),
            and_(
                announcements.c.stage.in_([Stage.DONE.value, Stage.STOPPED.value]),
                announcements.c.moved_at >= bindparam("since", type_=Utc),
            ),
        ),
    )
    .order_by(announcements.c.id)
)
_NUMBERS = select(announcements.c.stage, func.count()).group_by(announcements.c.stage)
_CREATE = insert(announcements).returning(*COLUMNS)
_UNCONFIRMED = {
    "recipients": None,
    "confirmed_by": None,
    "confirmed_version": None,
    "confirmed_at": None,
    "second_by": None,
    "leaves_at": None,
}
_TEXTS = select(announcement_texts.c.language, announcement_texts.c.content).where(
    announcement_texts.c.announcement_id == bindparam("which")
)


def _put_text(insert: InsertInto) -> Any:  # noqa: ANN401 - either dialect's
    row = insert(announcement_texts)
    return row.on_conflict_do_update(
        index_elements=[
            announcement_texts.c.announcement_id,
            announcement_texts.c.language,
        ],
        set_={name: row.excluded[name] for name in ("content", "person_id", "updated_at")},
    )


_PUT_TEXT = for_both(_put_text)
_DROP_TEXT = delete(announcement_texts).where(
    announcement_texts.c.announcement_id == bindparam("which"),
    announcement_texts.c.language == bindparam("spoken"),
)
_DROP = delete(announcements).where(
    _THIS, announcements.c.stage.in_([stage.value for stage in EDITABLE])
)
_DROP_TEXTS = delete(announcement_texts).where(
    announcement_texts.c.announcement_id == bindparam("which")
)


class Said(StrEnum):
    """What came of a confirmation."""

    SCHEDULED = auto()
    AWAITING = auto()  # a second publisher has to confirm as well
    CHANGED = auto()  # it is not the version any more that was read
    SAME_PERSON = auto()  # the second has to be somebody else
    ALREADY = auto()  # somebody was quicker: see confirmed_by, second_by, moved_at, stage
    EMPTY = auto()  # it says nothing, or reaches nobody
    TOO_DEAR = auto()


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What came of a confirmation, and the announcement as it is now."""

    said: Said
    announcement: Announcement


async def create(
    c: Connection, office_id: str, author_id: int, audience: Audience, now: datetime
) -> Announcement:
    """Begin an announcement without texts, about news."""
    row = {
        "office_id": office_id,
        "author_id": author_id,
        "stage": Stage.DRAFT,
        "topic": Topic.NEWS,
        "audience": audience,
        "buttons": (),
        "judged": {},
        "zones": (),
        "created_at": now,
        "updated_at": now,
    }
    return Announcement(*(await c.execute(_CREATE, row)).one())


async def get(c: Connection, announcement_id: int) -> Announcement | None:
    """Return an announcement."""
    row = (await c.execute(_GET, {"which": announcement_id})).one_or_none()
    return None if row is None else Announcement(*row)


async def lock(c: Connection, announcement_id: int) -> Announcement | None:
    """Return an announcement, and let nobody change it until the transaction ends."""
    row = (await c.execute(_LOCKED, {"which": announcement_id})).one_or_none()
    return None if row is None else Announcement(*row)


async def of_office(c: Connection, office_id: str, limit: int = 20) -> list[Announcement]:
    """Return an office's announcements, newest first."""
    rows = await c.execute(_OF_OFFICE, {"office_id": office_id, "limit": limit})
    return [Announcement(*row) for row in rows]


async def in_stage(c: Connection, stages: Collection[Stage]) -> list[Announcement]:
    """Return the announcements of all offices that are in some stages, oldest first."""
    rows = await c.execute(_IN_STAGE, {"stages": list(stages)})
    return [Announcement(*row) for row in rows]


async def to_do(c: Connection, now: datetime) -> list[Announcement]:
    """Return what the engine has to bring further: due, being sent, or stopped and not cleared."""
    return [Announcement(*row) for row in await c.execute(_TO_DO, {"now": now})]


async def watched(c: Connection, since: datetime) -> list[Announcement]:
    """Return what somebody watches: under way, or ended since a moment."""
    return [Announcement(*row) for row in await c.execute(_WATCHED, {"since": since})]


async def numbers(c: Connection) -> dict[Stage, int]:
    """Return how many announcements are in each stage that occurs."""
    return dict((await c.execute(_NUMBERS)).all())


async def texts(c: Connection, announcement_id: int) -> dict[Language, Content]:
    """Return what an announcement says, by language."""
    return dict((await c.execute(_TEXTS, {"which": announcement_id})).all())


async def set_text(
    c: Connection, announcement_id: int, language: Language, content: Content | None, by: By
) -> bool:
    """Write, or take away, one language; False when it cannot be edited any more."""
    if not await _edit(c, announcement_id, by.at):
        return False
    await write_text(c, announcement_id, language, content, by)
    return True


async def write_text(
    c: Connection, announcement_id: int, language: Language, content: Content | None, by: By
) -> None:
    """Write a text whatever the stage; only a correction may."""
    if content is None:
        await c.execute(_DROP_TEXT, {"which": announcement_id, "spoken": language})
        return
    row = {
        "announcement_id": announcement_id,
        "language": language,
        "content": content,
        "person_id": by.person_id,
        "updated_at": by.at,
    }
    await c.execute(_PUT_TEXT(c), row)


async def set_topic(c: Connection, announcement_id: int, topic: Topic, now: datetime) -> bool:
    """Say what it is about; False when it cannot be edited any more, here and below."""
    return await _edit(c, announcement_id, now, topic=topic)


async def set_audience(
    c: Connection, announcement_id: int, audience: Audience, now: datetime
) -> bool:
    """Say whom it is for."""
    return await _edit(c, announcement_id, now, audience=audience)


async def set_buttons(
    c: Connection, announcement_id: int, buttons: Collection[NewsButton], now: datetime
) -> bool:
    """Put buttons under it, at most MOST_BUTTONS."""
    return await _edit(c, announcement_id, now, buttons=tuple(buttons))


async def set_when(
    c: Connection,
    announcement_id: int,
    send_at: datetime | None,
    window: Window | None,
    now: datetime,
) -> bool:
    """Say when it leaves: at a time (None: at once) and within which hours (None: any)."""
    return await _edit(c, announcement_id, now, send_at=send_at, window=window)


async def set_paid(c: Connection, announcement_id: int, now: datetime, *, paid: bool) -> bool:
    """Pay Stars for speed, or not."""
    return await _edit(c, announcement_id, now, paid=paid)


async def set_live(
    c: Connection, announcement_id: int, chat_id: int, message_id: int | None
) -> None:
    """Remember the message that shows how far it is."""
    await note(c, announcement_id, live_chat_id=chat_id, live_message_id=message_id)


async def discard(c: Connection, announcement_id: int) -> bool:
    """Throw away a draft; False when it is none any more."""
    if await lock(c, announcement_id) is None:
        return False
    draft = await get(c, announcement_id)
    if draft is None or draft.stage not in EDITABLE:
        return False
    await c.execute(_DROP_TEXTS, {"which": announcement_id})
    return (await c.execute(_DROP, {"which": announcement_id})).rowcount > 0


async def confirm(
    c: Connection, announcement_id: int, version: int, limits: Limits, by: By
) -> Confirmation | None:
    """Confirm the version that was read, first or second; None for no such announcement."""
    found = await lock(c, announcement_id)
    if found is None:
        return None
    if found.stage not in EDITABLE:
        return Confirmation(Said.ALREADY, found)
    if found.version != version:
        return Confirmation(Said.CHANGED, found)
    if found.stage is Stage.AWAITING:
        return await _confirm_again(c, found, by)
    return await _confirm_first(c, found, limits, by)


async def _confirm_first(
    c: Connection, found: Announcement, limits: Limits, by: By
) -> Confirmation:
    office = await offices.get(c, found.office_id)
    reached = (
        await audiences.count(c, office, found.audience, found.topic, by.at)
        if office and await texts(c, found.id)
        else {}
    )
    recipients = sum(reached.values())
    if not recipients:
        return Confirmation(Said.EMPTY, found)
    if found.paid and not limits.may_pay(recipients):
        return Confirmation(Said.TOO_DEAR, found)
    confirmed = {
        "recipients": recipients,
        "confirmed_by": by.person_id,
        "confirmed_version": found.version,
        "confirmed_at": by.at,
    }
    if recipients >= limits.two_people_from:
        return await _confirmed(c, found, Stage.AWAITING, by, **confirmed)
    confirmed["leaves_at"] = leaves_at(found.send_at, by.at)
    return await _confirmed(c, found, Stage.SCHEDULED, by, **confirmed)


async def _confirm_again(c: Connection, found: Announcement, by: By) -> Confirmation:
    if by.person_id == found.confirmed_by:
        return Confirmation(Said.SAME_PERSON, found)
    at = leaves_at(found.send_at, by.at)
    return await _confirmed(c, found, Stage.SCHEDULED, by, second_by=by.person_id, leaves_at=at)


async def _confirmed(
    c: Connection, found: Announcement, stage: Stage, by: By, **columns: object
) -> Confirmation:
    moved = await move(c, found.id, stage, by, **columns)
    if moved is None:
        return Confirmation(Said.ALREADY, await get(c, found.id) or found)
    return Confirmation(Said(stage.value), moved)


async def take_back(c: Connection, announcement_id: int, by: By) -> Announcement | None:
    """Make a draft again of what is confirmed and has not begun; None when it has."""
    return await move(c, announcement_id, Stage.DRAFT, by, **_UNCONFIRMED)


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
    """Go on after a pause or a brake, which counts anew; None when it does not stand still."""
    found = await lock(c, announcement_id)
    if found is None or found.stage not in {Stage.PAUSED, Stage.BRAKED}:
        return None
    judged = asdict(await copies.seen(c, found.batch))
    return await move(c, announcement_id, Stage.SENDING, by, problem=None, judged=judged)


async def stop(c: Connection, announcement_id: int, by: By) -> Announcement | None:
    """End it for good, with the copies that left; None when it is not under way."""
    stopped = await move(c, announcement_id, Stage.STOPPED, by)
    if stopped is not None:
        await copies.cancel_queued(c, stopped.batch, by.at)
    return stopped


async def progress(c: Connection, announcement_id: int) -> copies.Progress:
    """Return how many copies stand where."""
    return await copies.progress(c, batch_of(announcement_id))


async def recipients(
    c: Connection, announcement_id: int, after: int = 0, limit: int = 1000
) -> list[copies.Copy]:
    """Return a page of copies, whatever became of them; it begins after the id of a delivery."""
    return await copies.listing(c, batch_of(announcement_id), after, limit)


async def unknown(c: Connection, announcement_id: int, limit: int = 100) -> list[copies.Copy]:
    """Return the copies that perhaps arrived."""
    return await copies.unknown(c, batch_of(announcement_id), limit)


async def send_again(
    c: Connection, announcement_id: int, delivery_ids: Collection[int], now: datetime
) -> int:
    """Send copies again that perhaps arrived; return how many were not sent again before.

    What had ended is under way again until they have left. What was stopped a moment ago is not
    touched before the rest of it is withdrawn.
    """
    found = await lock(c, announcement_id)
    if found is None or (found.stage is Stage.STOPPED and found.ended_at is None):
        return 0
    again = sum([await copies.send_again(c, found, one, now) for one in delivery_ids])
    if again and found.ended_at is not None:
        await move(c, announcement_id, Stage.SENDING, By(None, now), ended_at=None)
    return again


async def move(
    c: Connection, announcement_id: int, stage: Stage, by: By, **columns: object
) -> Announcement | None:
    """Bring an announcement to a stage; None when it is in none that it may come from."""
    told = {"stage": stage, "moved_by": by.person_id, "moved_at": by.at, "updated_at": by.at}
    statement = (
        update(announcements)
        .where(announcements.c.id == announcement_id, announcements.c.stage.in_(before(stage)))
        .values({**columns, **told})
        .returning(*COLUMNS)
    )
    row = (await c.execute(statement)).one_or_none()
    return None if row is None else Announcement(*row)


async def note(c: Connection, announcement_id: int, **columns: object) -> None:
    """Keep how far a locked announcement is."""
    statement = update(announcements).where(announcements.c.id == announcement_id)
    await c.execute(statement.values(columns))


async def live_ids(c: Connection, topic: Topic) -> list[int]:
    """Return the announcements about a topic that are under way."""
    statement = select(announcements.c.id).where(
        announcements.c.topic == topic, announcements.c.stage.in_(LIVE)
    )
    return list((await c.execute(statement)).scalars())


async def _edit(c: Connection, announcement_id: int, now: datetime, **columns: object) -> bool:
    statement = (
        update(announcements)
        .where(announcements.c.id == announcement_id, announcements.c.stage.in_(EDITABLE))
        .values(
            **{**_UNCONFIRMED, **columns},
            stage=Stage.DRAFT,
            version=announcements.c.version + 1,
            updated_at=now,
        )
    )
    return (await c.execute(statement)).rowcount > 0
