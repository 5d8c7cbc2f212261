"""Answers: how a question's buttons look, and how a value is read and said."""

from __future__ import annotations

import re
from itertools import chain

from erasmus.amounts import amount
from erasmus.facts import UNSURE, Fact, FactType, Value, contradicted
from erasmus.questions import Option, Question
from erasmus.rules import Change
from erasmus.search import find_country, fold
from handlers.codec import StaleButton
from handlers.presses import Answer
from handlers.screens import Go, Rows, in_columns
from handlers.turn import Turn
from locales import Safe, numbers

NOT_SURE = "?"
YES, NO = "y", "n"
CHOSEN = "✓ "
"""Before the label of the present answer."""
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


def offered(question: Question, role: str | None) -> list[Option]:
    """Return the options that people of a role are offered."""
    return [o for o in question.options if not o.roles or role is None or role in o.roles]


def answer_rows(turn: Turn, question: Question, goal: str, *, change: bool) -> Rows:
    """Return the buttons of a question, the present answer marked, and always "Not sure"."""
    fact = turn.library.facts[question.fact]
    told = turn.person.facts.get(question.fact)

    def go(label: str, value: str, meant: Value) -> Go:
        marked = f"{CHOSEN}{label}" if told == meant and type(told) is type(meant) else label
        return Go(marked, Answer(goal, question.short, value, change))

    not_sure = go(turn.t.label("button", "Not sure"), NOT_SURE, UNSURE)
    match fact.type:
        case FactType.YESNO:
            yes = go(turn.t.label("button2", "Yes"), YES, meant=True)
            no = go(turn.t.label("button2", "No"), NO, meant=False)
            return ((yes, no), (not_sure,))
        case FactType.NUMBER:
            presets = question.presets if change else _possible(turn, question)
            buttons = [go(str(n), str(n), n) for n in presets]
            return (*in_columns(buttons, ["12345678"]), (not_sure,))
        case FactType.COUNTRY:
            countries = [turn.library.countries[code] for code in question.codes]
            buttons = [go(turn.t.words(c.name), c.code, c.code) for c in countries]
            labels = [name for c in countries for name in c.name.values()]
            return (*in_columns(buttons, labels), (not_sure,))
        case _:
            options = offered(question, turn.role)
            buttons = [go(turn.t.words(o.label), o.value, o.value) for o in options]
            labels = [label for o in options for label in o.label.values()]
            return (*in_columns(buttons, labels), (not_sure,))


def _possible(turn: Turn, question: Question) -> tuple[int, ...]:
    """Return the numbers that can be true beside what was told."""
    vocabulary, told, fact = turn.library.facts, turn.person.facts, question.fact
    fitting = (n for n in question.presets if not contradicted(vocabulary, told, fact, n))
    return tuple(fitting) or question.presets


def typing_hint(turn: Turn, question: Question) -> str | None:
    """Say that an answer may also be typed, where it may."""
    match turn.library.facts[question.fact].type:
        case FactType.NUMBER:
            return turn.t("You can also type a number.")
        case FactType.COUNTRY:
            return turn.t("If your country isn’t listed, type its name.")
    return None


def pressed_value(turn: Turn, question: Question, value: str) -> Value:
    """Return the fact behind a button; raise StaleButton for a value that is not allowed."""
    if value == NOT_SURE:
        return UNSURE
    fact = turn.library.facts[question.fact]
    meant: Value = value
    if fact.type is FactType.YESNO:
        meant = value == YES if value in {YES, NO} else value
    elif fact.type is FactType.NUMBER:
        number = _number(value)
        if number is None:
            raise StaleButton(value)
        meant = number
    if not fact.accepts(meant, turn.library.iso):
        raise StaleButton(value)
    return meant


def typed_value(turn: Turn, question: Question, text: str) -> Value | None:
    """Return the fact that a person typed, or None where the text is no answer."""
    fact = turn.library.facts[question.fact]
    meant: Value | None = None
    if fact.type is FactType.NUMBER:
        number = amount(text, fact.unit, turn.library.reading)
        meant = None if number is None else _whole(number)
    elif fact.type is FactType.COUNTRY:
        meant = find_country(turn.library, text)
    if meant is None:
        return _of_a_button(turn, question, text)
    return meant if fact.accepts(meant, turn.library.iso) else None


def _of_a_button(turn: Turn, question: Question, text: str) -> Value | None:
    """Return the answer of the button whose label was typed instead of tapped."""
    typed = fold(text)
    for button in chain.from_iterable(answer_rows(turn, question, "", change=True)):
        match button:
            case Go(label, Answer() as press) if fold(label.removeprefix(CHOSEN)) == typed:
                return pressed_value(turn, question, press.value)
    return None


def _number(text: str) -> int | float | None:
    if not NUMBER.fullmatch(text):
        return None
    return _whole(float(text.replace(",", ".")))


def _whole(number: float) -> int | float:
    return int(number) if number == int(number) else number


def said(turn: Turn, fact_name: str, value: Value) -> Safe:
    """Say a fact's value in the person's language."""
    t, fact = turn.t, turn.library.facts[fact_name]
    if value == UNSURE:
        return t("not sure")
    if isinstance(value, bool):
        return t("yes") if value else t("no")
    if isinstance(value, int | float):
        return _with_unit(turn, fact, value)
    if fact.type is FactType.COUNTRY and str(value) in turn.library.countries:
        return t.words(turn.library.countries[str(value)].name)
    options = turn.library.question(fact_name).options if fact.type is FactType.CHOICE else ()
    label = next((option.label for option in options if option.value == value), None)
    return t.words(label) if label else t("{value}", value=str(value))


def said_change(turn: Turn, change: Change) -> Safe:
    """Say the value to which a fact would have to change."""
    if change.to.isdigit():
        return said(turn, change.fact, int(change.to))
    if turn.library.facts[change.fact].type is FactType.NUMBER:
        return Safe(change.to)
    return said(turn, change.fact, change.to)


def _with_unit(turn: Turn, fact: Fact, value: float) -> Safe:
    t = turn.t
    if value != int(value):
        return Safe(numbers.number(t.language, value))
    if fact.unit == "years":
        return t.plural("{n} year", "{n} years", int(value))
    return Safe(str(int(value)))  # the labels of months, days and hours name the unit
