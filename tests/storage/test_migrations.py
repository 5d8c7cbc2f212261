"""Each start brings the tables to the newest revision, whoever else starts at the same time."""

import asyncio
import sys
from datetime import datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection as PlainConnection
from sqlalchemy import inspect, text
from sqlalchemy.schema import CreateTable

from erasmus.plans import ItemState
from storage import Connection, Database, follows, inbox, ticks
from storage.changing import changing_tables, is_there
from storage.migrate import HEAD, KNOWN, MIGRATIONS, SchemaTooNew, current, migrate, upgrade
from storage.models import metadata, people
from storage.people import Person, find

STARTS = 6
ROWS_OF_THE_FIRST_VERSION = """
    INSERT INTO people (id, language, language_chosen, zone, facts, ladder, reminders_on,
                        created_at, seen_at)
    VALUES (7, 'ky', true, 'Asia/Bishkek', '{"role":"student"}', '[7]', true, :now, :now);
    INSERT INTO calls (id, action, title, closes, zone, date_only, status, source_id, section,
                       revision, revised_at)
    VALUES ('call', 'a', '{"en":"Call"}', :now, 'UTC', false, 'official', 'S1', '', 1, :now);
    INSERT INTO follows (person_id, call_id, followed_at, muted) VALUES (7, 'call', :now, false);
    INSERT INTO inbox (update_id, chat_id, payload, received_at, state, attempts)
    VALUES (1, 7, '{}', :now, 'new', 0)
"""
DESCRIPTIONS = {
    "sqlite": text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"),
    "postgresql": text("""
    SELECT table_name || ' ' || column_name,
           concat_ws(' ', data_type, character_maximum_length, is_nullable, column_default)
      FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
     WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT proname, pg_get_functiondef(oid) FROM pg_proc
     WHERE pronamespace = 'public'::regnamespace
    """),
}


async def tables(db: Database) -> set[str]:
    async with db.read() as c:
        return set(await c.run_sync(lambda plain: inspect(plain).get_table_names()))


async def test_a_new_database_gets_all_tables(empty_url: str) -> None:
    assert await current(empty_url) is None

    assert await migrate(empty_url) == HEAD

    assert await current(empty_url) == HEAD


@pytest.mark.parametrize("empty_url", ["sqlite", "postgresql"], indirect=True)
async def test_an_older_database_keeps_what_is_in_it(empty_url: str, now: datetime) -> None:
    """Rows of the first version are read as before, and their follows are planned again."""
    await make_old(empty_url, now)

    assert await migrate(empty_url) == HEAD

    db = Database.open(empty_url)
    async with db.write() as c:
        [(person, follow, followed)] = await follows.to_plan(c, now)
        [update] = await inbox.claim(c, "somebody", now, 10)
    await db.close()
    assert (person.id, person.facts, followed.id) == (7, {"role": "student"}, "call")
    assert (follow.planned_at, update.update_id) == (None, 1)


async def make_old(url: str, now: datetime) -> None:
    """Make a database of the first version, with rows in it."""
    async with changing_tables(url) as c:
        await c.run_sync(upgrade, "0001")
        for statement in ROWS_OF_THE_FIRST_VERSION.split(";"):
            await c.execute(text(statement), {"now": now})


async def test_migrating_twice_changes_nothing(db: Database, database_url: str) -> None:
    before = await tables(db)

    assert await migrate(database_url) == HEAD

    assert await tables(db) == before == {*metadata.tables, "alembic_version"}


async def test_the_revisions_make_what_the_models_describe(empty_url: str) -> None:
    """And to Alembic there is nothing left to do, as in a database that the revisions made."""

    def differences(plain: PlainConnection) -> list[object]:
        context = MigrationContext.configure(plain, opts={"compare_type": True})
        assert context.get_current_revision() == HEAD
        return list(compare_metadata(context, metadata))

    async with changing_tables(empty_url) as c:
        await c.run_sync(upgrade)

        assert await c.run_sync(differences) == []


@pytest.mark.parametrize(
    ("database_url", "empty_url"),
    [("sqlite", "sqlite"), ("postgresql", "postgresql")],
    indirect=True,
)
async def test_a_new_database_is_what_the_revisions_come_to(db: Database, empty_url: str) -> None:
    """Alembic does not compare conditions of indexes, foreign keys' actions, or triggers."""
    async with changing_tables(empty_url) as c:
        await c.run_sync(upgrade)
        upgraded = await described(c)
    async with db.read() as c:
        assert await described(c) == upgraded


@pytest.mark.parametrize(("database_url", "empty_url"), [("sqlite", "sqlite")], indirect=True)
async def test_indexes_are_made_in_the_order_of_the_revisions(db: Database, empty_url: str) -> None:
    """Of two that serve a query alike, SQLite takes the younger one."""
    order = text("""
        SELECT tbl_name, group_concat(name)
          FROM (SELECT tbl_name, name FROM sqlite_master WHERE type = 'index' ORDER BY rowid)
         GROUP BY tbl_name
    """)
    async with changing_tables(empty_url) as c:
        await c.run_sync(upgrade)
        upgraded = (await c.execute(order)).all()
    async with db.read() as c:
        assert (await c.execute(order)).all() == upgraded


async def described(c: Connection) -> set[tuple[str, str]]:
    """Return everything that a database says of its tables."""
    rows = await c.execute(DESCRIPTIONS[c.dialect.name])
    return {(name, squeezed(what)) for name, what in rows}


def squeezed(sql: str) -> str:
    """Return a statement without line breaks and with its constraints in any order."""
    return ", ".join(sorted(" ".join(part.split()) for part in sql.split(",\n\t")))


@pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)
async def test_a_new_database_needs_no_alembic(empty_url: str) -> None:
    """It is slow to load and would stay in memory as long as the process."""
    program = "import asyncio, sys; from storage.migrate import migrate; "
    program += "asyncio.run(migrate(sys.argv[1])); sys.exit('alembic' in sys.modules)"

    assert await ended(program, empty_url) == (0, b"", b"")


def test_revisions_are_numbered_in_the_order_in_which_they_are_applied() -> None:
    """A start trusts the names of the files, and reads nothing else when all is done."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    script = ScriptDirectory.from_config(config)

    assert [revision.revision for revision in script.walk_revisions()] == KNOWN[::-1]
    assert script.get_heads() == [HEAD]


async def test_a_database_of_a_newer_version_is_refused(db: Database, database_url: str) -> None:
    async with db.write() as c:
        await c.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(SchemaTooNew, match=r"revision 9999.*start the newer version"):
        await migrate(database_url)

    with pytest.raises(SchemaTooNew):
        await current(database_url)


async def test_a_migration_that_fails_half_way_leaves_everything_as_it_was(
    db: Database, database_url: str
) -> None:
    before = await tables(db)

    async def fail_half_way() -> None:
        async with changing_tables(database_url) as c:
            await c.execute(text("CREATE TABLE half_way (n INTEGER)"))
            await c.execute(text("DROP TABLE inbox"))
            raise KeyError

    with pytest.raises(KeyError):
        await fail_half_way()

    assert await tables(db) == before


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_rebuilding_a_table_deletes_no_row_that_refers_to_it(
    db: Database, database_url: str, aigul: Person, now: datetime
) -> None:
    """Dropping a table deletes its rows, and with them everything below, as SQLite sees it."""
    async with db.write() as c:
        await ticks.set_state(c, aigul.id, "plan", "visa", ItemState.DONE, now)

    async with changing_tables(database_url) as c:
        await c.execute(text("CREATE TABLE new_people AS SELECT * FROM people"))
        await c.execute(text("DROP TABLE people"))
        await c.execute(CreateTable(people))
        await c.execute(text("INSERT INTO people SELECT * FROM new_people"))

    async with db.read() as c:
        assert len(await ticks.of_person(c, aigul.id)) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_migration_that_leaves_a_dangling_reference_is_undone(
    db: Database, database_url: str, aigul: Person, now: datetime
) -> None:
    async with db.write() as c:
        await ticks.set_state(c, aigul.id, "plan", "visa", ItemState.DONE, now)

    async def delete_people() -> None:
        async with changing_tables(database_url) as c:
            await c.execute(text("DELETE FROM people"))

    with pytest.raises(RuntimeError, match=r"refer to nothing.*ticks"):
        await delete_people()

    async with db.read() as c:
        assert await find(c, aigul.id) == aigul


async def test_starts_in_one_process_do_not_collide(empty_url: str) -> None:
    assert await asyncio.gather(*(migrate(empty_url) for _ in range(STARTS))) == [HEAD] * STARTS


@pytest.mark.parametrize("old", [False, True], ids=["empty", "old"])
async def test_starts_of_several_processes_do_not_collide(
    empty_url: str, now: datetime, old: bool
) -> None:
    if old:
        await make_old(empty_url, now)
    program = "import asyncio, sys; from storage.migrate import migrate; "
    program += "print(asyncio.run(migrate(sys.argv[1])))"

    assert (
        await asyncio.gather(*(ended(program, empty_url) for _ in range(STARTS)))
        == [(0, f"{HEAD}\n".encode(), b"")] * STARTS
    )


async def ended(program: str, url: str) -> tuple[int | None, bytes, bytes]:
    """Run a program in a process of its own; return its status and what it wrote."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        program,
        url,
        cwd=Path(__file__).parents[2],
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    told, complained = await process.communicate()
    return process.returncode, told, complained


@pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)
async def test_asking_for_the_revision_makes_no_database(empty_url: str) -> None:
    await current(empty_url)

    assert not is_there(empty_url)
