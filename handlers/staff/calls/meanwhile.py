"""The change of a call that others have changed since: theirs is taken over, and it is said."""

from __future__ import annotations

from erasmus.drafted_calls import moved_over, of_call
from handlers.staff.calls.drafting import Drafting
from handlers.staff.calls.listing import by_whom
from storage import call_revisions


async def catch_up(work: Drafting) -> tuple[Drafting, str | None]:
    """Return a draft over its call as it is now, and what to say above it; None: nothing.

    One in which nothing was changed becomes the call as it is now without a word.
    """
    call = await work.published()
    newest = await call_revisions.newest(work.desk.c, call.id) if call else None
    if call is None or call.withdrawn or newest is None or newest.id == work.draft.base:
        return work, None
    since = await call_revisions.since(work.desk.c, call.id, work.draft.base or 0)
    was = of_call(call_revisions.call_before(since[0], call), work.draft.base)
    work = await work.keep(moved_over(work.draft, was, of_call(call, newest.id)))
    if await work.only_looked_at():
        return work, None
    who = await by_whom(work.desk, newest)
    t = work.desk.t
    told = t("⚠️ Meanwhile this call was changed ({who}). Check every date again.", who=who)
    return work, told
