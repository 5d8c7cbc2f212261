"""Proofs: what is wrong with one text of a message, in its language and beside its English."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from string import Formatter

from erasmus.words import Language
from locales import widths
from locales.languages import ENDONYMS
from locales.markup import without_tags
from locales.texts import PLAIN

_TELEGRAM_TAGS = frozenset(
    {"a", "b", "blockquote", "code", "del", "em", "i", "ins", "pre", "s", "span", "strike"}
    | {"strong", "tg-emoji", "tg-spoiler", "tg-time", "u"}
)
_RUSSIAN = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyz")
_ALPHABETS: Mapping[Language, frozenset[str]] = {
    Language.KY: _RUSSIAN | frozenset("ңөү") | _LATIN,
    Language.KK: _RUSSIAN | frozenset("әғқңөұүһі") | _LATIN,
    Language.RU: _RUSSIAN | _LATIN,
    Language.EN: _LATIN,
}

_MARKUP = re.compile(r"<(?P<end>/?)(?P<tag>[a-zA-Z][\w-]*)[^<>]*>|&(?:lt|gt|amp|quot|#\w+);|[<>&]")
_NO_WORDS = re.compile(r"\{[^{}]*\}|&#?\w+;|https?://\S+|[@/]\w+")
_PLACEHOLDER = re.compile(r"\{\w+\}")
_WORD = re.compile(r"[^\W\d_]+")


def text_problems(text: str, context: str | None, language: Language) -> Iterator[str]:
    """Yield what is wrong with a text by itself."""
    try:
        placeholders(text)
        if context not in PLAIN:
            tags(text)
        elif without_tags(text) != text:
            yield f"no tags here, this is plain text: {text!r}"
    except ValueError as error:
        yield f"{error}: {text!r}"
    yield from foreign_letters(text, language)
    if problem := too_wide(text, context, widths.MOST):
        yield problem


def likeness_problems(
    english: Sequence[str], text: str, context: str | None, *, may_omit_n: bool
) -> Iterator[str]:
    """Yield what a translation, itself sound, lost or added; English is one form or two.

    Raises ValueError for English that is not sound.
    """
    wanted = frozenset[str]().union(*map(placeholders, english))
    found = placeholders(text)
    if lacking := wanted - found - ({"n"} if may_omit_n else set()):
        yield f"lacks {_braced(lacking)}: {text!r}"
    if added := found - wanted:
        yield f"adds {_braced(added)}: {text!r}"
    if context not in PLAIN and tags(text) not in [tags(form) for form in english]:
        yield f"other tags than the English: {text!r}"


def placeholders(text: str) -> frozenset[str]:
    """Return the names in braces. Raises ValueError for broken braces or more than a name."""
    names = set()
    for _, name, format_, conversion in Formatter().parse(text):
        if name is not None:
            if not name.isidentifier() or format_ or conversion:
                raise ValueError(f"{{{name}}} must be a plain name")
            names.add(name)
    return frozenset(names)


def tags(text: str) -> Counter[str]:
    """Count the tags. Raises ValueError for what Telegram would refuse."""
    seen, stack = Counter[str](), list[str]()
    for match in _MARKUP.finditer(text):
        tag = match["tag"]
        if len(match.group()) == 1 or (tag and tag not in _TELEGRAM_TAGS):
            raise ValueError(f"Telegram refuses {match.group()}")
        if tag and match["end"]:
            _close(stack, tag)
        elif tag:
            stack.append(tag)
            seen[tag] += 1
    if stack:
        raise ValueError(f"<{stack[-1]}> is not closed")
    return seen


def _close(stack: list[str], tag: str) -> None:
    if not stack or stack.pop() != tag:
        raise ValueError(f"</{tag}> closes nothing")


def foreign_letters(text: str, language: Language) -> Iterator[str]:
    """Yield each word with letters of another alphabet, or of two alphabets."""
    for word in _WORD.findall(_NO_WORDS.sub(" ", without_tags(text))):
        letters = set(word.lower())
        if word in ENDONYMS.values():
            continue
        if strange := letters - _ALPHABETS[language]:
            yield f"{''.join(sorted(strange))} is no letter of {language}: {word!r}"
        elif letters & _LATIN and letters - _LATIN:
            yield f"Latin {''.join(sorted(letters & _LATIN))} in a Cyrillic word: {word!r}"


def too_wide(text: str, context: str | None, limits: Mapping[int, int]) -> str | None:
    """Say how much too wide a label is for its row; None for what fits or is no label.

    A placeholder counts as a number of three digits.
    """
    columns = widths.COLUMNS.get(context or "", 0)
    width = widths.signs(_PLACEHOLDER.sub("000", text))
    if not columns or width <= limits[columns]:
        return None
    return f"{width} signs, {limits[columns]} fit with {columns} in a row: {text!r}"


def _braced(names: frozenset[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))
