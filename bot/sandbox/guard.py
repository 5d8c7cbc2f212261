"""Who may ask: pages of this very server, called by an address of this machine."""

from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web

NAMES: Final = ("127.0.0.1", "localhost", "::1")
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse other names of this machine and other pages' requests.

    A name that merely resolves to this machine could belong to a page of somebody else.
    """
    if urlsplit(f"//{request.host}").hostname not in NAMES:
        raise web.HTTPForbidden(text="This page answers to 127.0.0.1 and localhost only.\n")
    if request.method != "GET":
        if request.headers.get("Origin") != f"http://{request.host}":
            raise web.HTTPForbidden(text="Another page sent this.\n")
        if request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType(text="JSON only.\n")
    return await handler(request)


async def add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    """Let the page load nothing from elsewhere and be framed by nobody."""
    response.headers.update(HEADERS)
