"""Settings: what an operator may set, read from ERASMUS_BOT_* and a file .env."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Final

from dotenv import dotenv_values
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError
from pydantic_core import PydanticCustomError

from bot import values
from bot.values import LOG_LEVELS

PREFIX: Final = "ERASMUS_BOT_"
DATABASE_URL: Final = "sqlite+aiosqlite:///erasmus.db"
ALLOWED: Final[Mapping[str, str]] = {
    "TOKEN": "the token that @BotFather gave, such as 123456789:AA…",
    "TOKEN_FILE": "the path of a readable file that holds only the token",
    "API_URL": "an address that begins with http:// or https://",
    "DATABASE_URL": "sqlite:///file.db or postgresql://user:password@host/name",
    "ADMINS": "Telegram ids (whole numbers), separated by commas",
    "TIMEZONE": "an IANA zone such as Asia/Bishkek",
    "LOG_LEVEL": ", ".join(LOG_LEVELS),
    "LISTEN": "host:port, such as 127.0.0.1:8080",
    "WEBHOOK_URL": "an address that begins with https:// and leads to LISTEN",
    "WEBHOOK_SECRET": "32 to 256 characters A-Z, a-z, 0-9, _ and -",
    "WEBHOOK_SECRET_OLD": "the former WEBHOOK_SECRET",
    "INBOX_LIMIT": "a whole number from 1",
    "BULK_PER_SECOND": "a number from 1 to 30",
    "PAID_PER_SECOND": "a number from 30 to 1000",
    "PAID_STARS_LIMIT": "a whole number of Stars from 0; 0 allows no paid announcement",
    "TWO_PEOPLE_FROM": "a whole number of recipients from 1",
    "TELEGRAM_LIMITS": "on or off",
}
"""Every setting by its name without the prefix, and what it may be."""


class SettingsError(Exception):
    """The settings cannot be used."""

    def __init__(self, lines: list[str]) -> None:
        """Keep one line for each setting that is missing or wrong."""
        super().__init__("\n".join(lines))
        self.lines = lines


class Settings(BaseModel):
    """Checked settings. Building one reads nothing from outside."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    token: Annotated[SecretStr, BeforeValidator(values.token)]
    api_url: Annotated[str, BeforeValidator(values.api_url)] = "https://api.telegram.org"
    database_url: Annotated[str, BeforeValidator(values.database_url)] = DATABASE_URL
    admins: Annotated[frozenset[int], BeforeValidator(values.admins)] = frozenset()
    timezone: Annotated[str, BeforeValidator(values.zone)] = "Asia/Bishkek"
    log_level: Annotated[str, BeforeValidator(values.level)] = "info"
    token_file: Path | None = None
    listen: Annotated[tuple[str, int] | None, BeforeValidator(values.listen)] = None
    webhook_url: Annotated[str | None, BeforeValidator(values.webhook_url)] = None
    webhook_secret: Annotated[SecretStr | None, BeforeValidator(values.secret)] = None
    webhook_secret_old: Annotated[SecretStr | None, BeforeValidator(values.secret)] = None
    inbox_limit: Annotated[int, Field(ge=1)] = 5000
    bulk_per_second: Annotated[float, Field(ge=1, le=30)] = 30.0
    paid_per_second: Annotated[float, Field(ge=30, le=1000)] = 950.0
    paid_stars_limit: Annotated[int, Field(ge=0)] = 0
    two_people_from: Annotated[int, Field(ge=1)] = 1000
    telegram_limits: bool = True

    @property
    def bot_id(self) -> str:
        """The bot's id, which is no secret."""
        return self.token.get_secret_value().partition(":")[0]

    @property
    def webhook_secrets(self) -> tuple[str, ...]:
        """The secrets that are taken: the present one, and during a rotation the former one."""
        both = (self.webhook_secret, self.webhook_secret_old)
        return tuple(secret.get_secret_value() for secret in both if secret is not None)


def read_settings(env_file: Path = Path(".env")) -> Settings:
    """Read the environment, and `env_file` for what it does not set.

    Raises SettingsError with a line for everything that is missing, wrong or unknown.
    """
    given = _given(env_file)
    lines = [*_unknown_names(env_file), *_token_problems(given), *_webhook_problems(given)]
    try:
        settings = Settings.model_validate(given)
    except ValidationError as error:
        told = frozenset() if "token" in given else frozenset({"TOKEN"})
        raise SettingsError([*lines, *_lines(error, told)]) from None
    if lines:
        raise SettingsError(lines)
    return settings


def read_database_url(env_file: Path = Path(".env")) -> str:
    """Read only the address of the database; raises SettingsError, for an unknown name, too."""
    given, lines = _given(env_file).get("database_url", DATABASE_URL), [*_unknown_names(env_file)]
    try:
        url = str(values.database_url(given))
    except PydanticCustomError as error:
        raise SettingsError([*lines, _line("DATABASE_URL", error.message())]) from None
    if lines:
        raise SettingsError(lines)
    return url


def _given(env_file: Path) -> dict[str, str]:
    """Return what the environment and the file say, not looked at yet; an empty value is none."""
    in_file = dotenv_values(env_file)
    found = {name: os.environ.get(PREFIX + name) or in_file.get(PREFIX + name) for name in ALLOWED}
    return {name.lower(): value for name, value in found.items() if value}


def _line(name: str, problem: str) -> str:
    return f"{PREFIX}{name}: {problem}; allowed: {ALLOWED[name]}"


def _unknown_names(env_file: Path) -> Iterator[str]:
    names = {*os.environ, *dotenv_values(env_file)}
    for name in sorted(names):
        if name.upper().startswith(PREFIX) and name.removeprefix(PREFIX) not in ALLOWED:
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


def _webhook_problems(given: Mapping[str, str]) -> Iterator[str]:
    for needed in ("webhook_secret", "listen"):
        if "webhook_url" in given and needed not in given:
            yield _line(needed.upper(), f"is missing; {PREFIX}WEBHOOK_URL needs it")
    for alone in ("webhook_secret", "webhook_secret_old"):
        if alone in given and "webhook_url" not in given:
            yield _line("WEBHOOK_URL", f"is missing, but {PREFIX}{alone.upper()} is set")


def _read_token(path: Path, given: dict[str, str]) -> Iterator[str]:
    try:
        token = path.read_text(encoding="utf-8").strip()
    except OSError as error:
        yield _line("TOKEN_FILE", f"{path} cannot be read ({error.strerror})")
        return
    except UnicodeDecodeError:
        token = ""
    if values.TOKEN.fullmatch(token):
        given["token"] = token
    else:
        yield _line("TOKEN_FILE", f"{path} does not hold a token")


def _lines(error: ValidationError, skip: frozenset[str]) -> Iterator[str]:
    for problem in error.errors(include_input=False, include_url=False):
        name = str(problem["loc"][0]).upper()
        if name not in skip:
            yield _line(name, problem["msg"])
