"""What a student may let an office know: lines said in their words, and in the office's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from erasmus.enquiries import Line
from handlers.answers import said
from handlers.screens import lines
from handlers.turn import Turn
from locales import ENDONYMS, Texts

FACTS = {Line.ROLE: "role", Line.LEVEL: "enrolled_level", Line.COUNTRY: "home_country"}


def shared_lines(turn: Turn) -> dict[str, str]:
    """Return the lines that can be shared, by name, as the person reads them."""
    return {str(line): text for line in Line if (text := _line(turn, turn.t, line))}


def card_of(turn: Turn, t: Texts, chosen: Iterable[str]) -> str:
    """Return the chosen lines in another language: the office's."""
    reader = replace(turn, person=replace(turn.person, language=t.language))
    said_lines = [_line(reader, t, Line(line), of=turn) for line in chosen if line in list(Line)]
    return lines(*said_lines)


def _line(turn: Turn, t: Texts, line: Line, of: Turn | None = None) -> str | None:
    """Say one line in the words of `t`; `of` is the person's own turn."""
    person = (of or turn).person
    if line is Line.NAME:
        return t("Name: {name}", name=turn.first_name) if turn.first_name else None
    if line is Line.LANGUAGE:
        return t("Language: {language}", language=ENDONYMS[person.language])
    if line is Line.UNIVERSITY:
        known = turn.library.universities.get(person.university or "")
        return t("University: {university}", university=t.words(known.name)) if known else None
    value = person.facts.get(FACTS[line])
    if value is None:
        return None
    label = t.words(turn.library.question(FACTS[line]).label)
    return t("{label}: {value}", label=label, value=said(turn, FACTS[line], value))
