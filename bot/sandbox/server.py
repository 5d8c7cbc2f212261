"""The page's server: phones and clock as JSON, changes as they happen."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, Protocol
from urllib.parse import quote

from aiohttp import web

from bot.clock import Clock
from bot.sandbox.deeds import DEEDS, Deed, place_of
from bot.sandbox.guard import add_headers, guard
from bot.sandbox.phones import Phones
from bot.sandbox.shown import Sent, outbox, phone
from bot.telegram_double import NoSuchButton, NotPossible, NotPressable, Person, TelegramDouble

PAGE: Final = Path(__file__).parent
FILES: Final = {
    "": ("page.html", "text/html"),
    "page.css": ("page.css", "text/css"),
    "page.js": ("page.js", "text/javascript"),
    "chat.js": ("chat.js", "text/javascript"),
    "message.js": ("message.js", "text/javascript"),
    "time.js": ("time.js", "text/javascript"),
    "tools.js": ("tools.js", "text/javascript"),
}
STEPS: Final = {
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
}
GATHER: Final = 0.03  # seconds in which several changes become one event
HEARTBEAT: Final = 15.0


class Hooks(Protocol):
    """What the assistant behind the page does on request."""

    async def advance(self, by: timedelta) -> None:
        """Turn the clock forward and do everything that falls due on the way."""

    async def to_next_reminder(self) -> bool:
        """Turn the clock to the next reminder and send it; False when none is planned."""

    async def sent(self) -> Sequence[Sent]:
        """Return what was sent, newest first."""


def create_app(
    double: TelegramDouble, clock: Clock, hooks: Hooks, phones: Phones | None = None
) -> web.Application:
    """Return the application; it must listen on a loopback address only."""
    app = web.Application(middlewares=[guard])
    app.on_response_prepare.append(add_headers)
    sandbox = _Sandbox(double, clock, hooks, phones or Phones(double))
    for name, (file, kind) in FILES.items():
        app.router.add_get(f"/{name}", _file(file, kind))
    app.router.add_get("/api/phone", sandbox.phone)
    app.router.add_get("/api/events", sandbox.events)
    app.router.add_get("/api/sent", sandbox.sent)
    app.router.add_get("/api/file/{id}", sandbox.file)
    app.router.add_post("/api/clock", sandbox.turn_clock)
    app.router.add_post("/api/replace", sandbox.replace)
    for name, deed in DEEDS.items():
        app.router.add_post(f"/api/{name}", sandbox.handler(deed))
    app.on_shutdown.append(sandbox.end)
    return app


def _file(name: str, kind: str) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(_request: web.Request) -> web.Response:
        text = (PAGE / name).read_text(encoding="utf-8")
        return web.Response(text=text, content_type=kind)

    return handle


class _Sandbox:
    def __init__(self, double: TelegramDouble, clock: Clock, hooks: Hooks, phones: Phones) -> None:
        self.double = double
        self.clock = clock
        self.hooks = hooks
        self.phones = phones
        self.turning = asyncio.Lock()
        self.ended = asyncio.Event()

    async def end(self, _app: web.Application) -> None:
        """Let the streams of events go."""
        self.ended.set()
        self.double.world.changed()

    def handler(self, deed: Deed) -> Callable[[web.Request], Awaitable[web.Response]]:
        """Return what carries out a deed of a phone's owner."""

        async def handle(request: web.Request) -> web.Response:
            given = await request.json()
            try:
                deed(self.double, self._owner(given.get("phone")), given)
            except (NotPossible, NoSuchButton, NotPressable) as problem:
                return web.json_response({"problem": str(problem)}, status=409)
            self.double.world.changed()
            return web.json_response({})

        return handle

    async def replace(self, request: web.Request) -> web.Response:
        """Give a phone to somebody the bot does not know."""
        number = (await request.json()).get("phone")
        self._owner(number)
        self.phones.replace(int(number))
        return web.json_response({})

    def _owner(self, number: object) -> Person:
        try:
            return self.phones.owner(int(str(number)))
        except (KeyError, ValueError):
            raise web.HTTPNotFound(text="no such phone\n") from None

    def _shown(self, asked: Mapping[str, str]) -> dict[str, Any]:
        number = int(asked.get("phone", "1"))
        owner = self._owner(number)
        return phone(self.double, number, owner, place_of(self.double, owner, asked))

    async def phone(self, request: web.Request) -> web.Response:
        """Return what a phone shows."""
        self._owner(request.query.get("phone", "1"))
        return web.json_response(self._shown(request.query))

    async def file(self, request: web.Request) -> web.Response:
        """Return a file that the assistant sent: a picture to be seen, any other to be saved."""
        media = self.double.world.files.get(request.match_info["id"])
        if media is None or media.content is None:
            raise web.HTTPNotFound(text="no such file\n")
        how = "inline" if media.kind == "photo" else "attachment"
        kind = "image/png" if media.kind == "photo" else "application/octet-stream"
        told = {"Content-Disposition": f'{how}; filename="{quote(media.name)}"'}
        return web.Response(body=media.content, content_type=kind, headers=told)

    async def sent(self, _request: web.Request) -> web.Response:
        """Return the outbox."""
        return web.json_response(outbox(self.double, await self.hooks.sent()))

    async def turn_clock(self, request: web.Request) -> web.Response:
        """Turn the clock by a step, or to the next reminder."""
        step = (await request.json()).get("by")
        found = True
        async with self.turning:
            if step == "reminder":
                found = await self.hooks.to_next_reminder()
            elif step in STEPS:
                await self.hooks.advance(STEPS[step])
            else:
                raise web.HTTPBadRequest(text="no such step\n")
        self.double.world.changed()
        return web.json_response({"found": found, "now": self.clock.now().isoformat()})

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Send what a phone shows, now and after every change."""
        self._owner(request.query.get("phone", "1"))
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        changed = asyncio.Event()
        changed.set()
        unwatch = self.double.watch(changed.set)
        try:
            while not self.ended.is_set():
                await self._send_event(response, changed, request.query)
        except ConnectionResetError:
            pass  # the page was closed
        finally:
            unwatch()
        return response

    async def _send_event(
        self, response: web.StreamResponse, changed: asyncio.Event, asked: Mapping[str, str]
    ) -> None:
        try:
            await asyncio.wait_for(changed.wait(), HEARTBEAT)
        except TimeoutError:
            await response.write(b": still here\n\n")
            return
        await asyncio.sleep(GATHER)
        changed.clear()
        shown = json.dumps(self._shown(asked), ensure_ascii=False)
        await response.write(f"data: {shown}\n\n".encode())
