"""The catalogues that readers get: complete, sound, and of one mind with the code."""

import pytest

from erasmus.words import Language
from locales.catalogues import ROOM, TRANSLATED
from locales.checks import (
    call_site_problems,
    catalogue_problems,
    english_problems,
    template_problems,
)
from locales.extraction import gathered

ROOT = ROOM.parent


def test_the_code_says_its_messages_so_that_they_are_extracted_and_filled() -> None:
    assert list(call_site_problems(ROOT)) == []


def test_the_english_messages_are_sound() -> None:
    assert list(english_problems(gathered(ROOT))) == []


def test_the_template_is_what_the_code_says() -> None:
    assert list(template_problems(gathered(ROOT))) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated_soundly(language: Language) -> None:
    """Placeholders, tags, plural forms, letters and the width of labels are as they must be."""
    assert list(catalogue_problems(gathered(ROOT), language)) == []
