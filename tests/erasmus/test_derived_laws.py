"""What holds for every derived fact, in every situation that people can tell it in."""

from collections.abc import Iterator
from functools import cache
from itertools import product

import pytest

from erasmus.cases import Unknown
from erasmus.derived import DERIVED
from erasmus.facts import UNSURE, Value
from tests.erasmus.cases import case

VALUES: dict[str, tuple[Value, ...]] = {
    "enrolled_level": ("none", "bachelor", "one_cycle", "master", "doctorate"),
    "degree_held": ("none", "bachelor", "specialist", "master"),
    "degree_before_enrolment": (True, False),
    "year_of_study": (1, 4),
    "programme_years": (4, 5),
    "selected_while_enrolled": (True, False),
    "months_since_graduation": (0, 10, 11),
    "months_used": (0, 6, 11.5, 12, 13),
    "months_wanted": (2, 6, 12),
    "days_wanted": (5, 15, 16, 30),
    "teaching_hours": (3, 4, 8, 20),
    "employer": ("university", "other"),
    "home_country": ("KG", "PL", "US"),
    "residence": ("KG", "PL"),
}


def outside_the_questionnaire(facts: dict[str, Value]) -> bool:
    """Tell whether nobody is led to tell these facts together."""
    level = facts.get("enrolled_level")
    enrolled = level not in {None, "none", UNSURE}
    return bool(
        (level in {"master", "doctorate"} and facts.get("degree_held") in {"none", "specialist"})
        or (enrolled and {"months_since_graduation", "selected_while_enrolled"} & set(facts))
    )


@cache
def situations(name: str) -> list[dict[str, Value]]:
    """Return every way to tell the facts of a derived fact, each told, unsure or missing."""
    uses = DERIVED[name].uses
    answers = product(*((*VALUES[fact], UNSURE, None) for fact in uses))
    told = [
        {fact: value for fact, value in zip(uses, answer, strict=True) if value is not None}
        for answer in answers
    ]
    return [facts for facts in told if not outside_the_questionnaire(facts)]


def one_more_told(name: str, facts: dict[str, Value]) -> Iterator[dict[str, Value]]:
    """Yield the situations in which one fact more is known."""
    for fact in DERIVED[name].uses:
        if facts.get(fact, UNSURE) == UNSURE:
            further = ({**facts, fact: value} for value in VALUES[fact])
            yield from (told for told in further if not outside_the_questionnaire(told))


@pytest.mark.parametrize("name", DERIVED)
def test_telling_more_never_takes_an_answer_back(name: str) -> None:
    """Not knowing is never a no, and never a yes."""
    value = DERIVED[name].value
    taken_back = [
        (facts, more)
        for facts in situations(name)
        if not isinstance(before := value(case(**facts)), Unknown)
        for more in one_more_told(name, facts)
        if value(case(**more)) != before
    ]

    assert taken_back[:3] == []


@pytest.mark.parametrize("name", DERIVED)
def test_a_derived_fact_asks_only_for_what_it_uses_and_nobody_told(name: str) -> None:
    uses = set(DERIVED[name].uses)
    asked_in_vain = [
        facts
        for facts in situations(name)
        if isinstance(found := DERIVED[name].value(case(**facts)), Unknown)
        and not found.asks <= uses - set(facts)
    ]

    assert asked_in_vain[:3] == []
