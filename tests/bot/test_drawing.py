"""Pictures of numbers: every letter is there, phones can show them, and nothing loads early."""

import json
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageFont

from bot.drawing import FONTS, draw
from erasmus.charts import Bar, Chart, Row, Section, Table

LETTERS = "ңөүҢӨҮәғқұһіӘҒҚҰҺІёЁ–—«»’•<≥№0123456789abcXYZ"


def chart(bars: int, label: str = "Кыргызча") -> Chart:
    some = tuple(Bar(label, float(n), str(n)) for n in range(bars))
    return Chart("Улуттук кеңсе", "21-ноябрь", (Section("Тилдер", some),))


@pytest.mark.parametrize("font", ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"])
@pytest.mark.parametrize("letter", LETTERS)
def test_the_fonts_have_the_letters_of_all_four_languages(font: str, letter: str) -> None:
    drawn = ImageFont.truetype(FONTS / font, 40)

    assert bytes(drawn.getmask(letter)) != bytes(drawn.getmask("\ufffe"))


def test_the_fonts_travel_with_their_licence() -> None:
    assert "Bitstream" in (FONTS / "LICENSE").read_text("utf-8")


@pytest.mark.parametrize("bars", [0, 1, 24])
def test_a_picture_is_one_that_telegram_takes(bars: int) -> None:
    """Telegram's limits for photos: 10 MB, width and height together 10,000, ratio at most 20."""
    drawn = draw(chart(bars, "Борбордук Азиядагы Америка университети " * 3))
    image = Image.open(BytesIO(drawn))

    assert len(drawn) < 10_000_000
    assert sum(image.size) <= 10_000
    assert max(image.size) / min(image.size) <= 20


def test_a_longer_bar_is_a_greater_number() -> None:
    image = Image.open(BytesIO(draw(chart(3)))).convert("RGB")
    blue = [
        sum(image.getpixel((x, y)) == (0x2F, 0x6E, 0xA5) for x in range(image.width))
        for y in range(image.height)
    ]

    longest = [width for width, before in zip(blue[1:], blue, strict=False) if width > before]
    assert max(longest) == max(blue) > 0


def test_a_chart_survives_the_way_through_the_ledger() -> None:
    some = (Bar("", 1.0, "1"), Bar("", 2.0, "2"))
    table = Table("Week by week", ("New people", "Checks"), (Row("16–22", some),))
    for made in (chart(3), replace(chart(1), totals=(("People", "5"),), tables=(table,))):
        assert Chart.unpacked(json.loads(json.dumps(made.packed()))) == made


def test_a_chart_that_was_promised_before_an_update_is_drawn_after_it() -> None:
    """It had sections only."""
    old = {"title": "Office", "about": "", "sections": [["Languages", [["Русский", 3.0, "3"]]]]}
    assert Chart.unpacked(old).sections == (Section("Languages", (Bar("Русский", 3.0, "3"),)),)


def test_pillow_is_not_loaded_before_the_first_picture() -> None:
    program = "import sys, bot.assembly; print('PIL' in sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout == "False\n"
