"""The Bot API over HTTP, on this machine only, for bots in other processes."""

import asyncio
import json
from collections.abc import Iterable
from typing import Final, Self

from aiohttp import BodyPartReader, web

from bot.telegram_double import control
from bot.telegram_double.arguments import Upload
from bot.telegram_double.engine import TelegramDouble
from bot.telegram_double.faults import Cut, FaultKind
from bot.telegram_double.ledger import Delivery

DOUBLE: Final = web.AppKey("double", TelegramDouble)
LOOPBACK: Final = "127.0.0.1"
LARGEST_UPLOAD: Final = 60 << 20
FOR_EVER: Final = 24 * 3600.0
PATIENCE_AT_END: Final = 0.2


def create_app(double: TelegramDouble) -> web.Application:
    """Return the application: ``/bot<token>/<method>`` and, for tests, ``/control/…``."""
    app = web.Application(client_max_size=LARGEST_UPLOAD)
    app[DOUBLE] = double
    app.router.add_route("*", "/bot{token:[^/]+}/{method}", answer)
    control.add_routes(app, double)
    return app


async def answer(request: web.Request) -> web.StreamResponse:
    """Answer one call as the Bot API would."""
    double = request.app[DOUBLE]
    if request.match_info["token"] != double.token:
        return _json(401, {"ok": False, "error_code": 401, "description": "Unauthorized"})
    params, uploads = await _read(request)
    before = len(double.ledger)
    try:
        answered = await double.answer(request.match_info["method"], params, uploads)
    except Cut as cut:
        return await _cut(request, cut)
    arrived = double.ledger[before:]
    try:
        await asyncio.sleep(answered.wait)
    except asyncio.CancelledError:
        _leave_unanswered(arrived)
        raise
    if request.transport is None or request.transport.is_closing():
        _leave_unanswered(arrived)
    if answered.html is not None:
        return web.Response(status=answered.status, text=answered.html, content_type="text/html")
    return _json(answered.status, answered.body)


def _leave_unanswered(arrived: Iterable[Delivery]) -> None:
    for delivery in arrived:
        delivery.answered = False


def _json(status: int, body: object) -> web.Response:
    return web.json_response(body, status=status)


async def _cut(request: web.Request, cut: Cut) -> web.StreamResponse:
    if cut.kind == FaultKind.HANG:
        await asyncio.sleep(FOR_EVER if cut.seconds is None else cut.seconds)
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def _read(request: web.Request) -> tuple[dict[str, object], dict[str, Upload]]:
    params: dict[str, object] = dict(request.query)
    uploads: dict[str, Upload] = {}
    if request.content_type == "application/json":
        params |= json.loads(await request.read() or b"{}")
    elif request.content_type == "multipart/form-data":
        async for part in await request.multipart():
            if isinstance(part, BodyPartReader) and part.name:
                await _read_part(part, part.name, params, uploads)
    elif request.can_read_body:
        params |= {name: str(value) for name, value in (await request.post()).items()}
    return params, uploads


async def _read_part(
    part: BodyPartReader, name: str, params: dict[str, object], uploads: dict[str, Upload]
) -> None:
    content = await part.read()
    if part.filename is None:
        params[name] = content.decode()
    else:
        kind = part.headers.get("Content-Type", "application/octet-stream")
        uploads[name] = Upload(part.filename, bytes(content), kind)


class DoubleServer:
    """A double that listens on this machine for as long as the context lasts.

    Port 0 takes a free one; ``address`` is what python-telegram-bot calls the server, ``base_url``
    the same with ``/bot``.
    """

    def __init__(self, double: TelegramDouble, *, port: int = 0) -> None:
        self.double = double
        self.port = port
        # A bot that was killed waits for updates no longer: its handler ends with its connection.
        self._runner = web.AppRunner(
            create_app(double),
            access_log=None,
            shutdown_timeout=PATIENCE_AT_END,
            handler_cancellation=True,
        )

    @property
    def address(self) -> str:
        """The address without a path."""
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def base_url(self) -> str:
        """The address up to the token."""
        return f"{self.address}/bot"

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        site = web.TCPSite(self._runner, LOOPBACK, self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()
