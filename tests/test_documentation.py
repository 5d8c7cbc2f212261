"""What can be typed, set or written is documented, and nothing is documented that is not there."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from bot.cli import main
from bot.settings import ALLOWED, PREFIX
from erasmus.actions import Action
from erasmus.call_tables import OfficeCallTable
from erasmus.content_calls import SeededCall
from erasmus.derived import DERIVED
from erasmus.facts import Fact
from erasmus.places import Country, StudyField
from erasmus.plans import Checklist, Item
from erasmus.questions import Option, Question
from erasmus.reading import Cues, MonthWords, Reading, ZoneWords
from erasmus.rules import Rule, StaticChange
from erasmus.sources import Citation, Decider, Entry, Source
from erasmus.universities import ListedUniversity
from handlers.routes import COMMANDS
from handlers.staff.menu import NEEDED
from handlers.staff.routes import COMMANDS as STAFF_COMMANDS

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
ENTRIES: dict[str, tuple[type[Entry], ...]] = {
    "Everywhere": (Citation,),
    "facts.toml": (Fact,),
    "countries.toml": (Country,),
    "questions.toml": (Question, Option),
    "rules": (Rule, StaticChange),
    "actions": (Action,),
    "checklists": (Checklist, Item),
    "calls.toml": (SeededCall,),
    "universities.toml": (ListedUniversity,),
    "fields.toml": (StudyField,),
    "reading.toml": (Reading, MonthWords, Cues, ZoneWords),
    "deciders.toml": (Decider,),
    "sources.toml": (Source,),
}


def section(page: str, heading: str) -> str:
    """Return what stands under a heading of the second level."""
    text = (DOCS / page).read_text(encoding="utf-8")
    return text.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def rows(text: str, heading: str) -> set[str]:
    """Return what the first column holds in the tables with this heading."""
    tables = re.findall(rf"^\| {heading} \|.*\n\|[-|]+\n((?:\|.*\n?)+)", text, re.MULTILINE)
    return {row.split("|")[1].strip().strip("`") for table in tables for row in table.splitlines()}


def fields(kinds: Iterable[type[Entry]]) -> set[str]:
    return {name for kind in kinds for name in kind.model_fields}


@pytest.mark.parametrize("heading", ENTRIES)
def test_every_key_of_a_content_file_is_documented(heading: str) -> None:
    assert rows(section("content.md", heading), "key") == fields(ENTRIES[heading])


def test_every_file_of_content_has_a_section() -> None:
    places = {place.name for place in (ROOT / "erasmus" / "content").iterdir()}

    assert places <= ENTRIES.keys()


def test_every_derived_fact_is_documented() -> None:
    assert rows(section("content.md", "Everywhere"), "derived fact") == DERIVED.keys()


def test_every_command_of_the_chat_is_documented() -> None:
    assert rows(section("commands.md", "In the chat"), "command") == {
        f"/{name}" for name in ("start", *COMMANDS)
    }


def test_every_command_of_the_command_line_and_its_options_are_documented(
    capsys: pytest.CaptureFixture[str],
) -> None:
    general, *commands = section("commands.md", "On the command line").split("\n### erasmus-bot ")
    documented = {text.partition("\n")[0]: rows(text, "option") for text in commands}
    told = help_of(capsys)
    offered = list(commands_of(capsys))

    assert rows(general, "option") == options(told)
    assert documented == {
        name: options(help_of(capsys, *name.split())) - {"--help"} for name in offered
    }


def commands_of(capsys: pytest.CaptureFixture[str], *group: str) -> Iterator[str]:
    """Yield all commands, those of a group after the group."""
    for name in re.findall(r"^    ([a-z-]+)(?:  |$)", help_of(capsys, *group), re.MULTILINE):
        yield " ".join((*group, name))
        yield from commands_of(capsys, *group, name)


def test_every_command_of_members_is_documented() -> None:
    page = section("commands.md", "In the chat, for members of an office")

    assert (
        rows(page, "staff command")
        == {f"/{name}" for name in STAFF_COMMANDS}
        == {f"/{name}" for name in NEEDED}
    )


def help_of(capsys: pytest.CaptureFixture[str], *command: str) -> str:
    """Return what a command says about itself."""
    with pytest.raises(SystemExit):
        main([*command, "--help"])
    return capsys.readouterr().out


def options(told: str) -> set[str]:
    return set(re.findall(r"^  (?:-\w, )?(--[a-z-]+)", told, re.MULTILINE))


def test_every_key_of_a_pack_of_calls_is_documented() -> None:
    page = (DOCS / "calls.md").read_text(encoding="utf-8")

    assert rows(page, "pack key") == set(OfficeCallTable.model_fields)


def test_every_setting_is_documented() -> None:
    page = (DOCS / "settings.md").read_text(encoding="utf-8")

    assert rows(page, "setting") == {PREFIX + name for name in ALLOWED}


def test_every_setting_stands_in_the_example() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")

    assert set(re.findall(r"^#? ?(\w+)=", example, re.MULTILINE)) == {
        PREFIX + name for name in ALLOWED
    }
