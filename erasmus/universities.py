"""Universities that people belong to: a first directory, which offices add to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import AfterValidator

from erasmus.sources import Entry
from erasmus.told import Incomplete, lines_of
from erasmus.words import CompleteWords, Language, Words

SHORT_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,15}")
"""What stands on buttons: at most 16 signs."""

EXAMPLE: Final = """\
id: auca
en: American University of Central Asia, Bishkek
ru: Американский университет в Центральной Азии, Бишкек
kk: Орталық Азиядағы Америка университеті, Бішкек
ky: Борбордук Азиядагы Америка университети, Бишкек
site: auca.kg"""


@dataclass(frozen=True, slots=True)
class University:
    """A university; `also` are abbreviations and other names that people type."""

    id: str
    country: str
    name: Words
    city: Words
    site: str | None = None
    also: tuple[str, ...] = ()


def _short(value: str) -> str:
    if SHORT_ID.fullmatch(value) is None:
        msg = f"{value!r} is no id: up to 16 of a-z, 0-9 and -"
        raise ValueError(msg)
    return value


class ListedUniversity(Entry):
    """A university of the first directory, as the content tells it."""

    id: Annotated[str, AfterValidator(_short)]
    country: str
    name: CompleteWords
    city: CompleteWords
    site: str | None = None
    also: tuple[str, ...] = ()

    def university(self) -> University:
        """Return it as the ledger keeps it."""
        return University(self.id, self.country, self.name, self.city, self.site, self.also)


def read_university(text: str, country: str) -> University:
    """Return the university of a text like EXAMPLE; raise Incomplete for one that lacks lines."""
    told = lines_of(text)
    missing = [] if SHORT_ID.fullmatch(told.get("id", "")) else ["id"]
    pairs = {language: _name_and_city(told.get(language, "")) for language in Language}
    missing += [language.value for language, pair in pairs.items() if pair is None]
    if missing:
        raise Incomplete(missing)
    found = {language: pair for language, pair in pairs.items() if pair is not None}
    return University(
        told["id"],
        country,
        Words({language: name for language, (name, _) in found.items()}),
        Words({language: city for language, (_, city) in found.items()}),
        told.get("site"),
    )


def _name_and_city(told: str) -> tuple[str, str] | None:
    name, _, city = told.rpartition(",")
    return (name.strip(), city.strip()) if name.strip() and city.strip() else None
