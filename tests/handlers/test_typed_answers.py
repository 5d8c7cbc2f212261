"""Answers that are typed instead of tapped."""

from __future__ import annotations

from bot.telegram_double import Button
from erasmus.words import Language
from handlers.presses import Answer
from handlers.routes import unpack
from tests.chats import Chat
from tests.handlers.journeys import answer_all_until, student


async def test_numbers_and_countries_may_be_typed(chat: Chat, language: Language) -> None:
    """Typing answers the question on the screen, in any of the four languages."""
    await chat.settle_in(language)
    await chat.send("/check")
    await answer_all_until(chat, "home_country")
    await chat.send(chat.assistant.library.countries["TJ"].name.in_(language))
    assert (await chat.facts())["home_country"] == "TJ"
    await answer_all_until(chat, "months_used")
    await chat.send("7")
    assert (await chat.facts())["months_used"] == 7


async def test_a_typed_length_counts_in_its_own_unit(chat: Chat) -> None:
    """Two years are not two months."""
    await chat.settle_in(role="graduate")
    await chat.send("/check")
    told = {"kind": "traineeship", "enrolled_level": "none", "degree_held": "bachelor"}
    graduate = student(chat, **told, selected_while_enrolled="y")
    await answer_all_until(chat, "months_since_graduation", graduate)
    await chat.send("8 hours a week")
    assert "didn’t understand" in chat.text
    await chat.send("2 years ago")
    assert (await chat.facts())["months_since_graduation"] == 24


async def test_a_typed_label_answers_like_its_button(chat: Chat, language: Language) -> None:
    """Else «Магистратура» would be searched for in the middle of the questions."""
    await chat.settle_in(language)
    await chat.send("/check")
    await answer_all_until(chat, "enrolled_level")
    question = chat.assistant.library.question("enrolled_level")
    master = next(option for option in question.options if option.value == "master")
    await chat.send(master.label.in_(language).upper())
    assert (await chat.facts())["enrolled_level"] == "master"
    await answer_all_until(chat, "agreement")
    no = next(b.text for b in chat.message.buttons if value_of(b) == "n")
    await chat.send(no.lower())
    assert (await chat.facts())["agreement"] is False


async def test_a_text_that_is_no_answer_keeps_the_question(chat: Chat) -> None:
    """Nothing is guessed; the question stays, with a kind sentence before it."""
    await chat.settle_in()
    await chat.send("/check")
    await answer_all_until(chat, "months_used")
    await chat.send("quite a few")
    assert "didn’t understand" in chat.text
    assert any(isinstance(p, Answer) for p in chat.presses)
    await chat.send("99999")
    assert "months_used" not in await chat.facts()


async def test_months_since_graduation_are_asked_for_again_after_a_month(chat: Chat) -> None:
    """Else "five months" would open a traineeship for ever."""
    await chat.settle_in(role="graduate")
    await chat.send("/check")
    told = {"kind": "traineeship", "enrolled_level": "none", "degree_held": "bachelor"}
    graduate = student(chat, **told, selected_while_enrolled="y")
    await answer_all_until(chat, "months_since_graduation", graduate)
    await chat.send("5")
    await chat.wait(days=29)
    await chat.send("/check")
    assert "How many months ago" not in chat.text
    await chat.wait(days=1)
    await chat.send("/check")
    assert "How many months ago" in chat.text
    assert (await chat.facts())["degree_held"] == "bachelor"


def value_of(button: Button) -> str | None:
    """What a button answers, if it answers a question."""
    press = unpack(button.value)
    return press.value if isinstance(press, Answer) else None
