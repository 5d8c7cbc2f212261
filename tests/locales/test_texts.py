"""What a message becomes: the nearest translation, the right plural, escaped values."""

from collections.abc import Callable
from pathlib import Path

import pytest

from erasmus.words import Language, Words
from locales import ENDONYMS, Safe, Texts, language_of, texts_for

WriteRoom = Callable[..., Path]

KY, KK, RU, EN = Language.KY, Language.KK, Language.RU, Language.EN

RUSSIAN = """
msgid "Saved: {name}."
msgstr "Сохранено: {name}."

msgid "{n} day"
msgid_plural "{n} days"
msgstr[0] "{n} день"
msgstr[1] "{n} дня"
msgstr[2] "{n} дней"

msgctxt "button2"
msgid "Apply"
msgstr "Подать"
"""
KYRGYZ = """
msgid "Saved: {name}."
msgstr "Сакталды: {name}."
"""


def test_a_missing_kyrgyz_or_kazakh_text_is_said_in_russian(write_room: WriteRoom) -> None:
    room = write_room(ru=RUSSIAN, ky=KYRGYZ)

    assert Texts(KY, room)("Saved: {name}.", name="CV") == "Сакталды: CV."
    assert Texts(KK, room)("Saved: {name}.", name="CV") == "Сохранено: CV."
    assert Texts(KY, room).label("button2", "Apply") == "Подать"


def test_a_text_that_nobody_translated_is_said_in_english(write_room: WriteRoom) -> None:
    room = write_room(ru=RUSSIAN)

    assert Texts(KY, room)("Home") == "Home"
    assert Texts(RU, room).label("button3", "Apply") == "Apply"
    assert Texts(EN, room)("Saved: {name}.", name="CV") == "Saved: CV."


def test_a_guess_or_a_half_filled_plural_is_not_shown(write_room: WriteRoom) -> None:
    fuzzy = '#, fuzzy\nmsgid "Home"\nmsgstr "Дом"\n'
    half = '\nmsgid "{n} day"\nmsgid_plural "{n} days"\nmsgstr[0] "{n} день"\nmsgstr[1] ""\n'
    t = Texts(RU, write_room(ru=fuzzy + half))

    assert t("Home") == "Home"
    assert t.plural("{n} day", "{n} days", 1) == "1 day"


@pytest.mark.parametrize(
    ("n", "text"),
    [
        (0, "0 дней"),
        (1, "1 день"),
        (1.5, "1,5 дня"),
        (2, "2 дня"),
        (5, "5 дней"),
        (11, "11 дней"),
        (21, "21 день"),
        (1000, "1\u00a0000 дней"),
    ],
)
def test_russian_has_three_plural_forms_and_fractions(
    write_room: WriteRoom, n: float, text: str
) -> None:
    assert Texts(RU, write_room(ru=RUSSIAN)).plural("{n} day", "{n} days", n) == text


def test_a_plural_follows_the_language_that_answers(write_room: WriteRoom) -> None:
    """A Kyrgyz reader of a Russian sentence needs the Russian form."""
    t = Texts(KY, write_room(ru=RUSSIAN))

    assert [t.plural("{n} day", "{n} days", n) for n in (1, 2, 5)] == ["1 день", "2 дня", "5 дней"]


@pytest.mark.parametrize(("language", "noun"), [(KY, "күн калды"), (KK, "күн қалды")])
def test_a_turkic_noun_stays_singular_after_a_number(language: Language, noun: str) -> None:
    t = texts_for(language)

    for n in (1, 2, 5, 21):
        assert t.plural("{n}\u00a0day left", "{n}\u00a0days left", n) == f"{n}\u00a0{noun}"


def test_english_plurals_need_no_catalogue() -> None:
    t = texts_for(EN)

    assert t.plural("{n} day", "{n} days of {of}", 1, of="May") == "1 day"
    assert t.plural("{n} day", "{n} days of {of}", 21, of="May") == "21 days of May"


def test_values_are_escaped_unless_they_are_safe() -> None:
    t = texts_for(EN)

    assert t("<b>{title}</b>", title="R&D <x> 'a'") == "<b>R&amp;D &lt;x&gt; 'a'</b>"
    assert t("{title}", title=Safe("<i>R&amp;D</i>")) == "<i>R&amp;D</i>"


def test_what_was_said_can_be_a_value_again() -> None:
    t = texts_for(EN)

    assert t("Saved: {what}.", what=t("<b>{name}</b>", name="R&D")) == "Saved: <b>R&amp;D</b>."


def test_a_label_is_plain_text() -> None:
    """Telegram shows `&amp;` on a button as it is written."""
    t = texts_for(EN)

    assert t.label("button", "Open {title}", title="R&D") == "Open R&D"
    assert t.label("alert", "Open {title}", title=Safe("<b>R&amp;D</b>")) == "Open R&D"
    assert t.label("noun", "Open {title}", title="R&D") == "Open R&amp;D"


def test_a_year_stays_four_digits_and_a_fraction_follows_the_language() -> None:
    assert texts_for(RU)("{year}: {months}", year=2026, months=2.5) == "2026: 2,5"


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("By {until}.", "By 2026 г."),
        ("By <b>{until}</b>.", "By <b>2026 г.</b>"),
        ("By {until}, please.", "By 2026 г., please."),
        ("(By {until}).", "(By 2026 г.)."),
    ],
)
def test_a_value_that_ends_in_a_full_stop_ends_the_sentence(message: str, text: str) -> None:
    assert texts_for(EN)(message, until="2026 г.") == text


def test_words_of_the_content_are_trusted(language: Language) -> None:
    t = texts_for(language)
    words = Words({EN: "R&amp;D", RU: "НИОКР"})

    assert t("{name}", name=t.words(words)) == ("R&amp;D" if language is EN else "НИОКР")


def test_texts_are_read_once_a_language(language: Language) -> None:
    assert texts_for(language) is texts_for(language)
    assert texts_for(language).language is language


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("ky", KY),
        ("kk-KZ", KK),
        ("ru_RU", RU),
        ("EN-us", EN),
        ("uz", None),
        ("", None),
        (None, None),
    ],
)
def test_the_language_that_telegram_tells(code: str | None, language: Language | None) -> None:
    assert language_of(code) is language


def test_every_language_has_its_own_name() -> None:
    assert list(ENDONYMS) == list(Language)
