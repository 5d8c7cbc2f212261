"""Packs of calls: written and read back exactly; whatever is wrong is named with line and key."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erasmus.call_packing import write_pack
from erasmus.call_packs import PackError, read_pack
from erasmus.calls import Call, CallStatus
from erasmus.library import Library
from erasmus.loading import load_library
from erasmus.toml_lines import line_of
from erasmus.words import Language, Words

LIBRARY = load_library()
NOW = datetime(2026, 11, 21, 6, tzinfo=UTC)
PACK = """\
# Calls of our office
[[calls]]
id = "kg-1"
action = "icm_study"
title = {ky = "Гранада", ru = "Гранада & <Кордова>"}
link = "https://example.org/call"
opens = 2027-01-10
closes = 2027-02-15T18:00:00
zone = "Asia/Bishkek"

[[calls]]
id = "kg-2"
action = "icm_traineeship"
closes = 2027-03-01
zone = "Europe/Brussels"
[calls.title]
en = "Traineeship"
ru = "Стажировка"
"""


def wrong(text: str) -> list[tuple[int, str]]:
    with pytest.raises(PackError) as caught:
        read_pack(text, "kg", LIBRARY, NOW)
    return [(problem.line, problem.key) for problem in caught.value.problems]


def test_a_pack_is_read(library: Library) -> None:
    first, second = (packed.call for packed in read_pack(PACK, "kg", library, NOW))

    assert first.title[Language.RU] == "Гранада &amp; &lt;Кордова&gt;"
    assert first.closes == datetime(2027, 2, 15, 12, tzinfo=UTC)
    assert (first.office_id, first.status, first.published_at) == ("kg", CallStatus.OFFICE, NOW)
    assert second.date_only
    assert second.closing_day() == date(2027, 3, 1)


@pytest.mark.parametrize(
    ("good", "bad", "line", "key"),
    [
        ('id = "kg-1"', 'id = "KG 1"', 3, "calls[0].id"),
        ('id = "kg-2"', 'id = "kg-1"', 12, "calls[1].id"),
        ('"icm_study"', '"erasmus"', 4, "calls[0].action"),
        ('ky = "Гранада"', 'de = "Granada"', 5, "calls[0].title"),
        ('en = "Traineeship"', 'en = ""', 16, "calls[1].title"),
        ("https://example", "http://example", 6, "calls[0].link"),
        ("opens = 2027-01-10", "opens = 2027-03-10", 7, "calls[0].opens"),
        ("2027-02-15T18:00:00", '"15.02.2027"', 8, "calls[0].closes"),
        ("2027-02-15T18:00:00", "2027-02-15T18:00:00Z", 8, "calls[0].closes"),
        ("https://example", f"https://{'x' * 500}", 6, "calls[0].link"),
        ("Гранада & <Кордова>", "x" * 201, 5, "calls[0].title"),
        ("link = ", f"note = {{ru = '{'x' * 901}'}}\nlink = ", 6, "calls[0].note"),
        ('"Asia/Bishkek"', '"Bishkek"', 9, "calls[0].zone"),
        ("closes = 2027-03-01\n", "", 11, "calls[1].closes"),
        ('link = "', 'url = "', 6, "calls[0].url"),
        ('zone = "Asia/Bishkek"', 'zone = "Asia/Bishkek"\noffice = "kz"', 10, "calls[0].office"),
        ("[[calls]]\nid", "[[colls]]\nid", 2, "colls"),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_key(
    good: str, bad: str, line: int, key: str
) -> None:
    assert good in PACK

    assert (line, key) in [
        (found, name.removesuffix(".de").removesuffix(".en"))
        for found, name in wrong(PACK.replace(good, bad, 1))
    ]


def test_all_problems_are_told_at_once() -> None:
    damaged = PACK.replace("icm_study", "x").replace("Asia/Bishkek", "y").replace("2027-03-01", "1")

    assert [line for line, _ in wrong(damaged)] == [4, 9, 14]


def test_a_file_that_is_no_toml_is_told_with_its_line() -> None:
    assert wrong(PACK.replace("opens = 2027-01-10", "opens = 10.01.2027")) == [(7, "")]


def test_a_key_within_a_long_text_is_not_taken_for_one() -> None:
    text = '[[calls]]\nnote.ru = """\nzone = "x"\n[[calls]]\n"""\nzone = "y"\n[[calls]]\nzone = 1\n'

    assert (line_of(text, "calls", 0, ["zone"]), line_of(text, "calls", 1, ["zone"])) == (6, 8)


PLAIN = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=40
).filter(str.strip)
WORDS = st.dictionaries(st.sampled_from(list(Language)), PLAIN, min_size=1).map(
    lambda texts: Words({code: escaped(text) for code, text in texts.items()})
)
ZONES = st.sampled_from(["Asia/Bishkek", "Asia/Almaty", "Europe/Brussels", "UTC"])


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@st.composite
def office_calls(draw: st.DrawFn) -> Call:
    zone = draw(ZONES)
    day = draw(st.dates(date(2026, 12, 1), date(2028, 1, 1)))
    date_only = draw(st.booleans())
    at = time(23, 59) if date_only else draw(st.times(time(4), time(23, 58)))
    closes = datetime.combine(day, at, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    published = NOW + draw(st.timedeltas(timedelta(), timedelta(days=9)))
    return Call(
        id=draw(st.from_regex(r"[a-z0-9][a-z0-9-]{0,31}", fullmatch=True)),
        action=draw(st.sampled_from(sorted(LIBRARY.actions))),
        field=draw(st.none() | st.sampled_from(sorted(LIBRARY.fields))),
        title=draw(WORDS),
        url=draw(st.none() | st.just("https://example.org/a?b=c#d")),
        opens=draw(st.none() | st.just(closes - timedelta(days=30))),
        closes=closes,
        zone=zone,
        date_only=date_only,
        status=CallStatus.OFFICE,
        based_on=None,
        note=draw(st.none() | WORDS),
        source_id="",
        section="",
        office_id="kg",
        published_at=published,
        withdrawn_at=draw(st.none() | st.just(published)),
    )


@given(st.lists(office_calls(), max_size=3, unique_by=lambda call: call.id))
def test_what_is_written_is_read_back_exactly(calls: list[Call]) -> None:
    pack = write_pack(calls)

    read = [packed.call for packed in read_pack(pack, "kg", LIBRARY, NOW)]

    assert read == calls
    assert write_pack(read) == pack
