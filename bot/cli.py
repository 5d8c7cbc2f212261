"""The command line: erasmus-bot COMMAND.

Exit status: 0 all is well, 1 a problem, 2 the settings or the token cannot be used.
"""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import sys
from collections.abc import Callable, Coroutine, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot import cli_calls, cli_office

# Whatever is slow to import is imported by the command that needs it: `--help` must not wait
# for a database or for Telegram.
# ruff: noqa: PLC0415

PROBLEM: Final = 1
UNUSABLE: Final = 2
ENV_FILE: Final = Path(".env")
LANGUAGES: Final = ("ky", "kk", "ru", "en")
HOME_ZONE: Final = "Asia/Bishkek"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status; operators' mistakes end in one clear line."""
    given = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = given.command
    try:
        return command(given)
    except KeyboardInterrupt:
        return PROBLEM
    except Exception as error:
        problem = _told(error)
        if problem is None:
            raise
        lines, status = problem
        print(*lines, sep="\n", file=sys.stderr)
        return status


def run(_given: argparse.Namespace) -> int:
    """Answer people on Telegram."""
    from bot.collector import building

    with building():
        from bot import assembly, logs
        from bot.settings import read_settings

        settings = read_settings(ENV_FILE)
        logs.configure(settings.log_level)
        assistant = assembly.build(settings)
    # The handlers come later, and stay as long.
    assistant.register = building()(assistant.register)
    _in_loop(assistant.run())
    return 0


def sandbox(given: argparse.Namespace) -> int:
    """Answer in a browser, without Telegram."""
    from bot.sandbox.run import run as run_sandbox

    run_sandbox(given.port, given.date, given.data)
    return 0


def check(given: argparse.Namespace) -> int:
    """Say what somebody with these facts may apply for, or draw the questionnaire."""
    from bot import check as checks
    from bot.clock import SystemClock, use_own_zones
    from erasmus.graph import mermaid
    from erasmus.loading import load_library
    from erasmus.report import case_report
    from erasmus.words import Language

    use_own_zones()
    library, language = load_library(), Language(given.lang)
    if given.graph:
        print(mermaid(library, language))
        return 0
    text = sys.stdin.read() if given.facts == "-" else Path(given.facts).read_text("utf-8")
    day = given.on or SystemClock().now().astimezone(ZoneInfo(HOME_ZONE)).date()
    case = library.case(checks.read_facts(text, library), day)
    report = case_report(library, case, language)
    print(checks.as_json(report) if given.json else checks.as_text(report))
    return 0


def migrate(_given: argparse.Namespace) -> int:
    """Bring the database up to date."""
    from bot.settings import read_database_url
    from storage.migrate import migrate as bring_up_to_date

    print(f"revision {asyncio.run(bring_up_to_date(read_database_url(ENV_FILE)))}")
    return 0


def doctor(_given: argparse.Namespace) -> int:
    """Look at everything a start needs."""
    from bot.clock import SystemClock, use_own_zones
    from bot.doctor import examine

    async def look() -> bool:
        well = True
        async for sign in examine(ENV_FILE, SystemClock().now()):
            print(sign)
            well = well and sign.ok is not False
        return well

    use_own_zones()
    return 0 if asyncio.run(look()) else PROBLEM


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("erasmus-bot", description="The Erasmus+ assistant.")
    parser.add_argument("--version", action=_Version, nargs=0, help="say the version and end")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(command: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        told = command.__doc__ or ""
        added = commands.add_parser(command.__name__, help=told, description=told)
        added.set_defaults(command=command)
        return added

    add(run)
    _sandbox_options(add(sandbox))
    _check_options(add(check))
    add(migrate)
    add(doctor)
    cli_office.add_to(commands)
    cli_calls.add_to(commands)
    return parser


def _sandbox_options(parser: argparse.ArgumentParser) -> None:
    day = "the day on which it begins (default: today)"
    data = "a directory to keep what people told in (default: nothing is kept)"
    parser.add_argument("--port", type=int, default=8080, help="default: 8080")
    parser.add_argument("--date", type=date.fromisoformat, metavar="YYYY-MM-DD", help=day)
    parser.add_argument("--data", type=Path, metavar="DIR", help=data)


def _check_options(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--facts", metavar="FILE", help="facts as a JSON object; - reads them here")
    what.add_argument("--graph", action="store_true", help="the questionnaire as a Mermaid map")
    parser.add_argument("--lang", choices=LANGUAGES, default="en", help="default: en")
    parser.add_argument("--json", action="store_true", help="for programs")
    day = "the day to judge by (default: today in Bishkek)"
    parser.add_argument("--on", type=date.fromisoformat, metavar="YYYY-MM-DD", help=day)


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(f"erasmus-bot {version('erasmus-assistant')}")
        parser.exit()


def _in_loop(work: Coroutine[Any, Any, None]) -> None:
    try:
        import uvloop
    except ImportError:
        asyncio.run(work)
    else:
        uvloop.run(work)


def _told(error: Exception) -> tuple[list[str], int] | None:
    """Return what an operator should read about an error and the status; None: it is a fault."""
    from telegram.error import InvalidToken

    from bot.clock import ZonesMissing
    from bot.offices import Refused
    from bot.settings import SettingsError
    from erasmus.facts import FactError
    from erasmus.parsing import ContentError
    from storage.migrate import SchemaTooNew

    if isinstance(error, SettingsError):
        return error.lines, UNUSABLE
    if isinstance(error, InvalidToken):
        return ["Telegram refuses the token; ask @BotFather for the present one"], UNUSABLE
    if isinstance(error, (ContentError, FactError, Refused, SchemaTooNew, ZonesMissing, OSError)):
        return [str(error)], PROBLEM
    return _told_by_driver(error)


def _told_by_driver(error: Exception) -> tuple[list[str], int] | None:
    if isinstance(error, ModuleNotFoundError) and error.name == "asyncpg":
        return ["PostgreSQL needs the extra `postgres`: pip install '.[postgres]'"], UNUSABLE
    # SQLAlchemy, unknown here, keeps what a driver told it.
    reason = error if isinstance(error, sqlite3.Error) else getattr(error, "orig", None)
    return None if reason is None else ([f"the database cannot be used: {reason}"], PROBLEM)
