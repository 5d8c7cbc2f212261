"""Buttons: what fits, what is refused, and what a released tag means for ever."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import fields

from erasmus.library import Library
from erasmus.loading import load_library
from handlers import presses
from handlers.answers import NO, NOT_SURE, YES
from handlers.codec import LIMIT, Press, StaleButton
from handlers.presses import PRESSES, Answer, Card, SetItem, ShowCall, Snooze
from handlers.questions.presses import PRESSES as QUESTION_PRESSES
from handlers.routes import PRESSES as ROUTES
from handlers.routes import unpack
from handlers.staff.presses import STAFF_PRESSES
from tests.chats import Chat

RELEASED = frozenset(
    {
        *("h1", "l1", "L1", "r1", "R1", "w1", "q1", "a1", "z1", "v1", "V1", "i1", "n1", "x1"),
        *("d1", "f1", "c1", "F1", "g1", "P1", "p1", "G1", "o1", "t1", "u1", "U1", "X1"),
        *("s1", "Z1", "K1", "k1", "T1", "S1", "W1", "m1", "D1", "N1", "M1", "j1", "y1", "Y1"),
        *("Q1", "E1", "e1", "b1", "B1", "C1"),
        *("H1", "J1", "O1"),
        *("ea1", "eb1", "ec1", "ed1", "ee1", "ef1", "eg1", "eh1", "ei1", "ej1", "ek1"),
        *("el1", "em1"),
    }
)
"""Every tag that was ever on a button. A tag that goes stays here: it is never used again."""


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


def test_every_tag_is_one_of_a_kind_and_known_as_released() -> None:
    """A tag with a new meaning would make old buttons lie."""
    applicants = (*PRESSES, *QUESTION_PRESSES)
    everybody = (*applicants, *STAFF_PRESSES)
    assert all(count == 1 for count in Counter(press.tag for press in everybody).values())
    assert {press.tag for press in applicants} <= RELEASED


def test_every_press_has_a_handler() -> None:
    """There is no button that nobody answers."""
    assert {*PRESSES, *QUESTION_PRESSES} == set(ROUTES)


def test_every_answer_that_the_content_offers_fits_a_button(library: Library) -> None:
    """The longest goal, question and value together stay within Telegram's 64 bytes."""
    goals = ["all", *library.action_by_short]
    for question in library.questions:
        values = {
            *(option.value for option in question.options),
            *map(str, question.presets),
            *question.codes,
            *(YES, NO, NOT_SURE),
        }
        for goal in goals:
            for value in values:
                packed = Answer(goal, question.short, value, change=True).pack()
                assert len(packed.encode()) <= LIMIT


def test_every_call_and_document_fits_a_button(library: Library) -> None:
    """Ids of content are short enough, with a person's own date the longest."""
    plans = [f"c.{call.id}" for call in library.calls]
    plans += ["c.own-9999999999999-icx", *(f"a.{short}" for short in library.action_by_short)]
    for call in library.calls:
        assert ShowCall(call.id).pack()
    for checklist in library.checklists.values():
        for item in checklist.items:
            for plan in plans:
                assert len(SetItem(plan, item.short, "working").pack().encode()) <= LIMIT


def test_a_press_that_does_not_fit_is_refused_when_it_is_made() -> None:
    """It fails where it is written, not in somebody's chat."""
    with pytest.raises(ValueError, match="does not fit"):
        ShowCall("x" * 70).pack()
    with pytest.raises(ValueError, match="does not fit"):
        ShowCall("a:b").pack()


@given(st.data())
def test_what_was_packed_is_what_is_read(data: st.DataObject) -> None:
    """Any press survives the way to Telegram and back."""
    kind = data.draw(st.sampled_from(PRESSES))
    plain = st.text("abcdefgh-._0123456789", max_size=8)
    make = {str: plain, int: st.integers(0, 99), bool: st.booleans()}
    press = kind(*(data.draw(make[f.type]) for f in fields(kind)))
    assert press == unpack(press.pack())


@given(st.text(max_size=80))
def test_any_other_text_is_stale_and_nothing_worse(text: str) -> None:
    """A forged button is an event, not an error."""
    try:
        press: Press | None = unpack(text)
    except StaleButton:
        press = None
    assert press is None or isinstance(press, Press)


FORGED = [
    "",
    "zz",
    "a1:all:xx:study:0",
    "a1:all:kd:everything:0",
    "a1:nowhere:kd:study:0",
    "a1:all:mu:-5:0",
    "c1:no-such-call",
    "c1:own-700000999-is",
    "F1:no-such-call:1",
    "p1:c.no-such-call",
    "p1:a.zz",
    "t1:a.is:zz:done",
    "t1:a.is:tr:flying",
    "L1:de",
    "R1:king",
    "K1:Mars/Olympus",
    "T1:5:1",
    "X1:a.is:2020-01-01",
    "X1:a.is:soon",
    "N1:emjm-emai-2027:99999",
    "f1:q:-:-",
    "V1:all:zz",
    "Y1:2",
    "E1:cats:1",
    "e1:cats",
    "B1:zz",
]


@pytest.mark.parametrize("data", FORGED)
async def test_a_forged_or_old_button_shows_the_present_state(chat: Chat, data: str) -> None:
    """A toast and a screen, never an error, and nothing is changed."""
    await chat.settle_in()
    before = await chat.facts()
    await chat.press_old(chat.message.id, data)
    assert "out of date" in chat.toast
    assert presses.Home() not in chat.presses  # it is the home menu itself
    assert before == await chat.facts()
    assert not chat.double.mistakes


async def test_a_card_of_an_action_can_be_reached_from_anywhere(chat: Chat) -> None:
    """Search leads to a card that belongs to no finished questionnaire."""
    await chat.settle_in()
    await chat.press_old(chat.message.id, Card("em", "em").pack())
    assert "need a few more answers" in chat.text


async def test_a_snooze_past_the_deadline_is_refused_with_the_reason(chat: Chat) -> None:
    """No reminder is promised for a time when nothing can be handed in any more."""
    await chat.settle_in()
    await chat.wait(days=28)
    await chat.press_old(chat.message.id, Snooze("emjm-emai-2027", 7).pack())
    assert "too late" in chat.toast
