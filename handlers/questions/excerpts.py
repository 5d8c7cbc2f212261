"""How a message of a question is named in one line, by its first words or by what it is."""

from __future__ import annotations

from erasmus.announcement_contents import Content, ContentKind
from erasmus.announcement_texts import visible
from locales import Texts


def excerpt(content: Content, most: int = 60) -> str:
    """Return the first words of a message, as they read; empty where it has none."""
    words = " ".join(visible(content.html).split())
    return words if len(words) <= most else f"{words[: most - 1]}…"


def wordless(t: Texts, content: Content) -> str:
    """Name a message that has no words."""
    return t("a photo") if content.kind is ContentKind.PHOTO else t("a file")
