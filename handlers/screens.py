"""A screen is a value: a text and what can be pressed under it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

from erasmus.charts import Chart
from handlers.codec import Press
from locales import widths
from locales.markup import as_plain

PER_ROW = 5
"""Digits in a row: they stay wide enough for a thumb on a 360 dp phone."""


@dataclass(frozen=True, slots=True)
class Go:
    """A button that means a press."""

    label: str
    press: Press


@dataclass(frozen=True, slots=True)
class Link:
    """A button that opens a page."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Media:
    """A photo or a document that Telegram keeps; `file_id` is its name for it."""

    kind: Literal["photo", "document"]
    file_id: str


@dataclass(frozen=True, slots=True)
class Attached:
    """A small file made at this moment: its name and its whole text."""

    name: str
    content: str


Button: TypeAlias = Go | Link
Rows: TypeAlias = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """What a person sees after a turn.

    `text` is Telegram's HTML. With `fresh` it is news and comes as a new message, otherwise it
    takes the place of the message whose button was pressed. `also` are messages of their own that
    follow it. Under `media` (a chart is drawn when it is sent) the text is a
    caption. A `silent` message makes no sound.
    """

    text: str
    rows: Rows = ()
    toast: str | None = None
    fresh: bool = False
    also: tuple[Screen, ...] = ()
    media: Media | Attached | Chart | None = None
    silent: bool = False

    def saying(self, toast: str) -> Screen:
        """Return the screen with a toast."""
        return replace(self, toast=toast)

    def body(self, edit: int | None = None, callback: str | None = None) -> dict[str, Any]:
        """Return the body of the delivery that shows the screen."""
        return {
            "text": self.text,
            "keyboard": [[_button(button) for button in row] for row in self.rows],
            "edit": None if self.fresh else edit,
            "callback": callback,
            "toast": self.toast,
            **({"silent": True} if self.silent else {}),
            **_media(self.media),
        }


def _media(media: Media | Attached | Chart | None) -> dict[str, dict[str, Any]]:
    if isinstance(media, Chart):
        return {"chart": media.packed()}
    if isinstance(media, Media):
        return {"media": {"kind": media.kind, "file_id": media.file_id}}
    return {"file": {"name": media.name, "content": media.content}} if media else {}


def _button(button: Button) -> dict[str, str]:
    label = as_plain(button.label)  # a name is kept as HTML
    if isinstance(button, Go):
        return {"text": label, "callback_data": button.press.pack()}
    return {"text": label, "url": button.url}


def one_each(buttons: Iterable[Button]) -> Rows:
    """Put every button on a row of its own."""
    return tuple((button,) for button in buttons)


def in_columns(buttons: Sequence[Button], labels: Iterable[str]) -> Rows:
    """Put as many buttons in a row as the longest of the labels, in any language, allows."""
    longest = max(map(widths.signs, labels), default=0)
    columns = max(number for number, most in widths.SAFE.items() if longest <= most or number == 1)
    return per_row(buttons, columns)


def digits(presses: Sequence[Press], first: int = 1) -> Rows:
    """Number presses whose names stand in the text."""
    return per_row([Go(str(n), press) for n, press in enumerate(presses, start=first)], PER_ROW)


def per_row(buttons: Sequence[Button], size: int) -> Rows:
    """Put so many buttons in every row."""
    return tuple(tuple(buttons[i : i + size]) for i in range(0, len(buttons), size))


def paragraphs(*parts: str | None) -> str:
    """Join the parts that are there, with an empty line between."""
    return "\n\n".join(part for part in parts if part)


def lines(*parts: str | None) -> str:
    """Join the parts that are there, each on its own line."""
    return "\n".join(part for part in parts if part)
