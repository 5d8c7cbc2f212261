"""Words: a text in four languages, and what a reader sees where one is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator

FOLDED = str.maketrans("ңөүқғәұіёһ", "ноукгауиех")
"""Letters that a Russian keyboard lacks, as people type them there."""

TAG = re.compile(r"<(/?)([^<>]*)>")


class Language(StrEnum):
    """The languages of the assistant, by their ISO 639-1 codes."""

    KY = "ky"
    KK = "kk"
    RU = "ru"
    EN = "en"


FALLBACK: Mapping[Language, tuple[Language, ...]] = {
    Language.KY: (Language.RU, Language.EN),
    Language.KK: (Language.RU, Language.EN),
    Language.RU: (Language.EN,),
    Language.EN: (),
}


class Words(Mapping[Language, str]):
    """One text in several languages; never empty."""

    __slots__ = ("_texts",)

    def __init__(self, texts: Mapping[Language, str]) -> None:
        """Raise ValueError when there is no text at all."""
        if not texts:
            msg = "a text needs at least one language"
            raise ValueError(msg)
        self._texts = dict(texts)

    def __getitem__(self, language: Language) -> str:
        return self._texts[language]

    def __iter__(self) -> Iterator[Language]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __hash__(self) -> int:
        return hash(tuple(sorted(self._texts.items())))

    def __repr__(self) -> str:
        return f"Words({self._texts!r})"

    def in_(self, language: Language) -> str:
        """Return the text in a language, else in the one that a reader of it would choose next."""
        return self._texts[self.nearest(language)]

    def nearest(self, language: Language) -> Language:
        """Return the language of the text that a reader of a language is shown."""
        wanted = (language, *FALLBACK[language], *self._texts)
        return next(candidate for candidate in wanted if candidate in self._texts)


def missing_in(texts: Mapping[Language, str] | None) -> list[Language]:
    """Return the languages that a text lacks; none where there is no text at all."""
    return [language for language in Language if language not in texts] if texts else []


def complete_words(value: object) -> Words:
    """Read a content table `{en, ru, kk, ky}`; raise ValueError unless all four are there."""
    if isinstance(value, Words):
        return value
    if not isinstance(value, Mapping):
        msg = f"a text in four languages is expected, found {value!r}"
        raise ValueError(msg)  # noqa: TRY004 - pydantic reports ValueError with the path
    allowed = [str(language) for language in Language]
    unknown = sorted(set(value) - set(allowed))
    missing = [code for code in allowed if not str(value.get(code, "")).strip()]
    if unknown or missing:
        problem = f"unknown languages {unknown}" if unknown else f"no text in {', '.join(missing)}"
        msg = f"{problem}; allowed and needed: {', '.join(allowed)}"
        raise ValueError(msg)
    for code, text in value.items():
        _check_tags(code, str(text))
    return Words({Language(code): str(text) for code, text in value.items()})


def _check_tags(code: str, text: str) -> None:
    """Raise ValueError for markup that Telegram would refuse: only whole <b> and <i> are used."""
    open_tags: list[str] = []
    for closing, tag in TAG.findall(text):
        if tag not in {"b", "i"} or (closing and (not open_tags or open_tags.pop() != tag)):
            msg = f"tag <{closing}{tag}> in {code}; allowed: <b>…</b>, <i>…</i>"
            raise ValueError(msg)
        if not closing:
            open_tags.append(tag)
    if open_tags or "<" in TAG.sub("", text):
        msg = f"markup in {code} is not closed or not a tag; write &lt; for the sign <"
        raise ValueError(msg)


CompleteWords = Annotated[Words, BeforeValidator(complete_words)]
