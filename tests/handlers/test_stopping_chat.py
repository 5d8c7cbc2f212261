"""The emergency stop against a running send: bulk waits, answers go on, nothing is lost."""

import asyncio
import time
from collections.abc import Callable

import pytest

from bot.assistant import Assistant
from erasmus.offices import Role
from handlers.staff.office_presses import Resume, Stop
from storage import deliveries
from storage.deliveries import Draft, Lane
from tests.chats import Chat
from tests.offices import Staff

OWNER = 700000801
MANY = 60
SECONDS = 2.0


def arrived(chat: Chat) -> list[str]:
    """Return the texts of the copies that were sent, in order."""
    sent = (asked.params for asked in chat.double.requests if asked.method == "sendMessage")
    texts = [str(params["text"]) for params in sent]
    return [text for text in texts if text.startswith("copy ")]


async def put_copies(chat: Chat) -> None:
    """Put an announcement to many people who have all written once."""
    readers = [chat.double.person(800000000 + n) for n in range(MANY)]
    for reader in readers:
        reader.start()
    await chat.settled()
    now = chat.clock.now()
    async with chat.assistant.db.write() as c:
        copies = [
            Draft(f"a1:{n}", Lane.ANNOUNCEMENT, reader.id, "screen", {"text": f"copy {n}"}, now)
            for n, reader in enumerate(readers)
        ]
        await deliveries.put_all(c, copies, now)


async def take_back(chat: Chat) -> None:
    """Overwrite something that was sent, as a recall does."""
    now, body = chat.clock.now(), {"text": "taken back", "edit": chat.message.id}
    async with chat.assistant.db.write() as c:
        draft = Draft("k1:0", Lane.CORRECTION, chat.person.id, "screen", body, now)
        await deliveries.put(c, draft, now)
    chat.assistant.sender.wake()
    await chat.settled()


async def some_left(chat: Chat) -> None:
    """Wait until the first copies have left, at their own pace."""
    async with asyncio.timeout(20):
        while len(arrived(chat)) < 5:  # noqa: ASYNC110 - nobody tells of a message under way
            await asyncio.sleep(0.01)


@pytest.mark.both_databases
async def test_a_running_send_stops_within_two_seconds_and_goes_on_without_loss(
    chat: Chat, staff: Staff
) -> None:
    await staff.office()
    owner = await staff.member(Role.OWNER, OWNER)
    await chat.settle_in()
    await put_copies(chat)
    chat.assistant.sender.wake()
    await some_left(chat)

    began = time.monotonic()
    owner.person.press_data(owner.message.id, Stop("kg", sure=True).pack())
    await chat.settled()
    assert time.monotonic() - began < SECONDS
    sent = len(arrived(chat))
    assert sent < MANY

    await chat.send("/help")
    assert "/check" in chat.text
    await take_back(chat)
    assert chat.double.requests[-1].params["text"] == "taken back"
    assert len(arrived(chat)) == sent

    await owner.send("/stop")
    await owner.press(Resume("kg"))
    await chat.wait(seconds=1)
    assert sorted(arrived(chat)) == sorted(f"copy {n}" for n in range(MANY))


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_every_process_stops(
    chat: Chat, staff: Staff, new_assistant: Callable[[], Assistant]
) -> None:
    """A hold is a row: whichever process a press reaches, all of them see it."""
    await staff.office()
    owner = await staff.member(Role.OWNER, OWNER)
    await put_copies(chat)
    other = new_assistant()
    await other.start()
    try:
        for process in (chat.assistant, other):
            process.sender.wake()
        await some_left(chat)

        began = time.monotonic()
        owner.person.press_data(owner.message.id, Stop("kg", sure=True).pack())
        await chat.settled()
        await other.quiet()
        assert time.monotonic() - began < SECONDS
        sent = len(arrived(chat))
        for process in (chat.assistant, other):
            process.sender.wake()
            await process.quiet()
        assert len(arrived(chat)) == sent < MANY
    finally:
        await other.stop()
