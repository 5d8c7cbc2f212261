"""Kill -9 while students ask and an office answers by replying."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from bot.telegram_double import Group, Message, Person
from erasmus.offices import Role
from handlers.codec import Press
from handlers.questions.presses import AskAt, SendQuestion
from storage.deliveries import Lane
from storage.members import Member
from tests.faults.forms import BOTH_WHEN_LONG, Size, forms
from tests.faults.machines import Machine
from tests.faults.students import founded
from tests.faults.trial import Trial, now
from tests.offices import hire
from tests.question_desk import OFFICE, presses_of

pytestmark = pytest.mark.long  # kills by chance: not for every change

OWNER = 700_000_800
READING = 1.0
"""Seconds that whoever answers needs to read a question."""

SECONDS = 150.0
"""Patience with one thing."""

SECONDS_EACH = 25.0
"""Patience for each question: between two topics the office's group has eight seconds."""


class Desk:
    """The office's group, whose owner answers each copy of a question that arrives.

    A copy that was on its way at a kill may arrive without anybody knowing its number. An answer to
    it by replying reaches nobody; the copy that comes after it is answered as well.
    """

    def __init__(self, owner: Person, group: Group, *, topics: bool) -> None:
        """Nothing has arrived yet."""
        self._owner, self.group, self._topics = owner, group, topics
        self._answered: set[int] = set()

    def answer(self) -> None:
        """Answer whatever is new, after a moment: in its topic, or by replying."""
        for message in self.group.messages:
            if (message.text or "").startswith("Question of") and self._is_new(message.id):
                asyncio.get_running_loop().call_later(READING, self._say, message)

    def _say(self, message: Message) -> None:
        self._owner.send_text(
            f"Answer to {(message.text or '').removeprefix('Question of ')}",
            group=self.group,
            reply_to=None if self._topics else message.id,
            thread=message.thread_id if self._topics else None,
        )

    def copies(self, student: Person) -> int:
        """Return how often the question of a student stands in the group."""
        return sum(message.text == question_of(student) for message in self.group.messages)

    @property
    def given(self) -> int:
        """How many answers were given."""
        return len(self._answered)

    def _is_new(self, message_id: int) -> bool:
        new = message_id not in self._answered
        self._answered.add(message_id)
        return new


def question_of(student: Person) -> str:
    return f"Question of {student.id}"


def answers_to(student: Person) -> Counter[str]:
    """Return for whom the answers were that a student got."""
    said = [text.partition("Answer to ")[2] for text in student.said if "Answer to " in text]
    return Counter(said)


@BOTH_WHEN_LONG
@forms(Size(chats=6, times=3), Size(chats=30, times=20))
@pytest.mark.parametrize("topics", [True, False], ids=["topics", "replies"])
async def test_killed_while_questions_are_asked_and_answered(
    trial: Trial, size: Size, *, topics: bool
) -> None:
    """At least once on both sides, and to nobody else: what was on its way may come twice."""
    students = await trial.know(size.chats)
    owner = trial.double.person(OWNER, "Owner", "en")
    group = trial.double.group("Office", [owner], topics=topics, admins=[owner])
    group.add_bot(owner, admin=True)
    trial.double.world.updates.waiting.clear()
    await founded(trial.db, group, now(), topics=topics)
    async with trial.db.write() as c:
        await hire(c, Member(OFFICE, OWNER, Role.OWNER, "Owner", now(), None))
    machine, desk = trial.machine(), Desk(owner, group, topics=topics)
    patience = SECONDS_EACH * size.chats
    async with _asking(trial, students), _answering(trial, desk):
        in_flight = await _killed_often(trial, machine, size.times)
        await trial.until(lambda: all(answers_to(each) for each in students), patience)
    await trial.until(trial.settled_but_reminders, patience)

    lost = [student.id for student in students if not desk.copies(student)]
    doubles = sum(desk.copies(student) - 1 for student in students)
    astray = [each.id for each in students if set(answers_to(each)) != {str(each.id)}]
    taken = await trial.number("SELECT count(*) FROM question_messages WHERE from_office = true")
    again = sum(answers_to(student).total() for student in students) - taken
    idle = len(group.topics) - size.chats if topics else 0
    trial.tell(
        1,
        "questions: 0 lost, 0 answers to another student; doubles <= in flight at the kills",
        f"{size.chats} questions {'in topics' if topics else 'in a group without topics'}, "
        f"{size.times} kills: {len(lost)} lost, {doubles} twice in the group, "
        f"{idle} topics too many; {len(astray)} answers astray, {again} twice, "
        f"{desk.given - taken} to a copy that nobody knows; {in_flight} in flight",
    )
    assert lost == []
    assert astray == []
    assert doubles + again + idle <= in_flight
    assert desk.given - taken <= doubles


@asynccontextmanager
async def _asking(trial: Trial, students: list[Person]) -> AsyncIterator[None]:
    """Let all students ask, each at their own speed, meanwhile."""
    async with asyncio.TaskGroup() as asking:
        for student in students:
            asking.create_task(_ask(trial, student))
        yield


async def _ask(trial: Trial, student: Person) -> None:
    await asyncio.sleep(trial.random.uniform(0, 10))  # people come when they come
    student.send_text("/ask")
    asked = await _press(trial, student, lambda press: press == AskAt(OFFICE))
    # The same screen may have come twice; the one that was pressed becomes the next.
    await trial.until(lambda: AskAt(OFFICE) not in presses_of(asked), SECONDS)
    student.send_text(question_of(student))
    await _press(trial, student, lambda press: isinstance(press, SendQuestion))


async def _press(trial: Trial, student: Person, wanted: Callable[[object], bool]) -> Message:
    """Wait for a button, press the newest one and return its message."""
    await trial.until(lambda: bool(_offered(student, wanted)), SECONDS)
    message, press = _offered(student, wanted)[-1]
    student.press_data(message.id, press.pack())
    return message


def _offered(student: Person, wanted: Callable[[object], bool]) -> list[tuple[Message, Press]]:
    return [
        (message, press)
        for message in student.messages
        for press in presses_of(message)
        if isinstance(press, Press) and wanted(press)
    ]


@asynccontextmanager
async def _answering(trial: Trial, desk: Desk) -> AsyncIterator[None]:
    """Let the office answer whatever arrives meanwhile."""
    unwatch = trial.double.watch(desk.answer)
    yield
    unwatch()


async def _killed_often(trial: Trial, machine: Machine, times: int) -> int:
    """Kill while something is under way; return how much was in flight, and start once more."""
    in_flight = 0
    for _ in range(times):
        await machine.ready()
        await trial.reached(len(trial.double.ledger) + trial.random.randrange(2, 9), SECONDS)
        await asyncio.sleep(trial.random.uniform(0, 0.05))
        await machine.kill()
        await trial.written()
        in_flight += await trial.in_flight(Lane.REPLY, Lane.STAFF)
        await trial.a_minute_passes()
    await machine.ready()
    return in_flight
