"""Whole journeys, in every language: presses carry no words, so one script serves all four."""

from __future__ import annotations

import pytest

from erasmus.words import Language
from handlers.presses import (
    About,
    Answer,
    Ask,
    Card,
    Check,
    Deadlines,
    Home,
    Result,
    Review,
    SetFollow,
    SetItem,
    SetLanguage,
    SetRole,
    SetSubmitted,
    SetUniversity,
    ShowCall,
    ShowItem,
    ShowPlan,
    Snooze,
)
from tests.chats import Chat
from tests.handlers.journeys import CALL, answer_all, answer_all_until, student


@pytest.mark.parametrize(
    ("language", "database_url"),
    [*((language, "sqlite") for language in Language), (Language.KY, "postgresql")],
    indirect=["database_url"],
)
async def test_a_student_learns_what_is_open_plans_follows_and_is_reminded(
    chat: Chat, language: Language
) -> None:
    """From /start to "I have applied", with nothing but what is on the screen."""
    await chat.start()
    await chat.press(SetLanguage(str(language)))
    await chat.press(SetRole("student"))
    await chat.press(SetUniversity(""))
    await chat.press(Check("all"))
    await answer_all(chat, student(chat))
    await chat.press(Result("all"))
    study = chat.assistant.library.actions["icm_study"]
    assert study.label.in_(language) in chat.text
    await chat.press(Card("all", study.short))
    assert study.name.in_(language) in chat.text

    await chat.send("/deadlines")
    await chat.press(ShowCall(CALL))
    await chat.press(SetFollow(CALL, on=True))
    await chat.press(ShowPlan(f"c.{CALL}"))
    item = next(p for p in chat.presses if isinstance(p, ShowItem))
    await chat.press(item)
    await chat.press(SetItem(item.plan, item.item, "done"))
    assert "1" in chat.text

    before = chat.message.id
    await chat.wait(days=23)
    assert chat.message.id > before
    title = next(c for c in chat.assistant.library.calls if c.id == CALL).title
    assert title.in_(language) in chat.text
    await chat.press(SetSubmitted(CALL, on=True))
    sent = len(chat.person.said)
    await chat.wait(days=5)
    assert len(chat.person.said) == sent
    assert not chat.double.mistakes


async def test_language_comes_first_whatever_a_person_does(chat: Chat) -> None:
    """Nobody gets a screen in a language that they did not choose."""
    for text in ("hello", "/deadlines", "/start", "/nonsense"):
        await chat.send(text)
        offered = [p for p in chat.presses if isinstance(p, SetLanguage)]
        assert set(Language) == {Language(p.language) for p in offered}
        assert offered[0].language == "ky"  # the phone speaks Kyrgyz


async def test_a_link_to_a_call_survives_the_choice_of_a_language(chat: Chat) -> None:
    """Somebody who comes from a poster lands on the call, not on the menu."""
    await chat.start(f"c_{CALL}")
    await chat.press(SetLanguage("en"))
    assert "EMAI" in chat.text


async def test_a_changed_language_is_the_language_of_old_messages_too(chat: Chat) -> None:
    """An old button answers in today's language, and the chat's command menu follows."""
    await chat.settle_in(Language.EN)
    await chat.send("/deadlines")
    old = chat.message.id
    await chat.send("/language")
    await chat.press(SetLanguage("ru"))
    await chat.press_old(old, ShowCall(CALL).pack())
    shown = next(m for m in chat.person.messages if m.id == old)
    assert "искусственный интеллект" in (shown.text or "")
    menus = [r.params for r in chat.double.requests if r.method == "setMyCommands"]
    assert any(str(chat.person.id) in str(params.get("scope")) for params in menus)


@pytest.mark.both_databases
async def test_changing_one_answer_goes_straight_back_to_the_result(chat: Chat) -> None:
    """The other answers stay; only what the change makes necessary is asked."""
    await chat.settle_in()
    await chat.press(Check("all"))
    await answer_all(chat, student(chat))
    months = chat.assistant.library.question("months_wanted").short
    change = next(p for p in chat.presses if getattr(p, "question", "") == months)
    await chat.press(change)
    await chat.press(Answer("all", months, "10", change=True))
    assert Review("all") in chat.presses
    assert "Study exchange" in chat.text
    assert {"months_wanted": 10, "enrolled_level": "bachelor"}.items() <= (
        await chat.facts()
    ).items()


async def test_another_wish_forgets_the_length_of_the_former_one(chat: Chat) -> None:
    """Five months of studies say nothing about a short stay."""
    await chat.settle_in()
    await chat.press(Check("all"))
    await answer_all(chat, student(chat))
    kind = chat.assistant.library.question("kind").short
    await chat.press(next(p for p in chat.presses if getattr(p, "question", "") == kind))
    await chat.press(Answer("all", kind, "short", change=True))
    assert "months_wanted" not in await chat.facts()
    assert "How many days" in chat.text


async def test_a_later_year_than_the_programme_has_is_asked_about_again(chat: Chat) -> None:
    """Two answers that cannot both be true: the one that was told first goes."""
    await chat.settle_in()
    await chat.send("/check")
    await answer_all_until(chat, "programme_years", student(chat, year_of_study=4))
    assert [p.value for p in chat.presses if isinstance(p, Answer)] == ["4", "5", "6", "?"]
    await chat.send("3")
    assert (await chat.facts())["programme_years"] == 3
    assert "year_of_study" not in await chat.facts()


@pytest.mark.both_databases
async def test_start_again_drops_the_answers_of_the_questionnaire(chat: Chat) -> None:
    """Who one is stays; the rest is asked from the beginning."""
    await chat.settle_in()
    await chat.press(Check("all"))
    await answer_all(chat, student(chat))
    await chat.press(Result("all"))
    await chat.press(next(p for p in chat.presses if type(p).__name__ == "StartAgain"))
    assert await chat.facts() == {"role": "student"}
    assert "Question 1 of" in chat.text


@pytest.mark.both_databases
async def test_two_quick_presses_have_one_effect(chat: Chat) -> None:
    """The same tap twice, and the same tap with another update id."""
    await chat.settle_in()
    await chat.send("/deadlines")
    await chat.press(ShowCall(CALL))
    press = SetFollow(CALL, on=True).pack()
    query = chat.person.press_data(chat.message.id, press)
    chat.person.press_again(query)
    chat.person.press_data(chat.message.id, press)
    await chat.settled()
    assert SetFollow(CALL, on=False) in chat.presses
    assert not chat.double.mistakes


@pytest.mark.both_databases
async def test_a_snoozed_reminder_comes_again_on_the_day(chat: Chat) -> None:
    """Snoozed until tomorrow, it is there tomorrow, once."""
    await chat.settle_in()
    await chat.send("/deadlines")
    await chat.press(ShowCall(CALL))
    await chat.press(SetFollow(CALL, on=True))
    await chat.wait(days=15, hours=-1)
    while Snooze(CALL, 1) not in chat.presses:
        await chat.wait(days=1)
    sent = len(chat.person.said)
    await chat.press(Snooze(CALL, 1))
    await chat.wait(days=1)
    assert len(chat.person.said) == sent + 1
    assert "EMAI" in chat.text


async def test_a_card_names_rules_sources_and_who_decides(chat: Chat) -> None:
    """A verdict is never a bare yes or no: each card names rules and sources."""
    await chat.settle_in()
    await chat.press(Check("all"))
    await answer_all(chat, student(chat, home_criteria_met="?"))
    await chat.press(Result("all"))
    assert "others decide" in chat.text
    await chat.press(Card("all", chat.assistant.library.actions["icm_study"].short))
    assert "Who decides" in chat.text
    assert "checked on" in chat.text
    assert Deadlines("-", "-", 0) not in chat.presses
    await chat.press(Home())


async def test_a_pupil_of_a_school_has_an_answer_to_give_and_a_way_on(chat: Chat) -> None:
    """Nobody has to say that they study at a university to be let in."""
    await chat.settle_in()
    await chat.send("/check")
    await answer_all_until(chat, "enrolled_level")
    assert "Not at a university" in {button.text for button in chat.message.buttons}
    await answer_all(chat, student(chat, enrolled_level="none"))
    await chat.press(Result("all"))
    await chat.press(Card("all", "is"))
    assert "From school or college, you can take part once you study at a university" in chat.text


async def test_who_was_sure_of_nothing_can_change_an_answer(chat: Chat) -> None:
    """Nothing is left to ask: "Answer the questions" would show the same card for ever."""
    await chat.settle_in()
    await chat.send("/check")
    await answer_all(chat, {q.short: "?" for q in chat.assistant.library.questions})
    await chat.press(Result("all"))
    await chat.press(Card("all", "is"))
    assert Check("is") not in chat.presses
    await chat.press(Review("all"))
    assert any(isinstance(press, Ask) for press in chat.presses)


async def test_an_organisation_sees_what_is_open_to_it_and_comes_back(chat: Chat) -> None:
    """Its opportunities have no questions yet, but all else: amounts, how to apply, sources."""
    await chat.settle_in(role="institution")
    await chat.press(Check("all"))
    offered = {press.action for press in chat.presses if isinstance(press, About)}
    assert offered == {"cb", "ec", "ed", "jc", "je", "jm"}
    await chat.press(About("all", "cb"))
    assert "90%" in chat.text
    await chat.press(Result("all"))
    assert About("all", "cb") in chat.presses
