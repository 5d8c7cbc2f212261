"""What holds for every condition: Kleene's logic."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from erasmus.cases import Case
from erasmus.condition_tables import parse_condition
from erasmus.conditions import Condition, Reading, Verdict
from erasmus.facts import Value
from tests.erasmus.cases import GROUPS, case, properties

VALUES: dict[str, list[Value]] = {
    "role": ["student", "staff", "unsure"],
    "agreement": [True, False, "unsure"],
    "days_wanted": [4, 5, 30, 31, "unsure"],
    "home_country": ["KG", "DE", "US", "unsure"],
}
SIMPLE: st.SearchStrategy[Any] = st.sampled_from(
    [
        {"fact": "role", "in": ["student"]},
        {"fact": "agreement", "is": True},
        {"fact": "agreement", "is": False},
        {"fact": "days_wanted", "min": 5, "max": 30},
        {"fact": "days_wanted", "max": 4},
        {"fact": "home_country", "in_group": "central_asia"},
    ]
)
CONDITIONS = st.recursive(
    SIMPLE,
    lambda part: st.one_of(
        st.builds(lambda parts: {"all": parts}, st.lists(part, min_size=1, max_size=3)),
        st.builds(lambda parts: {"any": parts}, st.lists(part, min_size=1, max_size=3)),
        st.builds(lambda inner: {"not": inner}, part),
    ),
    max_leaves=8,
).map(parse_condition)
FACTS = st.fixed_dictionaries({}, optional={n: st.sampled_from(v) for n, v in VALUES.items()})


def reading_of(condition: Condition, facts: dict[str, Value]) -> Reading:
    return condition.read(Case(facts, case().on, GROUPS))


@properties
@given(CONDITIONS, FACTS, FACTS)
def test_telling_more_never_takes_a_verdict_back(
    condition: Condition, facts: dict[str, Value], more: dict[str, Value]
) -> None:
    """Kleene's logic: what is decided stays decided, whatever else is told."""
    before = reading_of(condition, facts).verdict
    told = {name for name, value in facts.items() if value != "unsure"}
    after = reading_of(condition, {**more, **{n: facts[n] for n in told}}).verdict

    assert before is Verdict.OPEN or before is after


@properties
@given(CONDITIONS, FACTS)
def test_only_what_is_open_asks_and_only_for_facts_not_told(
    condition: Condition, facts: dict[str, Value]
) -> None:
    reading = reading_of(condition, facts)

    assert not reading.asks or reading.verdict is Verdict.OPEN
    assert reading.asks <= condition.mentions() - set(facts)


@properties
@given(CONDITIONS, FACTS)
def test_once_everything_asked_for_is_told_nothing_is_asked(
    condition: Condition, facts: dict[str, Value]
) -> None:
    """A walk always ends: each answer takes its fact out of what is asked."""
    told = {**{name: values[0] for name, values in VALUES.items()}, **facts}

    assert frozenset() == reading_of(condition, told).asks


@properties
@given(CONDITIONS, FACTS)
def test_twice_not_is_nothing(condition: Condition, facts: dict[str, Value]) -> None:
    twice = parse_condition({"not": {"not": condition}})

    assert reading_of(condition, facts) == reading_of(twice, facts)
