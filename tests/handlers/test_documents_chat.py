"""Documents in the chat: plans of calls and of actions, and a deadline of one's own."""

from __future__ import annotations

import pytest

from erasmus.calls import Call
from erasmus.words import Language
from handlers.presses import (
    AfterSelection,
    ChooseDay,
    ChooseMonth,
    SetDate,
    SetFollow,
    SetItem,
    ShowCall,
    ShowItem,
    ShowPlan,
)
from storage import belongings, calls
from tests.chats import Chat

CALL = "emjm-emai-2027"


async def plan_of_call(chat: Chat) -> None:
    await chat.send("/deadlines")
    await chat.press(ShowCall(CALL))
    await chat.press(SetFollow(CALL, on=True))
    await chat.press(ShowPlan(f"c.{CALL}"))


async def test_a_document_goes_from_open_to_work_to_done(chat: Chat, language: Language) -> None:
    """Each state is kept, shown and counted, and can be taken back."""
    await chat.settle_in(language)
    await plan_of_call(chat)
    item = next(p for p in chat.presses if isinstance(p, ShowItem))
    for state, mark in (("working", "🔸"), ("done", "✅"), ("open", "")):
        await chat.press(item)
        await chat.press(SetItem(item.plan, item.item, state))
        assert mark in chat.text


async def test_what_no_longer_fits_is_red_with_what_still_does(chat: Chat) -> None:
    """Two weeks before the deadline some chains are too long, and others are not."""
    await chat.settle_in()
    await plan_of_call(chat)
    await chat.wait(days=15)
    await chat.send("/plan")
    await chat.press(ShowPlan(f"c.{CALL}"))
    assert "By our estimate there is not enough time" in chat.text
    assert "There is still time for:" in chat.text
    assert "🔴" in chat.text


async def test_documents_for_after_selection_have_a_screen_of_their_own(chat: Chat) -> None:
    """They don't crowd the list of what is needed now."""
    await chat.settle_in()
    await plan_of_call(chat)
    await chat.press(AfterSelection(f"c.{CALL}"))
    item = next(p for p in chat.presses if isinstance(p, ShowItem))
    await chat.press(item)
    assert "only after you are selected" in chat.text


async def own_date(chat: Chat, month: str, day: str) -> None:
    await chat.send("/plan")
    await chat.press(ShowPlan("a.is"))
    await chat.press(ChooseMonth("a.is"))
    await chat.press(ChooseDay("a.is", month))
    await chat.press(SetDate("a.is", day))


async def test_a_university_deadline_of_ones_own_gives_dates_and_reminders(
    chat: Chat, language: Language
) -> None:
    """The competition of a university is in no list: the student sets its date."""
    await chat.settle_in(language)
    await own_date(chat, "2027-03", "2027-03-15")
    assert ChooseMonth("a.is") in chat.presses
    before = len(chat.person.said)
    await chat.wait(days=84)
    assert len(chat.person.said) == before + 1
    name = chat.assistant.library.actions["icm_study"].label.in_(language)
    assert name in chat.text


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("15 марта", "2027-03-15"),
        ("15-март", "2027-03-15"),
        ("15 наурыз 2027", "2027-03-15"),
        ("March 15", "2027-03-15"),
        ("05.12.2026", "2026-12-05"),
        ("05.12", "2026-12-05"),
    ],
)
async def test_ones_own_deadline_may_be_typed(chat: Chat, typed: str, day: str) -> None:
    """A date without a year is the next one; figures with dots begin with the day."""
    await chat.settle_in()
    await chat.send("/plan")
    await chat.press(ShowPlan("a.is"))
    await chat.press(ChooseMonth("a.is"))
    await chat.send(typed)
    own = await own_call(chat)
    assert own is not None
    assert own.closing_day().isoformat() == day
    assert "start by" in chat.text


@pytest.mark.parametrize("typed", ["soon", "05/06/2027", "20.11.2026", "1 мая 2031", "31.02"])
async def test_what_is_no_day_to_come_is_no_deadline(chat: Chat, typed: str) -> None:
    """The choice stays on the screen, after a kind sentence."""
    await chat.settle_in()
    await chat.send("/plan")
    await chat.press(ShowPlan("a.is"))
    await chat.press(ChooseMonth("a.is"))
    await chat.send(typed)
    assert await own_call(chat) is None
    assert "I see no date there" in chat.text
    assert any(isinstance(press, ChooseDay) for press in chat.presses)


async def test_a_date_typed_after_leaving_sets_nothing(chat: Chat) -> None:
    """Only what is on the screen is answered."""
    await chat.settle_in()
    await chat.send("/plan")
    await chat.press(ShowPlan("a.is"))
    await chat.press(ChooseMonth("a.is"))
    await chat.press(ShowPlan("a.is"))
    await chat.send("15 марта 2027")
    assert await own_call(chat) is None


async def test_on_the_last_day_of_a_month_the_choice_begins_with_the_next(chat: Chat) -> None:
    """November has no day to come on its 30th."""
    await chat.settle_in()
    await chat.wait(days=9)
    await chat.send("/plan")
    await chat.press(ShowPlan("a.is"))
    await chat.press(ChooseMonth("a.is"))
    months = [press.month for press in chat.presses if isinstance(press, ChooseDay)]
    assert (months[0], months[-1]) == ("2026-12", "2027-11")
    await chat.press(ChooseDay("a.is", "2027-11"))
    await chat.press(SetDate("a.is", "2027-11-30"))
    assert await own_call(chat) is not None


async def own_call(chat: Chat) -> Call | None:
    """The date that the person set for an exchange."""
    async with chat.assistant.db.read() as c:
        return await calls.get(c, f"own-{chat.person.id}-is")


async def test_states_are_taken_along_when_a_date_is_set(chat: Chat) -> None:
    """What was ticked before the date was known stays ticked."""
    await chat.settle_in()
    await chat.send("/plan")
    await chat.press(ShowPlan("a.is"))
    item = next(p for p in chat.presses if isinstance(p, ShowItem))
    await chat.press(item)
    await chat.press(SetItem("a.is", item.item, "done"))
    await own_date(chat, "2027-03", "2027-03-15")
    assert "Done: 1 of" in chat.text


async def test_moving_ones_own_deadline_moves_its_reminders(chat: Chat) -> None:
    """The old date is forgotten, the new one is armed."""
    await chat.settle_in()
    await own_date(chat, "2026-12", "2026-12-05")
    await own_date(chat, "2027-06", "2027-06-20")
    before = len(chat.person.said)
    await chat.wait(days=13)  # 4 December, the day before the old date
    assert len(chat.person.said) == before


@pytest.mark.parametrize("day", ["2026-11-21", "2020-01-01"])
async def test_a_day_that_is_over_cannot_be_a_deadline(chat: Chat, day: str) -> None:
    """A forged button with a past day does nothing."""
    await chat.settle_in()
    await chat.press_old(chat.message.id, SetDate("a.is", day).pack())
    assert "out of date" in chat.toast


async def test_nobody_else_sees_a_date_of_ones_own(chat: Chat) -> None:
    """It is neither in the list nor behind a guessed button, and it goes with the person."""
    await chat.settle_in()
    await own_date(chat, "2027-03", "2027-03-15")
    stranger = chat.double.person(700000002, first_name="Данияр", language_code="kk")
    other = Chat(chat.assistant, stranger, chat.double, chat.clock, chat.settled)
    await other.settle_in()
    await other.press_old(other.message.id, ShowCall(f"own-{chat.person.id}-is").pack())
    assert "out of date" in other.toast
    async with chat.assistant.db.write() as c:
        await belongings.forget(c, chat.person.id)
        assert await calls.get(c, f"own-{chat.person.id}-is") is None
