"""A phone of the sandbox in a real browser: a thumb on its page, and a camera."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from PIL import Image

from erasmus.words import Language
from locales import texts_for

pytest.importorskip("playwright", reason="playwright is not installed")
from playwright.async_api import Browser, Locator, Page, ViewportSize, async_playwright, expect

expect.set_options(timeout=60_000)  # a machine may be busy with other tests
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
needs_chromium = pytest.mark.skipif(
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
SIZE: ViewportSize = {"width": 360, "height": 740}
COLOURS = 256
CUT = "keys => keys.filter(k => k.scrollWidth > k.clientWidth + 1).map(k => k.textContent)"
AT_REST = "() => Promise.all(document.getAnimations().map(a => a.finished))"
TO_THE_TOP = """
    () => [...document.querySelectorAll('.message:not(.mine)')].at(-1).scrollIntoView()
"""


@asynccontextmanager
async def open_browser() -> AsyncIterator[Browser]:
    """Start a browser that asks nobody for anything."""
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        await opened.close()


class Phone:
    """A thumb on the page, and a camera."""

    def __init__(self, page: Page, language: Language, album: Path | None) -> None:
        self.page, self.language, self.album = page, language, album
        self.t = texts_for(language)

    @classmethod
    async def of(
        cls, browser: Browser, address: str, language: Language, album: Path | None
    ) -> Phone:
        """Open an address on a new phone."""
        page = await browser.new_page(viewport=SIZE)
        page.set_default_timeout(60_000)
        await page.goto(address)
        return cls(page, language, album)

    @property
    def newest(self) -> Locator:
        """The newest message that came, or will have come by then."""
        return self.page.locator(".message:not(.mine)").last

    async def tap(self, label: str) -> None:
        """Press a button under the newest message and wait for the answer."""
        before = await self.newest.inner_text()
        await self.newest.get_by_role("button", name=label, exact=True).click()
        await self.changed(before)

    async def changed(self, before: str) -> None:
        """Wait until the newest message says something else."""
        await expect(self.newest).not_to_have_text(before, use_inner_text=True)
        await self.fits()

    async def sees(self, label: str) -> None:
        """Wait until the newest message has a button."""
        button = self.newest.get_by_role("button", name=label, exact=True)
        await expect(button).to_be_visible()
        await self.fits()

    async def finds(self, label: str) -> None:
        """Wait until some message has a button."""
        await expect(self.page.get_by_role("button", name=label, exact=True)).to_be_visible()

    async def reads(self, words: str) -> None:
        """Wait until the newest message says something."""
        await expect(self.newest).to_contain_text(words)
        await self.fits()

    async def say(self, text: str) -> None:
        """Write a message and wait for one in answer."""
        count = await self.page.locator(".message:not(.mine)").count()
        await self.write(text)
        await expect(self.page.locator(".message:not(.mine)")).to_have_count(count + 1)
        await self.fits()

    async def write(self, text: str) -> None:
        """Write a message."""
        await self.page.get_by_role("textbox", name="Message").fill(text)
        await self.page.keyboard.press("Enter")

    async def open(self, place: str) -> None:
        """Go to another chat of this phone, or to a topic, by a part of its name."""
        button = self.page.locator(".chats button", has_text=place).last
        await button.click()
        await expect(button).to_have_attribute("aria-pressed", "true")

    async def turn_clock(self, step: str) -> None:
        """Let time pass by a button of the sandbox, until all that was due has happened."""
        await self.page.get_by_role("button", name="Clock and tools").click()
        async with self.page.expect_response("**/api/clock"):
            await self.page.get_by_role("button", name=step, exact=True).click()
        if await self.page.locator("#tools.open").count():
            await self.page.get_by_role("button", name="Close tools").click()

    async def fits(self) -> None:
        """Nothing is cut and nothing can be pushed sideways."""
        cut = await self.newest.locator(".key").evaluate_all(CUT)
        wide = await self.page.evaluate("document.documentElement.scrollWidth")
        assert not cut, cut
        assert wide <= SIZE["width"]

    async def picture(self, name: str) -> None:
        """Keep what is on the screen, where an album was asked for."""
        if self.album is not None:
            self.album.mkdir(parents=True, exist_ok=True)
            await expect(self.page.locator(".toast.seen")).to_have_count(0)
            await self.page.mouse.move(0, 0)
            await self.page.evaluate("document.activeElement.blur()")
            await self.page.evaluate(TO_THE_TOP)
            await self.page.evaluate(AT_REST)
            file = self.album / f"{name}-{self.language}.png"
            await self.page.screenshot(path=file)
            make_small(file)


def make_small(file: Path) -> None:
    """Let a picture have few colours: nobody sees it, and it takes a third of the room."""
    image = Image.open(file).convert("RGB")
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
