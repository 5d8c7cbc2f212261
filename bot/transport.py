"""Transport: python-telegram-bot's requests over aiohttp, and what a failure means.

A request that certainly never left may be repeated without a thought; one that may have arrived
must not be. So every failure is told apart by its phase: `NotSent`, or anything else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

# RequestData, which is public, is made of these; the module's name is not, but has never changed.
from telegram.request._requestparameter import RequestParameter
from yarl import URL

TOTAL_SECONDS: Final = 20.0
"""No call takes longer, but for long polling, which adds its waiting time."""

CONNECT_SECONDS: Final = 5.0
IDLE_SECONDS: Final = 30.0
DNS_SECONDS: Final = 300


class NotSent(NetworkError):
    """The request certainly never left: no connection was made, or none was free."""


_NO_CONNECTION: Final = (
    aiohttp.ClientConnectorError,
    aiohttp.ClientHttpProxyError,
    aiohttp.ConnectionTimeoutError,
)


class AiohttpRequest(BaseRequest):
    """Requests over an aiohttp session of its own, with a pool of its own.

    `connections` is the most that are open at once; a request waits at most `connect_seconds` for
    a free one to be there. `total_seconds` includes the answer.
    """

    def __init__(
        self,
        connections: int,
        *,
        total_seconds: float = TOTAL_SECONDS,
        connect_seconds: float = CONNECT_SECONDS,
    ) -> None:
        """Open nothing yet: a session belongs to the loop that runs `initialize`."""
        self._connections = connections
        self._timeout = aiohttp.ClientTimeout(
            total=total_seconds, connect=connect_seconds, sock_connect=connect_seconds
        )
        self._session: aiohttp.ClientSession | None = None
        self._ways: dict[str, Mapping[str, Any]] = {}

    @property
    def read_timeout(self) -> float | None:
        """Return the total time of a request, in seconds."""
        return self._timeout.total

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer; unlike the base class, never copy it into the log."""
        try:
            answer: dict[str, Any] = json.loads(payload)
        except ValueError:
            msg = "the answer is not JSON"
            raise TelegramError(msg) from None
        return answer

    async def initialize(self) -> None:
        """Open the session; a second call does nothing."""
        if self._session is None:
            connector = aiohttp.TCPConnector(
                limit=self._connections, keepalive_timeout=IDLE_SECONDS, ttl_dns_cache=DNS_SECONDS
            )
            # Not `trust_env`: it would read ~/.netrc, in a thread, at every request.
            self._session = aiohttp.ClientSession(connector=connector, timeout=self._timeout)

    async def shutdown(self) -> None:
        """Close the session and its connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(  # noqa: PLR0913, PLR0917 - the signature is the base class's
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - see the docstring
        write_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        connect_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        pool_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        """Return status and body. The timeouts are this object's own, whatever is asked for."""
        if self._session is None:
            msg = "the session is not open"
            raise NotSent(msg)
        try:
            async with self._session.request(
                method, url, allow_redirects=False, **_payload(request_data), **self._way(url)
            ) as answer:
                return answer.status, await answer.read()
        except (TimeoutError, aiohttp.ClientError) as error:
            # The text of the error may hold the address, and that the token: it stays here.
            raise _told_apart(error) from None

    def _way(self, url: str) -> Mapping[str, Any]:
        """Return how an address is reached, looked up once: directly, or over a proxy."""
        server = url.partition("/bot")[0]
        if server not in self._ways:
            self._ways[server] = _proxy(URL(url))
        return self._ways[server]


def _proxy(url: URL) -> Mapping[str, Any]:
    """Return the proxy that HTTPS_PROXY, HTTP_PROXY and NO_PROXY name for an address."""
    found = getproxies().get(url.scheme)
    if found is None or proxy_bypass(url.host or ""):
        return {}
    proxy = URL(found)
    if proxy.user is None:
        return {"proxy": proxy}
    login = aiohttp.BasicAuth(proxy.user, proxy.password or "")
    return {"proxy": proxy.with_user(None), "proxy_auth": login}


def _told_apart(error: Exception) -> NetworkError:
    kind = type(error).__name__
    if isinstance(error, _NO_CONNECTION):
        return NotSent(f"no connection ({kind})")
    if isinstance(error, TimeoutError):
        return TimedOut("no answer in time")
    return NetworkError(f"connection lost ({kind})")


def _payload(data: RequestData | None) -> dict[str, Any]:
    if data is None:
        return {}
    if not data.contains_files:
        body = json.dumps(data.parameters, ensure_ascii=False).encode()
        return {"data": body, "headers": {"Content-Type": "application/json"}}
    form = aiohttp.FormData(data.json_parameters)
    for name, (filename, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return {"data": form}


class Line:
    """A way to call the Bot API with plain JSON, for the few calls that are made all the time.

    python-telegram-bot's objects cost more than the call itself; its reading of Telegram's
    refusals (RetryAfter, Forbidden, …) is kept.
    """

    def __init__(self, request: BaseRequest, api_url: str, token: str) -> None:
        """Use a request object; `api_url` is the address before /bot<token>."""
        self.request = request
        self._address = f"{api_url}/bot{token}/"

    async def call(self, method: str, **parameters: Any) -> Any:  # noqa: ANN401 - JSON
        """Call a method and return its result; raises telegram.error.TelegramError."""
        given = [
            RequestParameter(name, value, None)
            for name, value in parameters.items()
            if value is not None
        ]
        return await self.request.post(self._address + method, RequestData(given))
