"""Asking those who may publish to look at a draft, once for each state of its card."""

from __future__ import annotations

from collections.abc import Sequence

from erasmus.offices import Right, may
from erasmus.words import Language
from handlers.screens import Go, Screen, paragraphs
from handlers.staff.calls.drafting import Drafting
from handlers.staff.calls.presses import AskPublishers, OpenDraft
from handlers.staff.calls.preview import preview
from handlers.staff.calls.summary import summary
from handlers.staff.desk import Desk
from locales import Texts, texts_for
from storage import deliveries, members, people
from storage.deliveries import Draft, Lane


async def ask_publishers(work: Drafting, press: AskPublishers) -> Screen:
    """Send every publisher of the office the draft to go on with."""
    desk, t = work.desk, work.desk.t
    if press.stamp != work.draft.stamp():
        screen = await preview(work)
        return screen.saying(t.label("alert", "The draft has changed. Please look again."))
    colleagues = await members.of_office(desk.c, desk.office.id)
    asked = list[bool]()
    for member in colleagues:
        person = await people.find(desk.c, member.person_id)
        if person is not None and may(member.role, Right.PUBLISH):
            asked.append(await _ask(work, person.id, person.language))
    return (await preview(work)).saying(_said(t, asked))


def _said(t: Texts, asked: Sequence[bool]) -> str:
    if not asked:
        return t.label("alert", "Your office has no publisher yet. An owner can invite one.")
    if not any(asked):
        return t.label("alert", "The publishers were asked already.")
    return t.label("alert", "The publishers are asked.")


async def _ask(work: Drafting, person_id: int, language: Language) -> bool:
    """Tell whether it is the first time that somebody is asked to look at this card."""
    now, t = work.desk.now, texts_for(language)
    theirs = Desk(work.desk.turn.in_(language), work.desk.office, work.desk.role)
    text = paragraphs(
        t("<b>A call waits to be published</b>"),
        summary(theirs, work.draft),
        t("Please look at its card and publish it, or change it."),
    )
    button = Go(t.label("button", "Open the draft"), OpenDraft(work.desk.office.id, work.id))
    draft = Draft(
        key=f"cq{work.id}:{work.draft.stamp()}:{person_id}",
        lane=Lane.STAFF,
        chat_id=person_id,
        kind="screen",
        body=Screen(text, ((button,),)).body(),
        due_at=now,
    )
    return await deliveries.put(work.desk.c, draft, now) is not None
