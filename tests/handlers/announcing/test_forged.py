"""Buttons of announcements that nobody showed: whoever presses them, nothing breaks or leaks."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

import pytest
from msgspec.structs import fields

from erasmus.offices import Right
from handlers.routes import BY_TAG
from handlers.staff.announcing import routes
from handlers.staff.announcing.presses import PRESSES, DeleteDraft
from handlers.staff.desk import StaffPress
from storage import announcements
from tests.announcement_desk import OFFICE, write
from tests.chats import Chat

TRIALS = 150
RELEASED = frozenset(f"a{letter}1" for letter in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ")
"""Every tag that was ever on a button. A tag that goes stays here: it is never used again."""

VALUES = {
    str: ("", "-", "ru", "kg", "c", "a", "l", "k", "u", "r", "e", "m", "student", "2026-11-22"),
    int: (0, 1, 2, 3, 9, 21, 99, -1, 10**9),
    bool: (True, False),
}


def forged(random: Random) -> StaffPress:
    """Return any button with any values; most are about announcement 1 of the office."""
    kind = random.choice(PRESSES)
    told: dict[str, Any] = {f.name: random.choice(VALUES[f.type]) for f in fields(kind)}
    told["office"] = random.choice((OFFICE, OFFICE, OFFICE, "uni", ""))
    if "announcement" in told:
        told["announcement"] = random.choice((1, 1, 1, 2, 0, -1))
    return kind(**told)


def test_every_tag_is_one_of_a_kind_and_known_as_released() -> None:
    assert all(count == 1 for count in Counter(press.tag for press in PRESSES).values())
    assert {press.tag for press in PRESSES} <= RELEASED
    assert all(BY_TAG[press.tag] is press for press in PRESSES)


def test_every_press_has_a_handler_and_needs_a_right() -> None:
    assert set(PRESSES) == set(routes.PRESSES)
    assert all(isinstance(press.needs, Right) for press in PRESSES)


@pytest.fixture
async def owner(owner: Chat) -> Chat:
    """An owner with a draft that says something."""
    await write(owner, "ru", "Приходите в пятницу")
    return owner


async def test_a_stranger_s_forged_buttons_do_nothing_and_show_nothing(
    owner: Chat, chat: Chat
) -> None:
    await chat.settle_in()
    async with owner.assistant.db.read() as c:
        before = await announcements.get(c, 1), await announcements.texts(c, 1)
    random = Random(1)  # noqa: S311 - repeatable, nothing secret
    for _ in range(TRIALS):
        await chat.press_old(chat.message.id, forged(random).pack())
        assert "can’t do this at this office" in chat.toast
    async with owner.assistant.db.read() as c:
        assert before == (await announcements.get(c, 1), await announcements.texts(c, 1))
    assert not any("Приходите" in said for said in chat.person.said)
    assert not chat.double.mistakes


@pytest.mark.parametrize("seed", [2, 3])
async def test_an_owner_s_wild_presses_never_break_anything(owner: Chat, seed: int) -> None:
    """Every one is answered with a screen; none with an apology, or a message Telegram refuses."""
    random = Random(seed)  # noqa: S311 - the same
    for _ in range(TRIALS):
        press = forged(random)
        if press == DeleteDraft(OFFICE, 1, sure=True):
            continue
        newest = [message for message in owner.person.messages if message.buttons][-1]
        await owner.press_old(newest.id, press.pack())
        assert not owner.person.waiting_queries, press
        assert "noted under the code" not in owner.text, press
    assert not owner.double.mistakes
