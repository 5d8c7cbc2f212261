"""The parts together: a person writes and is answered, whatever happens to the process."""

import asyncio
import subprocess
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from pydantic import SecretStr
from telegram import Update
from telegram.error import InvalidToken
from telegram.ext import CommandHandler, ContextTypes

from bot.assembly import build
from bot.assistant import Assistant
from bot.clock import MovableClock
from bot.settings import Settings
from bot.telegram_double import DoubleRequest, Person, TelegramDouble
from bot.transport import NotSent
from storage import Database, deliveries, follows, inbox
from storage.deliveries import State

Settled = Callable[[], Awaitable[None]]
NewAssistant = Callable[[], Assistant]
ADMIN = 700000900


@pytest.fixture
def alice(double: TelegramDouble) -> Person:
    return double.person(first_name="Айгүл", language_code="ky")


async def test_a_person_who_starts_is_answered(
    double: TelegramDouble, alice: Person, settled: Settled
) -> None:
    alice.start()
    await settled()

    assert alice.last.keyboard
    assert double.mistakes == []


async def test_a_press_edits_its_message_and_stops_waiting(
    double: TelegramDouble, alice: Person, settled: Settled
) -> None:
    alice.start()
    await settled()
    query = alice.press(alice.last.id, (0, 0))
    await settled()

    assert query.answered
    assert len(alice.messages) == 2
    assert alice.last.edited_at is not None
    assert double.mistakes == []


async def test_many_people_at_once_are_all_answered(
    double: TelegramDouble, settled: Settled
) -> None:
    people = [double.person() for _ in range(100)]
    for person in people:
        person.start()
        person.send_text("/help")
    await settled()

    assert [len(person.said) for person in people] == [2] * 100
    assert double.mistakes == []


async def test_a_new_process_before_every_press_makes_no_difference(
    double: TelegramDouble, alice: Person, new_assistant: NewAssistant
) -> None:

    def press_first() -> object:
        return alice.press(alice.last.id, (0, 0))

    presses: list[Callable[[], object]] = [alice.start, *[press_first] * 4]
    for press in presses:
        assistant = new_assistant()
        await assistant.start()
        press()
        await double.listening()
        await assistant.quiet()
        await assistant.stop()

    assert len(alice.said) >= 1
    assert alice.waiting_queries == []
    assert double.mistakes == []


async def test_what_was_written_down_and_not_handled_is_answered_after_a_restart(
    double: TelegramDouble, alice: Person, new_assistant: NewAssistant, db: Database
) -> None:
    killed = new_assistant()
    start = {"update_id": 1, "message": {
        "message_id": 1, "date": 1763700000, "text": "/start",
        "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
        "chat": {"id": alice.id, "type": "private"},
        "from": {"id": alice.id, "is_bot": False, "first_name": "A", "language_code": "ky"},
    }}  # fmt: skip
    alice.start()
    await killed.reception.admit([(1, alice.id, start)])
    await killed.db.close()

    second = new_assistant()
    await second.start()
    await double.listening()
    await second.quiet()
    await second.stop()

    async with db.read() as c:
        assert (await inbox.depth(c))[0] == 0
    assert len(alice.said) == 2


async def test_the_same_tap_twice_has_one_effect(
    double: TelegramDouble, alice: Person, settled: Settled
) -> None:
    alice.start()
    await settled()
    query = alice.press(alice.last.id, (0, 0))
    alice.press_again(query)
    await settled()

    assert len(alice.said) == 1
    assert double.mistakes == []


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


async def test_a_reminder_reaches_who_follows_a_call(
    double: TelegramDouble, alice: Person, assistant: Assistant, settled: Settled,
    clock: MovableClock,
) -> None:  # fmt: skip
    alice.start()
    await settled()
    alice.press(alice.last.id, (0, 0))
    await settled()
    now = clock.now()
    call = next(c for c in assistant.library.calls if c.closes > now + timedelta(days=40))
    async with assistant.db.write() as c:
        await follows.follow(c, alice.id, call.id, now)
    clock.move_to((call.closes - timedelta(days=5)).replace(hour=8))
    before = len(alice.said)
    await assistant.catch_up()

    assert len(alice.said) == before + 1
    async with assistant.db.read() as c:
        sent = await deliveries.sent_list(c, 1)
    assert sent[0].kind == "reminder"
    assert double.mistakes == []


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


async def test_groups_get_no_answer_unless_they_ask(
    double: TelegramDouble, alice: Person, settled: Settled, db: Database
) -> None:
    group = double.group("Students", members=[alice])
    group.sees_all = True
    group.add_bot(by=alice)
    await settled()
    said = len(group.messages)
    alice.send_text("hello everybody", group=group)
    await settled()

    assert len(group.messages) == said + 1
    async with db.read() as c:
        assert (await inbox.depth(c))[0] == 0
        assert State.QUEUED not in await deliveries.counts(c)
