"""Goals: what a questionnaire is about, and which answers belong to it."""

from __future__ import annotations

from erasmus.actions import Action
from erasmus.assessment import told_facts
from erasmus.questions import Pursued, Question, longest_way, next_question
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


def pursued(turn: Turn, goal: str) -> Pursued:
    """Return the actions of a goal with their rules."""
    return turn.library.with_rules(goal_actions(turn, goal))


def missing(turn: Turn, goal: str) -> Question | None:
    """Return the next question of a goal, or None when its verdicts are as clear as they get."""
    if goal == ALL and turn.role is None:
        return turn.library.question("role")
    return next_question(turn.library.questions, pursued(turn, goal), turn.case)


def answered(turn: Turn, goal: str) -> list[Question]:
    """Return the questions of a goal that the person has answered, in their order."""
    facts = set[str]()
    for action, rules in pursued(turn, goal):
        conditions = [rule.requires for rule in rules]
        if action.interest is not None:
            conditions.append(action.interest)
        for condition in conditions:
            facts |= told_facts(condition)
    return [q for q in turn.library.questions if q.fact in facts and q.fact in turn.person.facts]


def questions_left(turn: Turn, goal: str) -> int:
    """Return at most how many questions are still to come."""
    return longest_way(turn.library.questions, pursued(turn, goal), turn.case)
