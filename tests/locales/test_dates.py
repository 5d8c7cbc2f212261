"""Calendar days in four languages, by golden cases."""

from datetime import UTC, date, datetime

import pytest

from erasmus.words import Language
from locales import dates

KY, KK, RU, EN = Language.KY, Language.KK, Language.RU, Language.EN
DAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("language", "with_year", "without"),
    [
        (KY, "2026-жылдын 21-ноябры", "21-ноябрь"),
        (KK, "2026 жылғы 21 қараша", "21 қараша"),
        (RU, "21 ноября 2026\u00a0г.", "21 ноября"),
        (EN, "21 November 2026", "21 November"),
    ],
)
def test_a_day_with_and_without_its_year(language: Language, with_year: str, without: str) -> None:
    assert dates.day(language, DAY) == with_year
    assert dates.day_short(language, DAY) == without
    assert dates.day_near(language, DAY, date(2026, 1, 1)) == without
    assert dates.day_near(language, DAY, date(2025, 12, 31)) == with_year


@pytest.mark.parametrize(
    ("month", "until"),
    [
        (1, "2027-жылдын 5-январына"),
        (2, "2027-жылдын 5-февралына"),
        (3, "2027-жылдын 5-мартына"),
        (4, "2027-жылдын 5-апрелине"),
        (5, "2027-жылдын 5-майына"),
        (6, "2027-жылдын 5-июнуна"),
        (7, "2027-жылдын 5-июлуна"),
        (8, "2027-жылдын 5-августуна"),
        (9, "2027-жылдын 5-сентябрына"),
        (10, "2027-жылдын 5-октябрына"),
        (11, "2027-жылдын 5-ноябрына"),
        (12, "2027-жылдын 5-декабрына"),
    ],
)
def test_every_kyrgyz_month_has_its_own_ending_before_chejin(month: int, until: str) -> None:
    assert dates.until_day(KY, date(2027, month, 5)) == until


@pytest.mark.parametrize(
    ("language", "until"),
    [
        (KK, "2026 жылғы 21 қарашаға"),
        (RU, "21 ноября 2026\u00a0г."),
        (EN, "21 November 2026"),
    ],
)
def test_until_a_day_in_the_other_languages(language: Language, until: str) -> None:
    assert dates.until_day(language, DAY) == until


@pytest.mark.parametrize(
    ("language", "span"),
    [
        (KY, "21–25-ноябрь"),
        (KK, "21–25 қараша"),
        (RU, "21–25 ноября"),
        (EN, "21–25 November"),
    ],
)
def test_days_of_one_month_share_its_name(language: Language, span: str) -> None:
    assert dates.day_range(language, DAY, date(2026, 11, 25)) == span


@pytest.mark.parametrize(
    ("language", "span"),
    [
        (KY, "21-ноябрь – 3-декабрь"),
        (KK, "21 қараша – 3 желтоқсан"),
        (RU, "21 ноября – 3 декабря"),
        (EN, "21 November – 3 December"),
    ],
)
def test_days_of_two_months_name_both(language: Language, span: str) -> None:
    assert dates.day_range(language, DAY, date(2026, 12, 3)) == span


def test_a_range_of_one_day_is_that_day(language: Language) -> None:
    assert dates.day_range(language, DAY, DAY) == dates.day_short(language, DAY)


@pytest.mark.parametrize(
    ("language", "name"), [(KY, "ишемби"), (KK, "сенбі"), (RU, "суббота"), (EN, "Saturday")]
)
def test_the_day_of_the_week(language: Language, name: str) -> None:
    assert dates.weekday(language, DAY) == name


def test_a_moment_is_refused_because_its_day_depends_on_the_zone(language: Language) -> None:
    with pytest.raises(TypeError, match="local_day"):
        dates.day(language, datetime(2026, 11, 21, 23, 0, tzinfo=UTC))


def test_every_language_names_twelve_months(language: Language) -> None:
    names = {dates.day_short(language, date(2027, month, 1)) for month in range(1, 13)}

    assert len(names) == 12
