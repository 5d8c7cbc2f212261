"""Words: four languages, and what a reader sees where one is missing."""

import pytest

from erasmus.words import FALLBACK, Language, Words, complete_words

KY, KK, RU, EN = Language.KY, Language.KK, Language.RU, Language.EN


@pytest.mark.parametrize(
    ("texts", "reader", "seen"),
    [
        ({KY: "ky", RU: "ru", EN: "en"}, KY, "ky"),
        ({RU: "ru", EN: "en"}, KY, "ru"),
        ({RU: "ru", EN: "en"}, KK, "ru"),
        ({KK: "kk", EN: "en"}, KY, "en"),
        ({KY: "ky", EN: "en"}, RU, "en"),
        ({KY: "ky"}, EN, "ky"),
        ({KK: "kk"}, RU, "kk"),
    ],
)
def test_a_reader_sees_the_nearest_language(
    texts: dict[Language, str], reader: Language, seen: str
) -> None:
    assert seen == Words(texts).in_(reader)


def test_every_language_but_english_falls_back_to_english_in_the_end() -> None:
    assert {language for language, way in FALLBACK.items() if way[-1:] == (EN,)} == {KY, KK, RU}
    assert () == FALLBACK[EN]


def test_a_text_has_at_least_one_language() -> None:
    with pytest.raises(ValueError, match="at least one language"):
        Words({})


def test_words_with_the_same_texts_are_the_same() -> None:
    first, second = Words({EN: "x", RU: "y"}), Words({RU: "y", EN: "x"})

    assert first == second
    assert 1 == len({first, second})
    assert first != Words({EN: "x"})


def test_words_do_not_follow_the_mapping_they_were_made_of() -> None:
    texts = {EN: "x"}
    words = Words(texts)
    texts[EN] = "y"

    assert "x" == words[EN]


def test_complete_words_keep_all_four() -> None:
    words = complete_words({"en": "1", "ru": "2", "kk": "3", "ky": "4"})

    assert {EN: "1", RU: "2", KK: "3", KY: "4"} == dict(words)
    assert complete_words(words) is words


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ({"en": "1", "ru": "2", "kk": "3"}, "no text in ky"),
        ({"en": " ", "ru": "2", "kk": "3", "ky": "4"}, "no text in en"),
        ({"en": "1", "ru": "2", "kk": "3", "ky": "4", "uz": "5"}, r"unknown languages \['uz'\]"),
        ("text", "four languages is expected"),
        (None, "four languages is expected"),
    ],
)
def test_what_is_not_complete_says_why(value: object, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        complete_words(value)
