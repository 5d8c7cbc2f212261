"""Countries as people type them: any language, any keyboard, and no guess that is wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erasmus.library import Library
from erasmus.search import find_country
from tests.erasmus.cases import properties
from tests.erasmus.typing_habits import without_special_letters


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("KG", "KG"),
        ("kz", "KZ"),
        (" DE ", "DE"),
        ("Germany", "DE"),
        ("германия", "DE"),
        ("Кыргызстан", "KG"),
        ("Казахстан", "KZ"),
        ("Қазақстан", "KZ"),
        ("казакстан", "KZ"),
        ("Turkiye", "TR"),
        ("Polnad", "PL"),
        ("US", "US"),
    ],
)
def test_a_country_is_found_in_any_language_or_by_its_code(
    library: Library, typed: str, code: str
) -> None:
    assert code == find_country(library, typed)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Киргизия", "KG"),
        ("Turkey", "TR"),
        ("UK", "GB"),
        ("Czech Republic", "CZ"),
        ("Голландия", "NL"),
        ("ky", "KG"),
        ("РК", "KZ"),
        ("Киргизстан", "KG"),
        ("Qazaqstan", "KZ"),
        ("Алмания", "DE"),
        ("Орусия", "RU"),
        ("Белоруссия", "BY"),
        ("Бишкек", "KG"),
        ("Астана", "KZ"),
    ],
)
def test_a_country_is_found_by_the_name_that_people_use(
    library: Library, typed: str, code: str
) -> None:
    assert code == find_country(library, typed)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("в Казахстане", "KZ"),
        ("из Кыргызстана", "KG"),
        ("Кыргызстанда", "KG"),
        ("Қазақстаннан", "KZ"),
        ("Германияда", "DE"),
        ("in Germany", "DE"),
        ("Бишкек, Кыргызстан", "KG"),
        ("Kaзахстан", "KZ"),
        ("Германиядa", "DE"),
    ],
)
def test_a_country_is_found_as_a_hurried_person_types_it(
    library: Library, typed: str, code: str
) -> None:
    """With a preposition, a case, the city before it, a Latin letter in a Cyrillic word."""
    assert code == find_country(library, typed)


@pytest.mark.parametrize("typed", ["no", "is", "it", "in", "me", "my", "КР", "Казахстан, Россия"])
def test_a_word_or_two_countries_are_no_country(library: Library, typed: str) -> None:
    """A small "no" is no Norway; КР is Kyrgyzstan and, without its Қ, Kazakhstan."""
    assert find_country(library, typed) is None


@pytest.mark.parametrize(
    "typed", ["Австралия", "Australia", "Аустралия", "Боливия", "Швейцария", "Niger", "Колумбия"]
)
def test_a_country_is_never_taken_for_another_that_sounds_alike(
    library: Library, typed: str
) -> None:
    """Austria is in the EU, Australia is not: a wrong guess would turn the verdict."""
    assert find_country(library, typed) in {None, "AU", "BO", "CH", "NE", "CO"}


@pytest.mark.parametrize("typed", ["", " ", "Atlantis", "X", "XX", "!!"])
def test_what_is_no_country_is_not_found(library: Library, typed: str) -> None:
    assert find_country(library, typed) is None


def test_every_country_is_found_by_every_name(library: Library) -> None:
    lost = [
        (country.code, name)
        for country in library.countries.values()
        for name in country.name.values()
        for typed in (name, without_special_letters(name), name.upper())
        if find_country(library, typed) != country.code
    ]

    assert [] == lost


@properties
@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_country_or_nothing(library: Library, text: str) -> None:
    assert find_country(library, text) in {None, *library.iso}
