"""The double over HTTP is the same double, with connections that can break."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from telegram import Bot
from telegram.error import Conflict

from bot.telegram_double import Pace, Person, TelegramDouble
from bot.telegram_double.server import DoubleServer
from bot.telegram_double.webhook import WebhookPusher
from bot.transport import AiohttpRequest, NotSent

START = datetime(2026, 11, 21, 6, tzinfo=UTC)


@pytest.fixture
def double() -> TelegramDouble:
    return TelegramDouble(lambda: START, pace=Pace.off())


@pytest.fixture
async def server(double: TelegramDouble) -> AsyncIterator[DoubleServer]:
    async with DoubleServer(double) as made:
        yield made


@pytest.fixture
def alice(double: TelegramDouble) -> Person:
    person = double.person(language_code="ky")
    person.start()
    return person


def make_bot(server: DoubleServer, token: str) -> Bot:
    requests = [AiohttpRequest(4), AiohttpRequest(2)]
    return Bot(
        token, base_url=server.base_url, request=requests[0], get_updates_request=requests[1]
    )


async def test_a_bot_talks_to_it_in_json_and_with_files(
    server: DoubleServer, double: TelegramDouble, alice: Person
) -> None:
    async with make_bot(server, double.token) as bot:
        await bot.send_message(alice.id, "<b>Hi</b>", parse_mode="HTML")
        await bot.send_document(alice.id, b"12345", filename="x.pdf", caption="Five")

    assert [message.html for message in alice.messages[1:]] == ["<b>Hi</b>", "Five"]
    assert double.refusals == []


async def test_a_wrong_token_is_unauthorized(server: DoubleServer) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{server.base_url}1:wrong/getMe") as answer,
    ):
        assert answer.status == 401
        assert (await answer.json())["description"] == "Unauthorized"


async def test_forms_and_queries_are_read_too(server: DoubleServer, alice: Person) -> None:
    address = f"{server.base_url}{server.double.token}/sendMessage"
    async with aiohttp.ClientSession() as session:
        form = {"chat_id": str(alice.id), "text": "form"}
        assert (await session.post(address, data=form)).status == 200
        query = {"chat_id": str(alice.id), "text": "query"}
        assert (await session.get(address, params=query)).status == 200
    assert alice.said == ["form", "query"]


async def test_long_polling_ends_with_the_update(
    server: DoubleServer, double: TelegramDouble, alice: Person
) -> None:
    async with make_bot(server, double.token) as bot:
        last = (await bot.get_updates())[-1].update_id
        waiting = asyncio.create_task(bot.get_updates(offset=last + 1, timeout=30))
        await double.listening()
        alice.send_text("now")
        (update,) = await waiting
    assert update.message is not None
    assert update.message.text == "now"


async def test_the_older_of_two_pollers_is_sent_away(
    server: DoubleServer, double: TelegramDouble
) -> None:
    async with make_bot(server, double.token) as bot, make_bot(server, double.token) as other:
        first = asyncio.create_task(bot.get_updates(timeout=30))
        await double.listening()
        await other.get_updates()
        with pytest.raises(Conflict, match="terminated by other getUpdates"):
            await first


@pytest.mark.parametrize(("kind", "arrived"), [("drop_before", []), ("drop_after", ["x"])])
async def test_a_cut_connection_may_or_may_not_have_delivered(
    server: DoubleServer, double: TelegramDouble, alice: Person, kind: str, arrived: list[str]
) -> None:
    double.faults.add(kind, method="sendMessage")
    async with aiohttp.ClientSession() as session:
        call = session.post(
            f"{server.base_url}{double.token}/sendMessage", json={"chat_id": alice.id, "text": "x"}
        )
        with pytest.raises(aiohttp.ClientError):
            await call
    assert alice.said == arrived
    assert [entry.answered for entry in double.ledger] == [False for _ in arrived]


async def test_nobody_listens_any_more(double: TelegramDouble, alice: Person) -> None:
    async with DoubleServer(double) as server:
        pass
    request = AiohttpRequest(1)
    await request.initialize()
    with pytest.raises(NotSent):
        await request.post(f"{server.base_url}{double.token}/getMe")
    await request.shutdown()
    assert alice.said == []


async def test_other_processes_drive_people_by_control(
    server: DoubleServer, double: TelegramDouble, alice: Person
) -> None:
    markup = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}
    double.call("sendMessage", {"chat_id": alice.id, "text": "?", "reply_markup": markup})
    async with aiohttp.ClientSession(server.address) as session:

        async def ask(path: str, **given: object) -> dict[str, Any]:
            async with session.post(f"/control/{path}", json=given) as answer:
                told: dict[str, Any] = await answer.json()
                return told

        bob = (await ask("person", first_name="Bob", language_code="en"))["result"]["id"]
        await ask("start", person=bob)
        await ask("press", person=alice.id, message_id=alice.last.id, button="Yes")
        wrong = await ask("press", person=alice.id, message_id=alice.last.id, button="No")
        assert "«Yes»" in wrong["problem"]
        async with session.get("/control/ledger") as answer:
            assert [entry["text"] for entry in (await answer.json())["result"]] == ["?"]
    assert double.pending == 3


async def test_a_webhook_gets_updates_in_order_and_again_until_it_takes_them(
    double: TelegramDouble, alice: Person
) -> None:
    seen: list[tuple[str, str | None]] = []
    done = asyncio.Event()

    async def hook(request: web.Request) -> web.Response:
        update = await request.json()
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        seen.append((update["message"]["text"], secret))
        if len(seen) == 3:
            done.set()
        return web.Response(status=503 if len(seen) == 1 else 200)

    app = web.Application()
    app.router.add_post("/hook", hook)
    async with TestServer(app, host="127.0.0.1") as target:
        url = str(target.make_url("/hook"))
        assert double.call("setWebhook", {"url": url, "secret_token": "s3"})[0] == 200
        pusher = asyncio.create_task(WebhookPusher(double, first_pause=0.01).run())
        alice.send_text("second")
        await asyncio.wait_for(done.wait(), 5)
        pusher.cancel()
        await asyncio.gather(pusher, return_exceptions=True)
    assert seen == [("/start", "s3"), ("/start", "s3"), ("second", "s3")]
