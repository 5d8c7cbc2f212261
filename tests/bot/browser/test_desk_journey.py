"""The office's desk in the sandbox: a student's phone, the office's, and its group.

`pytest tests/bot/browser/test_desk_journey.py --screenshots docs/screenshots` keeps what it saw.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.drawing import WIDTH
from bot.sandbox.example import NAME
from erasmus.loading import load_library
from erasmus.words import Language
from locales import ENDONYMS

pytest.importorskip("playwright", reason="playwright is not installed")
from playwright.async_api import Browser, expect

from tests.bot.browser.phone import Phone, needs_chromium

pytestmark = needs_chromium
GROUP = str(NAME[Language.KK])
"""The owner's phone is a Kazakh one."""
PRIVATE = "Erasmus+"


@dataclass(frozen=True, slots=True)
class Written:
    """What people type, in one language."""

    call: str
    news: str
    question: str
    answer: str


WRITTEN = {
    Language.KY: Written(
        call=(
            "Гранада университетинде алмашуу\nӨтүнмөлөр 2027-жылдын 15-февралына чейин, саат "
            "18:00гө чейин (Бишкек убактысы боюнча) кабыл алынат. https://example.org/granada"
        ),
        news="Жума күнү саат 15:00дө алмашуу программалары жөнүндө айтып беребиз. Келиңиз!",
        question="Экинчи курста окуйм. Быйыл өтүнмө бере аламбы?",
        answer="Ооба, бере аласыз. Документтерди эрте даярдай баштаңыз.",
    ),
    Language.KK: Written(
        call=(
            "Гранада университетінде алмасу\nӨтінімдер 2027 жылғы 15 ақпанға дейін, Бишкек "
            "уақыты бойынша сағат 18:00-ге дейін қабылданады. https://example.org/granada"
        ),
        news="Жұма күні сағат 15:00-де алмасу бағдарламалары туралы айтып береміз. Келіңіз!",
        question="Екінші курста оқимын. Биыл өтінім бере аламын ба?",
        answer="Иә, бере аласыз. Құжаттарды ерте дайындай бастаңыз.",
    ),
    Language.RU: Written(
        call=(
            "Обмен в Гранаде, весна 2027\nЗаявки до 15.02.2027, 18:00 по времени Бишкека.\n"
            "Подробнее: https://example.org/granada"
        ),
        news="В пятницу в 15:00 расскажем о программах обмена. Приходите!",
        question="Я на втором курсе. Можно подать заявку в этом году?",
        answer="Да, можно. Начните готовить документы заранее.",
    ),
    Language.EN: Written(
        call=(
            "Exchange in Granada\nApply by 15 February 2027, 18:00 Bishkek time. "
            "Details: https://example.org/granada"
        ),
        news="On Friday at 15:00 we explain the exchange programmes. Come and ask!",
        question="I am in my second year. Can I apply this year?",
        answer="Yes, you can. Begin with the documents early.",
    ),
}


@pytest.mark.parametrize("language", list(Language), ids=str)
async def test_an_offices_day_fits_a_phone(
    sandbox: str, browser: Browser, language: Language, screenshots: Path | None
) -> None:
    """A call, an announcement, a question and the numbers; every label whole."""
    student = await _settle_in(browser, f"{sandbox}?person=1", language, screenshots)
    staff = await _settle_in(browser, f"{sandbox}?person=2", language, screenshots)
    await staff.say("/desk")
    await staff.picture("11-desk")
    await _publish_a_call(staff)
    await _announce(staff, student)
    await _answer(staff, student)
    await _count(staff)


async def _settle_in(
    browser: Browser, address: str, language: Language, album: Path | None
) -> Phone:
    phone = await Phone.of(browser, address, language, album)
    await phone.page.get_by_role("button", name="Start", exact=True).click()
    await phone.sees(ENDONYMS[language])
    await phone.tap(ENDONYMS[language])
    await phone.tap(load_library().question("role").options[0].label.in_(language))
    await phone.tap(phone.t.label("button", "Not in the list, or later"))
    return phone


async def _publish_a_call(staff: Phone) -> None:
    t = staff.t
    await staff.tap(t.label("button", "Calls"))
    await staff.tap(t.label("button", "New call"))
    await staff.write(WRITTEN[staff.language].call)
    await staff.sees(t.label("button", "✔️ The deadline is right"))
    await staff.picture("12-call")
    await staff.tap(t.label("button", "✔️ The deadline is right"))
    await staff.tap(t.label("button", "📢 Publish"))
    await staff.sees(t.label("button", "Withdraw the call"))


async def _announce(staff: Phone, student: Phone) -> None:
    t, news = staff.t, WRITTEN[staff.language].news
    await staff.say("/desk")
    await staff.tap(t.label("button", "Announcements"))
    await staff.tap(t.label("button", "Write an announcement"))
    await staff.tap(ENDONYMS[staff.language])
    await staff.write(news)
    await staff.tap(t.label("button", "Preview"))
    await staff.sees(t.label("button", "Back to the announcement"))
    await staff.tap(t.label("button", "Back to the announcement"))
    await staff.tap(t.label("button", "Check and send"))
    await staff.picture("13-announcement")
    await staff.tap(t.label("button", "Yes, send it"))
    await staff.turn_clock("+1 hour")
    await student.reads(news)
    await staff.reads(news)
    # The live message above says when all is over.
    await staff.finds(t.label("button", "Report"))
    await staff.say("/desk")
    await staff.tap(t.label("button", "Announcements"))
    await staff.tap("1")
    await staff.sees(t.label("button", "Report as a picture"))
    await staff.picture("14-report")


async def _answer(staff: Phone, student: Phone) -> None:
    t, written = staff.t, WRITTEN[staff.language]
    await student.say("/ask")
    await student.newest.locator(".key").first.click()
    await expect(student.newest.locator(".key")).to_have_count(2)
    await student.write(written.question)
    await student.tap(t.label("button", "Send my question"))
    await staff.open(GROUP)
    await staff.open(written.question[:20])
    await staff.reads(written.question)
    await staff.write(written.answer)
    await student.reads(written.answer)
    await staff.picture("15-question")
    await student.tap(t.label("button", "It helped"))


async def _count(staff: Phone) -> None:
    t = staff.t
    await staff.open(PRIVATE)
    await staff.write("/stats")
    await staff.sees(t.label("button", "As a picture"))
    await staff.tap(t.label("button", "As a picture"))
    chart = staff.newest.locator("img.photo")
    await expect(chart).to_have_js_property("naturalWidth", WIDTH)
    await staff.picture("16-numbers")
