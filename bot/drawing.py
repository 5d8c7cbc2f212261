"""Drawing charts as pictures that a phone shows well, with letters of all four languages.

Pillow is loaded with the first picture: a process that draws none does not carry it. The fonts are
part of DejaVu, which has the Kyrgyz and Kazakh letters; their licence lies beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from erasmus.charts import Bar, Chart, Section, Table

if TYPE_CHECKING:
    from PIL import ImageDraw, ImageFont

FONTS: Final = Path(__file__).with_name("fonts")

WIDTH: Final = 1080
MARGIN: Final = 56
ROOM: Final = WIDTH - 2 * MARGIN
TITLE, ABOUT, SECTION, LABEL, SMALL = 50, 34, 40, 36, 32
"""Sizes of letters; on a phone 360 dp wide a third of them is left."""

BAR: Final = 30
GAP: Final = 32
NUMBER: Final = 112
"""What a number beside its bar takes."""
SHORTEST: Final = 6.0
PAPER, INK, PALE, BLUE, TRACK = "#ffffff", "#17212b", "#66727d", "#2f6ea5", "#e8edf2"


def draw(chart: Chart) -> bytes:
    """Return the picture as a PNG."""
    from PIL import Image  # noqa: PLC0415

    height = _paint(chart, None)
    image = Image.new("RGB", (WIDTH, height), PAPER)
    _paint(chart, _pen(image))
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _pen(image: Any) -> ImageDraw.ImageDraw:  # noqa: ANN401 - Pillow is not loaded yet
    from PIL import ImageDraw  # noqa: PLC0415

    return ImageDraw.Draw(image)


@cache
def _font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    from PIL import ImageFont  # noqa: PLC0415

    return ImageFont.truetype(FONTS / f"DejaVuSans{'-Bold' if bold else ''}.ttf", size)


def _paint(chart: Chart, pen: ImageDraw.ImageDraw | None) -> int:
    """Paint from top to bottom and return where it ends; without a pen only measure."""
    y = MARGIN
    y = _text(pen, y, chart.title, _font(TITLE, bold=True), INK)
    y = _text(pen, y + 8, chart.about, _font(ABOUT), PALE)
    y = _totals(pen, y + 24, chart.totals) if chart.totals else y
    for table in chart.tables:
        y = _table(pen, y + 36, table)
    for section in chart.sections:
        y = _section(pen, y + 48, section)
    return y + MARGIN


def _totals(pen: ImageDraw.ImageDraw | None, y: int, totals: Sequence[tuple[str, str]]) -> int:
    """Paint names with their numbers, two on a line."""
    width = (ROOM - GAP) // 2
    for n in range(0, len(totals), 2):
        places = zip((MARGIN, MARGIN + width + GAP), totals[n : n + 2], strict=False)
        y = max(_total(pen, (x, y + 10), width, total) for x, total in places)
    return y


def _total(
    pen: ImageDraw.ImageDraw | None, at: tuple[int, int], width: int, total: tuple[str, str]
) -> int:
    """Paint a name with its number at the right end of its column."""
    strong, (x, y), (label, shown) = _font(SMALL, bold=True), at, total
    long = int(strong.getlength(shown))
    if pen is not None:
        pen.text((x + width - long, y), shown, font=strong, fill=INK)
    return _text(pen, y, label, _font(SMALL), INK, x=x, room=width - long - 16)


def _table(pen: ImageDraw.ImageDraw | None, y: int, table: Table) -> int:
    """Paint a line for each row: its name, then its bars side by side."""
    font = _font(SMALL)
    y = _text(pen, y, table.title, _font(SECTION, bold=True), INK)
    names = int(max((font.getlength(row.label) for row in table.rows), default=0)) + GAP
    columns = max((len(row.bars) for row in table.rows), default=1)
    width = (ROOM - names - GAP * (columns - 1)) // columns
    places = [MARGIN + names + n * (width + GAP) for n in range(columns)]
    if table.heads:
        heads = zip(places, table.heads, strict=True)
        y = max(_text(pen, y + 6, head, font, PALE, x=x, room=width) for x, head in heads)
    for row in table.rows:
        below = _text(pen, y + 10, row.label, font, INK)
        for n, (x, bar) in enumerate(zip(places, row.bars, strict=True)):
            most = max(one.bars[n].value for one in table.rows) or 1
            _cell(pen, (x, y + 10), width, bar, most)
        y = below
    return y


def _cell(
    pen: ImageDraw.ImageDraw | None, at: tuple[int, int], width: int, bar: Bar, most: float
) -> None:
    """Paint a bar, and its number at the right end of the column."""
    if pen is None:
        return
    strong, (x, y) = _font(SMALL, bold=True), at
    pen.text((x + width - strong.getlength(bar.shown), y), bar.shown, font=strong, fill=INK)
    room = width - NUMBER
    pen.rounded_rectangle((x, y + 6, x + room, y + 6 + BAR), 8, fill=TRACK)
    if bar.value:
        long = max(SHORTEST, room * bar.value / most)
        pen.rounded_rectangle((x, y + 6, x + long, y + 6 + BAR), 8, fill=BLUE)


def _section(pen: ImageDraw.ImageDraw | None, y: int, section: Section) -> int:
    y = _text(pen, y, section.title, _font(SECTION, bold=True), INK)
    most = max((bar.value for bar in section.bars), default=0) or 1
    for bar in section.bars:
        y = _bar(pen, y + 18, bar, most)
    return y


def _bar(pen: ImageDraw.ImageDraw | None, y: int, bar: Bar, most: float) -> int:
    """Paint a label with its number at the right, and the bar below both."""
    font, strong = _font(LABEL), _font(LABEL, bold=True)
    width = strong.getlength(bar.shown)
    below = _text(pen, y, bar.label, font, INK, room=ROOM - int(width) - 24)
    if pen is not None:
        pen.text((WIDTH - MARGIN - width, y), bar.shown, font=strong, fill=INK)
        long = max(SHORTEST, ROOM * bar.value / most) if bar.value else 0
        top = below + 6
        pen.rounded_rectangle((MARGIN, top, MARGIN + ROOM, top + BAR), 8, fill=TRACK)
        if long:
            pen.rounded_rectangle((MARGIN, top, MARGIN + long, top + BAR), 8, fill=BLUE)
    return below + 6 + BAR


def _text(  # noqa: PLR0913 - what, where, how
    pen: ImageDraw.ImageDraw | None,
    y: int,
    text: str,
    font: ImageFont.FreeTypeFont,
    colour: str,
    *,
    x: int = MARGIN,
    room: int = ROOM,
) -> int:
    """Paint a text in as many lines as it needs, and return where it ends."""
    for line in _lines(text, font, room):
        if pen is not None:
            pen.text((x, y), line, font=font, fill=colour)
        y += int(font.size * 1.25)
    return y


def _lines(text: str, font: ImageFont.FreeTypeFont, room: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
