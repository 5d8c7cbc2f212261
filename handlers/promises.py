"""Promises: messages that are made at the moment they are sent, in a reading transaction.

So is what takes long to gather, for a press must not keep others waiting, and what is better not
kept in the ledger a second time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from handlers.screens import Screen
from handlers.turn import Turn
from storage import deliveries
from storage.deliveries import Draft, Lane

NUMBERS: Final = "numbers"
MY_DATA: Final = "my_data"
RECIPIENTS: Final = "recipients"
KINDS: Final = frozenset({NUMBERS, MY_DATA, RECIPIENTS})
"""Kinds of deliveries whose bodies only say what was promised."""


async def promise(turn: Turn, kind: str, body: Mapping[str, Any]) -> None:
    """Let a message follow to the person; the same promise at the same moment is one.

    It leaves after the reply that announces it: among replies it would go first, being put first.
    """
    told = ":".join(str(value) for value in body.values())
    key = f"{kind}:{turn.person.id}:{turn.now.isoformat()}:{told}"
    draft = Draft(key, Lane.STAFF, turn.person.id, kind, body, turn.now)
    await deliveries.put(turn.c, draft, turn.now)


async def keep(turn: Turn, kind: str, body: Mapping[str, Any]) -> Screen | None:
    """Make the message that was promised; None when the person may not have it any more."""
    # Loaded with the first promise: a process that has just started asks Telegram first.
    from handlers import my_data  # noqa: PLC0415
    from handlers.staff import numbers  # noqa: PLC0415
    from handlers.staff.announcing import recipients  # noqa: PLC0415

    makers = {
        NUMBERS: numbers.render,
        MY_DATA: my_data.render,
        RECIPIENTS: recipients.render,
    }
    return await makers[kind](turn, body)
