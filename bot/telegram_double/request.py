"""python-telegram-bot's requests, answered by the double in the same process."""

import asyncio
import json
from typing import Any
from urllib.parse import urlsplit

from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.telegram_double.arguments import Upload
from bot.telegram_double.engine import TelegramDouble
from bot.telegram_double.faults import Cut, FaultKind

PATIENCE = 20.0


class DoubleRequest(BaseRequest):
    """Hands every request to a double.

    A refused connection raises ``not_sent``, a cut one NetworkError, one that hangs TimedOut, all
    at once: only with ``real_time`` are slow answers waited for.
    """

    def __init__(
        self,
        double: TelegramDouble,
        *,
        not_sent: type[NetworkError] = NetworkError,
        real_time: bool = False,
    ) -> None:
        self._double = double
        self._not_sent = not_sent
        self._real_time = real_time

    @property
    def read_timeout(self) -> float | None:
        """Return the seconds a caller may expect to wait."""
        return PATIENCE

    async def initialize(self) -> None:
        """Open nothing."""

    async def shutdown(self) -> None:
        """Close nothing."""

    async def do_request(  # noqa: PLR0913, PLR0917 - the signature is the base class's
        self,
        url: str,
        method: str,  # noqa: ARG002 - GET or POST is all the same
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - see `real_time`
        write_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        connect_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        pool_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        """Return status and body."""
        _, token, name = urlsplit(url).path.split("/", 2)
        if token != f"bot{self._double.token}":
            return 401, b'{"ok":false,"error_code":401,"description":"Unauthorized"}'
        try:
            answer = await self._double.answer(name, *_payload(request_data))
        except Cut as cut:
            raise self._failure(cut) from None
        if answer.wait and self._real_time:
            await asyncio.sleep(answer.wait)
        body = answer.html if answer.html is not None else json.dumps(answer.body)
        return answer.status, body.encode()

    def _failure(self, cut: Cut) -> NetworkError:
        if cut.kind == FaultKind.REFUSE:
            return self._not_sent("the double refused the connection")
        if cut.kind == FaultKind.HANG:
            return TimedOut("the double does not answer")
        return NetworkError("the double cut the connection")


def _payload(data: RequestData | None) -> tuple[dict[str, Any], dict[str, Upload]]:
    if data is None:
        return {}, {}
    uploads = {}
    for name, (filename, content, kind) in data.multipart_data.items():
        held = content if isinstance(content, bytes) else b"?"
        uploads[name] = Upload(str(filename), held, str(kind))
    return dict(data.parameters), uploads
