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
from erasmus.offices import Role
from erasmus.places import Country, StudyField
from erasmus.plans import Checklist, Item
from erasmus.questions import Option, Question
from erasmus.reading import Cues, MonthWords, Reading, UnitWords, ZoneWords
from erasmus.rules import Rule, StaticChange
from erasmus.sources import Citation, Decider, Entry, Source
from erasmus.universities import ListedUniversity
from erasmus.words import Language
from handlers.routes import COMMANDS
from handlers.staff.group import COMMANDS as GROUP_COMMANDS
from handlers.staff.menu import NEEDED
from handlers.staff.roles import role_name
from handlers.staff.routes import COMMANDS as STAFF_COMMANDS
from locales import texts_for
from locales.catalogues import ROOM, SOURCE, catalogue_path, messages, read_catalogue, strings
from locales.widths import COLUMNS

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
    "reading.toml": (Reading, MonthWords, Cues, ZoneWords, UnitWords),
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


def test_every_command_of_an_offices_group_is_documented() -> None:
    page = section("commands.md", "In the chat, for members of an office")

    assert rows(page, "group command") == {f"/{name}" for name in GROUP_COMMANDS}


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


def guide(language: Language) -> str:
    return (DOCS / f"office-guide.{language}.md").read_text(encoding="utf-8")


def labels(language: Language) -> set[str]:
    """Return what stands on buttons in a language."""
    path = ROOM / "messages.pot" if language is SOURCE else catalogue_path(language)
    found = [each for each in messages(read_catalogue(path)) if each.context in COLUMNS]
    return {strings(each.id if language is SOURCE else each.string)[0] for each in found}


@pytest.mark.parametrize("language", list(Language), ids=str)
def test_the_guide_for_offices_names_only_buttons_that_there_are(language: Language) -> None:
    named = re.findall(r"[«“]([^»”]+)[»”]", guide(language))

    assert named
    assert {" ".join(label.split()) for label in named} <= labels(language)


@pytest.mark.parametrize("language", list(Language), ids=str)
def test_the_guide_for_offices_has_a_column_for_each_role(language: Language) -> None:
    (heading,) = re.findall(r"^\| \|(.+)\|$", guide(language), re.MULTILINE)

    t = texts_for(language)
    assert [name.strip() for name in heading.split("|")] == [role_name(t, role) for role in Role]


@pytest.mark.parametrize("language", list(Language), ids=str)
def test_the_guide_for_offices_knows_all_commands_that_it_names(language: Language) -> None:
    named = set(re.findall(r"`/(\w+)`", guide(language)))

    assert named <= {*COMMANDS, *STAFF_COMMANDS, *GROUP_COMMANDS}


@pytest.mark.parametrize("page", [ROOT / "README.md", *DOCS.rglob("*.md")], ids=lambda p: p.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = re.findall(r'(?:\]\(|src=")(?!https?:)([^)"#\s]+)', text)

    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_decision_has_a_number_of_its_own() -> None:
    pages = sorted((DOCS / "adr").glob("*.md"))
    titles = [page.read_text(encoding="utf-8").split(".")[0] for page in pages]

    assert titles == [f"# {number}" for number in range(1, len(pages) + 1)]
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
