"""Values: what each setting may be, checked when it is read."""

from __future__ import annotations

import re
import zoneinfo
from typing import Final

from pydantic import SecretStr
from pydantic_core import PydanticCustomError

from bot.logs import redacted

LOG_LEVELS: Final = ("debug", "info", "warning", "error")
LAST_PORT: Final = 65535

TOKEN = re.compile(r"\d{6,}:[\w-]{30,}")
_PUSHED_TO = re.compile(r"https://[^\s/]+(/\S*)?|http://(127\.0\.0\.1|localhost)(:\d+)?(/\S*)?")
_SECRET = re.compile(r"[A-Za-z0-9_-]{32,256}")
DRIVERS: Final = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}


def _refuse(problem: str) -> PydanticCustomError:
    # Somebody may have put the token into the wrong setting.
    return PydanticCustomError("setting", "{problem}", {"problem": redacted(problem)})


def token(value: object) -> object:
    """Return a token; what else might be one is not repeated in the refusal."""
    text = value.get_secret_value() if isinstance(value, SecretStr) else str(value)
    if not TOKEN.fullmatch(text.strip()):
        raise _refuse("does not look like a token")
    return text.strip()


def api_url(value: object) -> object:
    """Return an address without a slash at its end."""
    text = str(value).rstrip("/")
    if not re.fullmatch(r"https?://[^\s/]+(/\S*)?", text):
        raise _refuse(f"{value!r} is not an address")
    return text


def database_url(value: object) -> object:
    """Return the address with the driver that is used."""
    scheme, separator, rest = str(value).partition("://")
    if not separator or scheme not in DRIVERS:
        raise _refuse("is not the address of a known kind of database")
    return f"{DRIVERS[scheme]}://{rest}"


def admins(value: object) -> object:
    """Return the ids of a list with commas."""
    if not isinstance(value, str):
        return value
    parts = [part.strip() for part in value.split(",") if part.strip()]
    wrong = [part for part in parts if not part.isdecimal()]
    if wrong:
        raise _refuse(f"{', '.join(wrong)} is not a Telegram id")
    return frozenset(int(part) for part in parts)


def zone(value: object) -> object:
    """Return the name of a zone that is known."""
    if str(value) not in zoneinfo.available_timezones():
        raise _refuse(f"{value!r} is not a known zone")
    return value


def level(value: object) -> object:
    """Return a level in small letters."""
    if str(value).lower() not in LOG_LEVELS:
        raise _refuse(f"{value!r} is not a level")
    return str(value).lower()


def webhook_url(value: object) -> object:
    """Return an address to which Telegram can push; plain HTTP only on this machine."""
    text = str(value)
    if not _PUSHED_TO.fullmatch(text):
        raise _refuse(f"{value!r} is not an address that Telegram pushes to")
    return text


def secret(value: object) -> object:
    """Return a secret that is long enough to be none that anybody tries."""
    text = value.get_secret_value() if isinstance(value, SecretStr) else str(value)
    if not _SECRET.fullmatch(text):
        raise _refuse("is too short, too long, or has other characters")
    return text


def listen(value: object) -> object:
    """Return host and port."""
    if not isinstance(value, str):
        return value
    host, _, port = value.rpartition(":")
    if not host or not port.isdecimal() or int(port) > LAST_PORT:
        raise _refuse(f"{value!r} is not a host and a port")
    return host.strip("[]"), int(port)
