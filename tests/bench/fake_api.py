"""A Bot API that costs little: fixed answers over a bare HTTP/1.1 protocol, on loopback only.

It measures bots, so it must not be what is measured. It checks nothing; the Telegram double does.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

BOT: Final = {
    "id": 1000001,
    "is_bot": True,
    "first_name": "Bench",
    "username": "bench_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
}
KNOWN: Final[Mapping[str, object]] = {
    "getMe": BOT,
    "getMyName": {"name": "Bench"},
    "getMyShortDescription": {"short_description": ""},
    "getMyDescription": {"description": ""},
    "getMyCommands": [],
    "getUpdates": [],
    "getWebhookInfo": {"url": "", "has_custom_certificate": False, "pending_update_count": 0},
}
WRITES: Final = frozenset({"sendMessage", "editMessageText"})

Update = dict[str, Any]
Refuse = Callable[[float], float]
"""Told the time, gives seconds of a 429's `retry_after`; 0: allowed."""


def http(body: bytes, status: bytes = b"200 OK") -> bytes:
    """Return a whole response."""
    head = b"HTTP/1.1 %b\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
    return head % (status, len(body)) + body


def ok(result: object) -> bytes:
    """Return the response of a call that went well."""
    return http(json.dumps({"ok": True, "result": result}, ensure_ascii=False).encode())


@dataclass
class FakeApi:
    """Hands out updates, counts calls, and knows when everything asked of it has been done.

    `window` is how many updates may be unanswered when the next batch is handed out: the bot is
    always busy and never flooded. `delay` is how long a call takes, in seconds.
    """

    message: Mapping[str, Any] = field(default_factory=dict)
    window: int = 200
    delay: float = 0.0
    refuse: Refuse | None = None
    on_call: Callable[[str, bytes], None] | None = None
    calls: dict[str, int] = field(default_factory=dict)
    refused: int = 0
    polled_at: float | None = None
    _updates: Iterator[Update] = field(default_factory=lambda: iter(()))
    _pushed: list[Update] = field(default_factory=list)
    _handed: int = 0
    _goals: list[tuple[str, int, asyncio.Future[float]]] = field(default_factory=list)
    _poll: asyncio.Task[None] | None = None
    _more: asyncio.Event = field(default_factory=asyncio.Event)
    _server: asyncio.Server | None = None

    def __post_init__(self) -> None:
        sent = {"message_id": 77, "date": 1795000000, "chat": {"id": 1, "type": "private"}}
        self._answers = {method: ok(result) for method, result in KNOWN.items()}
        self._written = ok({**sent, "from": BOT, **self.message})
        self._true = ok(result=True)

    async def start(self) -> str:
        """Listen; return the address before /bot<token>."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Calls(self), "127.0.0.1", 0)
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        """Listen no longer."""
        if self._server is not None:
            self._server.close()

    def hand_out(self, updates: Iterator[Update]) -> None:
        """Give these to the bot, in batches of up to 100."""
        self._updates = updates
        self._more.set()

    def push(self, update: Update) -> None:
        """Give one more update to the bot, at once."""
        self._pushed.append(update)
        self._more.set()

    def count(self, *methods: str) -> int:
        """Return how many calls of these methods have been answered."""
        return sum(self.calls.get(method, 0) for method in methods)

    def reached(self, method: str, number: int) -> asyncio.Future[float]:
        """Return the moment (perf_counter) of the number-th call of a method."""
        reached = asyncio.get_running_loop().create_future()
        self._goals.append((method, number, reached))
        return reached

    def answer(self, method: str, body: bytes) -> bytes:
        """Carry out a call."""
        now = time.perf_counter()
        if self.refuse is not None and method in WRITES and (wait := self.refuse(now)):
            self.refused += 1
            return _too_many(wait)
        self.calls[method] = self.calls.get(method, 0) + 1
        for goal in self._goals:
            if goal[0] == method and self.calls[method] == goal[1] and not goal[2].done():
                goal[2].set_result(now)
        if self.on_call is not None:
            self.on_call(method, body)
        if method == "answerCallbackQuery":
            self._more.set()
        return self._written if method in WRITES else self._answers.get(method, self._true)

    async def updates(self) -> bytes:
        """Wait until there is something to hand out."""
        if self.polled_at is None:
            self.polled_at = time.perf_counter()
        while True:
            self._more.clear()
            open_ = self._handed - self.count("answerCallbackQuery")
            batch = self._batch() if open_ <= self.window else []
            if batch:
                self._handed += len(batch)
                return ok(batch)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._more.wait(), 20)

    def _batch(self) -> list[Update]:
        pushed, self._pushed = self._pushed[:100], self._pushed[100:]
        return pushed or [u for _, u in zip(range(100), self._updates, strict=False)]


class _Calls(asyncio.Protocol):
    """One connection; calls come one after the other."""

    def __init__(self, api: FakeApi) -> None:
        self._api = api
        self._seen = bytearray()
        self._tasks = set[asyncio.Task[None]]()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the base's
        for task in self._tasks:
            task.cancel()

    def data_received(self, data: bytes) -> None:
        self._seen += data
        end = self._seen.find(b"\r\n\r\n")
        if end < 0:
            return
        head = bytes(self._seen[:end])
        _, found, rest = head.lower().partition(b"content-length:")
        length = int(rest.split(b"\r\n", 1)[0]) if found else 0
        if len(self._seen) < end + 4 + length:
            return
        body = bytes(self._seen[end + 4 : end + 4 + length])
        self._seen.clear()
        path = head.split(b" ", 2)[1].split(b"?")[0]
        self._call(path.rsplit(b"/", 1)[1].decode(), body)

    def _call(self, method: str, body: bytes) -> None:
        if method == "getUpdates":
            self._later(self._hand_out())
        elif self._api.delay:
            self._later(self._slowly(method, body))
        else:
            self._transport.write(self._api.answer(method, body))

    def _later(self, work: Any) -> None:  # noqa: ANN401 - any coroutine
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _hand_out(self) -> None:
        self._transport.write(await self._api.updates())

    async def _slowly(self, method: str, body: bytes) -> None:
        await asyncio.sleep(self._api.delay)
        self._transport.write(self._api.answer(method, body))


def _too_many(wait: float) -> bytes:
    seconds = max(1, round(wait))
    refusal = {
        "ok": False,
        "error_code": 429,
        "description": f"Too Many Requests: retry after {seconds}",
        "parameters": {"retry_after": seconds},
    }
    return http(json.dumps(refusal).encode(), b"429 Too Many Requests")
