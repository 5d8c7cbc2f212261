"""What an operator does for offices on the command line."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from bot.offices import NewOffice, Refused, invite, open_office, verified
from bot.settings import Settings
from bot.telegram_double import TelegramDouble
from bot.telegram_double.server import DoubleServer
from erasmus.offices import Role
from erasmus.words import Language
from storage import Database, invitations, offices
from tests.offices import NAMES

NOW = datetime(2026, 11, 21, 6, tzinfo=UTC)
KG = NewOffice("kg", "kg", NAMES)


@pytest.fixture
async def online(settings: Settings, double: TelegramDouble) -> AsyncIterator[Settings]:
    """Settings under which Telegram answers."""
    async with DoubleServer(double) as server:
        yield settings.model_copy(update={"api_url": server.address})


def token_of(link: str) -> str:
    found = re.fullmatch(r"https://t\.me/(\w+)\?start=r_([\w-]{22})", link)
    assert found, link
    return found[2]


@pytest.mark.both_databases
async def test_an_office_is_opened_and_its_owner_invited(online: Settings, db: Database) -> None:
    token = token_of(await open_office(online, KG, NOW))

    async with db.read() as c:
        office = await offices.get(c, "kg")
        invitation = await invitations.get(c, invitations.digest_of(token))
    assert office is not None
    assert (office.zone, office.national, dict(office.name)) == ("Asia/Bishkek", True, NAMES)
    assert invitation is not None
    assert (invitation.role, invitation.made_by) == (Role.OWNER, None)
    assert invitation.ends_at == NOW + timedelta(hours=24)
    assert (await verified(online.database_url)).rows == 2


@pytest.mark.both_databases
async def test_an_office_of_a_university_names_it(online: Settings, db: Database) -> None:
    await open_office(online, replace(KG, id="aiu", university="aiu"), NOW)

    async with db.read() as c:
        office = await offices.get(c, "aiu")
    assert office is not None
    assert office.university == "aiu"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (replace(KG, id="National Office"), "no id"),
        (replace(KG, country="kyrgyzstan"), "ISO 3166-1"),
        (replace(KG, zone="Asia/Osh"), "IANA"),
        (replace(KG, names={**NAMES, Language.KY: "Кеңсе " * 30}), "--name-ky has 179 .* to 100"),
        (replace(KG, names={**NAMES, Language.EN: " "}), "--name-en has 0"),
        (replace(KG, university="hogwarts"), r"no university hogwarts; known: .*manas"),
    ],
)
@pytest.mark.both_databases
async def test_what_cannot_be_is_refused_with_what_can(
    online: Settings, db: Database, wrong: NewOffice, told: str
) -> None:
    with pytest.raises(Refused, match=told):
        await open_office(online, wrong, NOW)

    async with db.read() as c:
        assert await offices.listing(c) == []


@pytest.mark.both_databases
async def test_an_office_is_opened_once_and_invites_again(online: Settings) -> None:
    await open_office(online, KG, NOW)
    with pytest.raises(Refused, match="already"):
        await open_office(online, KG, NOW)

    assert token_of(await invite(online, "kg", Role.EDITOR, NOW))
    with pytest.raises(Refused, match="known: kg"):
        await invite(online, "kz", Role.OWNER, NOW)


@pytest.mark.both_databases
async def test_without_telegram_the_bots_name_is_left_to_fill_in(settings: Settings) -> None:
    offline = settings.model_copy(
        update={"api_url": "http://127.0.0.1:9", "token": SecretStr("1:" + "a" * 35)}
    )

    assert "<the bot’s username>?start=r_" in await open_office(offline, KG, NOW)


@pytest.mark.both_databases
async def test_a_broken_chain_is_named(online: Settings, db: Database) -> None:
    await open_office(online, KG, NOW)
    async with db.write() as c:
        if c.dialect.name == "sqlite":
            await c.execute(text("DROP TRIGGER audit_no_update"))
        else:
            await c.execute(text("ALTER TABLE audit DISABLE TRIGGER audit_no_change"))
        await c.execute(text("UPDATE audit SET subject = 'another' WHERE id = 2"))

    assert (await verified(online.database_url)).broken == 2


async def test_without_a_database_there_is_nothing_to_follow(tmp_path: Path) -> None:
    file = tmp_path / "none.sqlite3"

    with pytest.raises(Refused, match="migrate"):
        await verified(f"sqlite:///{file}")

    assert not file.exists()
