"""Languages as Telegram and the CLDR know them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from babel.core import Locale

from erasmus.words import Language

ENDONYMS: Mapping[Language, str] = {
    Language.KY: "Кыргызча",
    Language.KK: "Қазақша",
    Language.RU: "Русский",
    Language.EN: "English",
}
"""What each language calls itself, in the order of the switcher; never translated."""

_CLDR_NAMES: Mapping[Language, str] = {
    Language.KY: "ky",
    Language.KK: "kk",
    Language.RU: "ru",
    Language.EN: "en_GB",
}


def language_of(code: str | None) -> Language | None:
    """Return the language of an IETF tag such as `ky-KG`; None for none of ours: ask the person."""
    primary = (code or "").replace("_", "-").split("-")[0].lower()
    return next((language for language in Language if language == primary), None)


@cache
def cldr(language: Language) -> Locale:
    """Return the CLDR's data of a language, for what it writes as our readers do."""
    return Locale.parse(_CLDR_NAMES[language])
