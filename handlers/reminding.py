"""Beginning and ending reminders: what following, muting and handing in do to the ledger."""

from __future__ import annotations

from datetime import datetime

from erasmus.calls import Call
from handlers.turn import Turn
from storage import calls, deliveries, follows


async def followed(turn: Turn) -> list[Call]:
    """Return the calls that the person follows, the longest followed first."""
    found = [
        await calls.get(turn.c, follow.call_id)
        for follow in await follows.of_person(turn.c, turn.person.id)
    ]
    return [call for call in found if call is not None]


async def begin(turn: Turn, call: Call) -> None:
    """Follow a call, or hear of it again; the planning tick arms the reminders."""
    person = turn.person.id
    if not await follows.follow(turn.c, person, call.id, turn.now):
        await follows.set_muted(turn.c, person, call.id, muted=False)


async def end(turn: Turn, call: Call) -> None:
    """Follow a call no longer and withdraw what is still to come about it."""
    await follows.unfollow(turn.c, turn.person.id, call.id)
    await silence(turn, call)


async def silence(turn: Turn, call: Call) -> None:
    """Withdraw the reminders about a call that were not sent yet."""
    await deliveries.cancel_for_follow(turn.c, turn.person.id, call.id, turn.now)


async def mute(turn: Turn, call: Call, *, on: bool) -> None:
    """Mute a followed call, or unmute it."""
    await follows.set_muted(turn.c, turn.person.id, call.id, muted=on)
    if on:
        await silence(turn, call)


async def submit(turn: Turn, call: Call, *, on: bool) -> None:
    """Note that the application is in, so that nothing more is due; or that it is not after all."""
    at: datetime | None = turn.now if on else None
    await follows.set_submitted(turn.c, turn.person.id, call.id, at)
    if on:
        await silence(turn, call)


async def withdraw_old(turn: Turn, call_id: str) -> None:
    """Withdraw what was planned for an earlier date of a call."""
    call = await calls.get(turn.c, call_id)
    if call is not None:
        await deliveries.cancel_stale(turn.c, call.id, call.revision, turn.now)


async def replan(turn: Turn) -> None:
    """Withdraw all reminders to come, so that the next planning tick arms them anew."""
    await deliveries.cancel_for_person(turn.c, turn.person.id, "reminder", turn.now)
