"""What an operator does for offices: opens one, invites its first owner, checks the audit."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Final
from zoneinfo import ZoneInfo

from telegram.error import TelegramError

from bot.settings import Settings
from bot.transport import AiohttpRequest, Line
from erasmus.loading import load_library
from erasmus.offices import LONGEST_NAME, Office, Role
from erasmus.universities import SHORT_ID
from erasmus.words import Language, Words
from handlers.staff.invitations import LINK, new_token
from storage import Connection, Database, audit, invitations, offices, universities
from storage.audit import Verified
from storage.migrate import HEAD, current, migrate

ZONES: Final = {"KG": "Asia/Bishkek", "KZ": "Asia/Almaty"}
ANSWER_DAYS: Final = 3


class Refused(Exception):
    """What the operator asked for cannot be done; the text says why and what can."""


@dataclass(frozen=True, slots=True)
class NewOffice:
    """An office as the command line tells it; without a zone it is the country's."""

    id: str
    country: str
    names: Mapping[Language, str]
    university: str | None = None
    zone: str | None = None


async def open_office(settings: Settings, told: NewOffice, now: datetime) -> str:
    """Make an office and return the link that invites its owner. Raises Refused."""
    library = load_library()
    async with _ledger(settings) as c:
        await universities.seed(c, library.universities.values(), now)
        office = _checked(told, library.iso, now)
        if await offices.get(c, office.id) is not None:
            raise Refused(f"there is an office {office.id} already; see `office invite`")
        if office.university and await universities.get(c, office.university) is None:
            known = ", ".join(one.id for one in await universities.listing(c))
            raise Refused(f"there is no university {office.university}; known: {known}")
        await offices.put(c, office)
        await audit.write(c, now, None, office.id, "office.opened", office.id)
        token = await _invited(c, office.id, Role.OWNER, now)
    return await _link(settings, token)


async def invite(settings: Settings, office_id: str, role: Role, now: datetime) -> str:
    """Return a link that gives a role at an office to whoever opens it first. Raises Refused."""
    async with _ledger(settings) as c:
        if await offices.get(c, office_id) is None:
            known = ", ".join(office.id for office in await offices.listing(c)) or "none"
            raise Refused(f"there is no office {office_id}; known: {known}")
        token = await _invited(c, office_id, role, now)
    return await _link(settings, token)


async def verified(url: str) -> Verified:
    """Follow the chain of the audit. Raises Refused where there is none yet."""
    if await current(url) != HEAD:
        raise Refused("the database has no such tables yet; `erasmus-bot migrate` makes them")
    db = Database.open(url)
    try:
        async with db.read() as c:
            return await audit.verify(c)
    finally:
        await db.close()


@asynccontextmanager
async def _ledger(settings: Settings) -> AsyncIterator[Connection]:
    await migrate(settings.database_url)
    db = Database.open(settings.database_url)
    try:
        async with db.write() as c:
            yield c
    finally:
        await db.close()


def _checked(told: NewOffice, countries: frozenset[str], now: datetime) -> Office:
    country = told.country.upper()
    if SHORT_ID.fullmatch(told.id) is None:
        raise Refused(f"{told.id!r} is no id: up to 16 of a-z, 0-9 and -")
    if country not in countries:
        raise Refused(f"{told.country!r} is no ISO 3166-1 code, such as kg")
    for language, name in told.names.items():
        if not 0 < len(name.strip()) <= LONGEST_NAME:
            raise Refused(
                f"--name-{language} has {len(name.strip())} signs: from 1 to {LONGEST_NAME} fit"
            )
    zone = told.zone or ZONES.get(country, "UTC")
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError) as error:
        raise Refused(f"{zone!r} is no IANA time zone, such as Asia/Bishkek") from error
    return Office(
        id=told.id,
        country=country,
        university=told.university,
        name=Words({each: escape(one.strip(), quote=False) for each, one in told.names.items()}),
        zone=zone,
        group_id=None,
        group_has_topics=False,
        answer_days=ANSWER_DAYS,
        created_at=now,
    )


async def _invited(c: Connection, office_id: str, role: Role, now: datetime) -> str:
    token = new_token()
    await invitations.make(c, token, office_id, role, now)
    await audit.write(c, now, None, office_id, "member.invited", office_id, role=role)
    return token


async def _link(settings: Settings, token: str) -> str:
    """Return the link; without an answer of Telegram's the bot's name is left to fill in."""
    request = AiohttpRequest(1)
    line = Line(request, settings.api_url, settings.token.get_secret_value())
    async with request:
        try:
            username = (await line.call("getMe"))["username"]
        except TelegramError:
            username = "<the bot’s username>"
    return f"https://t.me/{username}?start={LINK}{token}"
