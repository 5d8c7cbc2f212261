"""Repeats: the same update, the same tap, two messages at once - each counts once, in order."""

from __future__ import annotations

from datetime import timedelta

from erasmus.plans import ItemState
from handlers.presses import Answer, SetDate, SetItem
from storage import people
from tests.faults.forms import Size, forms
from tests.faults.traffic import echo, show
from tests.faults.trial import Trial, now


@forms(Size(chats=20), Size(chats=100))
async def test_the_same_update_five_times(trial: Trial, size: Size) -> None:
    """A batch in which Telegram repeats every update, and answers that get lost on the way."""
    writers = await trial.know(size.chats)
    for n, person in enumerate(writers):
        person.send_text(f"zqxj{n:05}")
    queue = trial.double.world.updates
    queue.waiting = [update for update in queue.waiting for _ in range(5)]
    trial.double.faults.add("drop_after", method="getUpdates", times=3)
    await trial.machine().ready()
    await trial.until(trial.settled)

    trial.tell(
        18,
        "1 effect",
        f"{size.chats} updates five times each, 3 answers lost: {len(trial.sent())} replies",
    )
    assert sorted(entry.chat_id for entry in trial.sent()) == [person.id for person in writers]
    assert await trial.number("SELECT count(*) FROM inbox") == size.chats


async def test_the_same_tap_under_two_numbers(trial: Trial) -> None:
    """An app that got no answer repeats its tap: the update is another one, the tap is not."""
    people_ = await trial.know(10)
    day = (now() + timedelta(days=10)).date().isoformat()
    machine = await trial.machine().ready()
    for person in people_:
        shown = show(trial, person)
        for press in (SetDate("a.is", day), SetItem("a.is", "spa", ItemState.DONE)):
            tap = person.press_data(shown, press.pack())
            person.press_again(tap)
    await trial.until(trial.settled_but_reminders)
    await machine.stop()
    await machine.ready()  # a start plans what has been followed
    await trial.until(trial.has_reminders)
    await machine.stop()

    rows = await trial.number("SELECT count(*) FROM deliveries WHERE kind = 'reminder'")
    single = await trial.number("SELECT count(DISTINCT occasion) FROM deliveries")
    own = await trial.number("SELECT count(*) FROM calls WHERE owner IS NOT NULL")
    trial.tell(
        19,
        "1 effect",
        f"{len(people_)} people, 2 taps twice each: {own} dates kept, {rows} reminders planned, "
        f"{len(trial.again())} extra messages",
    )
    assert own == len(people_)
    assert rows == single * len(people_) > 0
    assert [person.said for person in people_ if len(person.said) != 1] == []
    assert [person.waiting_queries for person in people_ if person.waiting_queries] == []


@forms(Size(chats=40), Size(chats=500))
async def test_two_answers_of_one_person_at_once(trial: Trial, size: Size) -> None:
    """All facts are one document that is read and written whole: both answers must be in it."""
    pairs = await trial.know(size.chats)
    await trial.machine().ready()
    for person in pairs:
        shown = show(trial, person)
        for question, value in (("el", "bachelor"), ("hc", "KG")):
            person.press_data(shown, Answer("all", question, value, change=False).pack())
    await trial.until(trial.settled)

    async with trial.db.read() as c:
        found = [await people.find(c, person.id) for person in pairs]
    facts = [len(person.facts) for person in found if person is not None]
    trial.tell(
        20,
        "0 lost updates",
        f"{size.chats} pairs of taps: {sum(facts)} of {2 * size.chats} answers kept",
    )
    assert facts == [2] * size.chats


@forms(Size(chats=30, times=1), Size(chats=400, times=10))
async def test_replies_keep_the_order_of_their_chat(trial: Trial, size: Size) -> None:
    """Five texts each, faults on the way and a kill: replies come in the order of the texts."""
    people_ = await trial.know(size.chats)
    machine = await trial.machine().ready()
    trial.double.faults.add("server_error", method="sendMessage", times=5 * size.times, chance=0.05)
    for n in range(5):
        for person in people_:
            person.send_text(f"zqxj{n}")
    for kill in range(1, size.times + 1):
        goal = kill * size.chats * 4 // size.times
        await trial.reached(goal)
        await machine.kill()
        await machine.ready()
    await trial.until(trial.settled, seconds=120)

    inversions = 0
    for person in people_:
        first = [echo(e.text) for e in trial.sent() if e.chat_id == person.id and e.copy == 1]
        inversions += first != [f"zqxj{n}" for n in range(5)]
    trial.tell(
        39,
        "0 inversions",
        f"{size.chats} chats, 5 texts each, {size.times} kills, "
        f"{len(trial.double.faults.used)} x 500: {inversions} inversions",
    )
    assert inversions == 0
