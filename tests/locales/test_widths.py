"""How wide a label is."""

import pytest

from locales import widths


@pytest.mark.parametrize(
    ("label", "signs"),
    [
        ("Өтүнмө берүү", 12),
        ("✅ Даяр", 7),
        ("👍🏽", 2),
        ("е\u0308", 1),
        ("⚠\ufe0f Көңүл", 8),
        ("…", 1),
    ],
)
def test_an_emoji_is_two_wide_and_what_is_not_seen_nothing(label: str, signs: int) -> None:
    assert widths.signs(label) == signs


def test_what_is_safe_also_fits() -> None:
    assert all(widths.SAFE[columns] < widths.MOST[columns] for columns in widths.COLUMNS.values())
