"""Machines: the assistant as operating system processes that can be killed, frozen and stopped."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Self

ROOT: Final = Path(__file__).parents[2]
RUN: Final = ("-m", "bot", "run")
RIGGED: Final = (str(Path(__file__).with_name("rigged.py")),)
"""The same command with a fault built in; see there."""

PATIENCE: Final = 30.0
"""Seconds to wait for what should happen at once."""


class Machine:
    """One process of the assistant. What it prints is kept in `lines`."""

    def __init__(
        self, settings: Mapping[str, str], place: Path, command: Sequence[str] = RUN
    ) -> None:
        """Start nothing yet; `settings` are added to the environment, `place` holds no .env."""
        self.environment = {**_clean(), "PYTHONPATH": str(ROOT), **settings}
        self._place, self._command = place, command
        self._process: Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self._heard = asyncio.Event()
        self.lines: list[str] = []

    async def start(self) -> Self:
        """Start the process, without waiting for it."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            *self._command,
            env=self.environment,
            cwd=self._place,
            stdout=PIPE,
            stderr=STDOUT,
            limit=1 << 22,
        )
        self._reading = asyncio.create_task(self._read(self._process))
        return self

    async def ready(self) -> Self:
        """Start the process and wait until it handles updates."""
        began = len(self.lines)
        await self.start()
        await self.says(" ready ", since=began)
        return self

    async def says(self, words: str, *, since: int = 0, seconds: float = PATIENCE) -> str:
        """Wait for a line of output with the words; AssertionError when it does not come."""
        end = time.monotonic() + seconds
        while True:
            self._heard.clear()
            for line in self.lines[since:]:
                if words in line:
                    return line
            assert self.alive, f"ended before it said {words!r}: {self.tail}"
            try:
                await asyncio.wait_for(self._heard.wait(), end - time.monotonic())
            except TimeoutError:
                raise AssertionError(f"did not say {words!r}: {self.tail}") from None

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process is not None and self._process.returncode is None

    @property
    def tail(self) -> str:
        """The last lines of output."""
        return "\n".join(self.lines[-15:])

    async def kill(self) -> None:
        """End the process at once (SIGKILL): it cannot tidy up."""
        if self.alive:
            self._signal(signal.SIGKILL)
        await self.ended()

    async def stop(self) -> float:
        """Ask the process to end (SIGTERM); return the seconds it took."""
        began = time.monotonic()
        self._signal(signal.SIGTERM)
        await asyncio.wait_for(self.ended(), PATIENCE)
        return time.monotonic() - began

    def freeze(self) -> None:
        """Let the process stand still (SIGSTOP)."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let the process go on (SIGCONT)."""
        self._signal(signal.SIGCONT)

    async def ended(self) -> int:
        """Wait for the end of the process; return its exit status."""
        if self._process is None or self._reading is None:
            return 0
        status = await self._process.wait()
        await self._reading
        return status

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    async def _read(self, process: Process) -> None:
        assert process.stdout is not None
        async for line in process.stdout:
            self.lines.append(line.decode(errors="replace").rstrip())
            self._heard.set()
        await process.wait()
        self._heard.set()


def _clean() -> dict[str, str]:
    """Return our environment without settings that would reach the assistant."""
    return {k: v for k, v in os.environ.items() if not k.startswith("ERASMUS_BOT_")}
