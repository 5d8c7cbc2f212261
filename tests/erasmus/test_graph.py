"""The questionnaire as a graph: drawn from what runs it, so nothing can be missing."""

import re
from itertools import pairwise

import pytest

from erasmus.graph import mermaid
from erasmus.library import Library
from erasmus.words import Language

NODE = r"[qra]_[a-z0-9_]+"
DRAWN = re.compile(rf"^  ({NODE})(?:\(\[\".*\"\]\)|\[\[\".*\"\]\]|\{{\".*\"\}})$")
ARROW = re.compile(rf"^  ({NODE}) (?:-->|==>|-\.->) ({NODE})$")


@pytest.fixture(scope="module", params=Language)
def lines(request: pytest.FixtureRequest, library: Library) -> list[str]:
    """The graph in each language, line by line."""
    return mermaid(library, request.param).splitlines()


def nodes(lines: list[str]) -> list[str]:
    return [found.group(1) for line in lines if (found := DRAWN.match(line))]


def arrows(lines: list[str]) -> list[tuple[str, str]]:
    return [(found.group(1), found.group(2)) for line in lines if (found := ARROW.match(line))]


def test_every_line_is_a_node_or_an_arrow(lines: list[str]) -> None:
    assert "flowchart LR" == lines[0]
    assert [] == [line for line in lines[1:] if not DRAWN.match(line) and not ARROW.match(line)]


def test_every_question_rule_and_action_is_drawn_once(library: Library, lines: list[str]) -> None:
    drawn = nodes(lines)
    expected = {
        *(f"q_{question.fact}" for question in library.questions),
        *(f"a_{action.id}" for action in library.assessed),
        *("r_" + rule.replace("-", "_") for a in library.assessed for rule in a.rules),
    }

    assert expected == set(drawn)
    assert len(set(drawn)) == len(drawn)


def test_every_arrow_joins_what_is_drawn(lines: list[str]) -> None:
    drawn = set(nodes(lines))

    assert {end for arrow in arrows(lines) for end in arrow} <= drawn


def test_every_rule_leads_to_its_action_and_has_a_question(
    library: Library, lines: list[str]
) -> None:
    drawn = arrows(lines)
    for action in library.assessed:
        for rule in action.rules:
            node = "r_" + rule.replace("-", "_")
            assert (node, f"a_{action.id}") in drawn
            assert [start for start, end in drawn if end == node and start.startswith("q_")], rule


def test_questions_are_drawn_in_the_order_in_which_they_are_asked(
    library: Library, lines: list[str]
) -> None:
    asked = [f"q_{question.fact}" for question in library.questions]
    chain = [arrow for arrow in arrows(lines) if arrow[0][0] == arrow[1][0] == "q"]

    assert list(pairwise(asked)) == chain


def test_the_role_leads_on_though_no_rule_speaks_of_it(lines: list[str]) -> None:
    assert ("q_role", "q_kind") in arrows(lines)


def test_a_wish_leads_to_its_actions(library: Library, lines: list[str]) -> None:
    wished = {f"a_{action.id}" for action in library.assessed if action.interest is not None}

    assert wished == {end for start, end in arrows(lines) if start == "q_kind" and end[0] == "a"}


def test_the_graph_is_drawn_alike_every_time(lines: list[str]) -> None:
    """Arrows to a node come by name, so that a change of content is a small change here."""
    by_node: dict[str, list[str]] = {}
    for start, end in arrows(lines):
        if start.startswith("q_") and not end.startswith("q_"):
            by_node.setdefault(end, []).append(start)

    assert [node for node, starts in by_node.items() if starts != sorted(starts)] == []
