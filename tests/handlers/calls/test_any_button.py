"""Any button of the calls, old or forged, in any role."""

from __future__ import annotations

import random

import pytest

from bot.clock import MovableClock
from bot.telegram_double import Message
from erasmus.offices import Right, Role, may
from handlers.staff.calls.presses import (
    NewCall,
    OfficeCalls,
)
from handlers.staff.desk import StaffPress
from locales import widths
from storage import Database
from tests.call_desk import (
    OFFICE,
    employ,
    of_office,
    open_drafts,
    publish,
    stored,
)
from tests.chats import Chat


def too_wide(message: Message) -> list[str]:
    """Return the labels that some phones would cut beyond recognition."""
    rows = [(row, widths.MOST.get(len(row), 7)) for row in message.keyboard]
    return [b.text for row, most in rows for b in row if widths.signs(b.text) > most]


@pytest.mark.parametrize("role", list(Role), ids=str)
async def test_any_button_of_the_calls_leads_to_a_screen_that_fits(
    desk: Chat, db: Database, clock: MovableClock, role: Role
) -> None:
    """Old buttons and new ones, by whatever role: an answer each time, and nothing forbidden."""
    call_id = await publish(desk)
    await desk.press(OfficeCalls(OFFICE))
    await desk.press(NewCall(OFFICE))
    await desk.send("Exchange in Cordoba\nDeadline: 01.02.2027")
    await employ(db, desk.person.id, role, clock.now())
    chance = random.Random(str(role))  # noqa: S311 - a walk, not a secret
    seen: list[tuple[int, str]] = []
    for _ in range(60):
        shown = [p.pack() for p in desk.presses if isinstance(p, StaffPress) and p.tag[0] == "c"]
        seen += [(desk.message.id, data) for data in shown]
        await desk.press_old(*chance.choice(seen or [(1, OfficeCalls(OFFICE).pack())]))
        assert not too_wide(desk.message), desk.message.labels
        assert len(desk.text) <= 4096
        assert "Sorry, I could not" not in desk.text
    assert not desk.double.mistakes
    if not may(role, Right.PUBLISH):
        assert (await stored(db, call_id)).revision == 1


FORGED = [
    "cd1:kg-neo:1:closes:soon",
    "cd1:kg-neo:1:title:2027-01-01",
    "cy1:kg-neo:1:closes:2027-13",
    "ct1:kg-neo:1:2560",
    "cz1:kg-neo:1:Mars/Olympus",
    "cb1:kg-neo:1:zz",
    "ca1:kg-neo:1:price",
    "co1:kg-neo:1:title",
    "cj1:kg-neo:1:de",
    "cj2:kg-neo:1:title:de",
    "cj2:kg-neo:1:link:en",
    "cf1:kg-neo:1:zz",
    "cs1:kg-neo:emjm-emai-2027",
    "cw1:kg-neo:emjm-emai-2027:l",
    "cc1:kg-neo:nothing:closes",
    "ci1:kg-neo:kg-neo-1:de",
    "ci2:kg-neo:kg-neo-1:note:de",
    "cp1:kg-neo:99:00000000:0",
    "cg1:other:1",
]


async def test_forged_buttons_do_nothing(desk: Chat, db: Database) -> None:
    await desk.press(NewCall(OFFICE))
    await desk.send("Exchange in Cordoba\nDeadline: 01.02.2027")
    (before,) = await open_drafts(db)

    for data in FORGED:
        await desk.press_old(desk.message.id, data)
        assert "Sorry, I could not" not in desk.text, data

    assert await open_drafts(db) == [before]
    assert await of_office(db) == []
    assert not desk.double.mistakes
