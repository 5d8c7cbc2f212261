"""How the double says no, in the Bot API's own words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Cause(StrEnum):
    """Whose doing a refusal is."""

    MISTAKE = "mistake"  # the bot broke a rule of the Bot API
    PACE = "pace"  # the bot spoke too fast
    WORLD = "world"  # people, time or chats made the call impossible


class Refused(Exception):
    """The call is answered with ``code`` and ``description``."""

    def __init__(
        self,
        code: int,
        description: str,
        cause: Cause = Cause.MISTAKE,
        parameters: Mapping[str, int] | None = None,
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.cause = cause
        self.parameters = dict(parameters or {})

    def body(self) -> dict[str, Any]:
        """Return the JSON body of the answer."""
        body: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(words: str, cause: Cause = Cause.MISTAKE, **parameters: int) -> Refused:
    """Return a 400 whose description is ``Bad Request: `` and the words."""
    return Refused(400, f"Bad Request: {words}", cause, parameters)


def forbidden(words: str) -> Refused:
    """Return a 403, always the doing of the people in the chat."""
    return Refused(403, f"Forbidden: {words}", Cause.WORLD)


def conflict(words: str) -> Refused:
    """Return a 409: somebody else receives the updates."""
    return Refused(409, f"Conflict: {words}", Cause.WORLD)


def too_many(seconds: int) -> Refused:
    """Return a 429 that asks to wait the given seconds."""
    description = f"Too Many Requests: retry after {seconds}"
    return Refused(429, description, Cause.PACE, {"retry_after": seconds})


def not_enough_stars() -> Refused:
    """Return the refusal to send faster for money: this bot has none."""
    return bad_request("not enough Telegram Stars for a paid broadcast")


@dataclass(frozen=True, slots=True)
class Refusal:
    """One refused call, kept so that a test can look at it."""

    at: datetime
    method: str
    params: Mapping[str, object] = field(repr=False)
    code: int
    description: str
    cause: Cause
