"""Parts of journeys that several tests walk."""

from __future__ import annotations

from handlers.presses import Answer
from tests.chats import Chat

CALL = "emjm-emai-2027"


async def answer(chat: Chat, short: str, value: str, goal: str = "all") -> None:
    """Answer the question on the screen."""
    await chat.press(Answer(goal, short, value, change=False))


async def answer_all(chat: Chat, values: dict[str, str], goal: str = "all") -> None:
    """Answer what is asked, from a table by the question's short id, until nothing is."""
    while True:
        asked = [p for p in chat.presses if isinstance(p, Answer)]
        if not asked:
            return
        short = asked[0].question
        await answer(chat, short, values[short], goal)


def student(chat: Chat, **answers: object) -> dict[str, str]:
    """Return the answers of a bachelor student who is as eligible as can be, by short id."""
    told: dict[str, object] = {
        "kind": "study",
        "enrolled_level": "bachelor",
        "home_country": "KG",
        "residence": "KG",
        "year_of_study": 2,
        "degree_held": "none",
        "programme_years": 4,
        "months_used": 0,
        "months_wanted": 5,
        "agreement": "y",
        "field_in_agreement": "y",
        "home_criteria_met": "y",
        **answers,
    }
    questions = chat.assistant.library.questions
    return {q.short: str(told[q.fact]) for q in questions if q.fact in told}


async def answer_all_until(chat: Chat, fact: str, values: dict[str, str] | None = None) -> None:
    """Answer like a student until a question comes."""
    values, until = values or student(chat), chat.assistant.library.question(fact).short
    while (asked := next(p for p in chat.presses if isinstance(p, Answer))).question != until:
        await answer(chat, asked.question, values[asked.question])
