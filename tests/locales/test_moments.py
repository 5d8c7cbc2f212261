"""Moments, their zones in words, and the days that are left."""

from datetime import UTC, date, datetime, tzinfo
from typing import cast

import pytest

from erasmus.words import Language
from locales import moments

KY, KK, RU, EN = Language.KY, Language.KK, Language.RU, Language.EN
CLOSES = datetime(2027, 1, 15, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("Europe/Brussels", "17:00"),
        ("Asia/Bishkek", "22:00"),
        ("Asia/Almaty", "21:00"),
        ("UTC", "16:00"),
    ],
)
def test_the_clocks_of_a_zone(zone: str, shown: str) -> None:
    """Kazakhstan has kept UTC+5 since March 2024, one hour behind Bishkek."""
    assert moments.clock(CLOSES, zone) == shown


def test_a_late_moment_in_brussels_is_the_next_day_in_bishkek() -> None:
    midnight = datetime(2027, 1, 15, 22, 59, tzinfo=UTC)

    assert moments.local_day(midnight, "Europe/Brussels") == date(2027, 1, 15)
    assert moments.local_day(midnight, "Asia/Bishkek") == date(2027, 1, 16)


def test_a_naive_moment_is_refused() -> None:
    naive = CLOSES.replace(tzinfo=cast("tzinfo", None))

    with pytest.raises(ValueError, match="aware"):
        moments.clock(naive, "Europe/Brussels")


@pytest.mark.parametrize(
    ("language", "zone", "text"),
    [
        (KY, "Europe/Brussels", "Брюссель убактысы боюнча 17:00"),
        (KK, "Europe/Brussels", "Брюссель уақыты бойынша 17:00"),
        (RU, "Europe/Brussels", "17:00 по брюссельскому времени"),
        (EN, "Europe/Brussels", "17:00 Brussels time"),
        (KY, "Asia/Bishkek", "Бишкек убактысы боюнча 22:00"),
        (KK, "Asia/Almaty", "Қазақстан уақыты бойынша 21:00"),
        (KK, "Asia/Qyzylorda", "Қазақстан уақыты бойынша 21:00"),
        (RU, "Asia/Bishkek", "22:00 по бишкекскому времени"),
        (EN, "Asia/Almaty", "21:00 Kazakhstan time"),
        (RU, "Europe/Berlin", "17:00 (часовой пояс: Берлин)"),
        (KY, "Europe/Berlin", "Берлин шаарынын убактысы боюнча 17:00"),
        (EN, "America/New_York", "11:00 New York time"),
        (EN, "UTC", "16:00 UTC"),
    ],
)
def test_a_zone_is_said_in_words(language: Language, zone: str, text: str) -> None:
    assert moments.clock_in_zone(language, CLOSES, zone) == text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (KY, "2027-жылдын 15-январы, Брюссель убактысы боюнча 17:00"),
        (KK, "2027 жылғы 15 қаңтар, Брюссель уақыты бойынша 17:00"),
        (RU, "15 января 2027\u00a0г., 17:00 по брюссельскому времени"),
        (EN, "15 January 2027, 17:00 Brussels time"),
    ],
)
def test_a_moment_has_day_time_and_zone(language: Language, text: str) -> None:
    assert moments.moment_in_zone(language, CLOSES, "Europe/Brussels") == text


@pytest.mark.parametrize(
    ("language", "name"),
    [
        (KY, "Брюссель убактысы"),
        (KK, "Брюссель уақыты"),
        (RU, "брюссельское время"),
        (EN, "Brussels time"),
    ],
)
def test_the_name_of_a_zone(language: Language, name: str) -> None:
    assert moments.zone_name(language, "Europe/Brussels") == name


@pytest.mark.parametrize(
    ("n", "texts"),
    [
        (0, ("Бүгүн акыркы күн", "Сегодня последний день", "Today is the last day")),
        (1, ("Эртең акыркы күн", "Завтра последний день", "Tomorrow is the last day")),
        (3, ("3\u00a0күн калды", "Осталось 3\u00a0дня", "3\u00a0days left")),
        (21, ("21\u00a0күн калды", "Остался 21\u00a0день", "21\u00a0days left")),
        (-1, ("Мөөнөт өтүп кетти", "Срок прошёл", "The deadline has passed")),
    ],
)
def test_the_days_that_are_left(n: int, texts: tuple[str, str, str]) -> None:
    assert tuple(moments.days_left(language, n) for language in (KY, RU, EN)) == texts
