"""Counting what people learn, for the offices' numbers: how often, never who."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from erasmus.assessment import Assessment, Outcome
from handlers.turn import Turn
from storage import counts, verdicts
from storage.numbers import CHECK


async def checked(turn: Turn, seen: Iterable[Assessment]) -> None:
    """Keep the verdicts that a person sees, and count those that are new to them.

    Looking at a result again is no second check.
    """
    known = await verdicts.of_person(turn.c, turn.person.id)
    said = {each.action.id: each.outcome.value for each in seen}
    open_ = Outcome.OPEN.value
    news = {
        action: verdict for action, verdict in said.items() if known.get(action, open_) != verdict
    }
    if not news:
        return
    await verdicts.put(turn.c, turn.person.id, news, turn.now)
    happened = Counter(f"verdict.{verdict}" for verdict in news.values())
    if set(news.values()) != {open_}:
        happened[CHECK] = 1
    await counts.add(turn.c, turn.today, turn.person.place, turn.person.language, happened)
