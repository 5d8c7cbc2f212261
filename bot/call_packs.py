"""What an operator does with packs of calls: takes one in whole or not at all, writes one out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.offices import Refused
from erasmus.call_packing import write_pack
from erasmus.call_packs import Packed, PackError, Problem, read_pack
from erasmus.calls import Call
from erasmus.library import Library
from storage import Connection, Database, call_changes, calls, offices
from storage.migrate import migrate

NEW, CHANGED, SAME = "new", "changed", "as they were"


class PackRefused(Refused):
    """A pack cannot be taken in: where and why, a line for each problem; nothing was changed."""

    def __init__(self, file: Path, problems: Iterable[Problem]) -> None:
        super().__init__("\n".join(_line(file, problem) for problem in problems))


def read_file(file: Path, office_id: str, library: Library, now: datetime) -> list[Packed]:
    """Return the calls of a file for an office. Raises Refused with everything wrong in it."""
    try:
        return read_pack(file.read_text(encoding="utf-8"), office_id, library, now)
    except OSError as error:
        told = f"{file}: cannot be read: {error.strerror} (allowed: a TOML file in UTF-8)"
        raise Refused(told) from error
    except UnicodeDecodeError as error:
        fault = Problem(1, "", f"is not TOML: {error}", "TOML in UTF-8")
        raise PackRefused(file, [fault]) from error
    except PackError as error:
        raise PackRefused(file, error.problems) from error


@dataclass(frozen=True, slots=True)
class Pack:
    """The calls of a file, for an office."""

    file: Path
    office_id: str
    calls: Sequence[Packed]


async def check_office(url: str, office_id: str) -> None:
    """Raise Refused for an office that is not known, with those that are."""
    await migrate(url)
    db = Database.open(url)
    try:
        async with db.read() as c:
            await _known_office(c, office_id)
    finally:
        await db.close()


async def take_in(url: str, pack: Pack, now: datetime, *, dry_run: bool) -> Mapping[str, int]:
    """Store the calls of a pack and return how many are new, changed, as they were.

    Nothing is stored on a `dry_run`, or where anything is wrong. Raises PackRefused, Refused.
    """
    await migrate(url)
    db = Database.open(url)
    try:
        async with db.write() as c:
            await _known_office(c, pack.office_id)
            told = await _compared(c, pack)
            for call, _ in () if dry_run else told:
                await call_changes.store(c, call, None, now)
    finally:
        await db.close()
    return Counter(kind for _, kind in told)


async def write_out(url: str, office_id: str | None) -> str:
    """Return the calls of an office, or of all, as a pack. Raises Refused for an unknown office."""
    db = Database.open(url)
    try:
        async with db.read() as c:
            if office_id is None:
                return write_pack(await calls.of_offices(c))
            await _known_office(c, office_id)
            found = await calls.of_office(c, office_id)
    finally:
        await db.close()
    return write_pack(sorted(found, key=lambda call: call.id))


async def _known_office(c: Connection, office_id: str) -> None:
    if await offices.get(c, office_id) is None:
        known = ", ".join(office.id for office in await offices.listing(c)) or "none"
        raise Refused(f"there is no office {office_id}; known: {known}")


async def _compared(c: Connection, pack: Pack) -> list[tuple[Call, str]]:
    """Say of each call whether it is new, changed or the same; refuse those of somebody else."""
    told, foreign = list[tuple[Call, str]](), list[Problem]()
    for one in pack.calls:
        known = await calls.get_to_change(c, one.call.id)
        if known is not None and known.office_id != one.call.office_id:
            foreign.append(Problem(one.line, "id", f"{known.id!r} is somebody else’s call"))
            continue
        call = one.over(known)
        told.append((call, _kind(known, call)))
    if foreign:
        raise PackRefused(pack.file, foreign)
    return told


def _kind(known: Call | None, call: Call) -> str:
    if known is None:
        return NEW
    return SAME if call_changes.same_but_revision(known, call) else CHANGED


def _line(file: Path, problem: Problem) -> str:
    where = f"{file}:{problem.line}: " + (f"{problem.key}: " if problem.key else "")
    return where + problem.told + (f" (allowed: {problem.allowed})" if problem.allowed else "")
