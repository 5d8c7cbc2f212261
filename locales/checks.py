"""Checks: what keeps the texts from going out to readers, a line a problem."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError

from erasmus.words import Language
from locales import widths
from locales.call_sites import call_problems
from locales.catalogues import (
    ROOM,
    SOURCE,
    TRANSLATED,
    catalogue_path,
    forms_count,
    key,
    messages,
    plural_form,
    read_catalogue,
    strings,
)
from locales.extraction import TEMPLATE, gathered, sources, written
from locales.proofs import likeness_problems, text_problems, too_wide

_ENTRY_LINE = re.compile(r'(?:msg\w+(?:\[\d])? )?"(?:[^"\\]|\\.)*"\s*')


def problems(root: Path, room: Path = ROOM) -> Iterator[str]:
    """Yield what is wrong with the code's messages, the template and the catalogues."""
    template = gathered(root)
    yield from call_site_problems(root)
    yield from english_problems(template)
    yield from template_problems(template, room)
    for language in TRANSLATED:
        yield from catalogue_problems(template, language, room)


def call_site_problems(root: Path) -> Iterator[str]:
    """Yield calls whose message is not extracted whole, or whose values do not fit it."""
    for path in sources(root):
        for line, problem in call_problems(path):
            yield f"{path.relative_to(root).as_posix()}:{line}: {problem}"


def english_problems(template: Catalog) -> Iterator[str]:
    """Yield what is wrong with the English messages themselves."""
    for message in messages(template):
        for problem in _english_problems(message):
            yield f"{message.locations[0][0]}: {problem}"


def template_problems(template: Catalog, room: Path = ROOM) -> Iterator[str]:
    """Yield a line when the template is not what the code says."""
    path = room / TEMPLATE
    if not path.exists() or path.read_text("utf-8") != written(template):
        yield f"{TEMPLATE}: out of date: python -m locales extract"


def catalogue_problems(template: Catalog, language: Language, room: Path = ROOM) -> Iterator[str]:
    """Yield what is missing or wrong in the translations into a language."""
    path = catalogue_path(language, room)
    place = path.relative_to(room).as_posix()
    try:
        catalogue = read_catalogue(path, language)
    except (OSError, PoFileError) as error:
        yield f"{place}: cannot be read: {error}"
        return
    for line in _badly_quoted(path):
        yield f"{place}:{line}: quotes must open and close, and be escaped inside"
    wanted = {key(message): message for message in messages(template)}
    found = {key(message): message for message in messages(catalogue)}
    if wanted.keys() != found.keys():
        yield f"{place}: not the messages of the code: python -m locales update"
    sound = {name for name, message in wanted.items() if not any(_english_problems(message))}
    for name in [name for name in found if name in sound]:
        for problem in _message_problems(wanted[name], found[name], language):
            yield f"{place}:{found[name].lineno}: {problem}"


def wide_labels(room: Path = ROOM) -> Iterator[str]:
    """Yield the labels that some phones cut, which is no failure."""
    for language in TRANSLATED:
        for message in messages(read_catalogue(catalogue_path(language, room), language)):
            for text in strings(message.string):
                if wide := too_wide(text, message.context, widths.SAFE):
                    yield f"{language}: {wide}"


def _english_problems(message: Message) -> Iterator[str]:
    for text in strings(message.id):
        yield from text_problems(text, message.context, SOURCE)


def _badly_quoted(path: Path) -> Iterator[int]:
    """Yield the lines that Babel reads without a complaint, but not as they were meant."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if line and not line.startswith("#") and not _ENTRY_LINE.fullmatch(line):
            yield number


def _message_problems(source: Message, found: Message, language: Language) -> Iterator[str]:
    english, forms = strings(source.id), strings(found.string)
    expected = forms_count(language) if len(english) > 1 else 1
    if not any(forms):
        yield f"not translated: {english[0]!r}"
    elif len(forms) != expected or not all(forms):
        yield f"{expected} plural forms are needed: {english[0]!r}"
    elif found.fuzzy:
        yield f"marked fuzzy: {english[0]!r}"
    for number, text in enumerate(filter(None, forms)):
        may_omit_n = len(english) > 1 and number == _lone_form(language)
        likeness = likeness_problems(english, text, source.context, may_omit_n=may_omit_n)
        yield from list(text_problems(text, source.context, language)) or likeness


def _lone_form(language: Language) -> int | None:
    """Return the form that only ever counts one, and may say it without a number."""
    one, twenty_one = plural_form(language, 1), plural_form(language, 21)
    return one if one != twenty_one else None
