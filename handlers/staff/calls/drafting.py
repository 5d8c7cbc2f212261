"""Drafting a call: a draft is a row, every step is saved, and anybody of the office may go on."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from html import unescape
from typing import Any, TypeAlias

from erasmus import draft_documents
from erasmus.call_drafts import CallDraft, proposed
from erasmus.call_text import propose
from erasmus.calls import Call
from erasmus.drafted_calls import of_call
from handlers.incoming import Incoming
from handlers.screens import Rows, Screen
from handlers.staff.desk import Desk, StaffPress
from storage import call_revisions, calls, drafts

KIND = "call"
"""The kind of these drafts in the ledger."""

HIDDEN_LINK = re.compile(r'href="(https://[^"]+)"')


@dataclass(frozen=True, slots=True)
class Drafting:
    """A member at work on a draft that nobody else can change meanwhile."""

    desk: Desk
    id: int
    draft: CallDraft

    async def keep(self, draft: CallDraft) -> Drafting:
        """Save what the draft is now."""
        await drafts.save(self.desk.c, self.id, draft_documents.written(draft), self.desk.now)
        return replace(self, draft=draft)

    async def published(self) -> Call | None:
        """Return the call that is being changed; None for a new one."""
        return await calls.get(self.desk.c, self.draft.call) if self.draft.call else None

    async def only_looked_at(self) -> bool:
        """Tell whether it says what the call that is being changed says already."""
        before = await self.published()
        return before is not None and self.draft == of_call(before, self.draft.base)

    async def locked(self) -> Call | None:
        """Return the same, and let nobody else change it until this is done."""
        call_id = self.draft.call
        return await calls.get_to_change(self.desk.c, call_id) if call_id else None


Asked: TypeAlias = tuple[str, Rows]
"""A question, and the rows of buttons that answer it."""

OnDraft: TypeAlias = Callable[[Drafting, Any], Awaitable[Screen]]
OnDesk: TypeAlias = Callable[[Desk, Any], Awaitable[Screen]]


async def take(desk: Desk, draft_id: int) -> Drafting | None:
    """Return an open draft of this office to go on with."""
    stored = await drafts.take(desk.c, draft_id)
    if stored is None or stored.office_id != desk.office.id or stored.kind != KIND:
        return None
    return Drafting(desk, stored.id, draft_documents.read(stored.body))


async def begin(desk: Desk, draft: CallDraft) -> Drafting:
    """Keep a new draft; one that says the same and is this member's own already is gone on with.

    So a button that is pressed twice begins one draft.
    """
    body = draft_documents.written(draft)
    for stored in await drafts.of_office(desk.c, desk.office.id, KIND):
        if stored.person_id == desk.person_id and stored.body == body:
            return Drafting(desk, stored.id, draft)
    number = await drafts.begin(
        desk.c, desk.office.id, desk.person_id, KIND, body=body, now=desk.now
    )
    return Drafting(desk, number, draft)


async def begin_from(desk: Desk, sent: Incoming) -> Drafting:
    """Begin with what a text proposes; a link may hide behind a word of it."""
    proposal = propose(sent.text, desk.turn.library)
    hidden = HIDDEN_LINK.search(sent.html)
    if proposal.link is None and hidden:
        proposal = replace(proposal, link=unescape(hidden[1]))
    return await begin(desk, proposed(proposal, desk.turn.today))


async def begin_change(desk: Desk, call: Call) -> Drafting:
    """Begin to change a published call, or go on with the change that is under way."""
    for stored in await drafts.of_office(desk.c, desk.office.id, KIND):
        if stored.body["call"] == call.id:
            work = await take(desk, stored.id)
            if work is not None:
                return work
    newest = await call_revisions.newest(desk.c, call.id)
    return await begin(desk, of_call(call, newest.id if newest else None))


def on_draft(act: OnDraft, gone: Callable[[Desk, int], Awaitable[Screen]]) -> OnDesk:
    """Return a handler of presses on drafts: `gone` answers where there is none any more."""

    async def answer(desk: Desk, press: StaffPress) -> Screen:
        number = int(getattr(press, "draft", 0))
        work = await take(desk, number)
        return await gone(desk, number) if work is None else await act(work, press)

    return answer
