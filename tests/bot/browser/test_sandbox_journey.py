"""The real assistant in the sandbox's page, on a phone 360 pixels wide, in four languages.

`pytest tests/bot/browser/test_sandbox_journey.py --screenshots docs/screenshots` keeps what it saw.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from erasmus.loading import load_library
from erasmus.words import Language
from locales import ENDONYMS

pytest.importorskip("playwright", reason="playwright is not installed")
from playwright.async_api import Browser, expect

from tests.bot.browser.phone import Phone, needs_chromium

pytestmark = needs_chromium
STUDENT = {
    "kind": "study",
    "enrolled_level": "bachelor",
    "home_country": "KG",
    "agreement": "yes",
    "field_in_agreement": "yes",
    "residence": "KG",
    "degree_held": "none",
    "year_of_study": "2",
    "programme_years": "4",
    "months_used": "0",
    "months_wanted": "5",
    "home_criteria_met": "yes",
}
"""What a bachelor student in Bishkek answers, in the order in which it is asked."""


@pytest.mark.parametrize("language", list(Language), ids=str)
async def test_a_students_journey_fits_a_phone(
    sandbox: str, browser: Browser, language: Language, screenshots: Path | None
) -> None:
    """From Start to the first reminder, every label whole."""
    phone = await Phone.of(browser, sandbox, language, screenshots)
    page, t, library = phone.page, phone.t, load_library()
    await page.get_by_role("button", name="Start", exact=True).click()
    await expect(page.locator(".message:not(.mine)")).to_have_count(1)
    await phone.picture("1-language")
    await phone.tap(ENDONYMS[language])
    await phone.tap(library.question("role").options[0].label.in_(language))
    await phone.tap(t.label("button", "Not in the list, or later"))
    await phone.picture("2-home")
    await phone.tap(t.label("button", "What can I apply for?"))
    await _answer(phone)
    await phone.picture("4-answers")
    await phone.tap(t.label("button", "Show the result"))
    await phone.picture("5-result")
    await phone.tap(library.actions["icm_study"].label.in_(language))
    await phone.picture("6-reasons")
    await phone.say("/deadlines")
    await phone.picture("7-deadlines")
    await phone.tap("1")
    await phone.tap(t.label("button", "Follow this call"))
    await phone.picture("8-call")
    await phone.tap(t.label("button", "Documents and dates"))
    await phone.picture("9-documents")
    before = await phone.newest.inner_text()
    await phone.turn_clock("To the next reminder")
    await phone.changed(before)
    await phone.picture("10-reminder")


async def _answer(phone: Phone) -> None:
    for fact, value in STUDENT.items():
        if fact == "enrolled_level":
            await phone.picture("3-question")
        await phone.tap(_label(phone, fact, value))


def _label(phone: Phone, fact: str, value: str) -> str:
    library = load_library()
    if value == "yes":
        return phone.t.label("button2", "Yes")
    if value in library.countries:
        return library.countries[value].name.in_(phone.language)
    options = {option.value: option.label for option in library.question(fact).options}
    return options[value].in_(phone.language) if value in options else value
