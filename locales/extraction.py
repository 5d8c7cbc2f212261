"""Extraction: from the messages in the code to the template, and from there to the catalogues."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.plurals import get_plural
from babel.messages.pofile import generate_po

from erasmus.words import Language
from locales.catalogues import (
    ROOM,
    TRANSLATED,
    catalogue_path,
    is_translated,
    key,
    messages,
    read_catalogue,
    strings,
)

ROOMS = ("bot", "handlers", "locales")
TEMPLATE = "messages.pot"

_KEYWORDS = {"t": None, "N_": None, "plural": (1, 2), "label": ((1, "c"), 2)}
_HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural}\\n"

"""


def sources(root: Path) -> Iterator[Path]:
    """Yield the modules of the rooms that speak, in an order that does not change."""
    for room in ROOMS:
        yield from sorted((root / room).rglob("*.py"))


def gathered(root: Path) -> Catalog:
    """Collect the messages of the code: room by room, file by file, from top to bottom."""
    template = Catalog(charset="utf-8")
    for path in sources(root):
        place = path.relative_to(root).as_posix()
        for line, message, comments, context in extract_from_file(
            "python", path, _KEYWORDS, ("NOTE:",), strip_comment_tags=True
        ):
            template.add(
                message,
                locations=[(place, line)],
                auto_comments=[" ".join(comments)] if comments else (),
                context=context,
            )
    return template


def written(catalogue: Catalog, language: Language | None = None) -> str:
    """Return the text of a .po file that only changes when a message does: no dates, no lines."""
    plural = get_plural(language or "en")
    header = _HEADER.format(language=language or "", plural=plural)
    body = generate_po(
        catalogue, ignore_obsolete=True, include_lineno=False, omit_header=True, width=0
    )
    return (header + "".join(body)).rstrip() + "\n"


def merged(template: Catalog, old: Catalog, language: Language) -> Catalog:
    """Return the template with the translations that are there; never one of a similar message."""
    catalogue = Catalog(locale=language)
    known = {key(message): message for message in messages(old)}
    for message in messages(template):
        before = known.get(key(message))
        same = before and len(strings(before.id)) == len(strings(message.id))
        catalogue.add(
            message.id,
            before.string if before and same and is_translated(before) else None,
            locations=message.locations,
            auto_comments=message.auto_comments,
            user_comments=before.user_comments if before else (),
            context=message.context,
        )
    return catalogue


def extract(root: Path, room: Path = ROOM) -> int:
    """Write the template; return the number of its messages."""
    template = gathered(root)
    (room / TEMPLATE).write_text(written(template), encoding="utf-8")
    return len(messages(template))


def update(room: Path = ROOM) -> dict[Language, int]:
    """Bring the catalogues up to the template; return what each has left to translate."""
    template = read_catalogue(room / TEMPLATE)
    left = {}
    for language in TRANSLATED:
        path = catalogue_path(language, room)
        path.parent.mkdir(parents=True, exist_ok=True)
        old = read_catalogue(path, language) if path.exists() else Catalog(locale=language)
        catalogue = merged(template, old, language)
        path.write_text(written(catalogue, language), encoding="utf-8")
        left[language] = sum(not is_translated(message) for message in messages(catalogue))
    return left
