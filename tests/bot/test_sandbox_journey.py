"""The real assistant in the sandbox's page, on a phone 360 pixels wide, in four languages.

`pytest tests/bot/test_sandbox_journey.py --screenshots docs/screenshots` keeps what it saw.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.sandbox.run import open_sandbox
from erasmus.loading import load_library
from erasmus.words import Language
from locales import ENDONYMS, texts_for

pytest.importorskip("playwright", reason="playwright is not installed")
from playwright.async_api import Browser, Page, ViewportSize, async_playwright, expect

expect.set_options(timeout=20_000)  # a machine may be busy with other tests
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
pytestmark = pytest.mark.skipif(
    not os.access(CHROMIUM, os.X_OK), reason="Chromium is not installed (apt install chromium)"
)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE: ViewportSize = {"width": 360, "height": 740}
BEGIN = datetime(2026, 11, 21, 6, tzinfo=UTC)
CUT = "keys => keys.filter(k => k.scrollWidth > k.clientWidth + 1).map(k => k.textContent)"
AT_REST = "() => Promise.all(document.getAnimations().map(a => a.finished))"
TO_THE_TOP = """
    () => [...document.querySelectorAll('.message:not(.mine)')].at(-1).scrollIntoView()
"""
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


@pytest.fixture
async def sandbox(tmp_path: Path) -> AsyncIterator[str]:
    async with AsyncExitStack() as stack:
        yield await open_sandbox(stack, 0, BEGIN, tmp_path)


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        await opened.close()


class Phone:
    """A thumb on the page, and a camera."""

    def __init__(self, page: Page, language: Language, album: Path | None) -> None:
        self.page, self.language, self.album = page, language, album
        self.t = texts_for(language)

    async def tap(self, label: str) -> None:
        """Press a button under the newest message and wait for the answer."""
        message = self.page.locator(".message:not(.mine)").last
        before = await message.inner_text()
        await message.get_by_role("button", name=label, exact=True).click()
        await self.changed(before)

    async def changed(self, before: str) -> None:
        """Wait until the newest message says something else."""
        await expect(self.page.locator(".message:not(.mine)").last).not_to_have_text(
            before, use_inner_text=True
        )
        await self.fits()

    async def fits(self) -> None:
        """Nothing is cut and nothing can be pushed sideways."""
        cut = await self.page.locator(".message:not(.mine)").last.locator(".key").evaluate_all(CUT)
        wide = await self.page.evaluate("document.documentElement.scrollWidth")
        assert not cut, cut
        assert wide <= PHONE["width"]

    async def picture(self, name: str) -> None:
        """Keep what is on the screen, where an album was asked for."""
        if self.album is not None:
            self.album.mkdir(parents=True, exist_ok=True)
            await expect(self.page.locator(".toast.seen")).to_have_count(0)
            await self.page.evaluate(TO_THE_TOP)
            await self.page.evaluate(AT_REST)
            await self.page.screenshot(path=self.album / f"{name}-{self.language}.png")


@pytest.mark.parametrize("language", list(Language), ids=str)
async def test_a_students_journey_fits_a_phone(
    sandbox: str, browser: Browser, language: Language, screenshots: Path | None
) -> None:
    """From Start to the first reminder, every label whole."""
    page = await browser.new_page(viewport=PHONE)
    page.set_default_timeout(20_000)
    await page.goto(sandbox)
    phone, t, library = Phone(page, language, screenshots), texts_for(language), load_library()
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
    await _say(phone, "/deadlines")
    await phone.picture("7-deadlines")
    await phone.tap("1")
    await phone.tap(t.label("button", "Follow this call"))
    await phone.picture("8-call")
    await phone.tap(t.label("button", "Documents and dates"))
    await phone.picture("9-documents")
    before = await page.locator(".message:not(.mine)").last.inner_text()
    await page.get_by_role("button", name="Clock and tools").click()
    await page.get_by_role("button", name="To the next reminder").click()
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


async def _say(phone: Phone, text: str) -> None:
    count = await phone.page.locator(".message:not(.mine)").count()
    await phone.page.get_by_role("textbox", name="Message").fill(text)
    await phone.page.keyboard.press("Enter")
    await expect(phone.page.locator(".message:not(.mine)")).to_have_count(count + 1)
    await phone.fits()
