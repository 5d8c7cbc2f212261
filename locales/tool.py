"""The translators' tool: from the code to the template, to the catalogues, to what is left.

python -m locales extract     the code's messages -> messages.pot
python -m locales update      messages.pot -> the .po files, translations kept
python -m locales check       a line a problem; exit status 1 when there is one
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence

from locales.catalogues import ROOM
from locales.checks import problems, wide_labels
from locales.extraction import extract, update

ROOT = ROOM.parent


def run_extract() -> int:
    """Write the template."""
    _say(f"{extract(ROOT)} messages")
    return 0


def run_update() -> int:
    """Bring the catalogues up to the template."""
    for language, left in update().items():
        _say(f"{language}: {left} to translate")
    return 0


def run_check() -> int:
    """Print problems, and labels that some phones cut; return 1 when there is a problem."""
    found = list(problems(ROOT))
    for line in found:
        _say(line)
    for line in [] if found else wide_labels():
        _say(f"note: {line}")
    _say(f"{len(found)} problems")
    return 1 if found else 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


COMMANDS: Mapping[str, Callable[[], int]] = {
    "extract": run_extract,
    "update": run_update,
    "check": run_check,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m locales",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=COMMANDS)
    return COMMANDS[parser.parse_args(arguments).command]()
