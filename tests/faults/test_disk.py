"""A full disk: what was taken stays readable, and all goes on when there is room again."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.faults.traffic import Traffic
from tests.faults.trial import Trial

pytestmark = pytest.mark.long  # kills and clocks by chance: not for every change

BLOCK = b"\0" * 4096


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of three megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["/bin/mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", place],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("only root may make a small disk")
    yield place
    subprocess.run(["/bin/umount", "--lazy", place], check=True)


@pytest.fixture
def database_url(disk: Path, sqlite_template: Path) -> str:
    """The URL of an SQLite file on that disk."""
    return f"sqlite:///{shutil.copy(sqlite_template, disk / 'erasmus.db')}"


async def test_a_full_disk(trial: Trial, disk: Path) -> None:
    """It is filled in the middle of work, and freed a little later, without a restart."""
    traffic = Traffic(trial, await trial.know(20))
    machine = await trial.machine().ready()
    traffic.burst(20)
    await trial.until(trial.settled)
    taken = await trial.number("SELECT count(*) FROM inbox")
    _fill(disk / "ballast")
    traffic.burst(40)
    await machine.says("could not be written", seconds=60)
    kept = await trial.number("SELECT count(*) FROM inbox")
    (disk / "ballast").unlink()
    await trial.until(trial.settled, seconds=60)
    await machine.stop()

    lost, verdict = await traffic.lost(), _integrity(disk / "erasmus.db")
    trial.tell(
        45,
        "what was taken is readable, integrity ok, recovers when freed",
        f"{taken} of {taken} updates readable on the full disk, then {len(lost)} of "
        f"{traffic.number} lost, {await traffic.double_effects()} double effects, "
        f"integrity {verdict}",
    )
    assert kept >= taken
    assert lost == []
    assert await traffic.double_effects() == 0
    assert verdict == "ok"


def _fill(path: Path) -> None:
    with suppress(OSError), path.open("wb", buffering=0) as file:
        while True:
            file.write(BLOCK)


def _integrity(path: Path) -> str:
    with closing(sqlite3.connect(path)) as plain:
        return str(plain.execute("PRAGMA integrity_check").fetchone()[0])
