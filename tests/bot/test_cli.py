"""The command line: clear words for operators, and a process that stops and comes back well."""

import asyncio
import json
import os
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot import cli
from bot.clock import MovableClock
from bot.doctor import examine
from bot.settings import PREFIX, Settings
from bot.telegram_double import TelegramDouble
from bot.telegram_double.server import DoubleServer
from storage import Database, deliveries, migrate
from storage.deliveries import Draft, Lane, State

ROOT = Path(__file__).parents[2]
TOKEN = "1000001:" + "d" * 35


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A directory without a .env, and an environment without settings."""
    for name in list(os.environ):
        if name.startswith(PREFIX):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def facts(tmp_path: Path) -> str:
    file = tmp_path / "facts.json"
    file.write_text(json.dumps({"role": "student", "home_country": "KG"}), "utf-8")
    return str(file)


def test_every_command_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["--help"])

    told = capsys.readouterr().out
    assert ended.value.code == 0
    for command in ("run", "sandbox", "check", "migrate", "doctor"):
        assert f"\n    {command} " in told


def test_missing_settings_are_told_without_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["run"]) == 2
    assert capsys.readouterr().err.startswith(f"{PREFIX}TOKEN: is missing")


def test_check_tells_verdicts_for_people(facts: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "--facts", facts, "--lang", "ru"]) == 0

    told = capsys.readouterr().out
    assert "NEO Kyrgyzstan" in told
    assert "<b>" not in told


def test_check_tells_verdicts_for_programs(facts: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "--facts", facts, "--json"]) == 0

    told = json.loads(capsys.readouterr().out)
    assert {"lang", "as_of", "assessments"} == told.keys()
    assert "icm_study" in [assessment["action"] for assessment in told["assessments"]]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ('{"rolle": "student"}', "unknown fact 'rolle'"),
        ('{"role": "cook"}', "allowed: student"),
        ("[]", "JSON object"),
        ("{", "not JSON"),
    ],
)
def test_wrong_facts_are_told_with_what_is_allowed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, problem: str
) -> None:
    file = tmp_path / "wrong.json"
    file.write_text(content, "utf-8")

    assert cli.main(["check", "--facts", str(file)]) == 1
    assert problem in capsys.readouterr().err


def test_a_file_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "--facts", "nowhere.json"]) == 1
    assert "nowhere.json" in capsys.readouterr().err


def test_the_questionnaire_can_be_drawn(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "--graph"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "flowchart LR"
    assert any(" --> " in line for line in lines)


def test_damaged_content_is_told_with_file_and_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    content = ROOT / "erasmus" / "content"
    damaged = tmp_path / "content"
    damaged.mkdir()
    for place in content.iterdir():
        (damaged / place.name).symlink_to(place)
    (damaged / "deciders.toml").unlink()
    (damaged / "deciders.toml").write_text('[[deciders]]\nid = "x"\nnome = {}\n', "utf-8")
    monkeypatch.setattr("erasmus.loading.load_library.__defaults__", (damaged,))

    assert cli.main(["check", "--graph"]) == 1
    assert "deciders.toml: deciders[0]" in capsys.readouterr().err


def test_migrate_needs_no_token(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(f"{PREFIX}DATABASE_URL", "sqlite:///new.db")

    assert cli.main(["migrate"]) == cli.main(["migrate"]) == 0
    assert capsys.readouterr().out == f"revision {migrate.HEAD}\n" * 2


def test_a_database_that_cannot_be_opened_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(f"{PREFIX}DATABASE_URL", "sqlite:////nowhere/at/all.db")

    assert cli.main(["migrate"]) == 1
    assert "unable to open" in capsys.readouterr().err


def test_a_database_of_a_newer_version_is_refused_with_the_reason(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(f"{PREFIX}DATABASE_URL", "sqlite:///new.db")
    cli.main(["migrate"])
    with sqlite3.connect("new.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()

    assert cli.main(["migrate"]) == 1
    assert "9999" in capsys.readouterr().err


@asynccontextmanager
async def process(
    command: str, api_url: str, token: str = TOKEN
) -> AsyncIterator[asyncio.subprocess.Process]:
    """The program itself, in the present directory."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        f"{PREFIX}TOKEN": token,
        f"{PREFIX}API_URL": api_url,
    }
    made = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", command, env=environment, stdout=-1, stderr=-1
    )
    try:
        yield made
    finally:
        if made.returncode is None:
            made.kill()
        await made.communicate()


async def test_the_process_answers_stops_when_asked_and_shows_no_token(
    double: TelegramDouble,
) -> None:
    async with DoubleServer(double, port=0) as server:
        api_url = server.base_url.removesuffix("/bot")
        async with process("run", api_url) as running:
            answered = asyncio.Event()
            alice = double.person()
            double.watch(lambda: answered.set() if alice.said else None)
            alice.start()
            await asyncio.wait_for(answered.wait(), 30)
            running.send_signal(signal.SIGTERM)
            out, err = await asyncio.wait_for(running.communicate(), 10)

    assert running.returncode == 0
    assert TOKEN.encode() not in out + err
    assert b"Traceback" not in err


async def test_a_killed_process_loses_nothing_and_does_nothing_twice(
    double: TelegramDouble,
) -> None:
    people = [double.person() for _ in range(30)]
    async with DoubleServer(double, port=0) as server:
        api_url = server.base_url.removesuffix("/bot")
        first = asyncio.Event()
        everybody = asyncio.Event()

        def look() -> None:
            answered = sum(1 for person in people if person.said)
            if answered >= 3:
                first.set()
            if answered == len(people):
                everybody.set()

        double.watch(look)
        async with process("run", api_url) as running:
            for person in people:
                person.start()
            await asyncio.wait_for(first.wait(), 30)
            running.kill()
            await running.wait()
        async with process("run", api_url):
            await asyncio.wait_for(everybody.wait(), 30)

    assert all(person.said for person in people)
    assert double.mistakes == []


async def test_a_refused_token_ends_the_process_with_one_clear_line(
    double: TelegramDouble,
) -> None:
    async with DoubleServer(double, port=0) as server:
        api_url = server.base_url.removesuffix("/bot")
        wrong = "1000009:" + "w" * 35
        async with process("run", api_url, wrong) as running:
            _, err = await asyncio.wait_for(running.communicate(), 30)

    assert running.returncode == 2
    assert err.decode().splitlines()[-1].startswith("Telegram refuses the token")
    assert b"Traceback" not in err
    assert wrong.encode() not in err


async def test_the_doctor_looks_at_everything(double: TelegramDouble) -> None:
    async with DoubleServer(double, port=0) as server:
        api_url = server.base_url.removesuffix("/bot")
        async with process("doctor", api_url) as running:
            out, _ = await asyncio.wait_for(running.communicate(), 30)

    told = out.decode()
    assert running.returncode == 0
    for what in ("settings", "content", "SQLite", "time zones", "database", "Telegram"):
        assert f"  {what}: " in told
    assert "Asia/Almaty +0500" in told
    assert TOKEN not in told


async def test_the_doctor_names_what_perhaps_arrived(
    db: Database, settings: Settings, clock: MovableClock, double: TelegramDouble, tmp_path: Path
) -> None:
    now = clock.now()
    async with db.write() as c:
        draft = Draft("a1:5", Lane.ANNOUNCEMENT, 5, "screen", {"text": "to all"}, now)
        await deliveries.put(c, draft, now)
        (row,) = await deliveries.claim(c, now, now, 1, [Lane.ANNOUNCEMENT])
        await deliveries.settle(c, row, State.UNKNOWN, now)
    async with DoubleServer(double, port=0) as server:
        env_file = tmp_path / "env"
        env_file.write_text(
            f"{PREFIX}TOKEN={TOKEN}\n{PREFIX}DATABASE_URL={settings.database_url}\n"
            f"{PREFIX}API_URL={server.base_url.removesuffix('/bot')}\n",
            "utf-8",
        )
        signs = {sign.what: sign async for sign in examine(env_file, now)}

    assert signs["deliveries"].ok is None
    assert signs["deliveries"].told == "1 unknown; perhaps arrived: a1:5"
