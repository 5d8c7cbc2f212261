"""Call sites: what only the code can get wrong about a message, before a reader meets it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path

from locales.proofs import placeholders

_MESSAGES_AT = {"t": slice(0, 1), "N_": slice(0, 1), "label": slice(0, 2), "plural": slice(0, 2)}


def call_problems(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and problem: messages that are no literals, values that are no placeholders."""
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"), path.name)))
    hidden = {
        inner for node in nodes if isinstance(node, ast.JoinedStr) for inner in ast.walk(node)
    }
    for node in nodes:
        if isinstance(node, ast.Call) and (name := _keyword(node.func)):
            for problem in _problems(name, node):
                yield node.lineno, problem
            # Until Python 3.12 an f-string is one token, and what is called inside is not seen.
            if node in hidden and any(map(_literal, node.args[_MESSAGES_AT[name]])):
                yield node.lineno, f"{name}() inside an f-string would not be extracted"


def _keyword(function: ast.expr) -> str | None:
    name = getattr(function, "id", getattr(function, "attr", None))
    return name if name in _MESSAGES_AT else None


def _problems(name: str, call: ast.Call) -> Iterator[str]:
    arguments = call.args[_MESSAGES_AT[name]]
    literals = [text for text in map(_literal, arguments) if text is not None]
    if any(_is_glued(argument) for argument in arguments):
        yield f"{name}() needs a whole sentence as one literal"
    elif literals and len(literals) != len(arguments):
        yield f"{name}() needs literals, this message would not be extracted"
    elif literals and name != "N_":
        yield from _value_problems(name, literals, call.keywords)


def _literal(argument: ast.expr) -> str | None:
    is_text = isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    return str(argument.value) if is_text and isinstance(argument, ast.Constant) else None


def _is_glued(argument: ast.AST) -> bool:
    """Say whether a text is a part of something else, whose other half the template would miss."""
    parts = [] if isinstance(argument, ast.Call) else list(ast.iter_child_nodes(argument))
    return any(
        (isinstance(part, ast.Constant) and isinstance(part.value, str)) or _is_glued(part)
        for part in parts
    )


def _value_problems(name: str, literals: Sequence[str], given: list[ast.keyword]) -> Iterator[str]:
    if any(keyword.arg is None for keyword in given):
        return
    try:
        wanted = frozenset[str]().union(*map(placeholders, literals))
    except ValueError as error:
        yield str(error)
        return
    values = {str(keyword.arg) for keyword in given} | ({"n"} if name == "plural" else set())
    if lacking := wanted - values:
        yield f"no value for {{{'}, {'.join(sorted(lacking))}}} in {literals[-1]!r}"
    if unused := values - wanted - {"n"}:
        yield f"{', '.join(sorted(unused))} not used in {literals[-1]!r}"
