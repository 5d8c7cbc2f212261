"""What the check finds before a reader does."""

from collections.abc import Callable
from pathlib import Path

import pytest

from erasmus.words import Language
from locales.call_sites import call_problems
from locales.catalogues import read_catalogue
from locales.checks import catalogue_problems, wide_labels
from locales.proofs import text_problems

WriteRoom = Callable[..., Path]

KY, KK, RU, EN = Language.KY, Language.KK, Language.RU, Language.EN
TEMPLATE = """
msgid "Saved: <b>{name}</b>."
msgstr ""

msgid "{n} day"
msgid_plural "{n} days"
msgstr[0] ""
msgstr[1] ""

msgctxt "button3"
msgid "Apply"
msgstr ""
"""
SOUND = {
    'msgid "Saved: <b>{name}</b>."': '\nmsgstr "Сохранено: <b>{name}</b>."',
    'msgid "{n} day"\nmsgid_plural "{n} days"': "".join(
        f'\nmsgstr[{form}] "{{n}} {noun}"' for form, noun in enumerate(["день", "дня", "дней"])
    ),
    'msgctxt "button3"\nmsgid "Apply"': '\nmsgstr "Подать"',
}


def found(write_room: WriteRoom, *changes: tuple[str, str]) -> list[str]:
    """Return what is wrong with a Russian catalogue that was sound before the changes."""
    text = "\n\n".join(source + translation for source, translation in SOUND.items())
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    room = write_room(ru=text)
    (room / "messages.pot").write_text(TEMPLATE, encoding="utf-8")
    return list(catalogue_problems(read_catalogue(room / "messages.pot"), RU, room))


def test_a_sound_catalogue_has_no_problems(write_room: WriteRoom) -> None:
    assert found(write_room) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("Подать", "", "not translated"),
        ('msgstr[2] "{n} дней"', 'msgstr[2] ""', "3 plural forms"),
        ('msgid "Saved', '#, fuzzy\nmsgid "Saved', "fuzzy"),
        ("Сохранено: <b>{name}", "Сохранено: <b>{nmae}", "lacks {name}"),
        ("Сохранено: <b>{name}", "<b>{name} {x}", "adds {x}"),
        ("{n} день", "день", "lacks {n}"),
        ("Сохранено: <b>{name}</b>", "Сохранено: {name}", "other tags"),
        ("Сохранено: <b>{name}</b>", "Сохранено: <b>{name}", "not closed"),
        ("Сохранено", "Сохранено &", "refuses &"),
        ("Сохранено", "Сохранeно", "Latin e"),
        ("Сохранено", "Сақталды", "қ is no letter of ru"),
        ("Подать", "Подать заявку", "13 signs, 11 fit with 3 in a row"),
        ("Подать", "<b>Да</b>", "plain text"),
        ("Подать", "Подать {x}", "adds {x}"),
        ('msgid "Apply"', 'msgid "Send"', "update"),
    ],
)
def test_a_slip_of_the_translator_is_found(
    write_room: WriteRoom, old: str, new: str, problem: str
) -> None:
    problems = found(write_room, (old, new))

    assert any(problem in line for line in problems), problems


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("msgctxt", "msgcontext", "cannot be read"),
        ('"Подать"', '"Подать', "quotes"),
        ('"Подать"', '"Под"ать"', "quotes"),
    ],
)
def test_a_damaged_catalogue_is_named(
    write_room: WriteRoom, old: str, new: str, problem: str
) -> None:
    """Babel reads a lost quotation mark without a complaint, and loses a letter."""
    assert any(problem in line for line in found(write_room, (old, new)))


def test_kyrgyz_may_say_one_day_without_a_number(write_room: WriteRoom) -> None:
    """The first form is only for 1 there; in Russian it is for 21 and 31 too."""
    room = write_room(
        ky='msgid "{n} day"\nmsgid_plural "{n} days"\nmsgstr[0] "бир күн"\nmsgstr[1] "{n} күн"\n'
    )
    pot = room / "messages.pot"
    pot.write_text(
        'msgid "{n} day"\nmsgid_plural "{n} days"\nmsgstr[0] ""\nmsgstr[1] ""\n', encoding="utf-8"
    )

    assert list(catalogue_problems(read_catalogue(pot), KY, room)) == []


def test_a_label_shows_an_ampersand_as_it_is_written(write_room: WriteRoom) -> None:
    assert found(write_room, ("Подать", "Да & нет")) == []


def test_a_label_that_some_phones_cut_is_only_noted(write_room: WriteRoom) -> None:
    room = write_room(kk='msgctxt "button3"\nmsgid "Apply"\nmsgstr "Өтінім беру"\n')

    assert list(wide_labels(room)) == ["kk: 11 signs, 8 fit with 3 in a row: 'Өтінім беру'"]


@pytest.mark.parametrize(
    ("language", "text", "sound"),
    [
        (KY, "Өтүнмөңүз, CV, ECTS", True),
        (KY, "\u0415\u0421\u0422S", False),
        (KY, "Қазақша, Кыргызча", True),
        (KY, "және", False),
        (KK, "Әр өтінім: 3 ай", True),
        (KK, "Ў", False),
        (RU, "ECTS и IELTS, см. https://erasmus-plus.ec.europa.eu", True),
        (EN, "Apply в Berlin", False),
    ],
)
def test_letters_belong_to_the_language(language: Language, text: str, *, sound: bool) -> None:
    assert (list(text_problems(text, None, language)) == []) is sound


@pytest.mark.parametrize(
    ("call", "problem"),
    [
        ('t("Saved: {name}.", name=x)', None),
        ('turn.t("Saved: {name}.", **values)', None),
        ("t(message, name=x)", None),
        ('t.plural("{n} day", "{n} days", n)', None),
        ('t.label("button", "Open {title}", title=x)', None),
        ('t("Saved: {name}.")', "no value for {name}"),
        ('t("Saved.", name=x)', "name not used"),
        ('t("{x.y}", x=x)', "plain name"),
        ('t(f"Saved: {name}.")', "one literal"),
        ('t("Saved: " + name)', "one literal"),
        ('t("Yes" if good else "No")', "one literal"),
        ('t.label("button", message)', "not be extracted"),
        ("f'<b>{t(\"Saved.\")}</b>'", "not be extracted"),
    ],
)
def test_a_call_that_would_fail_or_stay_untranslated_is_found(
    tmp_path: Path, call: str, problem: str | None
) -> None:
    module = tmp_path / "module.py"
    module.write_text(call, encoding="utf-8")

    problems = [text for _, text in call_problems(module)]
    assert len(problems) == (0 if problem is None else 1)
    assert (problem or "") in "".join(problems)
