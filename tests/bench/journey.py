"""What the people of the benchmarks press, and what the ledger knows of them before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from itertools import count
from typing import Any, Final

from bot.clock import use_own_zones
from erasmus.facts import UNSURE, Value
from erasmus.library import Library
from erasmus.loading import load_library
from erasmus.questions import next_question, pursued
from erasmus.words import Language
from handlers.answers import NOT_SURE
from handlers.presses import Answer
from storage import Database, people
from storage.migrate import migrate

FIRST_CHAT: Final = 700_000_000
TOKEN: Final = "1000001:" + "b" * 35
DAY: Final = date(2026, 11, 21)
GOAL: Final = "all"
SCREEN: Final = {
    "text": (
        "Question 4 of 11\n\n<b>At which level are you enrolled now?</b>\n\n"
        "<i>Each level has its own scholarships, and the months of mobility count per level.</i>"
    ),
    "keyboard": [
        [
            {"text": "Bachelor", "callback_data": "a1:all:el:bachelor:0"},
            {"text": "Master", "callback_data": "a1:all:el:master:0"},
        ],
        [{"text": "Doctorate", "callback_data": "a1:all:el:doctoral:0"}],
        [{"text": "Not sure", "callback_data": "a1:all:el:?:0"}],
        [
            {"text": "Back", "callback_data": "q1:all:er:0"},
            {"text": "Home", "callback_data": "h1"},
        ],
    ],
}
"""What the other sides show: a screen of the size that ours has."""


@cache
def library() -> Library:
    """Return the content."""
    use_own_zones()
    return load_library()


def answers(library: Library) -> list[str]:
    """Return the presses of somebody who goes through the whole questionnaire."""
    facts: dict[str, Value] = {"role": "student"}
    actions = [a for a in library.assessed if a.open_to_region and "student" in a.audience]
    with_rules = library.with_rules(actions)
    pressed: list[str] = []
    while True:
        case = library.case(facts, DAY)
        question = next_question(library.questions, pursued(with_rules, case), case)
        if question is None:
            return pressed
        option = question.options[0].value if question.options else NOT_SURE
        facts[question.fact] = UNSURE if option == NOT_SURE else option
        pressed.append(Answer(GOAL, question.short, option, change=False).pack())


def presses(chats: int, first_update: int = 1) -> Iterator[dict[str, Any]]:
    """Yield presses for ever: every chat goes through the questionnaire, again and again."""
    journey = answers(library())
    for number in count():
        chat, step = number % chats, number // chats
        yield press(first_update + number, FIRST_CHAT + chat, journey[step % len(journey)])


def press(update_id: int, chat_id: int, data: str) -> dict[str, Any]:
    """Return an update as Telegram sends it."""
    return {
        "update_id": update_id,
        "callback_query": {
            "id": f"4611686{update_id:012d}",
            "from": {
                "id": chat_id,
                "is_bot": False,
                "first_name": "Айгүл",
                "username": f"person{chat_id}",
                "language_code": "en",
            },
            "message": {**message(chat_id), "message_id": 41},
            "chat_instance": "-4611686018427387904",
            "data": data,
        },
    }


def message(chat_id: int) -> dict[str, Any]:
    """Return the message under which people press, as Telegram sends it."""
    return {
        "message_id": 41,
        "from": {"id": 1000001, "is_bot": True, "first_name": "B", "username": "bench_bot"},
        "chat": {"id": chat_id, "first_name": "Айгүл", "type": "private"},
        "date": 1795000000,
        "edit_date": 1795000100,
        "text": str(SCREEN["text"]).replace("<b>", "").replace("</b>", ""),
        "entities": [
            {"offset": 18, "length": 36, "type": "bold"},
            {"offset": 56, "length": 82, "type": "italic"},
        ],
        "reply_markup": {"inline_keyboard": SCREEN["keyboard"]},
    }


async def settle_in(url: str, chats: int) -> None:
    """Make a ledger in which so many students have chosen their language."""
    await migrate(url)
    db = Database.open(url)
    now = datetime.now(UTC)
    async with db.write() as c:
        for number in range(chats):
            await people.greet(c, FIRST_CHAT + number, Language.EN, "Asia/Bishkek", now)
            await people.set_language(c, FIRST_CHAT + number, Language.EN)
            await people.learn(c, FIRST_CHAT + number, {"role": "student"})
    await db.close()


def ours(address: str, url: str) -> dict[str, str]:
    """Return the settings of our assistant, for a server that sets no limits."""
    return {
        "ERASMUS_BOT_TOKEN": TOKEN,
        "ERASMUS_BOT_API_URL": address,
        "ERASMUS_BOT_DATABASE_URL": url,
        "ERASMUS_BOT_LOG_LEVEL": "warning",
        "ERASMUS_BOT_TELEGRAM_LIMITS": "off",
    }
