"""Rounds: bots run one after the other on a core of their own, and what each costs is counted."""

from __future__ import annotations

import asyncio
import os
import platform
import statistics
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE = 120.0
"""Seconds after which a bot that does nothing has failed."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a number of things took: seconds by the clock, and seconds of processor."""

    number: int
    seconds: float
    processor: float

    @property
    def per_second(self) -> float:
        """Things a second by the clock."""
        return self.number / self.seconds

    @property
    def microseconds(self) -> float:
        """Processor time of one."""
        return self.processor / self.number * 1e6


def cores() -> tuple[int, int]:
    """Return the core of the bot and the core of everything else; the same where there is one."""
    usable = sorted(os.sched_getaffinity(0))
    return usable[0], usable[-1]


def stand_aside() -> None:
    """Leave the bot's core to the bot."""
    os.sched_setaffinity(0, {cores()[1]})


@asynccontextmanager
async def bot(
    *command: str, env: Mapping[str, str] | None = None
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run a Python module as a bot on its own core, and end it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *command,
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        preexec_fn=lambda: os.sched_setaffinity(0, {cores()[0]}),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=None if "BENCH_SHOW" in os.environ else asyncio.subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


def processor(pid: int) -> float:
    """Return the seconds of processor that a process has used, in all its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory(pid: int) -> float:
    """Return the resident memory of a process, in megabytes."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    resident = next(line for line in lines if line.startswith("VmRSS"))
    return int(resident.split()[1]) / 1024


def median(values: Sequence[float]) -> float:
    """Return the median."""
    return statistics.median(values)


def ground(*packages: str) -> str:
    """Say on what a run was made."""
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    return f"Python {platform.python_version()}, {os.cpu_count()} cores; {versions}"
