"""The sandbox's page in a real browser, on a phone's screen and on a desk."""

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from aiohttp.test_utils import TestServer

from bot.clock import MovableClock
from bot.sandbox.server import create_app
from bot.sandbox.shown import Sent
from bot.telegram_double import Person, TelegramDouble

pytest.importorskip("playwright", reason="playwright is not installed")
from playwright.async_api import Browser, Page, ViewportSize, expect

from tests.bot.browser.phone import SIZE as PHONE
from tests.bot.browser.phone import needs_chromium

pytestmark = needs_chromium
DESK: ViewportSize = {"width": 1280, "height": 800}
CLIPBOARD = ["clipboard-read", "clipboard-write"]
LONG = "Эмне үчүн бул суроо берилип жатканын толук түшүндүрүп бериңизчи"


class Turning:
    """Turns the clock, and has nothing else to do."""

    def __init__(self, clock: MovableClock) -> None:
        self.clock = clock

    async def advance(self, by: timedelta) -> None:
        self.clock.move(by)

    async def to_next_reminder(self) -> bool:
        return False

    async def sent(self) -> Sequence[Sent]:
        return [Sent(self.clock.now(), "reminder", "failed", "Three days left", 1)]


@pytest.fixture
async def address(double: TelegramDouble, clock: MovableClock) -> AsyncIterator[str]:
    async with TestServer(create_app(double, clock, Turning(clock)), host="127.0.0.1") as server:
        yield str(server.make_url("/"))


@pytest.fixture
def alice(double: TelegramDouble) -> Person:
    """The owner of the first phone."""
    return double.person(700_000_001, "Айгүл", "ky")


@pytest.fixture
def say(double: TelegramDouble, alice: Person) -> Callable[..., int]:
    """Lets the bot say something to the first phone and returns the message's number."""

    def send(text: str, rows: Sequence[Sequence[dict[str, Any]]] = (), **more: object) -> int:
        params = {"chat_id": alice.id, "text": text, "parse_mode": "HTML", **more}
        if rows:
            params["reply_markup"] = {"inline_keyboard": rows}
        status, body = double.call("sendMessage", params)
        assert status == 200, body
        return int(body["result"]["message_id"])

    return send


def key(text: str, **kind: object) -> dict[str, Any]:
    return {"text": text, **(kind or {"callback_data": text[:20]})}


async def open_page(browser: Browser, address: str, size: ViewportSize) -> Page:
    page = await browser.new_page(viewport=size)
    page.set_default_timeout(5000)
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    await page.goto(address)
    return page


async def test_a_conversation_from_start_to_a_pressed_button(
    browser: Browser, address: str, double: TelegramDouble, alice: Person, say: Callable[..., int]
) -> None:
    double.call("setMyDescription", {"description": "Жардамчы", "language_code": "ky"})
    page = await open_page(browser, address, PHONE)
    await expect(page.locator(".about")).to_contain_text("Жардамчы")
    await page.get_by_role("button", name="Start", exact=True).click()
    await expect(page.locator(".message.mine")).to_contain_text("/start")

    number = say("Тил?", [[key("Кыргызча"), key("Қазақша")]])
    await page.get_by_role("button", name="Кыргызча").click()
    await expect(page.locator(".key.waiting")).to_have_count(1)
    (query,) = alice.waiting_queries
    double.call("answerCallbackQuery", {"callback_query_id": query.id, "text": "Болду"})
    edited = {"chat_id": alice.id, "message_id": number, "text": "Башкы бет"}
    double.call("editMessageText", edited | {"reply_markup": {"inline_keyboard": [[key("Ары")]]}})

    await expect(page.locator(".toast")).to_have_text("Болду")
    await expect(page.locator(".message").last).to_contain_text("Башкы бет")
    await expect(page.locator(".meta").last).to_contain_text("edited")
    await expect(page.get_by_role("button", name="Ары")).to_be_focused()
    assert query.data == "Кыргызча"


async def test_marks_are_drawn_and_tags_in_words_stay_words(
    browser: Browser, address: str, alice: Person, say: Callable[..., int]
) -> None:
    alice.send_text('<img src=x onerror="document.title=1"> /help')
    say('🎓 <b>Бир <i>эки</i></b> <a href="https://europa.eu">үч</a> &lt;script&gt;')
    page = await open_page(browser, address, PHONE)

    await expect(page.locator(".words b i")).to_have_text("эки")
    link = page.locator(".words a")
    assert await link.get_attribute("href") == "https://europa.eu/"
    assert await link.get_attribute("target") == "_blank"
    assert await page.locator(".log img, .log script").count() == 0
    await expect(page.locator(".words").last).to_contain_text("<script>")


async def test_buttons_stay_on_one_line_and_the_page_fits_a_narrow_screen(
    browser: Browser, address: str, alice: Person, say: Callable[..., int]
) -> None:
    alice.start()
    say("?", [[key(LONG)], [key(str(n)) for n in range(8)]])
    page = await open_page(browser, address, PHONE)
    long = page.locator(".key").first
    await long.wait_for()

    heights = await page.eval_on_selector_all(".key", "keys => keys.map(k => k.offsetHeight)")
    assert set(heights) == {44}
    assert await long.evaluate("k => k.firstChild.scrollWidth > k.firstChild.clientWidth")
    assert await page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


async def test_commands_are_offered_in_the_language_of_the_phone(
    browser: Browser, address: str, double: TelegramDouble, alice: Person
) -> None:
    for language, words in (("", "Help"), ("ky", "Жардам"), ("ru", "Помощь")):
        commands = [{"command": "help", "description": words}]
        double.call("setMyCommands", {"commands": commands, "language_code": language})
    alice.start()
    page = await open_page(browser, address, DESK)
    await page.get_by_role("textbox", name="Message").fill("/h")
    await expect(page.locator(".commands")).to_contain_text("Жардам")
    await page.get_by_role("textbox", name="Message").fill("")
    await page.get_by_label("Language of the phone").select_option("ru")
    await page.get_by_role("button", name="Commands").click()
    await page.locator(".commands button", has_text="Помощь").click()

    await expect(page.locator(".message.mine").last).to_contain_text("/help")


async def test_the_clock_is_turned_and_the_outbox_is_listed(
    browser: Browser, address: str, clock: MovableClock
) -> None:
    before = clock.now()
    page = await open_page(browser, address, PHONE)
    await page.get_by_role("button", name="Clock and tools").click()
    await page.get_by_role("button", name="+7 days").click()
    await expect(page.locator("#clock")).to_contain_text("28 November 2026")
    await page.get_by_role("button", name="To the next reminder").click()

    await expect(page.locator("#clock-note")).to_have_text("No reminder is planned.")
    await expect(page.locator("#sent")).to_contain_text("Three days left")
    assert clock.now() == before + timedelta(days=7)


async def test_two_phones_stand_side_by_side(
    browser: Browser, address: str, alice: Person, double: TelegramDouble
) -> None:
    page = await open_page(browser, address, DESK)
    await page.get_by_role("button", name="Second phone").click()
    second = page.get_by_role("region", name="Phone 2")
    await second.get_by_role("button", name="Start", exact=True).click()
    await expect(second.locator(".message.mine")).to_contain_text("/start")

    assert await page.locator(".phone").count() == 2
    assert page.url.endswith("?person=1&person=2")
    assert alice.messages == []
    assert len(double.person(700_000_002).messages) == 1


async def test_texts_to_copy_links_and_alerts(
    browser: Browser, address: str, double: TelegramDouble, alice: Person, say: Callable[..., int]
) -> None:
    alice.start()
    rows = [[key("Дарек", copy_text={"text": "a@b.kg"}), key("Сайт", url="https://europa.eu")]]
    say("?", [*rows, [key("Эскертүү")]])
    context = await browser.new_context(
        viewport=DESK, permissions=["clipboard-read", "clipboard-write"]
    )
    page = await context.new_page()
    await page.goto(address)
    await page.get_by_role("button", name="Дарек").click()
    await expect(page.locator(".toast")).to_contain_text("a@b.kg")
    site = page.get_by_role("link", name="Сайт")
    assert await site.get_attribute("href") == "https://europa.eu"

    await page.get_by_role("button", name="Эскертүү").click()
    await expect(page.locator(".key.waiting")).to_have_count(1)
    (query,) = alice.waiting_queries
    told = {"callback_query_id": query.id, "text": "Акыркы күн", "show_alert": True}
    double.call("answerCallbackQuery", told)
    await expect(page.get_by_role("dialog")).to_contain_text("Акыркы күн")
    await page.get_by_role("button", name="OK").click()
    await context.close()
