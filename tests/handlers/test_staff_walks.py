"""Random walks over the desk: any button, in any order, old ones too, leads to a good screen."""

from __future__ import annotations

import random

import pytest

from erasmus.offices import Role
from handlers.codec import Press
from handlers.presses import Forget, SetLanguage
from handlers.staff.desk import StaffPress
from handlers.staff.office_presses import Leave
from tests.chats import Chat
from tests.offices import Staff

STEPS = 150
LONGEST_TEXT = 4096
OWNER = 700000801


@pytest.mark.parametrize("role", list(Role), ids=str)
async def test_any_button_of_the_desk_leads_to_a_screen_that_fits(
    chat: Chat, staff: Staff, role: Role
) -> None:
    await chat.settle_in()
    await staff.office()
    await staff.member(Role.OWNER, OWNER)
    member = await staff.member(role, OWNER + 1)
    chance = random.Random(role)  # noqa: S311 - a walk, not a secret
    seen: list[tuple[int, Press]] = []
    for _ in range(STEPS):
        keeps = [p for p in member.presses if not isinstance(p, Forget | SetLanguage | Leave)]
        seen.extend((member.message.id, press) for press in keeps)
        if chance.random() < 0.2:
            message, press = chance.choice(seen)
            await member.press_old(message, press.pack())
        elif any(isinstance(press, StaffPress) for press in keeps):
            await member.press(chance.choice(keeps))
        else:
            await member.send("/desk")
        assert len(member.text) <= LONGEST_TEXT
        assert not any("I could not do that" in text for text in member.person.said[-2:])
    assert not chat.double.mistakes
