"""The questionnaire: one question a screen, only what can still change a verdict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from erasmus.assessment import Assessment
from erasmus.facts import Value
from erasmus.questions import Question
from handlers import verdicts
from handlers.answers import answer_rows, pressed_value, said, typing_hint
from handlers.codec import Press, StaleButton
from handlers.goals import answered, assessed, goal_actions, missing, questions_left
from handlers.presses import Answer, Ask, Check, Home, Result, Review, StartAgain
from handlers.screens import Go, Screen, digits, lines, paragraphs
from handlers.turn import Turn


async def check(turn: Turn, press: Check) -> Screen:
    """Go on with a goal: its next question, or its result."""
    return await go_on(turn, press.goal, change=False, done=True)


async def go_on(turn: Turn, goal: str, *, change: bool, done: bool = False) -> Screen:
    """Ask what is still missing, else show the answers, or the result where they are `done`."""
    read = assessed(turn, goal)
    question = missing(turn, goal, read)
    if question is not None:
        return await _asked(turn, goal, question, read, change=change)
    await turn.asking(None)
    if change or done:
        return await verdicts.result(turn, Result(goal))
    return await review(turn, Review(goal))


async def question_screen(turn: Turn, goal: str, question: Question, *, change: bool) -> Screen:
    """Show one question with its reason, the progress and the way back."""
    return await _asked(turn, goal, question, assessed(turn, goal), change=change)


async def _asked(
    turn: Turn, goal: str, question: Question, read: Iterable[Assessment], *, change: bool
) -> Screen:
    await turn.asking(f"{goal} {question.short} {int(change)}")
    t = turn.t
    before = answered(turn, goal)
    earlier = _told_before(turn, before, question)
    number = len([q for q in before if q.fact != question.fact]) + 1
    total = len(before) + questions_left(turn, read)
    progress = None if change else t("Question {n} of {total}", n=number, total=max(number, total))
    back: Press = Home()
    if change:
        back = Review(goal)
    elif earlier:
        back = Ask(goal, earlier[-1].short, change=False)
    text = paragraphs(
        progress,
        f"<b>{t.words(question.prompt)}</b>",
        f"<i>{t.words(question.why)}</i>",
        typing_hint(turn, question),
    )
    return Screen(text, (*answer_rows(turn, question, goal, change=change), turn.leave(back)))


def _told_before(turn: Turn, told: Sequence[Question], question: Question) -> list[Question]:
    """Return the questions that were answered before one: facts keep the order of telling."""
    order = list(turn.person.facts)
    mine = order.index(question.fact) if question.fact in order else len(order)
    return sorted(
        (q for q in told if order.index(q.fact) < mine), key=lambda q: order.index(q.fact)
    )


def _question(turn: Turn, short: str) -> Question:
    question = turn.library.question_by_short.get(short)
    if question is None:
        raise StaleButton(short)
    return question


async def ask(turn: Turn, press: Ask) -> Screen:
    """Show a question again, with its present answer."""
    goal_actions(turn, press.goal)
    question = _question(turn, press.question)
    return await question_screen(turn, press.goal, question, change=press.change)


async def answer(turn: Turn, press: Answer) -> Screen:
    """Keep an answer and go on."""
    question = _question(turn, press.question)
    value = pressed_value(turn, question, press.value)
    return await keep(turn, press.goal, question, value, change=press.change)


async def keep(turn: Turn, goal: str, question: Question, value: Value, *, change: bool) -> Screen:
    """Keep a fact and go on."""
    goal_actions(turn, goal)
    facts = turn.library.told(turn.person.facts, question.fact, value)
    return await go_on(await turn.learn(facts), goal, change=change)


async def review(turn: Turn, press: Review) -> Screen:
    """List the answers, each of which can be changed."""
    t = turn.t
    questions = answered(turn, press.goal)
    rows = digits([Ask(press.goal, q.short, change=True) for q in questions])
    result = Go(t.label("button", "Show the result"), Result(press.goal))
    text = paragraphs(
        t("<b>Check your answers</b>"),
        _list(turn, questions),
        t("Tap a number to change that answer.") if questions else None,
    )
    return Screen(text, ((result,), *rows, turn.leave()))


def _list(turn: Turn, questions: Sequence[Question]) -> str:
    return lines(
        *(
            turn.t(
                "{n}. {label}: <b>{value}</b>",
                n=number,
                label=turn.t.words(question.label),
                value=said(turn, question.fact, turn.person.facts[question.fact]),
            )
            for number, question in enumerate(questions, start=1)
        )
    )


async def start_again(turn: Turn, press: StartAgain) -> Screen:
    """Drop the answers of a goal and ask from the beginning."""
    asked = {question.fact for question in answered(turn, press.goal)} - {"role"}
    facts = {name: value for name, value in turn.person.facts.items() if name not in asked}
    return await go_on(await turn.learn(facts), press.goal, change=False)
