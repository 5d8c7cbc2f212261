"""Calls: closing moments, the day that is safe for the reader, and days left."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erasmus.calls import CallStatus, end_of_day, wall_time
from erasmus.library import Library
from tests.erasmus.calls import ALMATY, BISHKEK, BRUSSELS, call, wall
from tests.erasmus.cases import properties

ZONES = [BISHKEK, ALMATY, BRUSSELS, "UTC", "America/New_York", "Pacific/Auckland"]


def at(zone: str, *parts: int) -> datetime:
    return wall(*parts).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("brussels", "bishkek", "almaty"),
    [
        (wall(2027, 2, 10, 17), time(22), time(21)),
        (wall(2026, 7, 15, 17), time(21), time(20)),
        (wall(2027, 2, 18, 12), time(17), time(16)),
        (wall(2027, 6, 1, 12), time(16), time(15)),
        (wall(2027, 3, 27, 17), time(22), time(21)),
        (wall(2027, 3, 28, 17), time(21), time(20)),
        (wall(2026, 10, 24, 17), time(21), time(20)),
        (wall(2026, 10, 25, 17), time(22), time(21)),
    ],
    ids=str,
)
def test_five_in_brussels_is_late_evening_at_home_and_an_hour_less_in_summer(
    brussels: datetime, bishkek: time, almaty: time
) -> None:
    closes = call(brussels).closes

    assert bishkek == closes.astimezone(ZoneInfo(BISHKEK)).time()
    assert almaty == closes.astimezone(ZoneInfo(ALMATY)).time()


@pytest.mark.parametrize("zone", ["Asia/Almaty", "Asia/Qyzylorda", "Asia/Aqtau", "Asia/Qostanay"])
def test_kazakhstan_has_one_time(zone: str) -> None:
    """Since March 2024; older zone data would say 22:00 in Almaty."""
    assert time(21) == call(wall(2027, 2, 10, 17)).closes.astimezone(ZoneInfo(zone)).time()


def test_a_call_closes_on_the_same_day_at_home_when_it_closes_in_the_afternoon() -> None:
    afternoon = call(wall(2027, 2, 10, 17))

    assert date(2027, 2, 10) == afternoon.safe_day(BISHKEK) == afternoon.closing_day()
    assert not afternoon.days_differ(BISHKEK)


@pytest.mark.parametrize("zone", [BISHKEK, ALMATY])
def test_a_call_that_closes_at_midnight_in_brussels_is_safe_the_day_before(zone: str) -> None:
    """At home it is early morning of the next day: nobody should plan with it."""
    midnight = call(wall(2027, 1, 31, 23, 59))

    assert date(2027, 1, 31) == midnight.safe_day(zone)
    assert midnight.days_differ(zone)


def test_the_safe_day_is_the_earlier_one_for_a_reader_in_the_west() -> None:
    """Nine in the morning in Bishkek is still the evening before in New York."""
    morning = call(wall(2027, 1, 31, 9), zone=BISHKEK)

    assert date(2027, 1, 30) == morning.safe_day("America/New_York")
    assert morning.days_differ("America/New_York")


@pytest.mark.parametrize(
    ("hour", "minute", "differs"), [(18, 59, False), (19, 0, True), (18, 0, False), (23, 59, True)]
)
def test_the_days_differ_from_seven_in_the_evening_on(
    hour: int, minute: int, differs: bool
) -> None:
    assert differs is call(wall(2027, 1, 31, hour, minute)).days_differ(BISHKEK)


def test_a_day_without_a_time_closes_in_its_last_minute() -> None:
    closing = call(date(2026, 12, 31))

    assert at(BRUSSELS, 2026, 12, 31, 23, 59) == closing.closes
    assert closing.date_only
    assert date(2026, 12, 31) == closing.safe_day(BISHKEK)


@pytest.mark.parametrize(
    ("day", "offset"), [(date(2027, 3, 28), 2), (date(2026, 10, 25), 1), (date(2027, 3, 27), 1)]
)
def test_the_end_of_a_day_on_which_the_clocks_change(day: date, offset: int) -> None:
    closing = end_of_day(day, BRUSSELS)

    assert timedelta(hours=offset) == closing.utcoffset()
    assert day == closing.date()


def test_a_day_on_which_a_call_opens_begins_at_midnight() -> None:
    assert at(BRUSSELS, 2026, 10, 1) == wall_time(date(2026, 10, 1), BRUSSELS, closing=False)


def test_a_call_is_open_until_its_last_moment() -> None:
    closing = call(wall(2027, 2, 10, 17))

    assert not closing.closed(at(BRUSSELS, 2027, 2, 10, 16, 59))
    assert not closing.closed(at(BRUSSELS, 2027, 2, 10, 17))
    assert closing.closed(at(BRUSSELS, 2027, 2, 10, 17) + timedelta(seconds=1))


def test_a_call_without_an_opening_day_takes_applications() -> None:
    now = at(BISHKEK, 2026, 11, 21, 10)

    assert call(date(2027, 1, 31)).opened(now)
    assert call(date(2027, 1, 31), opens=now).opened(now)
    assert not call(date(2027, 1, 31), opens=now + timedelta(seconds=1)).opened(now)


@pytest.mark.parametrize(
    ("now", "days"),
    [
        (at(BISHKEK, 2027, 1, 28, 23, 59), 3),
        (at(BISHKEK, 2027, 1, 29, 0, 0), 2),
        (at(BISHKEK, 2027, 1, 31, 0, 0), 0),
        (at(BISHKEK, 2027, 1, 31, 23, 59), 0),
        (at(BISHKEK, 2027, 2, 1, 0, 0), -1),
    ],
    ids=str,
)
def test_days_left_change_at_the_readers_midnight(now: datetime, days: int) -> None:
    assert days == call(date(2027, 1, 31)).days_left(BISHKEK, now)


def test_days_left_are_the_readers_own() -> None:
    """At 20:00 in Brussels it is tomorrow in Bishkek already."""
    now, closing = at(BRUSSELS, 2027, 1, 29, 20), call(wall(2027, 1, 31, 17))

    assert 1 == closing.days_left(BISHKEK, now)
    assert 2 == closing.days_left(BRUSSELS, now)


def test_days_left_do_not_care_about_the_hour_that_is_lost_in_spring() -> None:
    closing = call(wall(2027, 3, 29, 17))

    assert 2 == closing.days_left(BRUSSELS, at(BRUSSELS, 2027, 3, 27, 23, 59))
    assert 1 == closing.days_left(BRUSSELS, at(BRUSSELS, 2027, 3, 28, 0, 0))


def test_only_a_projection_is_expected() -> None:
    assert call(date(2027, 1, 31), status=CallStatus.PROJECTION).expected
    assert not call(date(2027, 1, 31), status=CallStatus.OFFICIAL).expected
    assert not call(date(2027, 1, 31), status=CallStatus.PROGRAMME_PAGE).expected


@properties
@given(
    closes=st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31)),  # noqa: DTZ001 - wall times
    zone=st.sampled_from(ZONES),
    reader=st.sampled_from(ZONES),
)
def test_whoever_hands_in_on_the_eve_of_the_safe_day_is_in_time(
    closes: datetime, zone: str, reader: str
) -> None:
    closing = call(closes, zone=zone)
    eve = closing.safe_day(reader) - timedelta(days=1)
    last_minute = datetime.combine(eve, time(23, 59), tzinfo=ZoneInfo(reader))

    assert not closing.closed(last_minute)


@properties
@given(
    day=st.dates(date(2026, 1, 1), date(2028, 12, 31)),
    reader=st.sampled_from([BISHKEK, ALMATY, BRUSSELS]),
)
def test_who_lives_east_of_a_date_without_a_time_has_the_whole_safe_day(
    day: date, reader: str
) -> None:
    closing = call(day)
    last_minute = datetime.combine(closing.safe_day(reader), time(23, 59), tzinfo=ZoneInfo(reader))

    assert day == closing.safe_day(reader)
    assert not closing.closed(last_minute)


def test_every_shipped_call_knows_its_moments(library: Library) -> None:
    for shipped in library.calls:
        assert shipped.closes.tzinfo is not None, shipped.id
        assert shipped.opens is None or shipped.opens < shipped.closes, shipped.id
        assert 1 == shipped.revision


def test_agency_deadlines_are_shipped_as_five_in_the_afternoon(library: Library) -> None:
    """All deadlines of the executive agency are 17:00 Brussels."""
    for shipped in library.calls:
        if library.actions[shipped.action].audience == ("institution",):
            assert time(17) == shipped.closes.astimezone(ZoneInfo(BRUSSELS)).time(), shipped.id


def test_moments_compare_in_utc() -> None:
    assert datetime(2027, 2, 10, 16, tzinfo=UTC) == call(wall(2027, 2, 10, 17)).closes
