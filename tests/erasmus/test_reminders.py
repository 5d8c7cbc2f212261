"""Reminders: a ladder of mornings before the safe day, and never at night."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erasmus.calls import CallStatus
from erasmus.reminders import (
    DEFAULT_LADDER,
    Moment,
    deadline_moments,
    start_by_moment,
    waking_moment,
)
from tests.erasmus.calls import ALMATY, BISHKEK, BRUSSELS, call, wall
from tests.erasmus.cases import properties

DEADLINE = wall(2027, 2, 10, 17)


def local(moments: list[Moment], zone: str) -> list[tuple[str, datetime]]:
    """Return occasions with the wall time of a reader."""
    return [(m.occasion, m.at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)) for m in moments]


def test_the_ladder_climbs_down_to_the_morning_of_the_day() -> None:
    moments = deadline_moments(call(DEADLINE), BISHKEK, DEFAULT_LADDER)

    assert [
        ("d30", wall(2027, 1, 11, 10)),
        ("d14", wall(2027, 1, 27, 10)),
        ("d7", wall(2027, 2, 3, 10)),
        ("d3", wall(2027, 2, 7, 10)),
        ("d1", wall(2027, 2, 9, 10)),
        ("d0", wall(2027, 2, 10, 9)),
    ] == local(moments, BISHKEK)


def test_the_ladder_may_be_told_in_any_order_and_twice() -> None:
    moments = deadline_moments(call(DEADLINE), BISHKEK, [7, 30, 7, 1])

    assert ["d30", "d7", "d1"] == [moment.occasion for moment in moments]


def test_an_empty_ladder_reminds_of_nothing() -> None:
    assert [] == deadline_moments(call(DEADLINE), BISHKEK, [])


@pytest.mark.parametrize("zone", [BISHKEK, ALMATY, BRUSSELS])
def test_everybody_is_reminded_in_their_own_morning(zone: str) -> None:
    moments = deadline_moments(call(DEADLINE), zone, DEFAULT_LADDER)

    assert {time(10), time(9)} == {at.time() for _, at in local(moments, zone)}


def test_moments_are_in_utc_and_valid_until_the_call_closes() -> None:
    closing = call(DEADLINE)
    for moment in deadline_moments(closing, BISHKEK, DEFAULT_LADDER):
        assert moment.at.tzinfo is UTC
        assert closing.closes == moment.valid_until


def test_a_call_that_closes_at_midnight_reminds_on_its_safe_day() -> None:
    """At home it closes on the next morning at 4:59; the last reminder is a day before that."""
    moments = deadline_moments(call(date(2027, 1, 31)), BISHKEK, [1, 0])

    assert [("d1", wall(2027, 1, 30, 10)), ("d0", wall(2027, 1, 31, 9))] == local(moments, BISHKEK)


def test_a_projection_never_gets_a_last_day() -> None:
    """Nobody has confirmed that day."""
    expected = call(DEADLINE, status=CallStatus.PROJECTION)

    assert ["d30", "d14", "d7", "d3"] == [
        moment.occasion for moment in deadline_moments(expected, BISHKEK, DEFAULT_LADDER)
    ]


@pytest.mark.parametrize("status", [CallStatus.OFFICIAL, CallStatus.PROGRAMME_PAGE])
def test_a_date_that_was_stated_gets_its_last_day(status: CallStatus) -> None:
    moments = deadline_moments(call(DEADLINE, status=status), BISHKEK, DEFAULT_LADDER)

    assert "d0" in [moment.occasion for moment in moments]


@pytest.mark.parametrize(
    ("closes", "occasions"),
    [
        (wall(2027, 2, 10, 9, 1), ["d1", "d0"]),
        (wall(2027, 2, 10, 9, 0), ["d1"]),
        (wall(2027, 2, 10, 0, 30), ["d1"]),
    ],
    ids=str,
)
def test_nobody_is_reminded_when_the_call_has_closed(
    closes: datetime, occasions: list[str]
) -> None:
    early = call(closes, zone=BISHKEK)

    assert occasions == [m.occasion for m in deadline_moments(early, BISHKEK, [1, 0])]


@pytest.mark.parametrize(
    ("day", "before", "on_the_day"),
    [
        (
            date(2027, 3, 28),
            datetime(2027, 3, 27, 9, tzinfo=UTC),
            datetime(2027, 3, 28, 7, tzinfo=UTC),
        ),
        (
            date(2026, 10, 25),
            datetime(2026, 10, 24, 8, tzinfo=UTC),
            datetime(2026, 10, 25, 8, tzinfo=UTC),
        ),
    ],
    ids=str,
)
def test_mornings_stay_mornings_when_the_clocks_change(
    day: date, before: datetime, on_the_day: datetime
) -> None:
    """Ten and nine o'clock of a reader in Brussels, whatever that is in UTC."""
    moments = deadline_moments(call(day), BRUSSELS, [1, 0])

    assert [before, on_the_day] == [moment.at for moment in moments]


@pytest.mark.parametrize("day", [date(2027, 3, 28), date(2026, 10, 25)], ids=str)
def test_clocks_that_change_in_brussels_do_not_touch_a_reader_in_bishkek(day: date) -> None:
    moments = deadline_moments(call(day), BISHKEK, [1, 0])
    eve = datetime.combine(day - timedelta(days=1), time(10))
    morning = datetime.combine(day, time(9))

    assert [("d1", eve), ("d0", morning)] == local(moments, BISHKEK)


def test_a_paper_is_begun_in_the_morning() -> None:
    closes = call(DEADLINE).closes
    moment = start_by_moment("transcript", date(2027, 1, 20), BISHKEK, closes)

    assert [("s:transcript", wall(2027, 1, 20, 10))] == local([moment], BISHKEK)
    assert closes == moment.valid_until


NIGHT = [
    (wall(2027, 2, 9, 9, 0), wall(2027, 2, 9, 9, 0)),
    (wall(2027, 2, 9, 8, 59), wall(2027, 2, 9, 9, 0)),
    (wall(2027, 2, 9, 0, 0), wall(2027, 2, 9, 9, 0)),
    (wall(2027, 2, 9, 20, 59), wall(2027, 2, 9, 20, 59)),
    (wall(2027, 2, 9, 21, 0), wall(2027, 2, 10, 9, 0)),
    (wall(2027, 2, 9, 23, 59), wall(2027, 2, 10, 9, 0)),
]


@pytest.mark.parametrize(("due", "sent"), NIGHT, ids=str)
@pytest.mark.parametrize("zone", [BISHKEK, BRUSSELS])
def test_what_is_due_at_night_waits_for_the_morning(
    due: datetime, sent: datetime, zone: str
) -> None:
    """Quiet hours are 21:00 to 09:00 where the reader is; nine itself is morning."""
    tz = ZoneInfo(zone)
    woken = waking_moment(due.replace(tzinfo=tz), zone)

    assert sent.replace(tzinfo=tz) == woken
    assert woken.tzinfo is UTC


@pytest.mark.parametrize(
    ("due", "not_after", "sent"),
    [
        (wall(2027, 2, 9, 23, 0), wall(2027, 2, 10, 9, 1), wall(2027, 2, 10, 9, 0)),
        (wall(2027, 2, 9, 23, 0), wall(2027, 2, 10, 9, 0), wall(2027, 2, 9, 20, 30)),
        (wall(2027, 2, 10, 3, 0), wall(2027, 2, 10, 5, 0), wall(2027, 2, 9, 20, 30)),
        (wall(2027, 2, 10, 12, 0), wall(2027, 2, 10, 11, 0), wall(2027, 2, 10, 12, 0)),
    ],
    ids=str,
)
def test_what_cannot_wait_for_the_morning_comes_the_evening_before(
    due: datetime, not_after: datetime, sent: datetime
) -> None:
    tz = ZoneInfo(BISHKEK)
    woken = waking_moment(due.replace(tzinfo=tz), BISHKEK, not_after.replace(tzinfo=tz))

    assert sent.replace(tzinfo=tz) == woken


@pytest.mark.parametrize(
    ("due", "sent"),
    [
        (datetime(2027, 3, 28, 0, 30, tzinfo=UTC), datetime(2027, 3, 28, 7, 0, tzinfo=UTC)),
        (datetime(2027, 3, 27, 21, 0, tzinfo=UTC), datetime(2027, 3, 28, 7, 0, tzinfo=UTC)),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 8, 0, tzinfo=UTC)),
        (datetime(2026, 10, 24, 21, 0, tzinfo=UTC), datetime(2026, 10, 25, 8, 0, tzinfo=UTC)),
    ],
    ids=str,
)
def test_a_night_in_which_the_clocks_change_ends_at_nine(due: datetime, sent: datetime) -> None:
    assert sent == waking_moment(due, BRUSSELS)


MOMENTS = st.datetimes(
    datetime(2026, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    datetime(2028, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)
ZONES = st.sampled_from([BISHKEK, ALMATY, BRUSSELS, "America/New_York", "UTC"])


@properties
@given(MOMENTS, ZONES, st.one_of(st.none(), MOMENTS))
def test_nobody_is_ever_woken(due: datetime, zone: str, not_after: datetime | None) -> None:
    woken = waking_moment(due, zone, not_after).astimezone(ZoneInfo(zone)).time()

    assert time(9) <= woken < time(21)


@properties
@given(MOMENTS, ZONES)
def test_waking_twice_changes_nothing(due: datetime, zone: str) -> None:
    woken = waking_moment(due, zone)

    assert woken == waking_moment(woken, zone)
    assert due <= woken < due + timedelta(hours=14)


@properties
@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31)),  # noqa: DTZ001 - wall times
    ZONES,
    ZONES,
    st.lists(st.integers(0, 60), max_size=8),
    st.sampled_from(CallStatus),
)
def test_reminders_come_in_order_by_day_and_before_the_end(
    closes: datetime, zone: str, reader: str, ladder: list[int], status: CallStatus
) -> None:
    closing = call(closes, zone=zone, status=status)
    moments = deadline_moments(closing, reader, ladder)
    occasions = [moment.occasion for moment in moments]

    assert sorted(moment.at for moment in moments) == [moment.at for moment in moments]
    assert len(set(occasions)) == len(occasions)
    for moment in moments:
        assert moment.at < closing.closes
        assert moment.at == waking_moment(moment.at, reader)
        assert not (closing.expected and moment.occasion in {"d0", "d1"})
