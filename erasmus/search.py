"""Search that forgives spelling: people type Kyrgyz and Kazakh on a Russian keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein

from erasmus.calls import Call
from erasmus.library import Library
from erasmus.universities import University
from erasmus.words import FOLDED

GOOD_ENOUGH = 80
LONG_NAME = 5
LETTERS = re.compile(r"[^\w+ ]+")
MIXED = re.compile(r"\b(?=\w*[а-я])(?=\w*[a-z])\w+")
LATIN_ALIKE = str.maketrans("aceopxykmt", "асеорхукмт")
"""Latin letters that look like Cyrillic ones; they slip into a Cyrillic word unseen."""

ENDING = r"(?:[дт][аео]н?|н[аео]н?|[ндт][ыиу]н|[гк][аео])"
"""Of case, in Kyrgyz and Kazakh, folded: «Казакстанда», «Германиядан»."""

BEFORE = re.compile(r"^(?:в|во|из|на|in|from|the)\s+")


class Kind(StrEnum):
    """What a search can find."""

    ACTION = "action"
    FIELD = "field"
    CALL = "call"


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found; `score` runs from 0 to 100."""

    kind: Kind
    id: str
    score: float


def fold(text: str) -> str:
    """Return a text in small letters, with the letters of four languages folded together."""
    letters = LETTERS.sub(" ", text.lower().translate(FOLDED))
    return " ".join(MIXED.sub(_in_cyrillic, letters).split())


def _in_cyrillic(word: re.Match[str]) -> str:
    return word.group().translate(LATIN_ALIKE)


def alike(query: str, text: str) -> float:
    """Compare folded texts, 0 to 100: as a whole, and word by word, slips and all."""
    whole = fuzz.token_set_ratio(query, text)
    each = [max(fuzz.ratio(word, other) for other in text.split()) for word in query.split()]
    return max(whole, sum(each) / len(each))


class Index:
    """Everything that can be searched: actions and fields of the library, calls of the ledger."""

    def __init__(self, library: Library, calls: Iterable[Call]) -> None:
        """Fold all texts once."""
        self._texts: list[str] = []
        self._found: list[tuple[Kind, str]] = []
        for action in library.actions.values():
            texts = [*action.label.values(), *action.name.values(), *action.keywords]
            self._add(Kind.ACTION, action.id, texts)
        for field in library.fields.values():
            self._add(Kind.FIELD, field.id, [*field.label.values(), *field.keywords])
        for call in calls:
            self._add(Kind.CALL, call.id, call.title.values())

    def _add(self, kind: Kind, name: str, texts: Iterable[str]) -> None:
        for text in texts:
            self._texts.append(fold(text))
            self._found.append((kind, name))

    def find(self, query: str, limit: int = 5) -> list[Hit]:
        """Return the best hits, best first, each thing once."""
        folded = fold(query)
        if not folded:
            return []
        best: dict[tuple[Kind, str], float] = {}
        for found, text in zip(self._found, self._texts, strict=True):
            score = alike(folded, text)
            if score >= GOOD_ENOUGH:
                best[found] = max(score, best.get(found, 0))
        ranked = sorted(best.items(), key=lambda item: -item[1])
        return [Hit(kind, name, score) for (kind, name), score in ranked[:limit]]


def likely_fields(text: str, library: Library) -> list[str]:
    """Return the ids of the fields of study that a text may name, the likeliest first."""
    hits = Index(library, ()).find(text)
    return [hit.id for hit in hits if hit.kind is Kind.FIELD]


def find_country(library: Library, query: str) -> str | None:
    """Return the code of the country that a person typed in any of the languages.

    One slip is forgiven in a longer name, more are not: Австралия is not Австрия. A code counts in
    capitals: "no" is not Norway.
    """
    code, names = query.strip(), _country_names(library)
    parts = {_one_country(names, BEFORE.sub("", fold(part))) for part in query.split(",")}
    found = parts - {None}
    if not found and code in library.iso:
        return code
    return found.pop() if len(found) == 1 else None


def _one_country(names: Mapping[str, str], typed: str) -> str | None:
    if typed in names:
        return names[typed]
    if len(typed) < LONG_NAME:
        return None
    near = [name for name in names if _near(typed, name)]
    codes = {names[name] for name in near}
    return codes.pop() if len(codes) == 1 else None


def _near(typed: str, name: str) -> bool:
    """Tell whether a name is typed with one slip, or with an ending of case."""
    if len(name) < LONG_NAME:
        return False
    inflected = re.fullmatch(re.escape(name) + ENDING, typed) is not None
    return inflected or DamerauLevenshtein.distance(typed, name) == 1


def _country_names(library: Library) -> dict[str, str]:
    return {
        fold(name): country.code
        for country in library.countries.values()
        for name in (*country.name.values(), *country.also)
    }


def find_universities(known: Iterable[University], query: str, limit: int = 8) -> list[University]:
    """Return the universities that a person may mean, best first."""
    typed = fold(query)
    if not typed:
        return []
    scored = [(max(alike(typed, name) for name in _names_of(one)), one) for one in known]
    good = sorted((pair for pair in scored if pair[0] >= GOOD_ENOUGH), key=lambda pair: -pair[0])
    return [one for _, one in good[:limit]]


def _names_of(university: University) -> list[str]:
    city = university.city.values()
    names = (*university.name.values(), *university.also, *city, university.id)
    return [fold(name) for name in names]
