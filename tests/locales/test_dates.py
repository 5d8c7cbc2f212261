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
    ("month", "without_year", "with_year"),
    [
        (1, "5-январга", "2027-жылдын 5-январына"),
        (2, "5-февралга", "2027-жылдын 5-февралына"),
        (3, "5-мартка", "2027-жылдын 5-мартына"),
        (4, "5-апрелге", "2027-жылдын 5-апрелине"),
        (5, "5-майга", "2027-жылдын 5-майына"),
        (6, "5-июнга", "2027-жылдын 5-июнуна"),
        (7, "5-июлга", "2027-жылдын 5-июлуна"),
        (8, "5-августка", "2027-жылдын 5-августуна"),
        (9, "5-сентябрга", "2027-жылдын 5-сентябрына"),
        (10, "5-октябрга", "2027-жылдын 5-октябрына"),
        (11, "5-ноябрга", "2027-жылдын 5-ноябрына"),
        (12, "5-декабрга", "2027-жылдын 5-декабрына"),
    ],
)
def test_every_kyrgyz_month_has_its_own_ending_before_chejin(
    month: int, without_year: str, with_year: str
) -> None:
    value = date(2027, month, 5)

    assert dates.until_day_short(KY, value) == without_year
    assert dates.until_day(KY, value) == with_year


@pytest.mark.parametrize(
    ("language", "with_year", "without"),
    [
        (KK, "2026 жылғы 21 қарашаға", "21 қарашаға"),
        (RU, "21 ноября 2026\u00a0г.", "21 ноября"),
        (EN, "21 November 2026", "21 November"),
    ],
)
def test_until_a_day_in_the_other_languages(
    language: Language, with_year: str, without: str
) -> None:
    assert dates.until_day(language, DAY) == with_year
    assert dates.until_day_short(language, DAY) == without


@pytest.mark.parametrize(
    ("language", "with_year", "without"),
    [
        (KY, "2026-жылдын 21–25-ноябры", "21–25-ноябрь"),
        (KK, "2026 жылғы 21–25 қараша", "21–25 қараша"),
        (RU, "21–25 ноября 2026\u00a0г.", "21–25 ноября"),
        (EN, "21–25 November 2026", "21–25 November"),
    ],
)
def test_days_of_one_month_share_its_name(language: Language, with_year: str, without: str) -> None:
    assert dates.day_range(language, DAY, date(2026, 11, 25)) == with_year
    assert dates.day_range_short(language, DAY, date(2026, 11, 25)) == without


@pytest.mark.parametrize(
    ("language", "with_year", "without"),
    [
        (KY, "2026-жылдын 21-ноябры – 3-декабры", "21-ноябрь – 3-декабрь"),
        (KK, "2026 жылғы 21 қараша – 3 желтоқсан", "21 қараша – 3 желтоқсан"),
        (RU, "21 ноября – 3 декабря 2026\u00a0г.", "21 ноября – 3 декабря"),
        (EN, "21 November – 3 December 2026", "21 November – 3 December"),
    ],
)
def test_days_of_two_months_share_their_year(
    language: Language, with_year: str, without: str
) -> None:
    assert dates.day_range(language, DAY, date(2026, 12, 3)) == with_year
    assert dates.day_range_short(language, DAY, date(2026, 12, 3)) == without


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (KY, "2026-жылдын 21-ноябры – 2027-жылдын 2-ноябры"),
        (KK, "2026 жылғы 21 қараша – 2027 жылғы 2 қараша"),
        (RU, "21 ноября 2026\u00a0г. – 2 ноября 2027\u00a0г."),
        (EN, "21 November 2026 – 2 November 2027"),
    ],
)
def test_days_of_two_years_name_both(language: Language, text: str) -> None:
    assert dates.day_range(language, DAY, date(2027, 11, 2)) == text


def test_a_range_of_one_day_is_that_day(language: Language) -> None:
    assert dates.day_range(language, DAY, DAY) == dates.day(language, DAY)
    assert dates.day_range_short(language, DAY, DAY) == dates.day_short(language, DAY)


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
