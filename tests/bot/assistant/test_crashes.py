"""A crash is told with a code, to who wrote and to the operator, and nothing stands still."""

from collections.abc import Awaitable, Callable

import pytest
from telegram import Update
from telegram.ext import CommandHandler, ContextTypes

from bot.assistant import Assistant
from bot.telegram_double import Person, TelegramDouble
from storage import Database, inbox

Settled = Callable[[], Awaitable[None]]
ADMIN = 700000900


@pytest.fixture
async def failing(assistant: Assistant) -> None:
    """An assistant whose command /fail crashes."""

    async def fail(_update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        raise ZeroDivisionError(*(context.args or ()))

    assistant.application.add_handler(CommandHandler("fail", fail), group=-1)


@pytest.mark.usefixtures("failing")
async def test_a_crash_is_told_kindly_with_a_code_and_to_the_office_once(
    double: TelegramDouble,
    alice: Person,
    settled: Settled,
    db: Database,
    capsys: pytest.CaptureFixture[str],
) -> None:
    office = double.person(ADMIN)
    office.start()
    await settled()
    office_had = len(office.said)
    for _ in range(2):
        alice.send_text("/fail personal")
        await settled()

    codes = {message.html.split("<code>")[1].split("</code>")[0] for message in alice.messages
             if message.from_bot and "<code>" in message.html}  # fmt: skip
    (told,) = office.said[office_had:]
    (code,) = codes
    assert code in told
    assert code in (logged := capsys.readouterr().out)
    assert "personal" not in told + logged
    async with db.read() as c:
        assert (await inbox.depth(c))[0] == 0


@pytest.mark.usefixtures("failing")
async def test_after_a_crash_the_chat_goes_on(alice: Person, settled: Settled) -> None:
    alice.send_text("/fail")
    alice.send_text("/start")
    await settled()

    assert alice.last.keyboard
