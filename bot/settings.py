"""Settings: what an operator may set, read from ERASMUS_BOT_* and a file .env."""

from __future__ import annotations

import os
import re
import zoneinfo
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Final

from dotenv import dotenv_values
from pydantic import BaseModel, BeforeValidator, ConfigDict, SecretStr, ValidationError
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.logs import redacted

PREFIX: Final = "ERASMUS_BOT_"
DATABASE_URL: Final = "sqlite+aiosqlite:///erasmus.db"
LOG_LEVELS: Final = ("debug", "info", "warning", "error")
ALLOWED: Final[Mapping[str, str]] = {
    "TOKEN": "the token that @BotFather gave, such as 123456789:AA…",
    "TOKEN_FILE": "the path of a readable file that holds only the token",
    "API_URL": "an address that begins with http:// or https://",
    "DATABASE_URL": "sqlite:///file.db or postgresql://user:password@host/name",
    "ADMINS": "Telegram ids (whole numbers), separated by commas",
    "TIMEZONE": "an IANA zone such as Asia/Bishkek",
    "LOG_LEVEL": ", ".join(LOG_LEVELS),
}
"""Every setting by its name without the prefix, and what it may be."""

_TOKEN = re.compile(r"\d{6,}:[\w-]{30,}")
_DRIVERS: Final = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}


class SettingsError(Exception):
    """The settings cannot be used."""

    def __init__(self, lines: list[str]) -> None:
        """Keep one line for each setting that is missing or wrong."""
        super().__init__("\n".join(lines))
        self.lines = lines


def _refuse(problem: str) -> PydanticCustomError:
    # Somebody may have put the token into the wrong setting.
    return PydanticCustomError("setting", "{problem}", {"problem": redacted(problem)})


def _token(value: object) -> object:
    text = value.get_secret_value() if isinstance(value, SecretStr) else str(value)
    if not _TOKEN.fullmatch(text.strip()):
        raise _refuse("does not look like a token")
    return text.strip()


def _api_url(value: object) -> object:
    text = str(value).rstrip("/")
    if not re.fullmatch(r"https?://[^\s/]+(/\S*)?", text):
        raise _refuse(f"{value!r} is not an address")
    return text


def _database_url(value: object) -> object:
    scheme, separator, rest = str(value).partition("://")
    if not separator or scheme not in _DRIVERS:
        raise _refuse("is not the address of a known kind of database")
    return f"{_DRIVERS[scheme]}://{rest}"


def _admins(value: object) -> object:
    if not isinstance(value, str):
        return value
    parts = [part.strip() for part in value.split(",") if part.strip()]
    wrong = [part for part in parts if not part.isdecimal()]
    if wrong:
        raise _refuse(f"{', '.join(wrong)} is not a Telegram id")
    return frozenset(int(part) for part in parts)


def _zone(value: object) -> object:
    if str(value) not in zoneinfo.available_timezones():
        raise _refuse(f"{value!r} is not a known zone")
    return value


def _level(value: object) -> object:
    if str(value).lower() not in LOG_LEVELS:
        raise _refuse(f"{value!r} is not a level")
    return str(value).lower()


class Settings(BaseModel):
    """Checked settings. Building one reads nothing from outside."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    token: Annotated[SecretStr, BeforeValidator(_token)]
    api_url: Annotated[str, BeforeValidator(_api_url)] = "https://api.telegram.org"
    database_url: Annotated[str, BeforeValidator(_database_url)] = DATABASE_URL
    admins: Annotated[frozenset[int], BeforeValidator(_admins)] = frozenset()
    timezone: Annotated[str, BeforeValidator(_zone)] = "Asia/Bishkek"
    log_level: Annotated[str, BeforeValidator(_level)] = "info"
    token_file: Path | None = None


class _Given(BaseSettings):
    """What the environment and the file .env say, not looked at yet."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", env_ignore_empty=True)

    token: str | None = None
    token_file: str | None = None
    api_url: str | None = None
    database_url: str | None = None
    admins: str | None = None
    timezone: str | None = None
    log_level: str | None = None


def read_settings(env_file: Path = Path(".env")) -> Settings:
    """Read the environment, and `env_file` for what it does not set.

    Raises SettingsError with a line for everything that is missing, wrong or unknown.
    """
    given = _Given(_env_file=env_file).model_dump(exclude_none=True)  # type: ignore[call-arg]
    lines = [*_unknown_names(env_file), *_token_problems(given)]
    try:
        settings = Settings.model_validate(given)
    except ValidationError as error:
        told = frozenset() if "token" in given else frozenset({"TOKEN"})
        raise SettingsError([*lines, *_lines(error, told)]) from None
    if lines:
        raise SettingsError(lines)
    return settings


def read_database_url(env_file: Path = Path(".env")) -> str:
    """Read only the address of the database; raises SettingsError."""
    given = _Given(_env_file=env_file).database_url  # type: ignore[call-arg]
    try:
        return str(_database_url(given or DATABASE_URL))
    except PydanticCustomError as error:
        raise SettingsError([_line("DATABASE_URL", error.message())]) from None


def _line(name: str, problem: str) -> str:
    return f"{PREFIX}{name}: {problem}; allowed: {ALLOWED[name]}"


def _unknown_names(env_file: Path) -> Iterator[str]:
    names = {*os.environ, *dotenv_values(env_file)}
    for name in sorted(names):
        if name.startswith(PREFIX) and name.removeprefix(PREFIX) not in ALLOWED:
            allowed = ", ".join(f"{PREFIX}{known}" for known in ALLOWED)
            yield f"{name}: there is no such setting; allowed: {allowed}"


def _token_problems(given: dict[str, str]) -> Iterator[str]:
    """Put the token of TOKEN_FILE among the given values, or say why there is no token."""
    path = given.get("token_file")
    if path is not None and "token" in given:
        yield _line("TOKEN_FILE", f"is set, and {PREFIX}TOKEN too; keep one of them")
    elif path is not None:
        yield from _read_token(Path(path), given)
    elif "token" not in given:
        yield _line("TOKEN", f"is missing (and so is {PREFIX}TOKEN_FILE)")


def _read_token(path: Path, given: dict[str, str]) -> Iterator[str]:
    try:
        token = path.read_text(encoding="utf-8").strip()
    except OSError as error:
        yield _line("TOKEN_FILE", f"{path} cannot be read ({error.strerror})")
        return
    except UnicodeDecodeError:
        token = ""
    if _TOKEN.fullmatch(token):
        given["token"] = token
    else:
        yield _line("TOKEN_FILE", f"{path} does not hold a token")


def _lines(error: ValidationError, skip: frozenset[str]) -> Iterator[str]:
    for problem in error.errors(include_input=False, include_url=False):
        name = str(problem["loc"][0]).upper()
        if name not in skip:
            yield _line(name, problem["msg"])
