"""What an announcement says in each language, and the buttons under it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from erasmus.words import FALLBACK, Language

MOST_BUTTONS: Final = 3


class ContentKind(StrEnum):
    """What a message is made of."""

    TEXT = "text"
    PHOTO = "photo"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Content:
    """What an announcement says in one language: Telegram's HTML, under a photo or document.

    `file_id` is Telegram's name for the photo or document, which is kept nowhere else.
    """

    kind: ContentKind
    html: str
    file_id: str | None = None

    def packed(self) -> dict[str, Any]:
        """Return values that JSON knows."""
        return {"kind": self.kind.value, "html": self.html, "file_id": self.file_id}

    @classmethod
    def unpacked(cls, read: Mapping[str, Any]) -> Content:
        """Undo `packed`."""
        return cls(ContentKind(read["kind"]), str(read["html"]), read["file_id"])


_LAST_RESORT = (Language.RU, Language.KY, Language.KK, Language.EN)
"""For readers of English there is no fallback by rule: rather the one that most understand."""


def in_language(
    texts: Mapping[Language, Content], language: Language
) -> tuple[Language, Content] | None:
    """Return what a reader gets, and in which language it is; None when there is nothing."""
    for candidate in (language, *FALLBACK[language], *_LAST_RESORT):
        if candidate in texts:
            return candidate, texts[candidate]
    return None


def readers_of_change(
    was: Mapping[Language, Content], texts: Mapping[Language, Content]
) -> frozenset[Language]:
    """Return the languages whose readers see something else since texts took the place of others.

    Not only those that were written anew: who has no translation reads one of them, too.
    """
    return frozenset(
        language
        for language in Language
        if in_language(was, language) != in_language(texts, language)
    )


class ButtonKind(StrEnum):
    """What a button under an announcement does."""

    FOLLOW = "follow"  # a call, by its id
    LINK = "link"  # a page
    CHECK = "check"  # "am I eligible?", by the id of an action


@dataclass(frozen=True, slots=True)
class NewsButton:
    """A button under an announcement; `label` is the staff's own, for links."""

    kind: ButtonKind
    target: str
    label: str = ""

    def packed(self) -> dict[str, str]:
        """Return values that JSON knows."""
        return {"kind": self.kind.value, "target": self.target, "label": self.label}

    @classmethod
    def unpacked(cls, read: Mapping[str, str]) -> NewsButton:
        """Undo `packed`."""
        return cls(ButtonKind(read["kind"]), read["target"], read["label"])
