"""Names that lead nowhere, and ids that are used twice."""

import pytest

from tests.erasmus.damaged.content import Damaged


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (("rules/region.toml", 'id = "S29"', 'id = "S999"'), "cbvet-region.source"),
        (("rules/region.toml", 'id = "S28"', 'id = "S999"'), "cbvet-region.source"),
        (("rules/region.toml", 'decides = "neo"', 'decides = "oen"'), "cbvet-region.decides"),
        (
            (
                "rules/mobility_students.toml",
                'changes = [{fact = "agreement"',
                'changes = [{fact = "agreemnet"',
            ),
            "icm-agreement.changes",
        ),
        (("actions/icm_study.toml", '"icm-studying"', '"icm-studing"'), "icm_study.rules"),
        (("actions/icm_study.toml", '["student"]', '["pupil"]'), "icm_study.audience"),
        (("actions/icm_study.toml", '"icm_student"', '"icm_students"'), "icm_study.checklist"),
        (("actions/icm_study.toml", 'fact = "kind"', 'fact = "kinds"'), "icm_study.interest"),
        (("actions/icm_study.toml", 'id = "S52"', 'id = "S999"'), "icm_study.source"),
        (("questions.toml", 'fact = "kind"', 'fact = "kinds"'), "kinds.fact"),
        (("questions.toml", 'value = "one_cycle"', 'value = "two_cycle"'), "enrolled_level.fact"),
        (("questions.toml", 'id = "S52"', 'id = "S999"'), "enrolled_level.source"),
        (("checklists/emjm.toml", 'id = "S143"', 'id = "S999"'), "passport.source"),
        (("checklists/emjm.toml", 'needs = ["files"]', 'needs = ["fils"]'), "form.needs"),
        (
            (
                "checklists/emjm.toml",
                'only_if = {fact = "degree_held"',
                'only_if = {fact = "degree_hold"',
            ),
            "diploma.only_if",
        ),
        (("calls.toml", 'action = "cbhe"', 'action = "cbhee"'), "cbhe-2026.action"),
        (("calls.toml", 'id = "S1"', 'id = "S999"'), "cbhe-2026.source"),
        (("calls.toml", 'action = "emdm"', 'action = "emdm"\nfield = "emd"'), "emdm-2026.field"),
    ],
)
def test_a_name_that_leads_nowhere_is_named_with_those_that_do(
    damaged: Damaged, change: tuple[str, str, str], place: str
) -> None:
    damaged.replace(*change)
    found = damaged.error()

    assert place == found.path
    assert "is not known" in found.problem
    assert found.allowed
    assert change[0].split("/", maxsplit=1)[0].removesuffix(".toml") in found.file


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (("deciders.toml", 'id = "neo"', 'id = "consortium"'), "consortium"),
        (("fields.toml", 'id = "health"', 'id = "computing"'), "computing"),
        (("sources.toml", 'id = "S2"', 'id = "S1"'), "S1"),
        (("rules/region.toml", 'id = "sport-region"', 'id = "youth-region"'), "youth-region"),
        (("actions/icm_study.toml", 'id = "icm_study"', 'id = "cbhe"'), "cbhe"),
        (("checklists/emjm.toml", 'id = "emjm"', 'id = "icm_staff"'), "icm_staff"),
        (("calls.toml", 'id = "emdm-2026"', 'id = "cbhe-2026"'), "cbhe-2026"),
        (("checklists/emjm.toml", 'id = "final-diploma"', 'id = "originals"'), "originals"),
        (("questions.toml", 'fact = "residence"', 'fact = "home_country"'), "home_country"),
        (("countries.toml", 'code = "BE"', 'code = "AT"'), "AT"),
    ],
)
def test_an_id_that_is_used_twice_is_refused(
    damaged: Damaged, change: tuple[str, str, str], place: str
) -> None:
    damaged.replace(*change)
    found = damaged.error()

    assert place in found.path
    assert "twice" in found.problem


@pytest.mark.parametrize("bad", ["it", "ISS", "long", ""])
def test_a_short_id_is_one_to_three_signs_and_used_once(damaged: Damaged, bad: str) -> None:
    """Buttons carry them: `it` is another action's."""
    damaged.replace("actions/icm_study.toml", 'short = "is"', f'short = "{bad}"')
    found = damaged.error()

    assert "used twice or malformed" in found.problem
    assert "[a-z0-9]{1,3}" == found.allowed


@pytest.mark.parametrize(
    ("file", "good", "bad"),
    [
        ("questions.toml", 'short = "el"', 'short = "ki"'),
        ("checklists/emjm.toml", 'short = "edi"', 'short = "epa"'),
        ("fields.toml", 'short = "he"', 'short = "co"'),
    ],
)
def test_short_ids_are_unique_within_their_kind(
    damaged: Damaged, file: str, good: str, bad: str
) -> None:
    damaged.replace(file, good, bad)

    assert "used twice" in damaged.error().problem
