"""The questionnaire as a Mermaid graph, drawn from the code that runs it.

Every action is a node; an arrow leads from a question to each rule that its answer can decide, in
the order in which questions are asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from erasmus.conditions import told_facts
from erasmus.library import Library
from erasmus.words import Language, Words


def mermaid(library: Library, language: Language) -> str:
    """Return the graph as Mermaid text with labels in a language."""
    return "\n".join(["flowchart LR", *_questions(library, language), *_actions(library, language)])


def _questions(library: Library, language: Language) -> Iterator[str]:
    chain = [question.fact for question in library.questions]
    for number, question in enumerate(library.questions, start=1):
        label = _label(question.label, language)
        yield f'  q_{question.fact}(["{number}. {label}"])'
    for first, second in pairwise(chain):
        yield f"  q_{first} -.-> q_{second}"


def _actions(library: Library, language: Language) -> Iterator[str]:
    asked = {question.fact for question in library.questions}
    drawn: set[str] = set()
    for action in library.assessed:
        yield f'  a_{action.id}[["{_label(action.label, language)}"]]'
        if action.interest is not None:
            yield from (
                f"  q_{fact} ==> a_{action.id}"
                for fact in sorted(told_facts(action.interest) & asked)
            )
        for rule in library.rules_of(action):
            node = "r_" + rule.id.replace("-", "_")
            yield f"  {node} --> a_{action.id}"
            if rule.id in drawn:
                continue
            drawn.add(rule.id)
            yield f'  {node}{{"{rule.id}"}}'
            for fact in sorted(rule.told & asked):
                yield f"  q_{fact} --> {node}"


def _label(words: Words, language: Language) -> str:
    return words.in_(language).replace('"', "'")
