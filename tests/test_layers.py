"""Which room may import what; the arrows point one way.

erasmus  <-  storage, locales  <-  handlers  <-  bot
"""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = {
    "erasmus": set[str](),
    "storage": {"erasmus"},
    "locales": {"erasmus"},
    "handlers": {"erasmus", "locales", "storage"},
    "bot": {"erasmus", "locales", "storage", "handlers"},
}
CONTENT_LIBRARIES = {"pydantic", "pydantic_core", "rapidfuzz"}
DATABASE_LIBRARIES = {"sqlalchemy", "alembic", "aiosqlite", "asyncpg"}
SPEAKS_TELEGRAM = frozenset(
    f"handlers/{module}.py" for module in ("router", "group_router", "updates")
)
TELLS_TIME = "bot/clock.py"
TELEGRAM_DOUBLE = "bot/telegram_double/"


@cache
def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def modules(room: str) -> Iterator[tuple[str, ast.Module]]:
    """Yield path and syntax tree of each module of a room."""
    for file in sorted((ROOT / room).rglob("*.py")):
        yield file.relative_to(ROOT).as_posix(), tree_of(file)


def imports(room: str) -> Iterator[tuple[str, int, str]]:
    """Yield path, line and top-level package of each absolute import of a room."""
    for path, tree in modules(room):
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            else:
                continue
            for name in names:
                yield path, node.lineno, name.partition(".")[0]


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_rooms_below_it(room: str) -> None:
    above = ROOMS.keys() - ROOMS[room] - {room}

    assert [found for found in imports(room) if found[2] in above] == []


def test_the_domain_needs_nothing_but_python_and_its_content_reader() -> None:
    allowed = sys.stdlib_module_names | CONTENT_LIBRARIES | {"erasmus"}

    assert [found for found in imports("erasmus") if found[2] not in allowed] == []


@pytest.mark.parametrize("room", sorted(ROOMS.keys() - {"storage"}))
def test_only_storage_speaks_to_a_database(room: str) -> None:
    assert [found for found in imports(room) if found[2] in DATABASE_LIBRARIES] == []


@pytest.mark.parametrize("room", sorted(ROOMS.keys() - {"bot"}))
def test_telegram_is_known_to_the_process_and_to_the_router_alone(room: str) -> None:
    found = [place for place in imports(room) if place[2] == "telegram"]

    assert [place for place in found if place[0] not in SPEAKS_TELEGRAM] == []


@pytest.mark.parametrize("room", ROOMS)
def test_only_the_clock_asks_the_machine_for_the_time(room: str) -> None:
    asked = [
        (path, node.lineno)
        for path, tree in modules(room)
        if path != TELLS_TIME
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and reads_the_machines_clock(node.func)
    ]

    assert asked == []


def reads_the_machines_clock(called: ast.expr) -> bool:
    """Recognise datetime.now(), datetime.utcnow(), date.today(), time.time() and the like."""
    if not isinstance(called, ast.Attribute):
        return False
    owner = ast.unparse(called.value).rpartition(".")[2]
    return (owner, called.attr) in {
        ("datetime", "now"),
        ("datetime", "utcnow"),
        ("datetime", "today"),
        ("date", "today"),
        ("time", "time"),
        ("time", "time_ns"),
    }


@pytest.mark.parametrize("call", ["datetime.now(UTC)", "dt.datetime.utcnow()", "date.today()"])
def test_a_look_at_the_machines_clock_is_recognised(call: str) -> None:
    expression = ast.parse(call, mode="eval").body

    assert isinstance(expression, ast.Call)
    assert reads_the_machines_clock(expression.func)


@pytest.mark.parametrize("room", ROOMS)
def test_waiting_updates_are_never_thrown_away(room: str) -> None:
    """Telegram offers to drop what people wrote while the assistant was down; its double too."""
    told = [path for path, tree in modules(room) if "drop_pending_updates" in ast.dump(tree)]

    assert [path for path in told if not path.startswith(TELEGRAM_DOUBLE)] == []
