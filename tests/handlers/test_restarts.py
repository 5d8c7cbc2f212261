"""Restarts: a new process between every two presses, and nobody notices."""

from __future__ import annotations

import pytest

from erasmus.words import Language
from handlers.presses import (
    Answer,
    Check,
    Result,
    SetFollow,
    SetLanguage,
    SetRole,
    SetUniversity,
    ShowCall,
)
from tests.restarts import Restarting

CALL = "emjm-emai-2027"
ANSWERS = {
    "kind": "study",
    "enrolled_level": "master",
    "home_country": "KZ",
    "residence": "KZ",
    "months_used": "6",
    "months_wanted": "6",
    "agreement": "y",
    "field_in_agreement": "y",
    "home_criteria_met": "y",
    "emjm_scholarship_before": "n",
    "other_eu_scholarship": "n",
    "full_time": "y",
}


@pytest.mark.both_databases
async def test_a_journey_survives_a_restart_between_every_two_presses(phone: Restarting) -> None:
    """Facts, the question on the screen, follows: all of it is in the ledger."""
    await phone.after(lambda chat: chat.person.start())
    await phone.press(SetLanguage(Language.KK))
    await phone.press(SetRole("student"))
    await phone.press(SetUniversity(""))
    chat = await phone.press(Check("all"))
    while asked := [press for press in chat.presses if isinstance(press, Answer)]:
        fact = chat.assistant.library.question_by_short[asked[0].question].fact
        value = ANSWERS[fact]
        chat = await phone.press(Answer("all", asked[0].question, value, change=False))
    chat = await phone.press(Result("all"))
    assert chat.assistant.library.actions["icm_study"].label.in_(Language.KK) in chat.text

    await phone.after(lambda chat: chat.person.send_text("/deadlines"))
    await phone.press(ShowCall(CALL))
    chat = await phone.press(SetFollow(CALL, on=True))
    assert SetFollow(CALL, on=False) in chat.presses
    assert not phone.double.mistakes


@pytest.mark.both_databases
async def test_a_typed_answer_finds_its_question_in_another_process(phone: Restarting) -> None:
    """Which question is on the screen is known to the ledger, not to a process."""
    await phone.after(lambda chat: chat.person.start())
    await phone.press(SetLanguage(Language.EN))
    await phone.press(SetRole("student"))
    await phone.press(SetUniversity(""))
    chat = await phone.press(Check("all"))
    while True:
        asked = next(press for press in chat.presses if isinstance(press, Answer))
        fact = chat.assistant.library.question_by_short[asked.question].fact
        if fact == "months_used":
            break
        chat = await phone.press(Answer("all", asked.question, ANSWERS[fact], change=False))
    chat = await phone.after(lambda chat: chat.person.send_text("8"))
    assert "How many months would you like" in chat.text
