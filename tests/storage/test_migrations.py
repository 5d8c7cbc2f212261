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
from sqlalchemy.schema import CreateIndex, CreateTable, ExecutableDDLElement

from erasmus.plans import ItemState
from storage import Database, follows, inbox, ticks
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
DESCRIPTION = text("""
    SELECT table_name || ' ' || column_name,
           concat_ws(' ', data_type, character_maximum_length, is_nullable, column_default)
      FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
     WHERE connamespace = 'public'::regnamespace
""")


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
    async with changing_tables(empty_url) as c:
        await c.run_sync(upgrade, "0001")
        for statement in ROWS_OF_THE_FIRST_VERSION.split(";"):
            await c.execute(text(statement), {"now": now})

    assert await migrate(empty_url) == HEAD

    db = Database.open(empty_url)
    async with db.write() as c:
        [(person, follow, followed)] = await follows.to_plan(c, now)
        [update] = await inbox.claim(c, "somebody", now, 10)
    await db.close()
    assert (person.id, person.facts, followed.id) == (7, {"role": "student"}, "call")
    assert (follow.planned_at, update.update_id) == (None, 1)


async def test_migrating_twice_changes_nothing(db: Database, database_url: str) -> None:
    before = await tables(db)

    assert await migrate(database_url) == HEAD

    assert await tables(db) == before == {*metadata.tables, "alembic_version"}


async def test_the_migrations_make_what_the_models_describe(db: Database) -> None:
    def differences(plain: PlainConnection) -> list[object]:
        context = MigrationContext.configure(plain, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))

    async with db.read() as c:
        assert await c.run_sync(differences) == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_migrations_make_the_very_statements_of_the_models(db: Database) -> None:
    """Alembic does not compare conditions of indexes, foreign keys' actions or numbering."""

    def described(plain: PlainConnection) -> set[str]:
        tables = metadata.sorted_tables
        making: list[ExecutableDDLElement] = [CreateTable(table) for table in tables]
        making += [CreateIndex(index) for table in tables for index in table.indexes]
        return {squeezed(str(made.compile(plain))) for made in making}

    made = text("""
        SELECT sql FROM sqlite_master
         WHERE sql IS NOT NULL AND name NOT LIKE '%sqlite%' AND type <> 'trigger'
    """)
    async with db.read() as c:
        found = {squeezed(sql) for sql in (await c.execute(made)).scalars()}
        wanted = await c.run_sync(described)

    assert {sql for sql in found if "alembic_version" not in sql} == wanted


def squeezed(sql: str) -> str:
    """Return a statement without line breaks and with its constraints in any order."""
    return ", ".join(sorted(" ".join(part.split()) for part in sql.split(",\n\t")))


@pytest.mark.parametrize(
    ("database_url", "empty_url"), [("postgresql", "postgresql")], indirect=True
)
async def test_the_migrations_make_on_postgresql_what_the_models_describe(
    db: Database, empty_url: str
) -> None:
    """The same, as its catalogue tells it."""

    async def described(database: Database) -> set[tuple[str, str]]:
        async with database.read() as c:
            rows = await c.execute(DESCRIPTION)
            return {(name, what) for name, what in rows if "alembic" not in name}

    async with changing_tables(empty_url) as c:
        await c.run_sync(metadata.create_all)
    modelled = Database.open(empty_url)
    try:
        assert await described(db) == await described(modelled)
    finally:
        await modelled.close()


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


async def test_starts_of_several_processes_do_not_collide(empty_url: str) -> None:
    program = "import asyncio, sys; from storage.migrate import migrate; "
    program += "print(asyncio.run(migrate(sys.argv[1])))"

    async def start() -> tuple[bytes, bytes]:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            program,
            empty_url,
            cwd=Path(__file__).parents[2],
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        return await process.communicate()

    assert (
        await asyncio.gather(*(start() for _ in range(STARTS)))
        == [(f"{HEAD}\n".encode(), b"")] * STARTS
    )


@pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)
async def test_asking_for_the_revision_makes_no_database(empty_url: str) -> None:
    await current(empty_url)

    assert not is_there(empty_url)
