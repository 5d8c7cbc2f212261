"""Goals: what a questionnaire is about, and which answers belong to it."""

from __future__ import annotations

from collections.abc import Iterable

from erasmus.actions import Action
from erasmus.assessment import Assessment
from erasmus.conditions import told_facts
from erasmus.questions import Question, longest_way, next_question, pursued
from handlers.codec import StaleButton
from handlers.turn import Turn

ALL = "all"


def goal_actions(turn: Turn, goal: str) -> list[Action]:
    """Return the actions of a goal; raise StaleButton for an unknown one."""
    if goal == ALL:
        return [
            action
            for action in turn.library.assessed
            if action.open_to_region and turn.role in action.audience
        ]
    action = turn.library.action_by_short.get(goal)
    if action is None or not action.rules:
        raise StaleButton(goal)
    return [action.model_copy(update={"interest": None})]


def assessed(turn: Turn, goal: str) -> list[Assessment]:
    """Read the actions of a goal that the person pursues; reading is most of a screen's work."""
    return pursued(turn.library.with_rules(goal_actions(turn, goal)), turn.case)


def missing(turn: Turn, goal: str, read: Iterable[Assessment]) -> Question | None:
    """Return the next question of a goal, or None when its verdicts are as clear as they get."""
    if goal == ALL and turn.role is None:
        return turn.library.question("role")
    return next_question(turn.library.questions, read, turn.case)


def questions_left(turn: Turn, read: Iterable[Assessment]) -> int:
    """Return at most how many questions are still to come."""
    return longest_way(turn.library.questions, read, turn.case)


def answered(turn: Turn, goal: str) -> list[Question]:
    """Return the questions of a goal that the person has answered, in their order."""
    facts = set[str]()
    for action, rules in turn.library.with_rules(goal_actions(turn, goal)):
        facts.update(*(rule.told for rule in rules))
        if action.interest is not None:
            facts |= told_facts(action.interest)
    return [q for q in turn.library.questions if q.fact in facts and q.fact in turn.person.facts]
