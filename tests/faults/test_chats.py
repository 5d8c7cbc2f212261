"""Chats that are gone, moved or changed: expected refusals are no faults."""

from __future__ import annotations

from datetime import timedelta

from handlers.presses import ShowPlan
from storage.deliveries import Lane, State
from tests.faults.forms import Size, forms
from tests.faults.traffic import show
from tests.faults.trial import Trial, now

FIRST_MEMBER = 700_300_001
FORGED = (
    *("", "h0", "t0:a.is:spa:done", "t1:a.is", "t1:a.zz:spa:done", "t1:a.is:spa:burnt"),
    *("a1:all:el", "F1:x:1", "h1:extra", "L1:xx", "c1:none", "d1:-:-:-7", "\x00", "ц" * 32),
)


@forms(Size(chats=60), Size(chats=1000))
async def test_people_who_blocked_the_assistant(trial: Trial, size: Size) -> None:
    """Every fifth is gone: each is tried once, then left out until they come back."""
    readers = await trial.know(size.chats)
    gone = readers[::5]
    for person in gone[::2]:
        person.account.blocked = True
    for person in gone[1::2]:
        person.deactivate()
    await trial.queue([person.id for person in readers], Lane.REMINDER)
    await trial.machine().ready()
    await trial.until(trial.settled, seconds=60 + size.chats / 10)
    await trial.queue([person.id for person in readers], Lane.ANNOUNCEMENT)
    here = size.chats - len(gone)
    await trial.until(lambda: len(trial.sent()) == 2 * here, seconds=60 + size.chats / 10)

    tries = [r for r in trial.double.refusals if r.code == 403]
    unreachable = await trial.chats_in(State.UNREACHABLE)
    trial.tell(
        34,
        "0 retries, marked, skipped next time, counted",
        f"{len(gone)} of {size.chats} gone: {len(tries)} refusals in two rounds, "
        f"{len(unreachable)} marked",
    )
    assert len(tries) == len(gone)
    assert sorted(unreachable) == [person.id for person in gone]


async def test_whoever_comes_back_gets_what_waits(trial: Trial) -> None:
    """Rows of a person who blocked the assistant wait for /start."""
    (person,) = await trial.know(1)
    person.account.blocked = True
    await trial.queue([person.id], Lane.REMINDER, each=2)
    await trial.machine().ready()
    await trial.until(lambda: bool(trial.double.refusals))
    person.restart()
    await trial.until(lambda: "Message 1" in " ".join(person.said))
    assert [r.code for r in trial.double.refusals] == [403]


async def test_a_group_becomes_a_supergroup(trial: Trial) -> None:
    """The message arrives once, under the new number."""
    old, new = _moving_group(trial)
    await trial.queue([old], Lane.REMINDER, each=3)
    machine = await trial.machine().ready()
    await trial.until(lambda: len(trial.sent()) == 3)
    await trial.until(trial.settled)
    await machine.stop()

    told = [entry.text.split(" for ")[0] for entry in trial.sent()]
    trial.tell(
        35,
        "each message once in the new chat",
        f"3 messages: {len(told)} arrived, {len(trial.double.refusals)} sent to the old number",
    )
    assert {entry.chat_id for entry in trial.sent()} == {new}
    assert told == ["Message 0", "Message 1", "Message 2"]


def _moving_group(trial: Trial) -> tuple[int, int]:
    owner = trial.double.person(FIRST_MEMBER, "Owner", "en")
    group = trial.double.group("Office", [owner], admins=[owner])
    group.add_bot(owner)
    trial.double.world.updates.waiting.clear()
    return group.id, group.migrate()


async def test_edits_that_are_no_longer_possible(trial: Trial) -> None:
    """A tap that is too old, a message that reads so already, one that was deleted."""
    old, same, deleted = await trial.know(3)
    shown = {person.id: show(trial, person) for person in (old, same, deleted)}
    plan = ShowPlan("a.is").pack()
    query = old.press_data(shown[old.id], plan)
    query.sent_at = now() - timedelta(hours=1)
    deleted.press_data(shown[deleted.id], plan)
    deleted.delete_message(shown[deleted.id])
    machine = await trial.machine().ready()
    await trial.until(trial.settled)
    same.press_data(shown[same.id], plan)
    await trial.until(trial.settled)
    same.press_data(shown[same.id], plan)
    await trial.until(lambda: len(trial.double.refusals) >= 3)

    mistakes = trial.double.mistakes
    trial.tell(
        51,
        "0 errors shown, 0 stuck dialogues",
        f"3 kinds: {len(trial.double.refusals)} expected refusals, "
        f"{len(await trial.chats_in(State.FAILED))} failed rows",
    )
    assert mistakes == []
    assert len({person.said[-1] for person in (old, same, deleted)}) == 1
    assert await trial.chats_in(State.FAILED) == []
    assert not any("error" in line for line in machine.lines)


async def test_buttons_of_old_versions(trial: Trial) -> None:
    """Tags that never were, missing fields, versions that are gone: the menu, no effect."""
    people_ = await trial.know(len(FORGED))
    await trial.machine().ready()
    for person, data in zip(people_, FORGED, strict=True):
        person.press_data(show(trial, person), data)
    await trial.until(trial.settled)

    ticked = await trial.number("SELECT count(*) FROM ticks")
    told = [person for person in people_ if person.toasts]
    trial.tell(
        52,
        "the menu and a word, 0 effects",
        f"{len(FORGED)} kinds: {ticked} effects, {len(told)} were told",
    )
    assert ticked == 0
    assert await trial.number("SELECT count(*) FROM follows") == 0
    assert [person.waiting_queries for person in people_ if person.waiting_queries] == []
    assert await trial.number("SELECT count(*) FROM inbox WHERE state <> 'handled'") == 0
