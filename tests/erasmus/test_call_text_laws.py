"""Whatever the text: every date that is proposed stands in it, and reading never fails."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from erasmus.call_drafts import DATES, CallDraft, Part, proposed
from erasmus.call_text import propose, said_dates
from erasmus.draft_documents import read, written
from erasmus.library import Library
from erasmus.loading import load_library
from erasmus.reading import small

LIBRARY: Library = load_library()
TODAY = date(2026, 11, 21)
NAMES = [name.removesuffix("*") for month in LIBRARY.reading.months for name in month.names]
PIECES = st.one_of(
    st.sampled_from(NAMES),
    st.sampled_from(
        [
            "до",
            "с",
            "по",
            "by",
            "from",
            "чейин",
            "дейін",
            "жылдын",
            "жылғы",
            "deadline",
            "-",
            ".",
            "/",
        ]
    ),
    st.integers(0, 40).map(str),
    st.integers(2025, 2030).map(str),
    st.sampled_from([" ", "\n", ", ", "г.", "ға", "ынан", ":", "23:59", "CET", "Бишкек убактысы"]),
    st.text(max_size=4),
)
TEXTS = st.lists(PIECES, max_size=16).map(" ".join) | st.lists(PIECES, max_size=16).map("".join)


def figures(text: str) -> set[int]:
    return {int(run) for run in re.findall(r"[0-9]+", text)}


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_no_date_is_invented(text: str) -> None:
    """Day and year stand there in figures, the month in figures or by one of its names."""
    there, folded = figures(text), small(text)
    for said in said_dates(text, LIBRARY.reading):
        for way in said.ways:
            assert way.day is None or way.day in there
            assert way.year is None or {way.year, way.year - 2000} & there
            named = next(month for month in LIBRARY.reading.months if month.number == way.month)
            names = [small(name.removesuffix("*")) for name in named.names]
            assert way.month in there or any(name in folded for name in names)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_a_draft_takes_only_what_can_be_read_in_one_way(text: str) -> None:
    proposal = propose(text, LIBRARY)
    draft = proposed(proposal, TODAY)
    readings = {said.days for said in proposal.dates}

    assert draft.closes is None or (draft.closes,) in readings
    assert draft.opens is None or (draft.opens,) in readings
    assert draft.to_confirm() == tuple(
        part for part in DATES if getattr(draft, part.value) is not None
    )


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_a_kept_draft_is_the_same_draft(text: str) -> None:
    draft = proposed(propose(text, LIBRARY), TODAY)

    assert read(written(draft)) == draft


@given(st.sampled_from(DATES), st.dates(date(2026, 1, 1), date(2030, 1, 1)))
def test_a_confirmation_holds_for_one_date_only(part: Part, day: date) -> None:
    draft = CallDraft(closes=TODAY, opens=TODAY, zone="Asia/Bishkek").confirm(part)
    closes, opens = (day, TODAY) if part is Part.CLOSES else (TODAY, day)

    moved = replace(draft, closes=closes, opens=opens)

    assert (part in moved.to_confirm()) == (day != TODAY)
