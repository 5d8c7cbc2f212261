"""What compose.yaml says, and its proxy as Caddy itself understands it: apt install caddy."""

import asyncio
import re
import shutil
import socket
import textwrap
import tomllib
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import ClientConnectionError, ClientSession, web

from bot.settings import ALLOWED, PREFIX

ROOT = Path(__file__).parent.parent
COMPOSE = ROOT / "compose.yaml"
GROWING = ROOT / "docs" / "growing.md"
CADDY = shutil.which("caddy")
HANDS_ON = (2, 11, 2)
"""From this version on Caddy hands an update on when the process it was meant for has gone."""

needs_caddy = pytest.mark.skipif(CADDY is None, reason="Caddy is not installed")


def found(pattern: str, file: Path = COMPOSE) -> set[str]:
    return set(re.findall(pattern, file.read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("file", [COMPOSE, GROWING], ids=lambda file: file.name)
def test_only_settings_that_there_are_are_named(file: Path) -> None:
    named = found(rf"\b{PREFIX}(\w+)", file)

    assert named
    assert named <= ALLOWED.keys()


def test_the_page_sets_everything_that_has_to_be_set() -> None:
    """Compose says itself what of its own is missing, the assistant what it needs besides."""
    own = found(r"\$\{(\w+):\?\}")
    needed = {PREFIX + name for name in ("TOKEN", "WEBHOOK_SECRET")}

    assert {"DOMAIN", "POSTGRES_PASSWORD"} <= own
    assert found(r"(?<= )([A-Z_]+)=", GROWING) == own | needed


def test_the_proxy_and_the_check_ask_where_the_processes_listen() -> None:
    assert found(r"_LISTEN: 0\.0\.0\.0:(\d+)$") == found(r"(?:first|second|127\.0\.0\.1):(\d+)")
    assert found(r"health_uri (/\w+)") == found(r"127\.0\.0\.1:\d+(/\w+)") == {"/readyz"}
    assert found(r"_WEBHOOK_URL: https://\$\{DOMAIN:\?\}(/\w+)$") == found(r"handle (/\w+)")


def test_the_processes_ask_the_database_that_is_made() -> None:
    users, names = found(r"POSTGRES_USER: (\w+)"), found(r"POSTGRES_DB: (\w+)")

    ((user, host, name),) = re.findall(r"://(\w+)@(\w+)/(\w+)$", COMPOSE.read_text(), re.MULTILINE)
    assert ({user}, {name}) == (users, names)
    assert host in found(r"^  (\w+):$")


def test_nothing_reaches_an_image_but_what_the_assistant_is_built_from() -> None:
    """Whatever else lies in the directory, such as `.env` and databases, stays outside."""
    written = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in written if not line.startswith("#")]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    rooms = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    pages = [project["project"]["readme"], *project["project"]["license-files"]]

    assert rules[0] == "*"
    assert {rule[1:] for rule in rules if rule.startswith("!")} == {
        *rooms,
        *pages,
        "pyproject.toml",
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def caddyfile(port: int, upstreams: dict[str, int]) -> str:
    """Return the configuration of compose.yaml, with addresses of this machine."""
    block = re.search(r"content: \|\n((?: {6}.*\n|\n)+)", COMPOSE.read_text(encoding="utf-8"))
    assert block is not None
    text = textwrap.dedent(block.group(1)).replace("{$$DOMAIN}", f"http://127.0.0.1:{port}")
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


async def caddy_version() -> tuple[int, ...]:
    process = await asyncio.create_subprocess_exec(
        str(CADDY), "version", stdout=asyncio.subprocess.PIPE
    )
    told, _ = await process.communicate()
    numbers = re.match(r"v?(\d+)\.(\d+)\.(\d+)", told.decode())
    assert numbers is not None
    return tuple(int(number) for number in numbers.groups())


async def status(session: ClientSession, url: str) -> int:
    async with session.post(url, json={}) as response:
        return response.status


@needs_caddy
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


@needs_caddy
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


@needs_caddy
async def test_updates_go_to_the_other_process_as_soon_as_one_has_ended(tmp_path: Path) -> None:
    """The proxy still takes it for alive; what comes at that moment is handed on."""
    if await caddy_version() < HANDS_ON:
        pytest.skip("an older Caddy answers 502 until it has looked again; Telegram comes again")
    ending, left = Upstream(), Upstream()
    async with AsyncExitStack() as life, left.running(), ClientSession() as session:
        await life.enter_async_context(ending.running())
        async with proxy(tmp_path, ending, left) as address:
            before = [await status(session, f"{address}/telegram") for _ in range(10)]
            await life.aclose()
            after = await asyncio.gather(
                *(status(session, f"{address}/telegram") for _ in range(20))
            )
    assert ending.received
    assert [*before, *after] == [200] * 30
