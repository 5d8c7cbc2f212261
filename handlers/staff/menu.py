"""Commands that only members have: what is in the menu of their chat, and why."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from erasmus.offices import Right, may
from erasmus.words import Language
from locales import Texts
from storage import Connection, deliveries, members
from storage.deliveries import Draft, Lane

NEEDED: Final = {
    "desk": Right.ENTER,
    "queue": Right.ANSWER,
    "answers": Right.TRANSLATE,
    "stats": Right.SEE,
    "stop": Right.STOP,
}
"""The right, at any office, that puts a command into somebody's menu."""
IN_GROUP: Final = ("queue", "answers", "connect")


def described(t: Texts, names: Collection[str]) -> list[tuple[str, str]]:
    """Return some of the commands with their descriptions."""
    about = {
        "desk": t.label("command", "Your office’s desk"),
        "queue": t.label("command", "Questions that wait"),
        "answers": t.label("command", "Prepared answers"),
        "stats": t.label("command", "Numbers of your office"),
        "stop": t.label("command", "Stop everything that goes to many"),
        "connect": t.label("command", "Connect an office to this group"),
    }
    return [(name, words) for name, words in about.items() if name in names]


async def show_in_group(c: Connection, group_id: int, t: Texts, now: datetime) -> None:
    """Set the menu of an office's group: only what the assistant listens to there."""
    menu = {"language": str(t.language), "staff": list(IN_GROUP)}
    key = f"menu:{group_id}:{now.isoformat()}"
    await deliveries.put(c, Draft(key, Lane.STAFF, group_id, "commands", menu, now), now)


async def body(c: Connection, person_id: int, language: Language) -> dict[str, Any]:
    """Return the body of the delivery that sets the menu of a person's chat."""
    roles = [role for _, role in await members.offices_of(c, person_id)]
    names = [name for name, right in NEEDED.items() if any(may(role, right) for role in roles)]
    return {"language": str(language), **({"staff": names} if names else {})}


async def refresh(c: Connection, person_id: int, language: Language, now: datetime) -> None:
    """Set the menu of a person's chat to what they may do now."""
    menu = await body(c, person_id, language)
    key = f"menu:{person_id}:{now.isoformat()}:{'+'.join(menu.get('staff', ()))}"
    await deliveries.put(c, Draft(key, Lane.STAFF, person_id, "commands", menu, now), now)
