"""Walks of the questionnaire: every way to answer surely, and many at random with "not sure"."""

import random
from collections.abc import Iterator

import pytest

from erasmus.assessment import Outcome, assess
from erasmus.facts import UNSURE, Value
from erasmus.library import Library
from erasmus.loading import load_library
from erasmus.questions import next_question
from tests.erasmus.walking import SURE, Goal, Place, Walker, everything_open, single

LIBRARY = load_library()
ROLES = ("student", "graduate", "staff")
SINGLE = [single(LIBRARY, action) for action in LIBRARY.assessed]
EVERYTHING = [everything_open(LIBRARY, role) for role in ROLES]
TOO_MANY_WAYS = {"everything for a student", "everything for a graduate"}
"""Goals that are walked at random only: all ways would take longer than they teach."""

LONGEST, LONGEST_UNSURE = 16, 18
"""Who wants to study is asked about the exchange and Erasmus Mundus at once; who is not sure of
the plan itself, about traineeships too."""


def places(goal: Goal) -> Iterator[Place]:
    """Yield the places of every walk with sure answers, and of random ones with unsure answers."""
    walker, choice = Walker(LIBRARY, goal), random.Random(str(goal))  # noqa: S311 - no secret
    if str(goal) in TOO_MANY_WAYS:
        for _ in range(200):
            yield from walker.random_walk(choice, SURE)
    else:
        yield from walker.every_walk()
    for _ in range(60):
        yield from walker.random_walk(choice, choice.choice((0.1, 0.3, 0.6)))


@pytest.fixture(params=[*SINGLE, *EVERYTHING], ids=str, scope="module")
def goal(request: pytest.FixtureRequest) -> Goal:
    """Each goal that a person can have."""
    assert isinstance(request.param, Goal)
    return request.param


@pytest.fixture(scope="module")
def walked(goal: Goal) -> list[Place]:
    """The places of many walks of a goal."""
    return list(places(goal))


def is_sure(place: Place) -> bool:
    return UNSURE not in place.facts.values()


def test_a_walk_ends_after_few_questions(walked: list[Place]) -> None:
    assert max(place.asked for place in walked if is_sure(place)) <= LONGEST
    assert max(place.asked for place in walked) <= LONGEST_UNSURE


def test_a_walk_never_asks_what_was_told(walked: list[Place]) -> None:
    """So it never asks twice either, and ends."""
    asked = [place for place in walked if place.question is not None]

    assert [p.facts for p in asked if p.question and p.question.fact in p.facts] == []


def test_the_number_of_questions_in_all_never_grows(walked: list[Place]) -> None:
    """The progress line says "question 3 of 7"; the 7 may only fall."""
    grown = [
        place.facts
        for place in walked
        if place.before is not None
        and place.asked + place.still > place.before.asked + place.before.still
    ]

    assert grown == []


def test_no_question_to_come_is_counted_twice(goal: Goal, walked: list[Place]) -> None:
    walker = Walker(LIBRARY, goal)
    askable = {question.fact for question in LIBRARY.questions} & walker.named_facts

    assert [p.facts for p in walked if p.still > len(askable - set(p.facts))] == []


def test_a_question_to_come_is_always_counted(walked: list[Place]) -> None:
    assert [place.facts for place in walked if place.question and place.still < 1] == []


def test_nothing_stays_open_at_the_end_unless_the_person_was_unsure(walked: list[Place]) -> None:
    ends = [place for place in walked if place.question is None and is_sure(place)]
    left_open = [
        (name, place.facts)
        for place in ends
        for name, assessment in place.found.items()
        if assessment.outcome is Outcome.OPEN
    ]

    assert left_open == []


def test_a_refused_action_asks_nothing_more(goal: Goal, walked: list[Place]) -> None:
    """Each refused action, alone, has no question left."""
    for place in walked[::3]:
        case = LIBRARY.case(place.facts, place.day)
        for action, rules in goal.actions:
            if action.id in place.refused:
                refused = [assess(action, rules, case)]
                assert next_question(LIBRARY.questions, refused, case) is None


def test_a_refusal_stays_a_refusal_along_a_walk(walked: list[Place]) -> None:
    """A wish may end the pursuit of an action, but no answer turns its no into a perhaps."""
    changed = [
        (name, place.facts)
        for place in walked
        if place.before is not None
        for name in place.before.refused - place.refused
        if name in place.found
    ]

    assert changed == []


def test_a_question_is_asked_only_where_it_makes_sense(walked: list[Place]) -> None:
    senseless = [
        (place.question.fact, place.facts)
        for place in walked
        if place.question and not place.question.wanted(LIBRARY.case(place.facts, place.day))
    ]

    assert senseless == []


def test_no_question_is_asked_in_vain(goal: Goal) -> None:
    """Some way to tell the rest makes the answer decide a rule of an action not yet refused."""
    walker, choice = Walker(LIBRARY, goal), random.Random(7)  # noqa: S311 - no secret
    for unsure in (SURE, SURE, 0.2, 0.5) * 8:
        for place in walker.random_walk(choice, unsure):
            if place.question is not None:
                assert walker.can_matter(place, choice), (place.question.fact, place.facts)


def test_with_eleven_months_used_no_length_of_a_long_stay_is_asked(library: Library) -> None:
    """Two months, the least, are beyond the cap of twelve."""
    walker = Walker(library, single(library, library.actions["icm_study"]))
    facts: dict[str, Value] = {
        "enrolled_level": "bachelor",
        "home_country": "KG",
        "months_used": 11,
    }
    question = Place(walker, facts).question

    assert question is None or question.fact != "months_wanted"


@pytest.mark.parametrize("name", ["icm_short_blended", "icm_short_doctoral"])
def test_a_short_stay_is_asked_for_in_days(library: Library, name: str) -> None:
    """Also when the action was chosen from the list and the wish was never asked."""
    walker = Walker(library, single(library, library.actions[name]))
    asked = {place.question.fact for place in walker.every_walk() if place.question}

    assert "days_wanted" in asked
    assert "months_wanted" not in asked


@pytest.mark.parametrize("fact", ["year_of_study", "programme_years"])
def test_who_is_not_sure_of_the_year_is_not_asked_for_the_other_number(
    library: Library, fact: str
) -> None:
    """One of the two numbers alone cannot tell the last year."""
    walker = Walker(library, single(library, library.actions["emjm_scholarship"]))
    facts: dict[str, Value] = {
        "enrolled_level": "bachelor",
        "degree_held": "none",
        "residence": "KG",
        "emjm_scholarship_before": False,
        fact: UNSURE,
    }
    question = Place(walker, facts).question

    assert question is not None
    assert question.fact == "degree_before_enrolment"


def test_a_bachelors_student_is_asked_for_an_earlier_diploma(library: Library) -> None:
    """Who studies for a second bachelor's has the first degree already."""
    walker = Walker(library, everything_open(library, "student"))
    place = Place(walker, {"role": "student", "kind": "study", "enrolled_level": "bachelor"})
    asked = set[str]()
    while (question := place.question) is not None:
        asked.add(question.fact)
        place = place.told(question.fact, walker.answers(question, "student")[0])

    assert "degree_held" in asked


def test_every_question_is_met_by_somebody() -> None:
    """The role is asked before any action is in question."""
    choice = random.Random(13)  # noqa: S311 - no secret
    asked = {
        place.question.fact
        for goal in (*SINGLE, *EVERYTHING)
        for _ in range(150)
        for place in Walker(LIBRARY, goal).random_walk(choice, SURE)
        if place.question
    }

    assert asked | {"role"} == {question.fact for question in LIBRARY.questions}


def test_institutions_have_nothing_to_be_asked_yet() -> None:
    goal = everything_open(LIBRARY, "institution")

    assert list(goal.actions) == []
    assert Walker(LIBRARY, goal).start.question is None


@pytest.mark.parametrize("role", ROLES)
def test_every_wish_that_a_role_is_offered_leads_to_an_action(role: str) -> None:
    walker = Walker(LIBRARY, everything_open(LIBRARY, role))
    wishes = walker.answers(LIBRARY.question("kind"), role)

    assert [wish for wish in wishes if not Place(walker, {"role": role, "kind": wish}).found] == []
