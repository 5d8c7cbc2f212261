"""Conditions that cannot be read, lead nowhere or can never be met."""

import pytest

from tests.erasmus.damaged.content import RULE, Damaged


@pytest.mark.parametrize(
    "condition",
    [
        '{fact = "agreement"}',
        '{fact = "agreement", equals = true}',
        "{all = []}",
        '"agreement"',
        '{fact = "agreement", is = "false"}',
        '{fact = "role", in = "student"}',
        '{fact = "role", in = 5}',
        '{fact = "days_wanted", min = "five"}',
        '{not = [{fact = "agreement", is = true}]}',
    ],
)
def test_a_condition_that_cannot_be_read_is_refused(damaged: Damaged, condition: str) -> None:
    good = '{fact = "agreement", is = true}'
    damaged.append("rules/new.toml", RULE.replace(good, condition))

    assert "rules[0].requires" in damaged.error().path


@pytest.mark.parametrize(
    "condition",
    [
        '{fact = "agreemnet", is = true}',
        '{all = [{fact = "agreement", is = true}, {fact = "agreemnet", is = true}]}',
        '{not = {fact = "agreemnet", is = true}}',
        '{any = [{not = {all = [{fact = "agreemnet", min = 1}]}}]}',
    ],
)
def test_a_condition_on_an_unknown_fact_is_refused_however_deep(
    damaged: Damaged, condition: str
) -> None:
    damaged.append("rules/new.toml", RULE.replace('{fact = "agreement", is = true}', condition))
    found = damaged.error()

    assert "new-rule.requires" == found.path
    assert "'agreemnet' is not known" == found.problem
    assert "agreement" in found.allowed
    assert "first_degree" in found.allowed


@pytest.mark.parametrize(
    "condition",
    [
        '{fact = "home_country", in_group = "asia"}',
        '{not = {fact = "home_country", in_group = "asia"}}',
    ],
)
def test_an_unknown_group_of_countries_is_refused(damaged: Damaged, condition: str) -> None:
    damaged.append("rules/new.toml", RULE.replace('{fact = "agreement", is = true}', condition))
    found = damaged.error()

    assert "'asia' is not known" == found.problem
    assert "central_asia" in found.allowed


@pytest.mark.parametrize(
    "condition",
    [
        '{fact = "role", in = ["studnet"]}',
        '{fact = "agreement", in = ["yes"]}',
        '{fact = "home_country", in = ["KGZ"]}',
        '{fact = "role", is = true}',
        '{fact = "role", min = 1}',
        '{fact = "agreement", max = 1}',
        '{fact = "consortium", in = ["KG"]}',
        '{fact = "role", in_group = "central_asia"}',
    ],
)
def test_a_condition_that_its_fact_can_never_meet_is_refused(
    damaged: Damaged, condition: str
) -> None:
    """A slip of the pen here would refuse everybody, or fail only when somebody answers."""
    damaged.append("rules/new.toml", RULE.replace('{fact = "agreement", is = true}', condition))

    assert "new-rule" in damaged.error().path
