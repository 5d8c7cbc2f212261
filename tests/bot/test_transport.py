"""A failed request says whether it may have arrived."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from aiohttp import web
from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut

from bot.telegram_double import TelegramDouble
from bot.telegram_double.server import DoubleServer
from bot.transport import AiohttpRequest, Line, NotSent

TOKEN = "1000001:" + "d" * 35
Serve = Callable[[web.Request], web.StreamResponse]


@pytest.fixture
async def request_() -> AsyncIterator[AiohttpRequest]:
    async with AiohttpRequest(4) as opened:
        yield opened


@pytest.fixture
async def double_line(double: TelegramDouble, request_: AiohttpRequest) -> AsyncIterator[Line]:
    async with DoubleServer(double, port=0) as server:
        yield Line(request_, server.base_url.removesuffix("/bot"), double.token)


async def test_plain_json_arrives_and_the_result_comes_back(
    double_line: Line, double: TelegramDouble
) -> None:
    alice = double.person()
    alice.start()
    keyboard = {"inline_keyboard": [[{"text": "Да", "callback_data": "a1:x"}]]}
    sent = await double_line.call(
        "sendMessage", chat_id=alice.id, text="Салам", reply_markup=keyboard, parse_mode=None
    )

    assert (alice.last.id, alice.last.labels) == (sent["message_id"], ["Да"])


async def test_telegrams_refusal_is_told_in_its_words(double_line: Line) -> None:
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await double_line.call("sendMessage", chat_id=5, text="hello")


async def test_a_refused_connection_was_certainly_not_sent(
    request_: AiohttpRequest, unused_tcp_port: int
) -> None:
    line = Line(request_, f"http://127.0.0.1:{unused_tcp_port}", TOKEN)

    with pytest.raises(NotSent) as raised:
        await line.call("getMe")
    assert TOKEN not in repr(raised.value)


async def test_no_free_connection_was_certainly_not_sent(double: TelegramDouble) -> None:
    double.faults.add("hang", method="getMe", seconds=60)
    async with (
        DoubleServer(double, port=0) as server,
        AiohttpRequest(1, connect_seconds=0.05) as request,
    ):
        line = Line(request, server.base_url.removesuffix("/bot"), double.token)
        hanging = asyncio.create_task(line.call("getMe"))
        await asyncio.wait([hanging], timeout=0.05)
        with pytest.raises(NotSent):
            await line.call("getMe")
        hanging.cancel()


@pytest.mark.parametrize("fault", ["drop_before", "drop_after"])
async def test_a_connection_cut_after_sending_leaves_it_uncertain(
    double_line: Line, double: TelegramDouble, fault: str
) -> None:
    double.faults.add(fault, method="getMe")

    with pytest.raises(NetworkError) as raised:
        await double_line.call("getMe")
    assert not isinstance(raised.value, NotSent)


async def test_no_answer_in_time_leaves_it_uncertain(double: TelegramDouble) -> None:
    double.faults.add("hang", method="getMe", seconds=60)
    async with (
        DoubleServer(double, port=0) as server,
        AiohttpRequest(1, total_seconds=0.05) as request,
    ):
        line = Line(request, server.base_url.removesuffix("/bot"), double.token)
        with pytest.raises(TimedOut):
            await line.call("getMe")


async def test_an_error_page_leaves_it_uncertain(double_line: Line, double: TelegramDouble) -> None:
    double.faults.add("server_error", code=502, html=True, method="getMe")

    with pytest.raises(TelegramError) as raised:
        await double_line.call("getMe")
    assert not isinstance(raised.value, NotSent)


async def test_a_closed_session_sends_nothing() -> None:
    request = AiohttpRequest(1)

    with pytest.raises(NotSent):
        await Line(request, "http://127.0.0.1:1", TOKEN).call("getMe")
