"""Catalogues: the translations, read from the .po files themselves; there is nothing to compile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po

from erasmus.words import FALLBACK, Language
from locales.languages import cldr

ROOM = Path(__file__).parent
SOURCE = Language.EN
TRANSLATED = tuple(language for language in Language if language is not SOURCE)

# Which msgstr a count takes, by the CLDR's name for it. Fractions are "other" in Russian and take
# the genitive singular («1,5 месяца»), as "few" does.
_FORMS: Mapping[Language, Mapping[str, int]] = {
    Language.KY: {"one": 0, "other": 1},
    Language.KK: {"one": 0, "other": 1},
    Language.RU: {"one": 0, "few": 1, "many": 2, "other": 1},
    Language.EN: {"one": 0, "other": 1},
}

Key = tuple[str | None, str]


class Translation(NamedTuple):
    """A message in the language that answers for it, in all its plural forms."""

    language: Language
    forms: tuple[str, ...]


def plural_form(language: Language, n: float) -> int:
    """Return the number of the plural form that a count takes."""
    return _FORMS[language][cldr(language).plural_form(n)]


def forms_count(language: Language) -> int:
    """Return how many forms a message with a count has."""
    return len(set(_FORMS[language].values()))


def catalogue_path(language: Language, room: Path = ROOM) -> Path:
    """Return where the translations into a language are."""
    return room / language / "LC_MESSAGES" / "messages.po"


def read_catalogue(path: Path, language: Language | None = None) -> Catalog:
    """Read a .po or .pot file. Raises PoFileError with the line for one that is damaged."""
    with path.open("rb") as file:
        try:
            return read_po(file, locale=language, abort_invalid=True)
        except PoFileError as error:
            error.add_note(str(path))
            raise


def translations(language: Language, room: Path = ROOM) -> Mapping[Key, Translation]:
    """Return what can be said to a reader of a language, the nearest language first.

    A message that nobody has translated is not there: its English is the message itself.
    """
    found: dict[Key, Translation] = {}
    for near in reversed((language, *FALLBACK[language])):
        if near is not SOURCE:
            for message in messages(read_catalogue(catalogue_path(near, room), near)):
                if is_translated(message):
                    found[key(message)] = Translation(near, strings(message.string))
    return found


def messages(catalogue: Catalog) -> list[Message]:
    """Return the messages of a catalogue without its header."""
    return [message for message in catalogue if message.id]


def key(message: Message) -> Key:
    """Return what a message is looked up by."""
    return message.context, strings(message.id)[0]


def strings(value: str | Sequence[str] | None) -> tuple[str, ...]:
    """Return the one text or all the plural forms as a tuple."""
    return (value,) if isinstance(value, str) else tuple(value or ())


def is_translated(message: Message) -> bool:
    """Say whether a message can be shown: every form filled, none of them a guess."""
    forms = strings(message.string)
    return bool(forms) and all(forms) and not message.fuzzy
