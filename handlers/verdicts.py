"""Verdicts: a line per action, a card per action with every deciding rule and its source."""

from __future__ import annotations

from erasmus.actions import Action
from erasmus.assessment import Assessment, Outcome
from erasmus.conditions import Verdict
from handlers import counting
from handlers.codec import Press
from handlers.goals import ALL, answered, assessed, goal_actions, missing
from handlers.opportunities import about, find_action, without_rules
from handlers.presses import (
    About,
    Ask,
    Card,
    Check,
    Closed,
    Deadlines,
    Home,
    Result,
    Review,
    ShowPlan,
    StartAgain,
)
from handlers.questions.presses import AskOffice
from handlers.reasons import Sources, pending, unmet
from handlers.screens import Button, Go, Screen, lines, one_each, paragraphs
from handlers.turn import Turn
from locales import Safe, dates

MARKS = {
    Outcome.ELIGIBLE: "✅",
    Outcome.DEPENDS: "🟡",
    Outcome.NOT_YET: "🕓",
    Outcome.NOT_ELIGIBLE: "❌",
    Outcome.OPEN: "▫️",
}


def verdict_line(turn: Turn, assessment: Assessment) -> Safe:
    """Say a verdict in a few words."""
    t = turn.t
    match assessment.outcome:
        case Outcome.ELIGIBLE:
            return t("you can apply")
        case Outcome.DEPENDS:
            return t("others decide")
        case Outcome.NOT_YET:
            day = assessment.from_date
            if day is None:
                return t("not yet")
            return t("not yet; possible from {day}", day=dates.day(t.language, day))
        case Outcome.NOT_ELIGIBLE:
            return t("not possible now")
        case Outcome.OPEN:
            return t("needs more answers")


def _assess(turn: Turn, action: Action) -> Assessment:
    return turn.library.assess(action, turn.case)


async def result(turn: Turn, press: Result) -> Screen:
    """Show a line per action of a goal, with a button to each card."""
    await turn.asking(None)
    actions = goal_actions(turn, press.goal)
    if press.goal != ALL:
        return await card(turn, Card(press.goal, press.goal))
    t = turn.t
    wanted = [action for action in actions if _wanted(turn, action)]
    others = [action for action in actions if action not in wanted]
    unjudged = without_rules(turn)
    verdicts = [_assess(turn, action) for action in wanted]
    await counting.checked(turn, verdicts)
    found = lines(
        *(
            f"{MARKS[a.outcome]} <b>{t.words(a.action.label)}</b>: {verdict_line(turn, a)}"
            for a in sorted(verdicts, key=lambda a: list(Outcome).index(a.outcome))
        )
    )
    rest = lines(*(f"▫️ {t.words(action.label)}" for action in others))
    buttons = [
        *(Go(t.words(action.label), Card(press.goal, action.short)) for action in wanted),
        *(Go(t.words(action.label), Check(action.short)) for action in others),
        *(Go(t.words(action.label), About(press.goal, action.short)) for action in unjudged),
    ]
    text = paragraphs(
        t("<b>Your result</b>"),
        found or t("There are no questions for organisations yet."),
        t("Tap an opportunity to read what it is and how to apply.") if unjudged else None,
        lines(t("Not part of your plan, but you can check these too:"), rest) if rest else None,
        t("Tap an opportunity to see the reasons, the sources and the next step.")
        if found
        else None,
    )
    return Screen(text, (*one_each(buttons), *_after_result(turn, press.goal), turn.leave()))


def _wanted(turn: Turn, action: Action) -> bool:
    interest = action.interest
    return interest is None or interest.read(turn.case).verdict is not Verdict.UNMET


def _after_result(turn: Turn, goal: str) -> tuple[tuple[Button, ...], ...]:
    t = turn.t
    closed_ones = (Go(t.label("button", "Not open to Central Asia"), Closed()),)
    if not answered(turn, goal):
        return (closed_ones,)
    return (
        (Go(t.label("button", "Ask the office"), AskOffice()),),
        closed_ones,
        (Go(t.label("button", "Change an answer"), Review(goal)),),
        (Go(t.label("button", "Start again"), StartAgain(goal)),),
    )


def _mark(assessment: Assessment) -> str:
    if assessment.action.open_to_region or assessment.outcome is Outcome.ELIGIBLE:
        return MARKS[assessment.outcome]
    return MARKS[Outcome.NOT_ELIGIBLE]


async def card(turn: Turn, press: Card) -> Screen:
    """Show the verdict on an action, every deciding rule in plain words, and the next step."""
    action = find_action(turn, press.action)
    if not action.rules:
        return await about(turn, About(press.goal, press.action))  # nothing to judge by
    assessment = _assess(turn, action)
    await counting.checked(turn, [assessment])
    sources = Sources(turn)
    t = turn.t
    refused = [unmet(turn, f, sources) for f in assessment.with_verdict(Verdict.UNMET)]
    # A refusal stands whatever the rest may be.
    rest = () if assessment.outcome.refused else assessment.with_verdict(Verdict.OPEN)
    undecided = [pending(turn, f, sources) for f in rest]
    met = [
        f"✓ {t.words(f.rule.says)}{sources.mark(f.rule.source)}"
        for f in assessment.with_verdict(Verdict.MET)
    ]
    text = paragraphs(
        f"{_mark(assessment)} <b>{t.words(action.name)}</b>",
        _headline(turn, assessment),
        *refused,
        *undecided,
        f"<blockquote expandable>{lines(*met)}</blockquote>" if met else None,
        sources.listed(),
    )
    return Screen(
        text, (*one_each(_next_steps(turn, press, assessment)), turn.leave(_up(press, action)))
    )


def _up(press: Card, action: Action) -> Press:
    if press.goal == ALL:
        return Result(ALL)
    return Home() if action.open_to_region else Closed()


def _headline(turn: Turn, assessment: Assessment) -> str:
    t, day = turn.t, assessment.from_date
    if not assessment.action.open_to_region and assessment.outcome is not Outcome.ELIGIBLE:
        return t("This is not open to Central Asia.")
    if assessment.outcome is Outcome.NOT_YET and day is not None:
        return t("Not yet. It will be possible from {day}.", day=dates.day(t.language, day))
    return {
        Outcome.ELIGIBLE: t("From what you’ve told me, you can apply."),
        Outcome.DEPENDS: t("Nothing so far rules it out, but others decide on some points."),
        Outcome.NOT_YET: t("Not yet."),
        Outcome.NOT_ELIGIBLE: t(
            "As things stand, this is not possible. Here is why, and what you can do."
        ),
        Outcome.OPEN: t("I need a few more answers before I can tell."),
    }[assessment.outcome]


def _next_steps(turn: Turn, press: Card, assessment: Assessment) -> list[Button]:
    t, action = turn.t, assessment.action
    how = t.label("button", "How to apply")
    instead = t.label("button", "What is open instead")
    about = Go(how if action.open_to_region else instead, About(press.goal, action.short))
    steps = [*_first_steps(turn, press, assessment), about]
    if any(call.action == action.id for call in turn.library.calls):
        steps.append(Go(t.label("button", "Deadlines"), Deadlines(action.short, "-", 0)))
    change = _change_answers(turn, press)
    if press.goal != ALL and answered(turn, press.goal) and change not in steps:
        steps.append(change)
    return steps


def _first_steps(turn: Turn, press: Card, assessment: Assessment) -> list[Button]:
    t, action = turn.t, assessment.action
    if assessment.outcome is Outcome.OPEN:
        if missing(turn, action.short, assessed(turn, action.short)) is None:
            return [_change_answers(turn, press)]  # all was asked, and "not sure" answered
        return [Go(t.label("button", "Answer the questions"), Check(action.short))]
    if assessment.outcome.refused:
        if press.goal == ALL:
            return _fix(turn, press.goal, assessment)
        return [Go(t.label("button", "What can I apply for?"), Check(ALL))]
    if action.checklist is not None:
        return [Go(t.label("button", "Documents you need"), ShowPlan(f"a.{action.short}"))]
    return []


def _change_answers(turn: Turn, press: Card) -> Go:
    return Go(turn.t.label("button", "Change an answer"), Review(press.goal))


def _fix(turn: Turn, goal: str, assessment: Assessment) -> list[Button]:
    """Offer to change the answer behind a refusal, where one answer is behind it."""
    asked = {question.fact: question for question in turn.library.questions}
    facts = dict.fromkeys(change.fact for change in assessment.changes if change.fact in asked)
    label = turn.t.label("button", "Change this answer")
    return [Go(label, Ask(goal, asked[fact].short, change=True)) for fact in list(facts)[:1]]
