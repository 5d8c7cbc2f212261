"""The directory of universities: found by any name, and added to without a line missing."""

import re

import pytest

from erasmus.library import Library
from erasmus.search import find_universities
from erasmus.told import Incomplete
from erasmus.universities import EXAMPLE, SHORT_ID, read_university
from erasmus.words import Language


def test_the_universities_of_the_facts_are_there(library: Library) -> None:
    assert {"jaiu", "aiu", "eku", "kmu", "ihsm"} <= library.universities.keys()


def test_every_university_lies_in_one_of_the_two_countries(library: Library) -> None:
    assert {one.country for one in library.universities.values()} == {"KG", "KZ"}


def test_ids_are_what_buttons_can_carry(library: Library) -> None:
    assert [name for name in library.universities if not SHORT_ID.fullmatch(name)] == []


@pytest.mark.parametrize("language", Language)
def test_no_two_universities_have_one_name(library: Library, language: Language) -> None:
    names = [one.name[language] for one in library.universities.values()]

    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("казну", "kaznu"),
        ("Ысык-Көл", "iksu"),
        ("ысык кол", "iksu"),
        ("MANAS", "manas"),
        ("ала тоо", "aiu"),
        ("Қарағанды медицина", "kmu"),
        ("караганды медициналык", "kmu"),
        ("Serikbayev", "ektu"),
        ("обсе", "osce"),
        ("jaiu", "jaiu"),
    ],
)
def test_a_university_is_found_by_a_part_of_its_name(
    library: Library, typed: str, meant: str
) -> None:
    assert find_universities(library.universities.values(), typed)[0].id == meant


def test_a_city_finds_its_universities(library: Library) -> None:
    """«Бишкек» found the one whose name has the city in it, as if there were no other."""
    known = library.universities.values()
    found = find_universities(known, "Бишкек", limit=len(known))

    assert {one.id for one in found} >= {"aiu", "ihsm", "iuk", "manas", "osce"}
    assert {one.country for one in found} == {"KG"}


@pytest.mark.parametrize("typed", ["", "??", "Sorbonne", "бухгалтер"])
def test_what_is_not_there_is_not_found(library: Library, typed: str) -> None:
    assert find_universities(library.universities.values(), typed) == []


def test_the_example_is_a_university() -> None:
    read = read_university(EXAMPLE, "KG")

    assert (read.id, read.country, read.site) == ("auca", "KG", "auca.kg")
    assert set(read.name) == set(read.city) == set(Language)
    assert (read.name[Language.RU], read.city[Language.RU]) == (
        "Американский университет в Центральной Азии",
        "Бишкек",
    )


@pytest.mark.parametrize(
    ("pattern", "put", "missing"),
    [
        ("id: .*\n", "", ("id",)),
        ("id: .*", "id: Two words", ("id",)),
        ("id: .*", f"id: {'a' * 17}", ("id",)),
        ("kk: .*", "kk: Университет", ("kk",)),
        ("ky: .*\n", "", ("ky",)),
        ("(en|ru): .*", "", ("ru", "en")),
    ],
)
def test_what_lacks_is_named(pattern: str, put: str, missing: tuple[str, ...]) -> None:
    with pytest.raises(Incomplete) as refusal:
        read_university(re.sub(pattern, put, EXAMPLE), "KG")

    assert refusal.value.missing == missing


def test_signs_of_html_in_a_name_stay_signs() -> None:
    """Names are shown as trusted texts of the content are."""
    read = read_university(EXAMPLE.replace("American University", "A&B <b>University"), "KG")

    assert read.name[Language.EN] == "A&amp;B &lt;b&gt;University of Central Asia"
