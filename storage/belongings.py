"""Everything that belongs to a person, in all tables, and its deletion as they ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final

from sqlalchemy import (
    Column,
    ColumnElement,
    Delete,
    String,
    Update,
    bindparam,
    cast,
    delete,
    exists,
    func,
    not_,
    null,
    or_,
    select,
    true,
    update,
)

from erasmus.announcements import Stage
from erasmus.offices import Role
from storage.announcements.stages import UNCONFIRMED
from storage.database import Connection
from storage.drafts import FURTHER
from storage.models import (
    announcement_texts,
    announcements,
    audit,
    call_revisions,
    calls,
    deliveries,
    drafts,
    follows,
    holds,
    in_state,
    inbox,
    invitations,
    live_messages,
    members,
    opt_outs,
    people,
    questions,
    rests,
    ticks,
    universities,
    verdicts,
)
from storage.states import ArrivalState, Lane
from storage.states import DeliveryState as State


class Fate(Enum):
    """What becomes of a row that names a person who is forgotten."""

    DELETED = auto()
    GOES_ALONG = auto()  # its foreign key deletes it with the person
    UNNAMED = auto()  # it belongs to others: the row stays, the name goes
    KEPT = auto()


@dataclass(frozen=True, slots=True)
class Place:
    """A column that names people; `only` are the rows that their fate is for."""

    column: Column[int]
    fate: Fate
    only: ColumnElement[bool] = field(default_factory=true)


_OVER = announcements.c.stage.in_((Stage.STOPPED, Stage.DONE))

PLACES: Final[Sequence[Place]] = (
    Place(calls.c.owner, Fate.GOES_ALONG),
    Place(follows.c.person_id, Fate.GOES_ALONG),
    Place(ticks.c.person_id, Fate.GOES_ALONG),
    Place(verdicts.c.person_id, Fate.GOES_ALONG),
    Place(opt_outs.c.person_id, Fate.GOES_ALONG),
    Place(questions.c.person_id, Fate.GOES_ALONG),
    Place(members.c.person_id, Fate.GOES_ALONG),
    Place(live_messages.c.chat_id, Fate.GOES_ALONG),
    Place(drafts.c.person_id, Fate.GOES_ALONG),
    # A private chat has the person's own id.
    Place(deliveries.c.chat_id, Fate.DELETED),
    Place(rests.c.chat_id, Fate.DELETED),
    # An update still to be handled stays: the one that asks to be forgotten is among them. Handling
    # wipes what it said, and purge() takes the rest.
    Place(inbox.c.chat_id, Fate.DELETED, not_(in_state(inbox, ArrivalState.NEW))),
    Place(audit.c.person_id, Fate.KEPT),
    Place(invitations.c.made_by, Fate.UNNAMED),
    Place(invitations.c.used_by, Fate.UNNAMED),
    Place(members.c.invited_by, Fate.UNNAMED),
    Place(holds.c.person_id, Fate.UNNAMED),
    Place(universities.c.added_by, Fate.UNNAMED),
    Place(call_revisions.c.person_id, Fate.UNNAMED),
    Place(questions.c.taken_by, Fate.UNNAMED),
    # Until its end it is known who may not be the second to confirm it.
    Place(announcements.c.confirmed_by, Fate.UNNAMED, _OVER),
    Place(announcements.c.second_by, Fate.UNNAMED),
    Place(announcements.c.moved_by, Fate.UNNAMED),
    Place(announcements.c.live_chat_id, Fate.UNNAMED),
    Place(announcement_texts.c.person_id, Fate.UNNAMED),
)
"""Every column that names a person, in all tables."""

_THEIR_QUESTION = exists().where(
    questions.c.person_id == bindparam("person_id"),
    or_(*(deliveries.c.key.startswith("q" + cast(questions.c.id, String) + sign) for sign in ".:")),
)
_TO_THE_OFFICE = (deliveries.c.lane == Lane.STAFF, _THEIR_QUESTION)
_AN_OWNER = (
    select(func.min(members.c.person_id))
    .where(
        members.c.office_id == drafts.c.office_id,
        members.c.role == Role.OWNER,
        members.c.person_id != bindparam("person_id"),
    )
    .scalar_subquery()
)
_PREPARE = (
    # Whoever passes a question on at this moment ends first, and what follows sees it.
    select(questions.c.id)
    .where(questions.c.person_id == bindparam("person_id"))
    .order_by(questions.c.id)
    .with_for_update(),
    # What of their questions waits to go to the office would be told after they were forgotten.
    delete(deliveries).where(in_state(deliveries, State.QUEUED), *_TO_THE_OFFICE),
    # What has gone there keeps its row, without what they wrote.
    update(deliveries)
    .where(deliveries.c.state.not_in((State.QUEUED, State.SENDING)), *_TO_THE_OFFICE)
    .values(body={}),
    # A draft is the office's work: an owner has it from now on.
    update(drafts)
    .where(
        drafts.c.person_id == bindparam("person_id"),
        drafts.c.kind != FURTHER,
        _AN_OWNER.is_not(None),
    )
    .values(person_id=_AN_OWNER),
    # What they confirmed first, and nobody else yet, has to be confirmed anew by two.
    update(announcements)
    .where(
        announcements.c.confirmed_by == bindparam("person_id"),
        announcements.c.stage == Stage.AWAITING,
    )
    .values(stage=Stage.DRAFT, **UNCONFIRMED),
)


def _forgetting(place: Place) -> Delete | Update:
    table, theirs = place.column.table, place.column == bindparam("whom")
    if place.fate is Fate.UNNAMED:
        return update(table).where(theirs, place.only).values({place.column: null()})
    return delete(table).where(theirs, place.only)


_FORGET = [_forgetting(place) for place in PLACES if place.fate in {Fate.DELETED, Fate.UNNAMED}]
_FORGET_PERSON = delete(people).where(people.c.id == bindparam("person_id"))


async def forget(c: Connection, person_id: int) -> bool:
    """Delete a person with everything that belongs to them; False when there was nobody.

    Messages not yet sent are deleted too, so a farewell has to be put afterwards.
    """
    for statement in _PREPARE:
        await c.execute(statement, {"person_id": person_id})
    for statement in _FORGET:
        await c.execute(statement, {"whom": person_id})
    return (await c.execute(_FORGET_PERSON, {"person_id": person_id})).rowcount > 0
