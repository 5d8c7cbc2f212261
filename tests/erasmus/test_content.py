"""What is shipped: every entry is used and reached, every button carries what is allowed."""

import re
from datetime import date

from erasmus.conditions import Verdict, told_facts
from erasmus.facts import UNSURE, Facts, FactType
from erasmus.library import Library

ID = re.compile(r"[a-z0-9_-]+")


def test_ids_are_plain(library: Library) -> None:
    ids = [
        *library.facts,
        *library.deciders,
        *library.rules,
        *library.actions,
        *library.checklists,
        *library.fields,
        *(item.id for checklist in library.checklists.values() for item in checklist.items),
        *(call.id for call in library.calls),
    ]

    assert [name for name in ids if not ID.fullmatch(name)] == []


def test_every_rule_belongs_to_an_action(library: Library) -> None:
    used = {rule for action in library.actions.values() for rule in action.rules}

    assert used == set(library.rules)


def test_every_decider_decides_something(library: Library) -> None:
    used = {rule.decides for rule in library.rules.values() if rule.decides is not None}

    assert used == set(library.deciders)


def test_every_checklist_belongs_to_an_action(library: Library) -> None:
    used = {action.checklist for action in library.actions.values() if action.checklist}

    assert used == set(library.checklists)


def test_every_source_is_cited(library: Library) -> None:
    cited = {
        *(c.id for rule in library.rules.values() for c in (rule.source, *rule.also)),
        *(c.id for action in library.actions.values() for c in action.citations),
        *(q.source.id for q in library.questions if q.source is not None),
        *(i.source.id for checklist in library.checklists.values() for i in checklist.items),
        *(call.source_id for call in library.calls),
    }

    assert cited == set(library.sources)


def test_every_question_can_decide_a_rule_or_a_wish(library: Library) -> None:
    conditions = [rule.requires for action in library.assessed for rule in library.rules_of(action)]
    conditions += [action.interest for action in library.assessed if action.interest is not None]
    decisive = frozenset().union(*map(told_facts, conditions))

    assert {question.fact for question in library.questions} - {"role"} <= decisive


def test_every_fact_that_a_rule_needs_is_asked(library: Library) -> None:
    asked = {question.fact for question in library.questions}
    needed = {fact for rule in library.rules.values() for fact in told_facts(rule.requires)}

    assert needed <= asked


def test_what_can_be_open_without_a_question_has_somebody_who_decides(library: Library) -> None:
    """A rule about which nobody can be asked would leave its action open for ever."""
    asked = {question.fact for question in library.questions}
    silent = [
        rule.id
        for rule in library.rules.values()
        if rule.decides is None and not told_facts(rule.requires) & asked
    ]

    assert silent == []


def test_every_choice_offers_all_that_may_be_answered(library: Library) -> None:
    for question in library.questions:
        fact = library.facts[question.fact]
        if fact.type is FactType.CHOICE:
            assert [o.value for o in question.options] == list(fact.values), question.fact


def test_only_a_choice_has_options_a_number_presets_and_a_country_codes(library: Library) -> None:
    for question in library.questions:
        kind = library.facts[question.fact].type

        assert bool(question.options) == (kind is FactType.CHOICE), question.fact
        assert bool(question.presets) == (kind is FactType.NUMBER), question.fact
        assert bool(question.codes) == (kind is FactType.COUNTRY), question.fact


def test_every_button_of_a_question_carries_an_allowed_answer(library: Library) -> None:
    for question in library.questions:
        fact = library.facts[question.fact]
        for answer in (*question.presets, *question.codes, *(o.value for o in question.options)):
            assert fact.accepts(answer, library.iso), (question.fact, answer)


def test_every_country_on_a_button_has_a_name(library: Library) -> None:
    offered = {code for question in library.questions for code in question.codes}

    assert offered <= set(library.countries)


def test_options_and_audiences_speak_of_roles_that_exist(library: Library) -> None:
    roles = set(library.facts["role"].values)
    spoken = {role for q in library.questions for o in q.options for role in o.roles}
    spoken |= {role for action in library.actions.values() for role in action.audience}

    assert spoken <= roles


def test_a_changed_answer_clears_only_what_is_asked_later(library: Library) -> None:
    order = [question.fact for question in library.questions]
    backwards = [
        (question.fact, cleared)
        for question in library.questions
        for cleared in question.clears
        if order.index(cleared) <= order.index(question.fact)
    ]

    assert backwards == []


def test_an_answer_that_made_sense_only_after_another_goes_with_it(library: Library) -> None:
    """Else an old "selected while studying" would speak for new studies."""
    kept = [
        (fact, question.fact)
        for question in library.questions
        if question.when_asked is not None
        for fact in question.when_asked.mentions()
        if question.fact not in library.question(fact).clears
    ]

    assert kept == []


def test_another_level_or_country_takes_along_what_was_said_of_the_agreement(
    library: Library,
) -> None:
    """An agreement for the bachelor's does not cover a master's; another university has its own."""
    told = {"enrolled_level": "bachelor", "home_country": "KG"}
    said = {"agreement": True, "field_in_agreement": True, "home_criteria_met": True}
    facts: Facts = {**told, **said}

    assert library.told(facts, "enrolled_level", "master") == {
        "enrolled_level": "master",
        "home_country": "KG",
        "agreement": True,
    }
    assert library.told(facts, "home_country", "KZ") == {**told, "home_country": "KZ"}


def test_no_wish_is_offered_to_a_role_that_no_action_serves(library: Library) -> None:
    served = {
        (role, option.value)
        for option in library.question("kind").options
        for action in library.assessed
        if action.interest is not None
        for role in action.audience
        if action.interest.read(library.case({"kind": option.value}, date(2026, 11, 21))).verdict
        is Verdict.MET
    }
    offered = {(r, o.value) for o in library.question("kind").options for r in o.roles}

    assert offered - served == set()


ACTIONS = {
    "icm_study",
    "icm_traineeship",
    "icm_traineeship_recent_graduate",
    "icm_short_blended",
    "icm_short_doctoral",
    "icm_staff_teaching",
    "icm_staff_training",
    "icm_staff_combined",
    "emjm_scholarship",
    "emjm_consortium",
    "emdm",
    "cbhe",
    "jean_monnet_module",
    "jean_monnet_chair",
    "jean_monnet_centre",
    "cbvet",
    "virtual_exchange",
    "cb_youth",
    "cb_sport",
    "esc_volunteering",
}


def test_the_actions_are_those_that_were_agreed(library: Library) -> None:
    assert set(library.actions) >= ACTIONS


def test_actions_stand_in_their_order_and_no_two_share_a_place(library: Library) -> None:
    orders = [action.order for action in library.actions.values()]

    assert sorted(set(orders)) == orders


def test_nobody_is_eligible_by_saying_nothing_or_by_being_unsure(library: Library) -> None:
    """Not knowing is never a yes, and never a no."""
    for facts in ({}, dict.fromkeys(library.facts, UNSURE)):
        case = library.case(facts, date(2026, 11, 21))
        verdicts = {str(library.assess(action, case).outcome) for action in library.assessed}

        assert verdicts <= {"open", "depends"}
