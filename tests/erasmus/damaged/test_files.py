"""Damaged files: not there, not TOML, or with keys and tables that nobody reads."""

import shutil

import pytest

from tests.erasmus.damaged.content import Damaged

FILES = [
    "facts.toml",
    "countries.toml",
    "sources.toml",
    "deciders.toml",
    "questions.toml",
    "fields.toml",
    "calls.toml",
    "rules/region.toml",
    "actions/icm_study.toml",
    "checklists/emjm.toml",
]


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_is_not_toml_is_named(damaged: Damaged, file: str) -> None:
    (damaged.content / file).write_text("[[[", encoding="utf-8")
    found = damaged.error()

    assert str(damaged.content / file) == found.file
    assert "is not TOML" in found.problem
    assert "TOML in UTF-8" == found.allowed


@pytest.mark.parametrize("file", ["facts.toml", "rules/region.toml"])
def test_a_file_that_is_not_utf_8_is_named(damaged: Damaged, file: str) -> None:
    (damaged.content / file).write_bytes("# Қазақстан".encode("utf-16"))

    assert str(damaged.content / file) == damaged.error().file


@pytest.mark.parametrize("file", [file for file in FILES if "/" not in file])
def test_a_file_that_is_missing_is_named(damaged: Damaged, file: str) -> None:
    (damaged.content / file).unlink()
    found = damaged.error()

    assert str(damaged.content / file) == found.file
    assert "cannot be read" in found.problem


@pytest.mark.parametrize("folder", ["rules", "actions", "checklists"])
def test_a_folder_that_is_missing_is_noticed(damaged: Damaged, folder: str) -> None:
    shutil.rmtree(damaged.content / folder)

    assert damaged.error().problem


@pytest.mark.parametrize(
    ("file", "good", "place"),
    [
        ("questions.toml", 'short = "ro"', "questions[0].colour"),
        ("deciders.toml", 'id = "home_university"', "deciders[0].colour"),
        ("fields.toml", 'short = "co"', "fields[0].colour"),
        ("calls.toml", 'id = "cbhe-2026"', "calls[0].colour"),
        ("actions/icm_study.toml", 'short = "is"', "colour"),
        ("checklists/emjm.toml", 'short = "epa"', "items.0.colour"),
        ("rules/region.toml", 'id = "cbvet-region"', "rules[0].colour"),
        ("sources.toml", 'id = "S1"', "sources[0].colour"),
        ("facts.toml", "[role]", "role.colour"),
        ("countries.toml", 'code = "AT"', "countries[0].colour"),
    ],
)
def test_a_key_that_nobody_reads_is_named(
    damaged: Damaged, file: str, good: str, place: str
) -> None:
    damaged.replace(file, good, f'{good}\ncolour = "red"')
    found = damaged.error()

    assert place == found.path
    assert file in found.file
    assert "is not a known key" == found.problem
    assert found.allowed


@pytest.mark.parametrize(
    ("file", "good", "place"),
    [
        ("questions.toml", 'short = "ro"\n', "questions[0].short"),
        ("calls.toml", 'zone = "Europe/Brussels"\n', "calls[0].zone"),
        ("rules/region.toml", 'id = "cbvet-region"\n', "rules[0].id"),
        ("actions/icm_study.toml", 'short = "is"\n', "short"),
        ("checklists/emjm.toml", "days_needed = 30\n", "items.0.days_needed"),
        ("sources.toml", "checked = 2026-11-21\n", "sources[0].checked"),
        ("countries.toml", 'code = "AT"\n', "countries[0].code"),
        ("facts.toml", 'type = "choice"\n', "role.type"),
    ],
)
def test_a_key_that_is_missing_is_named(damaged: Damaged, file: str, good: str, place: str) -> None:
    damaged.replace(file, good, "")
    found = damaged.error()

    assert place == found.path
    assert file in found.file


def test_a_table_that_nobody_reads_is_named(damaged: Damaged) -> None:
    damaged.append("fields.toml", '[[feilds]]\nid = "x"')
    found = damaged.error()

    assert "feilds" == found.path
    assert "[[fields]]" == found.allowed


def test_a_fact_that_is_no_table_is_refused(damaged: Damaged) -> None:
    file = damaged.content / "facts.toml"
    file.write_text("colour = 1\n" + file.read_text(encoding="utf-8"), encoding="utf-8")

    assert "colour" == damaged.error().path
