"""Calls come in from a file whole or not at all, and go out as they came in."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import cli
from bot.call_packs import Pack, PackRefused, read_file, take_in, write_out
from bot.offices import Refused
from bot.settings import PREFIX
from erasmus.library import Library
from erasmus.loading import load_library
from storage import Database, call_changes, call_revisions, calls, offices
from tests.offices import an_office

NOW = datetime(2026, 11, 21, 6, tzinfo=UTC)
PACK = """\
[[calls]]
id = "kg-1"
office = "kg"
action = "icm_study"
title = {ky = "Гранада", ru = "Гранада"}
closes = 2027-02-15T18:00:00
zone = "Asia/Bishkek"
published = 2026-11-20T06:00:00Z

[[calls]]
id = "kg-2"
office = "kg"
action = "icm_traineeship"
title = {en = "Traineeship"}
closes = 2027-03-01
zone = "Europe/Brussels"
published = 2026-11-20T06:00:00Z
"""

pytestmark = pytest.mark.both_databases


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


@pytest.fixture(autouse=True)
async def office(db: Database) -> None:
    """Two offices."""
    for name in ("kg", "kz"):
        async with db.write() as c:
            await offices.put(c, an_office(NOW, name))


def packed(tmp_path: Path, library: Library, text: str = PACK, office: str = "kg") -> Pack:
    file = tmp_path / "calls.toml"
    file.write_text(text, encoding="utf-8")
    return Pack(file, office, read_file(file, office, library, NOW))


async def test_a_pack_comes_in_and_goes_out_the_same(
    database_url: str, tmp_path: Path, library: Library
) -> None:
    pack = packed(tmp_path, library)

    assert await take_in(database_url, pack, NOW, dry_run=False) == {"new": 2}

    assert await write_out(database_url, "kg") == PACK
    assert await write_out(database_url, None) == PACK


async def test_the_same_pack_again_changes_nothing(
    database_url: str, db: Database, tmp_path: Path, library: Library
) -> None:
    pack = packed(tmp_path, library)
    await take_in(database_url, pack, NOW, dry_run=False)

    again = await take_in(database_url, pack, NOW + timedelta(days=1), dry_run=False)

    assert again == {"as they were": 2}
    async with db.read() as c:
        assert len(await call_revisions.of_call(c, "kg-1")) == 1


async def test_a_dry_run_stores_nothing(
    database_url: str, db: Database, tmp_path: Path, library: Library
) -> None:
    assert await take_in(database_url, packed(tmp_path, library), NOW, dry_run=True) == {"new": 2}

    async with db.read() as c:
        assert await calls.of_office(c, "kg") == []


async def test_a_change_is_a_revision_and_keeps_what_the_pack_does_not_say(
    database_url: str, db: Database, tmp_path: Path, library: Library
) -> None:
    """A call stays published when it was, and withdrawn where it was withdrawn."""
    await take_in(database_url, packed(tmp_path, library), NOW, dry_run=False)
    async with db.write() as c:
        known = await calls.get(c, "kg-2")
        assert known
        await call_changes.withdraw(c, known, None, NOW)
    text = PACK.replace("published = 2026-11-20T06:00:00Z\n", "").replace("02-15", "02-20")

    done = await take_in(database_url, packed(tmp_path, library, text), NOW, dry_run=False)

    assert done == {"changed": 1, "as they were": 1}
    async with db.read() as c:
        moved, gone = await calls.get(c, "kg-1"), await calls.get(c, "kg-2")
    assert moved
    assert (moved.revision, moved.published_at) == (2, NOW - timedelta(days=1))
    assert gone
    assert gone.withdrawn


async def test_a_pack_with_one_mistake_is_refused_whole(
    database_url: str, db: Database, tmp_path: Path, library: Library
) -> None:
    file = tmp_path / "calls.toml"
    file.write_text(PACK.replace("Europe/Brussels", "Brussels"), encoding="utf-8")

    with pytest.raises(PackRefused) as refused:
        read_file(file, "kg", library, NOW)

    assert str(refused.value).startswith(f"{file}:16: calls[1].zone: 'Brussels' is not an IANA")
    async with db.read() as c:
        assert database_url
        assert await calls.of_office(c, "kg") == []


async def test_another_office_s_call_is_not_taken_over(
    database_url: str, tmp_path: Path, library: Library
) -> None:
    await take_in(database_url, packed(tmp_path, library), NOW, dry_run=False)
    theirs = PACK.replace('office = "kg"', 'office = "kz"').replace("kg-1", "kz-1")

    with pytest.raises(PackRefused, match=r"calls.toml:10: id: 'kg-2' is somebody else’s call"):
        await take_in(database_url, packed(tmp_path, library, theirs, "kz"), NOW, dry_run=False)

    assert await write_out(database_url, "kz") == ""


async def test_an_unknown_office_is_told_with_those_there_are(
    database_url: str, tmp_path: Path, library: Library
) -> None:
    text = PACK.replace('office = "kg"\n', "")
    with pytest.raises(Refused, match="there is no office de; known: kg, kz"):
        await take_in(database_url, packed(tmp_path, library, text, "de"), NOW, dry_run=False)
    with pytest.raises(Refused, match="known: kg, kz"):
        await write_out(database_url, "de")


async def test_the_command_line_takes_a_file_in_and_writes_it_out(
    database_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(f"{PREFIX}DATABASE_URL", database_url)
    (tmp_path / "calls.toml").write_text(PACK, encoding="utf-8")
    (tmp_path / "bad.toml").write_text(PACK.replace("icm_study", "erasmus"), encoding="utf-8")

    async def run(*words: str) -> int:
        return await asyncio.to_thread(cli.main, ["calls", *words])

    assert await run("import", "bad.toml", "--office", "kg") == 1
    assert "bad.toml:4: calls[0].action: 'erasmus' is not known" in capsys.readouterr().err
    assert await run("import", "calls.toml", "--office", "de") == 1
    assert "there is no office de; known: kg, kz" in capsys.readouterr().err
    assert await run("import", "gone.toml", "--office", "kg") == 1
    assert "gone.toml: cannot be read: No such file" in capsys.readouterr().err
    assert await run("import", "calls.toml", "--office", "kg", "--dry-run") == 0
    assert capsys.readouterr().out == "2 new; nothing was stored\n"
    assert await run("import", "calls.toml", "--office", "kg") == 0
    assert await run("export", "--office", "kg", "again.toml") == 0

    assert (tmp_path / "again.toml").read_text(encoding="utf-8") == PACK
