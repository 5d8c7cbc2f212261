"""Audiences: how many people an announcement reaches, and who they are.

People who cannot be reached, who do not want to hear of the topic, or who have not even chosen a
language never belong to one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from erasmus.announcements import Topic
from erasmus.audiences import ZONES, Audience
from erasmus.offices import Office
from erasmus.words import Language
from storage.database import Connection
from storage.inline_sqlite import LONG
from storage.models import follows, opt_outs, people, universities, verdicts

REACHABLE_VERDICTS = ("eligible", "depends")


class Recipient(NamedTuple):
    """Somebody who gets a copy."""

    id: int
    language: Language
    zone: str


async def count(
    c: Connection, office: Office, audience: Audience, topic: Topic, now: datetime
) -> dict[Language, int]:
    """Return how many people an announcement reaches, by the language they read."""
    statement = (
        select(people.c.language, func.count())
        .where(*_conditions(office, audience, topic, now))
        .group_by(people.c.language)
        .execution_options(**LONG)
    )
    found: Mapping[Language, int] = dict((await c.execute(statement)).all())
    return {language: found[language] for language in Language if language in found}


async def chunk(  # noqa: PLR0913 - what an audience is, and which part of it
    c: Connection,
    office: Office,
    audience: Audience,
    topic: Topic,
    now: datetime,
    *,
    after: int,
    limit: int,
    known_by: datetime,
) -> list[Recipient]:
    """Return the next people of an audience, by their ids; those who had written by a moment."""
    statement = (
        select(people.c.id, people.c.language, people.c.zone)
        .where(
            people.c.id > after,
            people.c.created_at <= known_by,
            *_conditions(office, audience, topic, now),
        )
        .order_by(people.c.id)
        .limit(limit)
        .execution_options(**LONG)
    )
    return [Recipient(*row) for row in await c.execute(statement)]


def _conditions(
    office: Office, audience: Audience, topic: Topic, now: datetime
) -> Iterator[ColumnElement[bool]]:
    mine = audience.within(office)
    yield people.c.unreachable_since.is_(None)
    # Who never chose has not seen what this is, or has had everything forgotten.
    yield people.c.language_chosen.is_(True)
    yield people.c.id.not_in(select(opt_outs.c.person_id).where(opt_outs.c.topic == topic))
    if mine.countries:
        yield _lives_in(mine.countries)
    for column, values in (
        (people.c.university, mine.universities),
        (people.c.role, mine.roles),
        (people.c.level, mine.levels),
        (people.c.language, mine.languages),
    ):
        if values:
            yield column.in_(values)
    if mine.followers_of is not None:
        yield exists().where(
            follows.c.person_id == people.c.id, follows.c.call_id == mine.followers_of
        )
    if mine.eligible_for is not None:
        yield exists().where(
            verdicts.c.person_id == people.c.id,
            verdicts.c.action == mine.eligible_for,
            verdicts.c.verdict.in_(REACHABLE_VERDICTS),
        )
    since = mine.active_since(now)
    if since is not None:
        yield people.c.seen_at >= since


def belonging(office: Office) -> ColumnElement[bool]:
    """Return the condition of the people whom an office is there for."""
    if office.university is not None:
        return people.c.university == office.university
    return _lives_in((office.country,))


def _lives_in(countries: tuple[str, ...]) -> ColumnElement[bool]:
    zones = [zone for country in countries for zone in ZONES.get(country, ())]
    here = select(universities.c.id).where(universities.c.country.in_(countries))
    return or_(
        # Added to, the university cannot tempt SQLite to gather half of all people by its index.
        (people.c.university + "").in_(here),
        and_(people.c.university.is_(None), people.c.zone.in_(zones)),
    )
