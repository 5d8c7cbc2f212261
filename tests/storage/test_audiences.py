"""Audiences: who belongs to one, and that nobody belongs who cannot or does not want to."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from erasmus.announcements import Topic
from erasmus.audiences import Audience
from erasmus.calls import Call
from erasmus.offices import Office
from erasmus.words import Language, Words
from storage import Database, audiences, calls, follows, opt_outs, people
from storage.models import people as person_rows
from storage.models import universities, verdicts
from tests.offices import an_office

FIRST = 700001000

WHO: dict[int, dict[str, object]] = {
    FIRST: {"language": Language.KY, "university": "knu", "role": "student", "level": "master"},
    FIRST + 1: {"language": Language.RU, "university": "kaznu", "role": "student"},
    FIRST + 2: {"language": Language.KK, "zone": "Asia/Almaty", "role": "staff"},
    FIRST + 3: {"language": Language.EN, "zone": "Asia/Bishkek", "level": "bachelor"},
    FIRST + 4: {"language": Language.KY, "role": "student", "seen_months_ago": 8},
    FIRST + 5: {"language": Language.KY, "gone": True},
}


@pytest.fixture
def national(now: datetime) -> Office:
    return an_office(now)


@pytest.fixture(autouse=True)
async def known(db: Database, now: datetime, call: Call) -> None:
    """Six people, of whom one cannot be reached."""
    async with db.write() as c:
        for university, country in (("knu", "KG"), ("kaznu", "KZ")):
            name = Words({Language.EN: university})
            row: dict[str, object] = {"id": university, "country": country, "name": name}
            row |= {"city": name, "added_at": now, "also": ()}
            await c.execute(universities.insert(), row)
        await calls.put(c, call, now)
        for person_id, told in WHO.items():
            columns = dict(told)
            months, gone = columns.pop("seen_months_ago", 0), columns.pop("gone", False)
            await people.greet(c, person_id, Language.EN, "Asia/Bishkek", now)
            await people.set_language(c, person_id, Language.EN)
            columns["seen_at"] = now - timedelta(days=31 * int(str(months)))
            columns["unreachable_since"] = now if gone else None
            this = update(person_rows).where(person_rows.c.id == person_id)
            await c.execute(this.values(columns))
        await follows.follow(c, FIRST + 1, call.id, now)
        for person_id, verdict in ((FIRST, "eligible"), (FIRST + 1, "depends"), (FIRST + 2, "no")):
            row = {"person_id": person_id, "action": "icm_study", "verdict": verdict, "at": now}
            await c.execute(verdicts.insert(), row)


@pytest.mark.parametrize(
    ("audience", "reached"),
    [
        (Audience(), {0, 1, 2, 3, 4}),
        (Audience(countries=("KG",)), {0, 3, 4}),
        (Audience(countries=("KZ",)), {1, 2}),
        (Audience(countries=("KG", "KZ")), {0, 1, 2, 3, 4}),
        (Audience(universities=("knu", "kaznu")), {0, 1}),
        (Audience(roles=("student",)), {0, 1, 4}),
        (Audience(roles=("student", "staff"), languages=(Language.KY, Language.KK)), {0, 2, 4}),
        (Audience(levels=("bachelor",)), {3}),
        (Audience(followers_of="emjm-emai-2026"), {1}),
        (Audience(eligible_for="icm_study"), {0, 1}),
        (Audience(active_months=6), {0, 1, 2, 3}),
        (Audience(roles=("nobody",)), set()),
    ],
)
async def test_everybody_who_meets_the_conditions(
    db: Database, national: Office, now: datetime, audience: Audience, reached: set[int]
) -> None:
    async with db.read() as c:
        counted = await audiences.count(c, national, audience, Topic.NEWS, now)
        found = await audiences.chunk(
            c, national, audience, Topic.NEWS, now, after=0, limit=100, known_by=now
        )

    assert {one.id - FIRST for one in found} == reached
    assert sum(counted.values()) == len(found)
    for language in Language:
        assert counted.get(language, 0) == sum(one.language is language for one in found)


async def test_a_university_reaches_its_own_people_whatever_is_asked(
    db: Database, national: Office, now: datetime
) -> None:
    office = replace(national, university="knu")
    async with db.read() as c:
        counted = await audiences.count(
            c, office, Audience(universities=("kaznu",)), Topic.NEWS, now
        )

    assert counted == {Language.KY: 1}


async def test_who_opted_out_of_the_topic_is_left_out(
    db: Database, national: Office, now: datetime
) -> None:
    async with db.write() as c:
        assert await opt_outs.leave(c, FIRST, Topic.NEWS, now)
        assert not await opt_outs.leave(c, FIRST, Topic.NEWS, now)
        without = await audiences.count(c, national, Audience(), Topic.NEWS, now)
        other_topic = await audiences.count(c, national, Audience(), Topic.CALLS, now)
        assert await opt_outs.of(c, FIRST) == {Topic.NEWS}
        assert await opt_outs.come_back(c, FIRST, Topic.NEWS)
        again = await audiences.count(c, national, Audience(), Topic.NEWS, now)

    assert sum(without.values()) == 4
    assert sum(other_topic.values()) == sum(again.values()) == 5


async def test_chunks_go_on_where_the_last_one_ended_and_leave_newcomers_out(
    db: Database, national: Office, now: datetime
) -> None:
    async with db.write() as c:
        later = now + timedelta(minutes=1)
        await people.greet(c, FIRST + 99, Language.EN, "Asia/Bishkek", later)
        await people.set_language(c, FIRST + 99, Language.EN)
        found, after = [], 0
        while chunk := await audiences.chunk(
            c, national, Audience(), Topic.NEWS, now, after=after, limit=2, known_by=now
        ):
            assert len(chunk) <= 2
            found += [one.id - FIRST for one in chunk]
            after = chunk[-1].id

    assert found == [0, 1, 2, 3, 4]
