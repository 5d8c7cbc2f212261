"""The endpoint: pushed updates are answered when they are written down; health and figures."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack
from datetime import timedelta
from http import HTTPStatus
from io import BytesIO
from itertools import chain
from typing import Any

import aiohttp
import pytest
from pydantic import SecretStr

from bot.assembly import build
from bot.assistant import Assistant
from bot.clock import MovableClock
from bot.condition import Condition
from bot.figures import Figures
from bot.inbox import Received
from bot.settings import Settings
from bot.telegram_double import DoubleRequest, TelegramDouble
from bot.telegram_double.webhook import WebhookPusher
from bot.transport import NotSent
from bot.web import Web
from bot.webhook import LARGEST_BODY, SECRET_HEADER, Webhook
from storage import Database, inbox

SECRET, OLD = "s" * 32, "o" * 40
UPDATE = {"update_id": 7, "message": {"chat": {"id": 5}, "text": "hello"}}


class Book:
    """Writes down what comes, a transaction at a time, unless it is told to fail or to wait."""

    def __init__(self) -> None:
        self.backlog = 0
        self.written: list[list[int]] = []
        self.broken = False
        self.go_on = asyncio.Event()
        self.go_on.set()

    async def admit(self, updates: Sequence[Received]) -> None:
        await self.go_on.wait()
        if self.broken:
            raise OSError("the database is down")
        self.written.append([number for number, _, _ in updates])


class Well:
    """A process that is well, until it is told otherwise."""

    def __init__(self) -> None:
        self.problems: dict[str, str] = {}

    async def ready(self) -> dict[str, str]:
        return self.problems

    async def page(self) -> bytes:
        return b"erasmus_x 1\n"


@pytest.fixture
def book() -> Book:
    return Book()


@pytest.fixture
def well() -> Well:
    return Well()


@pytest.fixture
async def client(book: Book, well: Well) -> AsyncIterator[aiohttp.ClientSession]:
    web = Web(("127.0.0.1", 0), well)
    web.take_pushes("/hook", Webhook([SECRET, OLD], book, limit=10).receive)
    await web.open()
    async with aiohttp.ClientSession(web.address) as session:
        yield session
    await web.close()


async def push(
    client: aiohttp.ClientSession, update: object = UPDATE, secret: str | None = SECRET
) -> int:
    headers = {SECRET_HEADER: secret} if secret is not None else {}
    async with client.post("/hook", json=update, headers=headers) as answer:
        assert await answer.read() == b""
        return answer.status


@pytest.mark.parametrize("secret", [SECRET, OLD])
async def test_a_pushed_update_is_written_down_before_the_answer(
    client: aiohttp.ClientSession, book: Book, secret: str
) -> None:
    """During a rotation either secret is taken."""
    assert await push(client, secret=secret) == HTTPStatus.OK
    assert book.written == [[7]]


@pytest.mark.parametrize("secret", [None, "", "x" * 32, "\u0441" * 32, SECRET[:-1]])
async def test_without_the_secret_nothing_is_taken(
    client: aiohttp.ClientSession, book: Book, secret: str | None
) -> None:
    assert await push(client, secret=secret) == HTTPStatus.FORBIDDEN
    assert book.written == []


async def test_while_the_database_is_down_telegram_is_asked_to_come_again(
    client: aiohttp.ClientSession, book: Book
) -> None:
    book.broken = True
    assert await push(client) == HTTPStatus.SERVICE_UNAVAILABLE
    book.broken = False
    assert await push(client) == HTTPStatus.OK


async def test_with_too_much_waiting_telegram_is_asked_to_keep_the_rest(
    client: aiohttp.ClientSession, book: Book
) -> None:
    book.backlog = 11
    assert await push(client) == HTTPStatus.SERVICE_UNAVAILABLE
    assert book.written == []


@pytest.mark.parametrize("update", [[], {}, {"update_id": "7"}, 5])
async def test_what_is_no_update_is_refused(client: aiohttp.ClientSession, update: object) -> None:
    assert await push(client, update) == HTTPStatus.BAD_REQUEST


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", HTTPStatus.BAD_REQUEST),
        (b"{}", "text/plain", HTTPStatus.UNSUPPORTED_MEDIA_TYPE),
        (b" " * (LARGEST_BODY + 1), "application/json", HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    ],
)
async def test_what_is_no_json_or_too_large_is_refused(
    client: aiohttp.ClientSession, body: bytes, kind: str, status: int
) -> None:
    headers = {SECRET_HEADER: SECRET, "Content-Type": kind}
    async with client.post("/hook", data=BytesIO(body), headers=headers) as answer:
        assert answer.status == status


async def test_what_comes_together_is_written_in_one_transaction(
    client: aiohttp.ClientSession, book: Book
) -> None:
    book.go_on.clear()
    pushes = [asyncio.create_task(push(client, {"update_id": n})) for n in range(9)]
    await asyncio.sleep(0.2)
    book.go_on.set()

    assert set(await asyncio.gather(*pushes)) == {HTTPStatus.OK}
    assert sorted(chain.from_iterable(book.written)) == list(range(9))
    assert len(book.written) <= 2


async def test_health_is_told(client: aiohttp.ClientSession, well: Well) -> None:
    async with client.get("/healthz") as answer:
        assert answer.status == HTTPStatus.OK
    async with client.get("/readyz") as answer:
        assert await answer.json() == {"ready": True, "problems": {}}
    well.problems["database"] = "away"
    async with client.get("/readyz") as answer:
        assert answer.status == HTTPStatus.SERVICE_UNAVAILABLE
    async with client.get("/metrics") as answer:
        assert b"erasmus_x 1" in await answer.read()


@pytest.fixture
async def pushed(
    settings: Settings, clock: MovableClock, double: TelegramDouble
) -> AsyncIterator[Callable[[int], Assistant]]:
    """Makes assistants that have updates pushed to them, by a double that does."""
    async with AsyncExitStack() as stack:
        pushing = asyncio.create_task(WebhookPusher(double, first_pause=0.05).run())
        stack.callback(pushing.cancel)

        def make(port: int) -> Assistant:
            given: dict[str, Any] = {
                "listen": ("127.0.0.1", port),
                "webhook_url": f"http://127.0.0.1:{port}/hook",
                "webhook_secret": SecretStr(SECRET),
            }
            request = DoubleRequest(double, not_sent=NotSent)
            return build(
                settings.model_copy(update=given),
                clock=clock,
                request=request,
                bulk_request=request,
                updates_request=request,
            )

        yield make


async def test_an_assistant_with_a_webhook_answers_and_is_ready(
    pushed: Callable[[int], Assistant], double: TelegramDouble, unused_tcp_port: int
) -> None:
    assistant = pushed(unused_tcp_port)
    await assistant.start()
    alice = double.person()
    alice.start()
    answered = asyncio.Event()
    double.watch(lambda: answered.set() if alice.said and not double.pending else None)
    await asyncio.wait_for(answered.wait(), 10)
    await assistant.published()
    assert assistant.web is not None
    async with aiohttp.ClientSession(assistant.web.address) as client:
        async with client.get("/readyz") as answer:
            assert await answer.json() == {"ready": True, "problems": {}}
        async with client.get("/metrics") as answer:
            figures = await answer.text()
    await assistant.stop()

    assert 'erasmus_updates_total{outcome="received"} 1.0' in figures
    assert 'erasmus_lane_depth{lane="announcement"} 0.0' in figures
    assert double.mistakes == []


async def test_a_long_wait_shows_as_lag(
    settings: Settings, clock: MovableClock, db: Database
) -> None:
    async with db.write() as c:
        await inbox.receive(c, [(1, 5, {})], clock.now())
    condition = Condition(db, settings, clock, Figures())
    assert await condition.ready() == {}
    clock.move(timedelta(minutes=2))

    assert await condition.ready() == {"lag": "120 s"}
    assert b"erasmus_inbox_updates 1.0" in await condition.page()
