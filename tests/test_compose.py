"""The proxy of compose.yaml, as Caddy itself understands it. Debian has it: apt install caddy."""

import asyncio
import re
import shutil
import socket
import textwrap
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import ClientConnectionError, ClientSession, web

COMPOSE = Path(__file__).parent.parent / "compose.yaml"
CADDY = shutil.which("caddy")

pytestmark = pytest.mark.skipif(CADDY is None, reason="Caddy is not installed")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def caddyfile(port: int, upstreams: dict[str, int]) -> str:
    """Return the configuration of compose.yaml, with addresses of this machine."""
    block = re.search(r"content: \|\n((?: {6}.*\n|\n)+)", COMPOSE.read_text(encoding="utf-8"))
    assert block is not None
    text = textwrap.dedent(block.group(1)).replace("${DOMAIN:?}", f"http://127.0.0.1:{port}")
    for name, own in upstreams.items():
        text = text.replace(f"{name}:8080", f"127.0.0.1:{own}")
    return "{\n  admin off\n}\n" + text


class Upstream:
    """One process of the assistant, as the proxy sees it."""

    def __init__(self) -> None:
        self.port = free_port()
        self.ready = True
        self.received: list[str] = []

    async def answer(self, request: web.Request) -> web.Response:
        if request.path == "/readyz":
            return web.Response(status=200 if self.ready else 503)
        self.received.append(f"{request.method} {request.path}")
        return web.Response()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self.answer)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", self.port).start()
        try:
            yield
        finally:
            await runner.cleanup()


@asynccontextmanager
async def proxy(folder: Path, *upstreams: Upstream) -> AsyncIterator[str]:
    """Run Caddy in front of two processes; yield its address once it listens."""
    port = free_port()
    config = folder / "Caddyfile"
    ports = {name: u.port for name, u in zip(("first", "second"), upstreams, strict=True)}
    config.write_text(caddyfile(port, ports))
    process = await asyncio.create_subprocess_exec(
        str(CADDY), "run", "--config", str(config), stderr=asyncio.subprocess.PIPE
    )
    assert process.stderr is not None
    try:
        async with asyncio.timeout(20):
            while b"serving initial configuration" not in (await process.stderr.readline()):
                assert process.returncode is None, config.read_text()
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        await process.communicate()


async def status(session: ClientSession, url: str) -> int:
    async with session.post(url, json={}) as response:
        return response.status


async def test_updates_reach_a_process_and_nothing_else_does(tmp_path: Path) -> None:
    first, second = Upstream(), Upstream()
    async with (
        first.running(),
        second.running(),
        proxy(tmp_path, first, second) as address,
        ClientSession() as session,
    ):
        assert await status(session, f"{address}/telegram") == 200
        for private in ("/metrics", "/readyz", "/", "/telegram/x"):
            assert await status(session, address + private) == 404
    assert [*first.received, *second.received] == ["POST /telegram"]


async def test_updates_go_to_the_process_that_is_left(tmp_path: Path) -> None:
    """The first was never started: none of the updates is lost on it."""
    gone, left = Upstream(), Upstream()
    async with left.running(), proxy(tmp_path, gone, left) as address, ClientSession() as session:
        for _ in range(10):
            assert await status(session, f"{address}/telegram") == 200
    assert left.received == ["POST /telegram"] * 10
    with pytest.raises(ClientConnectionError):
        async with ClientSession() as session:
            await status(session, f"http://127.0.0.1:{gone.port}/telegram")
