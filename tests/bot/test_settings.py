"""Settings: everything that is wrong is told at once, by name, with what is allowed."""

import os
import zoneinfo
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.clock import use_own_zones
from bot.settings import (
    ALLOWED,
    PREFIX,
    Settings,
    SettingsError,
    read_database_url,
    read_settings,
)

TOKEN = "123456789:" + "A" * 35


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(PREFIX):
            monkeypatch.delenv(name)


@pytest.fixture
def no_file(tmp_path: Path) -> Path:
    return tmp_path / ".env"


def lines_of(env_file: Path) -> list[str]:
    with pytest.raises(SettingsError) as raised:
        read_settings(env_file)
    return raised.value.lines


def test_a_token_is_enough(monkeypatch: pytest.MonkeyPatch, no_file: Path) -> None:
    monkeypatch.setenv(f"{PREFIX}TOKEN", TOKEN)
    settings = read_settings(no_file)

    assert settings.token.get_secret_value() == TOKEN
    assert settings.database_url == "sqlite+aiosqlite:///erasmus.db"
    assert settings.timezone == "Asia/Bishkek"
    assert settings.admins == frozenset()


def test_a_missing_token_is_told_by_name(no_file: Path) -> None:
    (line,) = lines_of(no_file)

    assert line.startswith(f"{PREFIX}TOKEN: is missing")
    assert ALLOWED["TOKEN"] in line


def test_everything_wrong_is_told_at_once(monkeypatch: pytest.MonkeyPatch, no_file: Path) -> None:
    wrong = {
        "TOKEN": "nonsense",
        "API_URL": "ftp://x",
        "DATABASE_URL": "mysql://x",
        "ADMINS": "1, me",
        "TIMEZONE": "Asia/Osh",
        "LOG_LEVEL": "loud",
    }
    for name, value in wrong.items():
        monkeypatch.setenv(PREFIX + name, value)
    lines = lines_of(no_file)

    assert {line.split(":")[0] for line in lines} == {PREFIX + name for name in wrong}
    assert all("allowed: " in line for line in lines)


def test_a_misspelt_name_is_told(monkeypatch: pytest.MonkeyPatch, no_file: Path) -> None:
    monkeypatch.setenv(f"{PREFIX}TOKEN", TOKEN)
    monkeypatch.setenv(f"{PREFIX}TIMEZON", "Asia/Almaty")
    (line,) = lines_of(no_file)

    assert line.startswith(f"{PREFIX}TIMEZON: there is no such setting")


def test_a_name_in_small_letters_is_told(monkeypatch: pytest.MonkeyPatch, no_file: Path) -> None:
    """Passed over in silence, another database would be begun beside the one that is meant."""
    monkeypatch.setenv(f"{PREFIX}TOKEN", TOKEN)
    name = f"{PREFIX}DATABASE_URL".lower()
    no_file.write_text(f"{name}=sqlite:///kept.sqlite3\n", encoding="utf-8")
    (line,) = lines_of(no_file)

    assert line.startswith(f"{name}: there is no such setting")
    with pytest.raises(SettingsError) as refused:
        read_database_url(no_file)
    assert refused.value.lines == [line]


def test_a_file_says_what_the_environment_does_not(
    monkeypatch: pytest.MonkeyPatch, no_file: Path
) -> None:
    no_file.write_text(
        f"{PREFIX}TOKEN={TOKEN}\n{PREFIX}TIMEZONE=Asia/Almaty\n{PREFIX}ADMINS=\nOTHER=1\n", "utf-8"
    )
    monkeypatch.setenv(f"{PREFIX}TIMEZONE", "Asia/Tashkent")
    settings = read_settings(no_file)

    assert settings.timezone == "Asia/Tashkent"
    assert settings.token.get_secret_value() == TOKEN


def test_the_token_may_stand_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text(f"{TOKEN}\n", "utf-8")
    monkeypatch.setenv(f"{PREFIX}TOKEN_FILE", str(secret))

    assert read_settings(tmp_path / ".env").token.get_secret_value() == TOKEN


@pytest.mark.parametrize(("content", "problem"), [("junk", "does not hold"), (None, "cannot be")])
def test_a_token_file_without_a_token_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: str | None, problem: str
) -> None:
    secret = tmp_path / "token"
    if content is not None:
        secret.write_text(content, "utf-8")
    monkeypatch.setenv(f"{PREFIX}TOKEN_FILE", str(secret))
    (line,) = lines_of(tmp_path / ".env")

    assert line.startswith(f"{PREFIX}TOKEN_FILE: ")
    assert problem in line


def test_two_tokens_are_one_too_many(monkeypatch: pytest.MonkeyPatch, no_file: Path) -> None:
    monkeypatch.setenv(f"{PREFIX}TOKEN", TOKEN)
    monkeypatch.setenv(f"{PREFIX}TOKEN_FILE", "/nowhere")
    (line,) = lines_of(no_file)

    assert "keep one of them" in line


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("sqlite:///a.db", "sqlite+aiosqlite:///a.db"),
        ("postgresql://u:p@h/n", "postgresql+asyncpg://u:p@h/n"),
        ("postgres://u:p@h/n", "postgresql+asyncpg://u:p@h/n"),
    ],
)
def test_the_database_gets_its_driver(
    monkeypatch: pytest.MonkeyPatch, no_file: Path, given: str, used: str
) -> None:
    monkeypatch.setenv(f"{PREFIX}DATABASE_URL", given)

    assert read_database_url(no_file) == used


def test_administrators_are_ids() -> None:
    settings = Settings.model_validate({"token": TOKEN, "admins": "700000001, 700000002"})

    assert settings.admins == {700000001, 700000002}


def test_the_token_is_never_shown() -> None:
    settings = Settings.model_validate({"token": TOKEN})
    with pytest.raises(ValidationError) as raised:
        Settings.model_validate({"token": TOKEN, "log_level": TOKEN + "!"})

    assert TOKEN not in repr(settings) + str(settings)
    assert TOKEN not in str(raised.value)


def test_time_zones_come_from_the_package_alone() -> None:
    use_own_zones()

    assert zoneinfo.TZPATH == ()
    assert zoneinfo.ZoneInfo("Asia/Almaty").key == "Asia/Almaty"


HOOK = {
    "WEBHOOK_URL": "https://bot.example.org/telegram",
    "WEBHOOK_SECRET": "s" * 32,
    "LISTEN": "127.0.0.1:8080",
}


def test_a_webhook_is_set_with_its_secrets(monkeypatch: pytest.MonkeyPatch, no_file: Path) -> None:
    for name, value in {"TOKEN": TOKEN, **HOOK, "WEBHOOK_SECRET_OLD": "o" * 40}.items():
        monkeypatch.setenv(PREFIX + name, value)
    settings = read_settings(no_file)

    assert settings.listen == ("127.0.0.1", 8080)
    assert settings.webhook_secrets == ("s" * 32, "o" * 40)
    assert "sss" not in repr(settings)


@pytest.mark.parametrize("missing", ["WEBHOOK_SECRET", "LISTEN", "WEBHOOK_URL"])
def test_half_a_webhook_is_told(
    monkeypatch: pytest.MonkeyPatch, no_file: Path, missing: str
) -> None:
    for name, value in {"TOKEN": TOKEN, **HOOK}.items():
        if name != missing:
            monkeypatch.setenv(PREFIX + name, value)
    (line,) = lines_of(no_file)

    assert line.startswith(f"{PREFIX}{missing}: is missing")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WEBHOOK_SECRET", "brief"),
        ("WEBHOOK_SECRET", "s" * 31 + "!"),
        ("WEBHOOK_URL", "http://bot.example.org/"),
        ("LISTEN", "8080"),
        ("LISTEN", "host:99999"),
        ("INBOX_LIMIT", "0"),
        ("TELEGRAM_LIMITS", "sometimes"),
        ("BULK_PER_SECOND", "31"),
        ("PAID_PER_SECOND", "1001"),
        ("PAID_STARS_LIMIT", "-1"),
    ],
)
def test_a_wrong_value_is_told_with_what_is_allowed(
    monkeypatch: pytest.MonkeyPatch, no_file: Path, name: str, value: str
) -> None:
    for given, right in {"TOKEN": TOKEN, **HOOK, name: value}.items():
        monkeypatch.setenv(PREFIX + given, right)
    (line,) = lines_of(no_file)

    assert line.startswith(PREFIX + name)
    assert ALLOWED[name] in line
    assert name != "WEBHOOK_SECRET" or value not in line
