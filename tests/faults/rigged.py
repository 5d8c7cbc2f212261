"""The assistant with a fault built in: run in place of `python -m bot run`.

RIG_CLOCK names a file with the seconds to add to the clock; it is read at every look. A text or
message with RIG_CRASH in it makes the code that handles or sends it raise; one with RIG_KILL ends
the whole process there, as a fault in a library would.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.cli import main
from bot.clock import SystemClock
from bot.messages import Messages
from handlers import free_text
from handlers.screens import Screen
from handlers.turn import Turn

_handle, _show = free_text.text, Messages.show


def _strike(text: str) -> None:
    if os.environ.get("RIG_KILL", "\0") in text:
        os.kill(os.getpid(), signal.SIGKILL)
    if os.environ.get("RIG_CRASH", "\0") in text:
        raise RuntimeError(text)


async def _handle_or_strike(turn: Turn, typed: str) -> Screen:
    _strike(typed)
    return await _handle(turn, typed)


async def _show_or_strike(self: Messages, chat_id: int, body: Any) -> int | None:  # noqa: ANN401
    if "lane-" in str(body.get("text")):
        _strike(body["text"])
    return await _show(self, chat_id, body)


def _shifted(_clock: SystemClock) -> datetime:
    seconds = float(Path(os.environ["RIG_CLOCK"]).read_text(encoding="utf-8"))
    return datetime.now(UTC) + timedelta(seconds=seconds)


if __name__ == "__main__":
    free_text.text = _handle_or_strike
    Messages.show = _show_or_strike  # type: ignore[method-assign]
    if "RIG_CLOCK" in os.environ:
        setattr(SystemClock, "now", _shifted)  # noqa: B010 - a rig, not an assignment
    sys.exit(main(["run"]))
