"""The command line's part for offices: erasmus-bot office …, erasmus-bot audit …."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path
from typing import Any, Final, TypeAlias

# Whatever is slow to import is imported by the command that needs it.
# ruff: noqa: PLC0415

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - it has no other name
BROKEN: Final = 1
ENV_FILE: Final = Path(".env")
ROLES: Final = ("owner", "publisher", "editor", "translator", "reader")
LANGUAGES: Final = ("ky", "kk", "ru", "en")


def add_to(commands: Commands) -> None:
    """Add the commands to the command line."""
    office = group(commands, "office", "Open offices and invite who works there.")
    add = command(office, "add", add_office, "Open an office and print its owner’s invitation.")
    add.add_argument("id", metavar="ID", help="short and lasting: kg, aiu")
    add.add_argument("--country", required=True, metavar="CODE", help="ISO 3166-1, such as kg")
    for language in LANGUAGES:
        told = f"its name in this language ({language})"
        add.add_argument(f"--name-{language}", required=True, metavar="NAME", help=told)
    add.add_argument("--university", metavar="ID", help="of one university (default: national)")
    add.add_argument("--zone", help="IANA time zone (default: that of the country)")
    invite = command(office, "invite", invite_to_office, "Print an invitation to an office.")
    invite.add_argument("id", metavar="ID", help="the office")
    invite.add_argument("--role", choices=ROLES, default="owner", help="default: owner")
    audit = group(commands, "audit", "Look at what offices did.")
    command(audit, "verify", verify_audit, "Say whether anything in the audit was changed.")


def add_office(given: argparse.Namespace) -> int:
    """Open an office and print its owner’s invitation."""
    from bot.offices import NewOffice, open_office
    from erasmus.words import Language

    names = {language: getattr(given, f"name_{language}") for language in Language}
    office = NewOffice(given.id, given.country, names, given.university, given.zone)
    settings, now = _circumstances()
    _print_invitation(asyncio.run(open_office(settings, office, now)))
    return 0


def invite_to_office(given: argparse.Namespace) -> int:
    """Print an invitation to an office."""
    from bot.offices import invite
    from erasmus.offices import Role

    settings, now = _circumstances()
    _print_invitation(asyncio.run(invite(settings, given.id, Role(given.role), now)))
    return 0


def verify_audit(_given: argparse.Namespace) -> int:
    """Say whether anything in the audit was changed."""
    from bot.offices import verified
    from bot.settings import read_database_url

    found = asyncio.run(verified(read_database_url(ENV_FILE)))
    if found.broken is not None:
        print(f"row {found.broken} was changed, taken out or slipped in; {found.rows} before hold")
        return BROKEN
    print(f"all {found.rows} rows hold; the last digest is {found.last}")
    return 0


def _print_invitation(link: str) -> None:
    print(link)
    print("It works once, within 24 hours. Give it to one person only.")


def _circumstances() -> Any:  # noqa: ANN401 - settings and a moment, whose types are slow to import
    from bot.clock import SystemClock, use_own_zones
    from bot.settings import read_settings

    use_own_zones()
    return read_settings(ENV_FILE), SystemClock().now()


def group(commands: Commands, name: str, told: str) -> Commands:
    """Add a group of commands."""
    added = commands.add_parser(name, help=told, description=told)
    return added.add_subparsers(required=True, metavar="COMMAND")


def command(among: Commands, name: str, run: Any, told: str) -> argparse.ArgumentParser:  # noqa: ANN401 - a function of this page
    """Add a command that `run` carries out."""
    added = among.add_parser(name, help=told, description=told)
    added.set_defaults(command=run)
    return added
