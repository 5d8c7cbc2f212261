"""Web: what the process answers over HTTP: is it alive, is it ready, how is it doing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Final, Protocol

from aiohttp import web

from bot.figures import CONTENT_TYPE
from bot.webhook import LARGEST_BODY

END_SECONDS: Final = 3.0
"""What requests under way get when the process stops."""

Receive = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Condition(Protocol):
    """How the process is."""

    async def ready(self) -> Mapping[str, str]:
        """Return what keeps the process from working, by its name; nothing when all is well."""
        ...

    async def page(self) -> bytes:
        """Return the figures for Prometheus."""
        ...


class Web:
    """Listens at a place, from `open` to `close`."""

    def __init__(self, place: tuple[str, int], condition: Condition) -> None:
        """Listen nowhere yet; port 0 takes a free one."""
        self._place, self._condition = place, condition
        app = web.Application(client_max_size=LARGEST_BODY)
        app.router.add_get("/healthz", self._alive)
        app.router.add_get("/readyz", self._ready)
        app.router.add_get("/metrics", self._metrics)
        self._app = app
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=END_SECONDS)

    def take_pushes(self, path: str, receive: Receive) -> None:
        """Hand what is posted to a path to `receive`."""
        self._app.router.add_post(path, receive)

    @property
    def address(self) -> str:
        """Where it listens, once it does."""
        host, port = self._runner.addresses[0][:2]
        return f"http://{host}:{port}"

    async def open(self) -> None:
        """Begin to listen; raises OSError where somebody else does."""
        await self._runner.setup()
        await web.TCPSite(self._runner, *self._place).start()

    async def close(self) -> None:
        """Take nothing more, and let what is under way end."""
        await self._runner.cleanup()

    async def _alive(self, _request: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def _ready(self, _request: web.Request) -> web.Response:
        problems = await self._condition.ready()
        status = HTTPStatus.SERVICE_UNAVAILABLE if problems else HTTPStatus.OK
        return web.json_response({"ready": not problems, "problems": dict(problems)}, status=status)

    async def _metrics(self, _request: web.Request) -> web.Response:
        body = await self._condition.page()
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE})
