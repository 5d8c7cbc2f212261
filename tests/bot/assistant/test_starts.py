"""What a start does, what it waits for, and what it leaves for later."""

import asyncio
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from pydantic import SecretStr
from telegram.error import InvalidToken

from bot.assembly import build
from bot.assistant import Assistant
from bot.clock import MovableClock
from bot.settings import Settings
from bot.telegram_double import DoubleRequest, Person, TelegramDouble
from bot.transport import NotSent
from storage import deliveries, follows
from storage.deliveries import Draft, Lane
from storage.migrate import migrate

NewAssistant = Callable[[], Assistant]


async def test_the_profile_is_set_once_in_every_language(
    double: TelegramDouble, new_assistant: NewAssistant
) -> None:
    for _ in range(2):
        assistant = new_assistant()
        await assistant.start()
        await double.listening()
        await assistant.published()
        await assistant.stop()

    menus = [asked for asked in double.requests if asked.method == "setMyCommands"]
    assert {asked.params.get("language_code") or "" for asked in menus} == {
        "", "ky", "kk", "ru", "en",
    }  # fmt: skip
    assert len(menus) == 5
    assert double.mistakes == []


async def test_a_network_that_is_down_at_the_start_is_waited_for(
    double: TelegramDouble, alice: Person, new_assistant: NewAssistant
) -> None:
    double.faults.add("refuse", method="getMe", times=1)
    assistant = new_assistant()
    assistant.retry_seconds = 0
    await assistant.start()
    alice.start()
    await double.listening()
    await assistant.quiet()
    await assistant.stop()

    assert alice.said


async def test_updates_are_asked_for_before_the_handlers_are_loaded(
    double: TelegramDouble, new_assistant: NewAssistant
) -> None:
    assistant = new_assistant()
    register, asked = assistant.register, list[str]()

    def note() -> None:
        asked.extend(request.method for request in double.requests)
        register()

    assistant.register = note
    await assistant.start()
    await assistant.published()
    await assistant.stop()

    assert "getUpdates" in asked


async def test_nothing_is_sent_before_the_handlers_are_loaded(
    double: TelegramDouble, new_assistant: NewAssistant
) -> None:
    """To load them stops the process: what is under way then leaves in one burst."""
    person, assistant = double.person(), new_assistant()
    await migrate(assistant.settings.database_url)
    double.world.accounts[person.id].started = True
    async with assistant.db.write() as c:
        now = assistant.clock.now()
        row = Draft("n", Lane.REPLY, person.id, "screen", {"text": "x"}, now)
        await deliveries.put(c, row, now)
    register, said = assistant.register, list[list[str]]()

    def note() -> None:
        said.append(list(person.said))
        register()

    assistant.register = note
    assistant.retry_seconds = 0.05
    double.faults.add("refuse", method="getMe", times=4)  # time enough for whoever does not wait
    await assistant.start()
    await assistant.published()
    await assistant.quiet()
    await assistant.stop()

    assert said == [[]]
    assert person.said == ["x"]


def test_what_a_start_has_no_use_for_is_not_loaded() -> None:
    """Each of them takes tens of milliseconds, and memory as long as the process lives."""
    late = ["alembic", "aiohttp.web", "handlers.router", "holidays", "PIL", "pydantic_settings"]
    program = f"import sys, bot.assembly; print([name for name in {late} if name in sys.modules])"

    told = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)

    assert told.stdout.decode().strip() == "[]"


async def test_a_refused_token_ends_the_run(settings: Settings, double: TelegramDouble) -> None:
    other = settings.model_copy(update={"token": SecretStr("1000002:" + "x" * 35)})
    request = DoubleRequest(double, not_sent=NotSent)
    assistant = build(other, request=request, bulk_request=request, updates_request=request)

    with pytest.raises(InvalidToken):
        await asyncio.wait_for(assistant.run(), 10)


async def test_a_moved_deadline_is_told_at_the_next_start(
    double: TelegramDouble, alice: Person, new_assistant: NewAssistant, clock: MovableClock
) -> None:
    assistant = new_assistant()
    await assistant.start()
    alice.start()
    await double.listening()
    await assistant.quiet()
    call = max(assistant.library.calls, key=lambda call: call.closes)
    async with assistant.db.write() as c:
        await follows.follow(c, alice.id, call.id, clock.now())
    await assistant.stop()

    upgraded = new_assistant()
    calls = tuple(
        replace(c, closes=c.closes - timedelta(days=2)) if c.id == call.id else c
        for c in upgraded.library.calls
    )
    upgraded.library = replace(upgraded.library, calls=calls)
    await upgraded.start()
    await double.listening()
    await upgraded.catch_up()
    async with upgraded.db.read() as c:
        sent = [row.kind for row in await deliveries.sent_list(c, 9)]
    await upgraded.stop()

    assert sent.count("change") == 1
