"""Doctor: looks at everything a start needs, and says in a line each what is wrong."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from telegram.error import InvalidToken, TelegramError

from bot.clock import NEEDED_ZONES
from bot.offices import verified
from bot.settings import Settings, SettingsError, read_settings
from bot.transport import AiohttpRequest, Line
from erasmus.loading import load_library
from erasmus.parsing import ContentError
from storage import Database, deliveries, migrate

SOUND_SQLITE: Final = (3, 51, 3)
"""Before it, two connections that write at one instant can damage a file; we use one."""

NAMED: Final = 20
"""So many deliveries are named, at the most."""

OTHERS_MAY_READ: Final = stat.S_IRGRP | stat.S_IROTH


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing looked at: in order, worth knowing (`ok` None), or a reason not to start."""

    what: str
    ok: bool | None
    told: str

    def __str__(self) -> str:
        mark = {True: "ok     ", None: "note   ", False: "PROBLEM"}[self.ok]
        return f"{mark}  {self.what}: {self.told}"


async def examine(env_file: Path, now: datetime) -> AsyncIterator[Sign]:
    """Yield a sign for each thing a start needs; changes nothing."""
    try:
        settings = read_settings(env_file)
    except SettingsError as error:
        for line in error.lines:
            yield Sign("settings", ok=False, told=line)
        settings = None
    else:
        yield Sign("settings", ok=True, told="complete")
    for sign in (_content(), _sqlite(), _zones(now)):
        yield sign
    if settings is not None:
        for sign in _secrets(settings, env_file):
            yield sign
        database = await _database(settings)
        yield database
        if database.ok:
            yield await _deliveries(settings)
            yield await _audit(settings)
        yield await _telegram(settings)


def _content() -> Sign:
    try:
        library = load_library()
    except ContentError as error:
        return Sign("content", ok=False, told=str(error))
    told = f"{len(library.actions)} actions, {len(library.rules)} rules, {len(library.calls)} calls"
    return Sign("content", ok=True, told=told)


def _sqlite() -> Sign:
    found = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info >= SOUND_SQLITE:
        return Sign("SQLite", ok=True, told=found)
    sound = ".".join(map(str, SOUND_SQLITE))
    told = f"{found}; safe with one process for each file, better upgrade to {sound} or later"
    return Sign("SQLite", ok=None, told=told)


def _zones(now: datetime) -> Sign:
    offsets = [f"{zone} {now.astimezone(ZoneInfo(zone)):%z}" for zone in NEEDED_ZONES]
    return Sign("time zones", ok=True, told=f"tzdata {version('tzdata')}: {', '.join(offsets)}")


def _secrets(settings: Settings, env_file: Path) -> Iterator[Sign]:
    """Look at the files that may hold the token."""
    for path in (settings.token_file, env_file):
        if path is not None and path.exists():
            exposed = bool(path.stat().st_mode & OTHERS_MAY_READ)
            told = "others on this machine may read it; chmod 600" if exposed else "private"
            yield Sign(f"file {path}", ok=not exposed or None, told=told)


async def _database(settings: Settings) -> Sign:
    try:
        revision = await migrate.current(settings.database_url)
    except migrate.SchemaTooNew as error:
        return Sign("database", ok=False, told=str(error))
    except Exception as error:  # noqa: BLE001 - drivers raise what they like; its kind is enough
        return Sign("database", ok=False, told=f"cannot be opened ({type(error).__name__})")
    if revision == migrate.HEAD:
        return Sign("database", ok=True, told=f"at revision {revision}")
    was = f"at revision {revision}" if revision else "empty"
    return Sign("database", ok=None, told=f"{was}; the next start brings it to {migrate.HEAD}")


async def _deliveries(settings: Settings) -> Sign:
    """Count what is in the ledger; what perhaps arrived is named, for people to decide."""
    db = Database.open(settings.database_url)
    try:
        async with db.read() as c:
            counts = await deliveries.counts(c)
            unknown = await deliveries.unknown_list(c, NAMED)
    finally:
        await db.close()
    told = ", ".join(f"{number} {state.value}" for state, number in sorted(counts.items()))
    if unknown:
        told += "; perhaps arrived: " + ", ".join(row.key for row in unknown)
        told += ", …" if counts[deliveries.State.UNKNOWN] > len(unknown) else ""
    return Sign("deliveries", ok=None if unknown else True, told=told or "none")


async def _audit(settings: Settings) -> Sign:
    found = await verified(settings.database_url)
    if found.broken is not None:
        return Sign("audit", ok=False, told=f"row {found.broken} was changed or taken out")
    return Sign("audit", ok=True, told=f"{found.rows} rows hold")


def _hook(wanted: str, hook: Mapping[str, Any], username: str) -> Sign:
    told = f"@{username}, {hook['pending_update_count']} updates waiting"
    if hook["url"] != wanted:
        return Sign("Telegram", ok=None, told=f"{told}; the next start sets the webhook")
    if problem := hook.get("last_error_message"):
        return Sign("Telegram", ok=None, told=f"{told}; its last push failed: {problem}")
    return Sign("Telegram", ok=True, told=told)


async def _telegram(settings: Settings) -> Sign:
    request = AiohttpRequest(1)
    line = Line(request, settings.api_url, settings.token.get_secret_value())
    async with request:
        try:
            me = await line.call("getMe")
            hook = await line.call("getWebhookInfo")
        except InvalidToken:
            return Sign("Telegram", ok=False, told="the token is refused; ask @BotFather for it")
        except TelegramError as error:
            return Sign("Telegram", ok=False, told=f"no answer: {error}")
    if settings.webhook_url is not None:
        return _hook(settings.webhook_url, hook, me["username"])
    if hook["url"]:
        told = f"@{me['username']}; a webhook is set, the next start takes it away"
        return Sign("Telegram", ok=None, told=told)
    return Sign("Telegram", ok=True, told=f"@{me['username']}")
