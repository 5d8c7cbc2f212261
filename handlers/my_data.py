"""Whatever is kept about a person, as a file for the person."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from handlers.presses import MyData, Privacy
from handlers.promises import MY_DATA, promise
from handlers.screens import Attached, Screen, paragraphs
from handlers.turn import Turn
from storage import exports

NAME: Final = "my-data.json"


async def my_data(turn: Turn, _press: MyData) -> Screen:
    """Promise the file."""
    await promise(turn, MY_DATA, {})
    return Screen(turn.t("Your file follows."), (turn.leave(Privacy()),))


async def render(turn: Turn, _body: Mapping[str, Any]) -> Screen:
    """Return the file with all that is kept at this moment."""
    t, kept = turn.t, await exports.export(turn.c, turn.person.id)
    content = json.dumps(kept, ensure_ascii=False, indent=2, default=str)
    text = paragraphs(
        t("<b>All that I keep about you</b>"),
        t("Any text editor opens it. Times are in UTC."),
    )
    # Without buttons: a file cannot become another screen.
    return Screen(text, media=Attached(NAME, content), fresh=True)
