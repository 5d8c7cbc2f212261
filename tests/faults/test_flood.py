"""A flood: one person writes without end, and the others do not notice."""

from __future__ import annotations

from functools import partial

import pytest

from bot.floods import AT_ONCE
from bot.telegram_double import Pace
from bot.telegram_double.people import Person
from tests.faults.forms import Size, forms
from tests.faults.measures import percentile
from tests.faults.traffic import echo
from tests.faults.trial import Trial, now

pytestmark = pytest.mark.long  # kills and clocks by chance: not for every change


@pytest.fixture
def pace() -> Pace:
    """Telegram's limits: with them, and only then, floods are not answered."""
    return Pace.telegram()


@forms(Size(times=300), Size(times=1000))
async def test_one_person_floods(trial: Trial, size: Size) -> None:
    """Others write while a thousand updates of one person wait, who is warned once."""
    flooder, *others = await trial.know(21)
    await trial.machine().ready()
    calm = await _waits(trial, others, "zqxjcalm")
    for n in range(size.times):
        flooder.send_text(f"zqxjflood{n:05}")
    flooded = await _waits(trial, others, "zqxjrush")
    left = trial.double.pending + await trial.number(
        "SELECT count(*) FROM inbox WHERE state = 'new'"
    )
    await trial.until(trial.settled, seconds=120)
    answers = [entry for entry in trial.sent() if entry.chat_id == flooder.id]
    trial.tell(
        55,
        f"others are answered at once; who floods gets {AT_ONCE} answers and a warning",
        f"{size.times} updates of one person: others p95 {1000 * calm:.0f} ms before, "
        f"{1000 * flooded:.0f} ms while {left} still waited; {len(answers)} messages to the one",
    )
    assert flooded <= max(0.3, 1.2 * calm)
    assert len(answers) == AT_ONCE + 1


async def _waits(trial: Trial, people: list[Person], word: str) -> float:
    """Let everybody write once, one after the other; return the p95 of the seconds they wait."""
    waits = []
    for n, person in enumerate(people):
        text, began = f"{word}{n}", now()
        person.send_text(text)
        await trial.until(partial(_answered, trial, text))
        waits.append((now() - began).total_seconds())
    return percentile(waits, 95)


def _answered(trial: Trial, text: str) -> bool:
    return any(echo(entry.text) == text for entry in trial.sent()[-50:])
