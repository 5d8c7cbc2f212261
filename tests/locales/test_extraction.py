"""The way of a message from the code to the translators and back."""

from pathlib import Path

import pytest

from erasmus.words import Language
from locales.catalogues import TRANSLATED, catalogue_path, key, messages, read_catalogue
from locales.extraction import TEMPLATE, extract, gathered, update
from locales.tool import main

CODE = """
HEADING = N_("Heading")

def screen(turn, t, days):
    # NOTE: verb
    t.label("button2", "Apply")
    t.label("button", "Apply")
    turn.t("Hello, {name}.", name=t("you"))
    return t.plural("{n} day", "{n} days", days)
"""
RU = Language.RU


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project of one handler."""
    for room in ("bot", "handlers", "locales"):
        (tmp_path / room).mkdir()
    (tmp_path / "handlers" / "calls.py").write_text(CODE, encoding="utf-8")
    return tmp_path


def translate(path: Path, english: str, russian: str) -> None:
    text = path.read_text("utf-8")
    before = f'msgid "{english}"\nmsgstr ""'
    assert before in text
    path.write_text(text.replace(before, before[:-1] + russian + '"'), encoding="utf-8")


def test_messages_come_in_the_order_of_the_code_with_their_contexts(root: Path) -> None:
    assert [key(message) for message in messages(gathered(root))] == [
        (None, "Heading"),
        ("button2", "Apply"),
        ("button", "Apply"),
        (None, "Hello, {name}."),
        (None, "you"),
        (None, "{n} day"),
    ]


def test_a_note_reaches_the_translators(root: Path) -> None:
    extract(root, root)

    assert '#. verb\n#: handlers/calls.py\nmsgctxt "button2"' in (root / TEMPLATE).read_text(
        "utf-8"
    )


def test_the_template_changes_only_when_a_message_does(root: Path) -> None:
    extract(root, root)
    before = (root / TEMPLATE).read_bytes()
    (root / "handlers" / "calls.py").write_text(f"import abc\n\n{CODE}", encoding="utf-8")
    extract(root, root)

    assert (root / TEMPLATE).read_bytes() == before


def test_an_update_keeps_translations_and_what_translators_noted(root: Path) -> None:
    path = catalogue_path(RU, root)
    extract(root, root)
    update(root)
    translate(path, "you", "вы")
    path.write_text(
        path.read_text("utf-8").replace('#: handlers/calls.py\nmsgid "you"', '# seen\nmsgid "you"'),
        encoding="utf-8",
    )
    left = update(root)

    kept = read_catalogue(path, RU).get("you")
    assert kept is not None
    assert (kept.string, kept.user_comments) == ("вы", ["seen"])
    assert left[RU] == 5


def test_a_changed_message_is_translated_anew_and_the_old_one_goes(root: Path) -> None:
    path = catalogue_path(RU, root)
    extract(root, root)
    update(root)
    translate(path, "you", "вы")
    (root / "handlers" / "calls.py").write_text(CODE.replace('"you"', '"you all"'), "utf-8")
    extract(root, root)
    update(root)

    text = path.read_text("utf-8")
    assert 'msgid "you all"\nmsgstr ""' in text
    assert "вы" not in text
    assert "fuzzy" not in text


def test_a_second_update_changes_nothing(root: Path) -> None:
    extract(root, root)
    update(root)
    before = [catalogue_path(language, root).read_bytes() for language in TRANSLATED]
    update(root)

    assert [catalogue_path(language, root).read_bytes() for language in TRANSLATED] == before


@pytest.mark.parametrize(("language", "forms"), [("ky", 2), ("kk", 2), ("ru", 3)])
def test_a_catalogue_has_the_plural_forms_of_its_language(
    root: Path, language: str, forms: int
) -> None:
    extract(root, root)
    update(root)
    text = catalogue_path(Language(language), root).read_text("utf-8")

    assert f"nplurals={forms};" in text
    assert f'msgstr[{forms - 1}] ""' in text
    assert f"msgstr[{forms}]" not in text


def test_the_tool_refuses_a_command_that_it_does_not_know(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["compile"])

    assert "extract" in capsys.readouterr().err
