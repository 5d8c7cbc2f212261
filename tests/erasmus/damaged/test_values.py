"""Values that no text, paper, call, fact or button can have."""

import pytest

from erasmus.library import Library
from tests.erasmus.damaged.content import CALL, RULE, WORDS, Damaged


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        ('{en = "x", ru = "x", kk = "x"}', "no text in ky"),
        ('{en = "x", ru = "x", kk = "", ky = " "}', "no text in ky, kk"),
        ('{en = "x", ru = "x", kk = "x", ky = "x", de = "x"}', "unknown languages ['de']"),
        ('"only English"', "a text in four languages is expected"),
    ],
)
def test_a_text_that_is_not_in_four_languages_says_which_is_missing(
    damaged: Damaged, bad: str, problem: str
) -> None:
    damaged.append("rules/new.toml", RULE.replace(f"says = {WORDS}", f"says = {bad}"))
    found = damaged.error()

    assert "rules[0].says" == found.path
    assert problem in found.problem


@pytest.mark.parametrize(
    ("file", "good", "bad"),
    [
        ("questions.toml", 'roles = ["staff"]', 'roles = ["stuff"]'),
        ("questions.toml", 'clears = ["field_in_agreement"]', 'clears = ["field_in_agremeent"]'),
        ("facts.toml", 'at_most = "programme_years"', 'at_most = "programme_yaers"'),
        ("questions.toml", 'codes = ["KG",', 'codes = ["KGZ",'),
        ("questions.toml", "presets = [2, 3, 4, 5, 6]", "presets = [2, 3, 4, 5, 99]"),
        (
            "questions.toml",
            'when_asked = {fact = "agreement", is',
            'when_asked = {fact = "agremeent", is',
        ),
        ("countries.toml", '"AF", "KG", "KZ"', '"AF", "KGZ", "KZ"'),
        ("countries.toml", 'code = "AT"', 'code = "ATT"'),
        ("reading.toml", "number = 12", "number = 11"),
        ("reading.toml", 'zone = "Asia/Bishkek"', 'zone = "Asia/Bishkec"'),
        ("reading.toml", 'role = "opening"', 'role = "opens"'),
        ("actions/icm_study.toml", 'in = ["study"]', 'in = ["studies"]'),
        (
            "rules/mobility_students.toml",
            '{fact = "traineeship_host", to = "company"}',
            '{fact = "traineeship_host", to = "firm"}',
        ),
    ],
)
def test_a_value_that_is_not_allowed_is_refused(
    damaged: Damaged, file: str, good: str, bad: str
) -> None:
    damaged.replace(file, good, bad)

    assert file in damaged.error().file or "rules" in damaged.error().file


def test_papers_that_need_each_other_in_a_circle_are_refused(damaged: Damaged) -> None:
    damaged.replace("checklists/emjm.toml", 'id = "passport"', 'id = "passport"\nneeds = ["form"]')
    found = damaged.error()

    assert "items.needs" == found.path
    assert "in a circle" in found.problem
    assert "passport" in found.problem
    assert "form" in found.problem


def test_a_paper_that_needs_itself_is_refused(damaged: Damaged) -> None:
    damaged.replace(
        "checklists/emjm.toml", 'id = "passport"', 'id = "passport"\nneeds = ["passport"]'
    )

    assert "in a circle" in damaged.error().problem


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("days_needed = 30", 'days_needed = "a month"'),
        ("days_needed = 30", "days_needed = -1"),
        ('stage = "before"', 'stage = "between"'),
    ],
)
def test_a_paper_with_a_value_of_the_wrong_kind_is_refused(
    damaged: Damaged, good: str, bad: str
) -> None:
    damaged.replace("checklists/emjm.toml", good, bad)

    assert "items.0" in damaged.error().path


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ('zone = "Europe/Brussels"', 'zone = "Europe/Brüssel"'),
        ('zone = "Europe/Brussels"', 'zone = "CET+1"'),
        ("closes = 2027-02-10T17:00:00", "closes = 2027-02-10T17:00:00Z"),
        ("closes = 2027-02-10T17:00:00", 'closes = "10 February 2027"'),
        ("closes = 2027-02-10T17:00:00", "closes = 17:00:00"),
        ('status = "official"', 'status = "rumour"'),
        ("closes = 2027-02-10T17:00:00", "opens = 2027-03-01\ncloses = 2027-02-10T17:00:00"),
    ],
)
def test_a_call_with_a_date_that_cannot_be_is_refused(
    damaged: Damaged, library: Library, good: str, bad: str
) -> None:
    damaged.append("calls.toml", CALL.replace(good, bad))
    found = damaged.error()

    assert found.path.startswith(f"calls[{len(library.calls)}]")
    assert found.file.endswith("calls.toml")


@pytest.mark.parametrize(
    ("bad", "place"),
    [
        ('[new_fact]\ntype = "choice"', "new_fact"),
        ('[new_fact]\ntype = "yesno"\nvalues = ["x"]', "new_fact"),
        ('[new_fact]\ntype = "number"\nunit = "days"\nmin = 1', "new_fact"),
        ('[new_fact]\ntype = "colour"', "new_fact.type"),
        ('[new_fact]\ntype = "number"\nmin = 9\nmax = 1', "new_fact"),
    ],
)
def test_a_fact_of_an_impossible_shape_is_refused(damaged: Damaged, bad: str, place: str) -> None:
    damaged.append("facts.toml", bad)

    assert place == damaged.error().path


def test_a_fact_that_the_code_needs_cannot_be_left_out(damaged: Damaged) -> None:
    damaged.replace("facts.toml", "[role]", "[roles]")

    assert damaged.error().problem
