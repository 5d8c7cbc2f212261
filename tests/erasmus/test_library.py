"""The library: all content, loaded once, found by id, never changed. See also `damaged`."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from erasmus.library import Library
from erasmus.loading import CONTENT, load_library
from erasmus.parsing import ContentError


def test_content_is_read_from_whatever_folder_it_stands_in(
    tmp_path: Path, library: Library
) -> None:
    copy = Path(shutil.copytree(CONTENT, tmp_path / "content"))

    assert library == load_library(copy)


def test_loaded_content_cannot_be_changed(library: Library) -> None:
    with pytest.raises(ValueError, match="frozen"):
        library.rules["icm-cap"].decides = None


def test_rules_come_in_the_order_of_the_action(library: Library) -> None:
    action = library.actions["icm_study"]

    assert action.rules == tuple(rule.id for rule in library.rules_of(action))
    assert [(action, library.rules_of(action))] == library.with_rules([action])


def test_buttons_find_things_by_their_short_ids(library: Library) -> None:
    assert "icm_study" == library.action_by_short["is"].id
    assert "enrolled_level" == library.question_by_short["el"].fact
    assert "computing" == library.field_by_short["co"].id
    assert len(library.actions) == len(library.action_by_short)
    assert len(library.questions) == len(library.question_by_short)
    assert len(library.fields) == len(library.field_by_short)


def test_a_question_is_found_by_its_fact(library: Library) -> None:
    assert "el" == library.question("enrolled_level").short
    with pytest.raises(KeyError):
        library.question("has_pic")


def test_every_call_knows_its_source(library: Library) -> None:
    assert {call.source_id for call in library.calls} == {
        library.sources[call.source_id].id for call in library.calls
    }


def test_a_case_is_read_with_the_groups_of_the_content(library: Library) -> None:
    case = library.case({"home_country": "KG"}, date(2026, 11, 21))

    assert library.groups == case.groups
    assert "KG" == case.known("home_country")
    assert {"residence"} == case.missing("home_country", "residence")


def test_an_error_says_file_place_problem_and_what_is_allowed() -> None:
    found = ContentError("rules/a.toml", "rules[3].requires", "is not known", "a, b")

    assert "rules/a.toml: rules[3].requires: is not known (allowed: a, b)" == str(found)
    assert ("rules/a.toml", "rules[3].requires") == (found.file, found.path)
    assert ("is not known", "a, b") == (found.problem, found.allowed)


def test_an_error_without_a_place_leaves_it_out() -> None:
    assert "a.toml: cannot be read" == str(ContentError("a.toml", "", "cannot be read"))
