"""A proxy before several processes: each push goes to the next one that takes connections."""

from __future__ import annotations

import socket
from typing import Self

import aiohttp
from aiohttp import web

HOST = "127.0.0.1"


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as made:
        made.bind((HOST, 0))
        return int(made.getsockname()[1])


class Proxy:
    """Hands what is posted to it to one of the ports; 502 when that one breaks off."""

    def __init__(self) -> None:
        self.port, self.targets = free_port(), list[int]()
        self._turn = 0
        self._runner: web.AppRunner | None = None
        self._session: aiohttp.ClientSession | None = None

    @property
    def url(self) -> str:
        """Where Telegram is to push to."""
        return f"http://{HOST}:{self.port}/telegram"

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession()
        app = web.Application()
        app.router.add_post("/telegram", self._pass_on)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, self.port).start()
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None
        assert self._session is not None
        await self._runner.cleanup()
        await self._session.close()

    async def _pass_on(self, request: web.Request) -> web.Response:
        assert self._session is not None
        body = await request.read()
        kept = {k: v for k, v in request.headers.items() if k.startswith(("X-", "Content-Type"))}
        for _ in self.targets:
            self._turn += 1
            port = self.targets[self._turn % len(self.targets)]
            try:
                async with self._session.post(
                    f"http://{HOST}:{port}/telegram", data=body, headers=kept
                ) as answer:
                    return web.Response(status=answer.status)
            except aiohttp.ClientConnectorError:
                continue  # nothing was sent: the next one may have it
            except aiohttp.ClientError:
                break
        return web.Response(status=502)
