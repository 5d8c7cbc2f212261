"""A new process goes on where the one before it was."""

from collections.abc import Callable

from bot.assistant import Assistant
from bot.telegram_double import Person, TelegramDouble
from storage import Database, inbox

NewAssistant = Callable[[], Assistant]


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
