"""Opt-outs: who does not want to hear of a topic. They take effect at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update

from erasmus.announcements import Topic, batch_of
from storage import announcements
from storage.columns import Utc
from storage.copies.rows import OPTED_OUT
from storage.database import Connection, for_both
from storage.deliveries.rows import State
from storage.models import deliveries, in_state, opt_outs

_THIS = (opt_outs.c.person_id == bindparam("whose"), opt_outs.c.topic == bindparam("about"))
_OF = select(opt_outs.c.topic).where(opt_outs.c.person_id == bindparam("whose"))
_LEAVE = for_both(lambda insert: insert(opt_outs).on_conflict_do_nothing())
_RETURN = delete(opt_outs).where(*_THIS)
_KEYS = deliveries.c.key.in_(bindparam("keys", expanding=True))
_WITHDRAW = (
    update(deliveries)
    .where(_KEYS, in_state(deliveries, State.HELD, State.QUEUED))
    .values(state=State.CANCELLED, settled_at=bindparam("now", type_=Utc), problem=OPTED_OUT)
)
# Only what no sender has touched: what left, or may have left, does not come a second time.
_HOLD_AGAIN = (
    update(deliveries)
    .where(
        _KEYS,
        in_state(deliveries, State.CANCELLED),
        deliveries.c.problem == OPTED_OUT,
        deliveries.c.attempts == 0,
    )
    .values(state=State.HELD, settled_at=None, problem=None)
)


async def of(c: Connection, person_id: int) -> frozenset[Topic]:
    """Return the topics of which a person does not want to hear."""
    return frozenset((await c.execute(_OF, {"whose": person_id})).scalars())


async def leave(c: Connection, person_id: int, topic: Topic, now: datetime) -> bool:
    """Opt out, and withdraw what has not left yet; False when it was so already."""
    row = {"person_id": person_id, "topic": topic, "since": now}
    left = (await c.execute(_LEAVE(c), row)).rowcount > 0
    keys = await _keys(c, person_id, topic)
    if keys:
        await c.execute(_WITHDRAW, {"keys": keys, "now": now})
    return left


async def come_back(c: Connection, person_id: int, topic: Topic) -> bool:
    """Undo it: what was withdrawn and is still under way to others comes after all."""
    back = (await c.execute(_RETURN, {"whose": person_id, "about": topic})).rowcount > 0
    keys = await _keys(c, person_id, topic)
    if keys:
        await c.execute(_HOLD_AGAIN, {"keys": keys})
    return back


async def _keys(c: Connection, person_id: int, topic: Topic) -> Sequence[str]:
    live = await announcements.live_ids(c, topic)
    return [f"{batch_of(number)}:{person_id}" for number in live]
