"""The command line's part for calls: erasmus-bot calls import, erasmus-bot calls export."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

from bot.cli_office import ENV_FILE, Commands, command, group

# Whatever is slow to import is imported by the command that needs it.
# ruff: noqa: PLC0415


def add_to(commands: Commands) -> None:
    """Add the commands to the command line."""
    calls = group(commands, "calls", "Take in calls of offices from a file, or write them out.")
    take = command(calls, "import", import_calls, "Publish or change the calls of a TOML file.")
    take.add_argument("file", metavar="FILE", type=Path, help="TOML in UTF-8")
    take.add_argument("--office", required=True, metavar="ID", help="whose calls they are")
    take.add_argument("--dry-run", action="store_true", help="only say what would be done")
    give = command(calls, "export", export_calls, "Write calls as TOML that `import` reads.")
    give.add_argument("file", nargs="?", metavar="FILE", type=Path, help="default: the output")
    give.add_argument("--office", metavar="ID", help="of this office (default: of all)")


def import_calls(given: argparse.Namespace) -> int:
    """Publish or change the calls of a TOML file."""
    from bot.call_packs import Pack, check_office, read_file, take_in
    from bot.clock import SystemClock, use_own_zones
    from bot.settings import read_database_url
    from erasmus.loading import load_library

    use_own_zones()
    now = SystemClock().now()
    url = read_database_url(ENV_FILE)
    asyncio.run(check_office(url, given.office))
    packed = read_file(given.file, given.office, load_library(), now)
    pack = Pack(given.file, given.office, packed)
    done = asyncio.run(take_in(url, pack, now, dry_run=given.dry_run))
    told = ", ".join(f"{number} {kind}" for kind, number in done.items()) or "no calls"
    print(f"{told}; nothing was stored" if given.dry_run else told)
    return 0


def export_calls(given: argparse.Namespace) -> int:
    """Write calls as TOML that `import` reads."""
    from bot.call_packs import write_out
    from bot.clock import use_own_zones
    from bot.settings import read_database_url

    use_own_zones()
    pack = asyncio.run(write_out(read_database_url(ENV_FILE), given.office))
    if given.file is None:
        sys.stdout.write(pack)
    else:
        given.file.write_text(pack, encoding="utf-8")
    return 0
