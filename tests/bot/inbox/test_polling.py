"""Updates are confirmed to Telegram after they were written down, whatever the connection does."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

import pytest
from telegram.error import InvalidToken

from bot.figures import Figures
from bot.inbox import Poller, Received
from bot.telegram_double import DoubleRequest, TelegramDouble
from bot.transport import Line, NotSent

pytestmark = pytest.mark.both_databases


async def no_rest(_seconds: float) -> None:
    """Let others go on, and come back at once."""
    await asyncio.sleep(0)


@dataclass
class Book:
    """Takes updates as the inbox does, and may fail to."""

    received: list[int] = field(default_factory=list)
    failures: int = 0

    async def admit(self, updates: Sequence[Received]) -> None:
        if self.failures:
            self.failures -= 1
            raise OSError("the disk is full")
        self.received += [number for number, _, _ in updates]


@pytest.fixture
def book() -> Book:
    return Book()


@pytest.fixture
async def poller(double: TelegramDouble, book: Book) -> AsyncIterator[Poller]:
    line = Line(DoubleRequest(double, not_sent=NotSent), "https://api.telegram.org", double.token)
    made = Poller(line, book.admit, no_rest)
    made.begin()
    running = asyncio.create_task(made.run())
    yield made
    made.stop()
    await running


@pytest.mark.usefixtures("poller")
async def test_updates_are_written_down_and_confirmed(double: TelegramDouble, book: Book) -> None:
    alice = double.person()
    alice.start()
    alice.send_text("hello")
    await double.listening()

    assert len(book.received) == 2
    assert double.pending == 0


@pytest.mark.usefixtures("poller")
async def test_what_could_not_be_written_down_is_not_confirmed(
    double: TelegramDouble, book: Book
) -> None:
    book.failures = 3
    double.person().start()
    await double.listening()

    assert len(book.received) == 1


@pytest.mark.parametrize("fault", ["refuse", "drop_before", "drop_after", "too_many"])
@pytest.mark.usefixtures("poller")
async def test_a_bad_connection_loses_nothing(
    double: TelegramDouble, book: Book, fault: str
) -> None:
    double.faults.add(fault, method="getUpdates", times=3)
    double.person().start()
    await double.listening()

    assert book.received


@pytest.mark.usefixtures("poller")
async def test_another_program_with_the_same_token_stops_nothing(
    double: TelegramDouble, book: Book
) -> None:
    await double.listening()
    double.call("getUpdates", {"timeout": 0})
    double.person().start()
    await double.listening()

    assert book.received


async def test_a_refused_token_ends_the_polling(double: TelegramDouble, book: Book) -> None:
    other = "1000002:" + "x" * 35
    line = Line(DoubleRequest(double), "https://api.telegram.org", other)

    poller = Poller(line, book.admit, no_rest)
    poller.begin()

    with pytest.raises(InvalidToken):
        await poller.run()


@pytest.mark.usefixtures("poller")
async def test_a_webhook_that_was_left_behind_is_taken_away(
    double: TelegramDouble, book: Book
) -> None:
    double.call("setWebhook", {"url": "https://example.org/hook"})
    double.person().start()
    await double.listening()

    assert book.received


async def test_who_polls_with_our_token_is_reported_and_stops_nothing(
    double: TelegramDouble, book: Book
) -> None:
    figures = Figures()
    line = Line(DoubleRequest(double, not_sent=NotSent), "https://api.telegram.org", double.token)
    made = Poller(line, book.admit, no_rest, figures)
    made.begin()
    running = asyncio.create_task(made.run())
    await double.listening()
    double.call("getUpdates", {"timeout": 0})
    double.person().start()
    await double.listening()
    made.stop()
    await running

    assert book.received
    assert b"erasmus_poll_conflicts_total 1.0" in figures.page()


@pytest.mark.usefixtures("poller")
async def test_a_poller_that_is_paused_asks_for_nothing(
    double: TelegramDouble, book: Book, poller: Poller
) -> None:
    await double.listening()
    poller.pause()
    for _ in range(10):
        await asyncio.sleep(0)
    double.person().start()
    for _ in range(10):
        await asyncio.sleep(0)
    assert book.received == []

    poller.begin()
    await double.listening()
    assert book.received
