"""Telling members what happened at their desk, each in their own language."""

from __future__ import annotations

from collections.abc import Callable, Collection

from handlers.screens import Screen
from handlers.turn import Turn
from locales import Texts, texts_for
from storage import deliveries, people
from storage.deliveries import Draft, Lane


async def tell(
    turn: Turn, whom: Collection[int], event: str, say: Callable[[Texts], Screen]
) -> None:
    """Send some people a message; `event` names what happened, and once is enough."""
    for person_id in sorted(whom):
        person = await people.find(turn.c, person_id)
        if person is not None:
            draft = Draft(
                key=f"{event}:{turn.now.isoformat()}:{person_id}",
                lane=Lane.STAFF,
                chat_id=person_id,
                kind="screen",
                body=say(texts_for(person.language)).body(),
                due_at=turn.now,
            )
            await deliveries.put(turn.c, draft, turn.now)
