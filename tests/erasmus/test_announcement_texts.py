"""Texts of announcements: what Telegram would refuse is found before anybody is written to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram_double.html import parse_html
from bot.telegram_double.refusals import Refused
from erasmus.announcement_texts import LONGEST_CAPTION, OWN_LINES, Problem, find_flaw, visible

MOST_OF_CAPTION = LONGEST_CAPTION - OWN_LINES


@pytest.mark.parametrize(
    ("html", "problem", "place"),
    [
        ("", Problem.EMPTY, ""),
        (" \n\u200b\ufeff ", Problem.EMPTY, ""),
        ("<b> </b>", Problem.EMPTY, ""),
        ("Come on <b>Monday", Problem.MARKUP, "Come on Monday"),
        ("Come on <blink>Monday</blink>", Problem.MARKUP, "Come on"),
        ("Come </b>", Problem.MARKUP, "Come"),
        ("<b>Come <i>on</b></i>", Problem.MARKUP, "Come on"),
        ('See <a href="https://x.kg/?q="a"">this</a>', Problem.LINK, 'https://x.kg/?q="a"'),
        ("1 < 2", Problem.MARKUP, "1"),
        ("Come\x00on", Problem.SIGN, "Come"),
        ("Come\ud800on", Problem.SIGN, "Come"),
        ("я" * 4000, Problem.TOO_LONG, "я" * 30),
    ],
)
def test_what_cannot_be_sent_is_refused_with_its_place(
    html: str, problem: Problem, place: str
) -> None:
    flaw = find_flaw(html, caption=False)
    assert flaw is not None
    assert (flaw.problem, flaw.place) == (problem, place)


def test_length_is_counted_as_telegram_counts_it() -> None:
    """An emoji is two signs, tags and escapes are none."""
    assert find_flaw("<b>&lt;</b>" * MOST_OF_CAPTION, caption=True) is None
    flaw = find_flaw("🎓" * MOST_OF_CAPTION, caption=True)
    assert flaw is not None
    assert (flaw.length, flaw.most) == (2 * MOST_OF_CAPTION, MOST_OF_CAPTION)


def test_a_picture_needs_no_caption() -> None:
    assert find_flaw("", caption=True) is None


_PIECES = st.lists(
    st.sampled_from(
        [
            *("<b>", "</b>", "<i>", "</i>", "<code>", "</code>", "<", ">", "&amp;", "&lt;"),
            *("<blockquote expandable>", "</blockquote>", '<a href="https://a.kg">', "</a>"),
            *("ж", " "),
        ]
    ),
    max_size=12,
)


@given(_PIECES)
def test_what_passes_is_what_telegram_shows(pieces: list[str]) -> None:
    """Whatever is let through, Telegram accepts and shows with the same words."""
    html = "".join(pieces)
    if find_flaw(html, caption=True) is not None:
        return
    try:
        shown, _ = parse_html(html)
    except Refused:
        pytest.fail(f"{html!r} was let through")
    assert shown == visible(html)
