"""Traffic: updates that each leave a mark of their own, so that a lost one is missed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from bot.telegram_double.people import Person
from erasmus.loading import load_library
from erasmus.plans import ItemState
from handlers.presses import SetItem
from storage import ticks
from tests.faults.trial import Trial


class Traffic:
    """People who write and tap. A text comes back in its reply, a tap ticks a document."""

    def __init__(self, trial: Trial, people: Sequence[Person]) -> None:
        """Show everybody a message of the bot to tap on."""
        self._trial, self.people = trial, people
        self.texts: dict[str, int] = {}
        self._taps: set[tuple[int, str, str]] = set()
        self._shown = {p.id: show(trial, p) for p in people}
        trial.double.forget_calls()

    @property
    def number(self) -> int:
        """How many updates there were."""
        return len(self.texts) + len(self._taps)

    def burst(self, number: int) -> None:
        """Let as many people, chosen at random, write or tap."""
        for _ in range(number):
            person = self._trial.random.choice(self.people)
            if self._trial.random.random() < 0.5:
                self.write(person)
            else:
                self.tap(person)

    def write(self, person: Person) -> str:
        """Let a person write a text that occurs once only."""
        text = f"zqxj{len(self.texts):05}"
        self.texts[text] = person.id
        person.send_text(text)
        return text

    def tap(self, person: Person) -> None:
        """Let a person tick a document that they have not ticked yet."""
        plan, short, item = next(
            mark for mark in documents() if (person.id, mark[0], mark[2]) not in self._taps
        )
        self._taps.add((person.id, plan, item))
        person.press_data(self._shown[person.id], SetItem(plan, short, ItemState.DONE).pack())

    async def lost(self) -> list[object]:
        """Return the texts without a reply and the taps without a tick."""
        answered = {echo(entry.text) for entry in self._trial.sent()}
        ticked: set[tuple[int, str, str]] = set()
        async with self._trial.db.read() as c:
            for person in self.people:
                done = await ticks.of_person(c, person.id)
                ticked |= {(person.id, tick.plan, tick.item) for tick in done}
        return [*(self.texts.keys() - answered), *(self._taps - ticked)]

    async def double_effects(self) -> int:
        """Return how many updates have left more than one reply in the ledger, or none."""
        replies = await self._trial.number("SELECT count(*) FROM deliveries WHERE lane = 0")
        handled = await self._trial.number("SELECT count(*) FROM inbox WHERE state = 'handled'")
        return abs(replies - self.number) + abs(handled - self.number)


def echo(reply: str) -> str:
    """Return the text to which the assistant replied that it found nothing."""
    return reply.partition("“")[2].partition("”")[0]


def show(trial: Trial, person: Person) -> int:
    """Put a message of the bot into a chat; return its id."""
    status, answer = trial.double.call("sendMessage", {"chat_id": person.id, "text": "Begin"})
    assert status == 200
    return int(answer["result"]["message_id"])


@cache
def documents() -> tuple[tuple[str, str, str], ...]:
    """Return plan, short id and id of every document that everybody's plans have."""
    library = load_library()
    return tuple(
        (f"a.{action.short}", item.short, item.id)
        for action in library.actions.values()
        if action.checklist
        for item in library.checklists[action.checklist].items
        if item.only_if is None
    )
