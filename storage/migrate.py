"""Bringing the tables of a database to the shape this version expects.

Revisions go forward only and are numbered: the name of a file under `migrations/versions` begins
with its number. So a start sees without Alembic, which takes a fifth of a second and 8 MB, that
there is nothing to do; and an empty database is given what the models describe, which the tests
hold to be what the revisions come to.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Column, MetaData, PrimaryKeyConstraint, String, Table, inspect, select
from sqlalchemy import Connection as PlainConnection

from storage.changing import changing_tables, is_there
from storage.database import Connection, Database
from storage.models import metadata

MIGRATIONS = Path(__file__).with_name("migrations")

KNOWN = sorted(path.stem.split("_")[0] for path in MIGRATIONS.glob("versions/[0-9]*.py"))
HEAD = KNOWN[-1]

# Alembic's own table.
_revisions = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


class SchemaTooNew(Exception):
    """The database was shaped by a newer version of the assistant."""

    def __init__(self, revision: str) -> None:
        super().__init__(
            f"the database has revision {revision}, but this version knows none after {HEAD}: "
            "start the newer version again, or restore a backup made before it"
        )
        self.revision = revision


async def migrate(url: str) -> str:
    """Apply the revisions that a database lacks, and return the one it has then.

    Meant for every start: several may run at once, on one database, and one of them does the work.
    Raises SchemaTooNew.
    """
    if await current(url) == HEAD:
        return HEAD
    async with changing_tables(url) as connection:
        revision = _refuse_newer(await _revision(connection))
        await connection.run_sync(make if revision is None else upgrade)
    return HEAD


async def current(url: str) -> str | None:
    """Return the revision of a database, None before the first. Raises SchemaTooNew."""
    if not is_there(url):
        return None
    database = Database.open(url)
    try:
        async with database.read() as connection:
            return _refuse_newer(await _revision(connection))
    finally:
        await database.close()


async def _revision(connection: Connection) -> str | None:
    if not await connection.run_sync(lambda plain: inspect(plain).has_table("alembic_version")):
        return None
    return (await connection.execute(select(_revisions))).scalar_one_or_none()


def _refuse_newer(revision: str | None) -> str | None:
    if revision is not None and revision not in KNOWN:
        raise SchemaTooNew(revision)
    return revision


def make(connection: PlainConnection) -> None:
    """Make all tables in an empty database, in the transaction of `changing_tables`."""
    metadata.create_all(connection, checkfirst=False)
    _revisions.create(connection, checkfirst=False)
    connection.execute(_revisions.insert().values(version_num=HEAD))


def upgrade(connection: PlainConnection, revision: str = HEAD) -> None:
    """Apply the revisions up to one, in the transaction of `changing_tables`."""
    from alembic import command  # noqa: PLC0415 - only where there is something to do
    from alembic.config import Config  # noqa: PLC0415

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    command.upgrade(config, revision)
