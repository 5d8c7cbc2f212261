"""Countries, and the groups in which the rules speak of them; fields of study."""

from __future__ import annotations

from erasmus.sources import Entry
from erasmus.words import CompleteWords


class Country(Entry):
    """A country that the assistant can name; `also` are other names that people type."""

    code: str
    group: str
    name: CompleteWords
    also: tuple[str, ...] = ()


class StudyField(Entry):
    """A field of study by which calls can be filtered.

    `keywords` are words, in any of the languages, that people type when they mean the field.
    """

    id: str
    short: str
    label: CompleteWords
    keywords: tuple[str, ...] = ()
