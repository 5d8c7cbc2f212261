"""Kill -9 in the middle of an announcement, of its correction, of its recall."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest

from bot.telegram_double import Person
from erasmus.announcements import Announcement, Correction, Stage
from erasmus.words import Language
from storage.deliveries import Lane, State
from tests.faults.forms import BOTH_WHEN_LONG, POSTGRESQL, Size, forms
from tests.faults.machines import Machine
from tests.faults.trial import Trial
from tests.newsroom import Newsroom

pytestmark = pytest.mark.long  # kills by chance: not for every change

NEW = {Language.EN: "Info day in Naryn"}
ON_THE_WAY = ("sendMessage", "editMessageText")


@pytest.fixture
async def newsroom(trial: Trial) -> Newsroom:
    room = Newsroom(trial.db, trial.double.world.now)
    await room.open()
    return room


@BOTH_WHEN_LONG
@forms(Size(250, 4), Size(5_000, 30))
async def test_killed_while_an_announcement_leaves(
    trial: Trial, newsroom: Newsroom, size: Size
) -> None:
    """Never twice; every recipient is accounted for, the uncertain ones by name."""
    readers = await trial.know(size.chats)
    one = await newsroom.announce()
    in_flight = await _killed_often(trial, size, Lane.ANNOUNCEMENT)
    await _finished(trial, newsroom, one)

    arrived = Counter(entry.chat_id for entry in trial.sent())
    progress = await newsroom.progress(one)
    unknown = await trial.chats_in(State.UNKNOWN)
    trial.tell(
        4,
        "an announcement: 0 twice; sent + unknown = all",
        f"{size.chats} readers, {size.times} kills: {len(trial.again())} twice, "
        f"{progress.of(State.SENT)} sent + {len(unknown)} unknown, {sum(in_flight)} in flight",
    )
    assert trial.again() == []
    assert max(arrived.values()) == 1
    assert progress.of(State.SENT, State.UNKNOWN) == progress.total == size.chats
    assert {person.id for person in readers} - set(arrived) <= set(unknown)


@BOTH_WHEN_LONG
@forms(Size(250, 4), Size(5_000, 30))
async def test_killed_while_a_correction_is_made(
    trial: Trial, newsroom: Newsroom, size: Size
) -> None:
    """It reaches every copy that arrived."""
    readers = await trial.know(size.chats)
    one = await _delivered(trial, newsroom)
    correction = await newsroom.correct(one, NEW)
    in_flight = await _killed_often(trial, size, Lane.CORRECTION)
    await _finished(trial, newsroom, correction)

    old = _not_corrected(readers)
    progress = await newsroom.progress(correction)
    trial.tell(
        4,
        "a correction reaches all delivered copies",
        f"{size.chats} copies, {size.times} kills: {len(old)} not reached, "
        f"{progress.of(State.SENT)} corrected, {sum(in_flight)} in flight",
    )
    assert old == []
    assert all(len(person.said) == 1 for person in readers)
    assert progress.by_state == {State.SENT: size.chats}


@BOTH_WHEN_LONG
@forms(Size(250, 4), Size(5_000, 30))
async def test_killed_while_a_recall_is_made(trial: Trial, newsroom: Newsroom, size: Size) -> None:
    """Every copy is taken back."""
    readers = await trial.know(size.chats)
    one = await _delivered(trial, newsroom)
    recall = await newsroom.recall(one)
    in_flight = await _killed_often(trial, size, Lane.CORRECTION, gone=readers)
    await _finished(trial, newsroom, recall)

    left = [person for person in readers if person.said]
    progress = await newsroom.progress(recall)
    trial.tell(
        4,
        "a recall takes back all delivered copies",
        f"{size.chats} copies, {size.times} kills: {len(left)} left, "
        f"{progress.of(State.SENT)} taken back, {sum(in_flight)} in flight",
    )
    assert left == []
    assert progress.by_state == {State.SENT: size.chats}


@BOTH_WHEN_LONG
@forms(Size(200, 3), Size(2_000, 20))
async def test_corrected_and_killed_while_it_still_leaves(
    trial: Trial, newsroom: Newsroom, size: Size
) -> None:
    """Copies that had left are edited, the others leave with the new text."""
    readers = await trial.know(size.chats)
    one = await newsroom.announce()
    machine = await trial.machine().ready()
    await trial.reached(size.chats // 3, seconds=120)
    correction = await newsroom.correct(one, NEW)
    await machine.kill()
    await trial.a_minute_passes()
    await _killed_often(trial, size, Lane.ANNOUNCEMENT, Lane.CORRECTION)
    await _finished(trial, newsroom, one)
    await _finished(trial, newsroom, correction)

    unknown = set(await trial.chats_in(State.UNKNOWN))
    known = [person for person in readers if person.id not in unknown]
    old = _not_corrected(known)
    trial.tell(
        4,
        "a correction while it leaves reaches all delivered copies",
        f"{size.chats} readers, {size.times + 1} kills: {len(old)} not reached, "
        f"{len(trial.again())} twice, {len(unknown)} unknown",
    )
    assert old == []
    assert trial.again() == []
    assert all(len(person.said) == 1 for person in known)


def _not_corrected(people: list[Person]) -> list[Person]:
    return [person for person in people if "Naryn" not in person.said[0]]


async def _delivered(trial: Trial, newsroom: Newsroom) -> Announcement:
    one = await newsroom.announce()
    machine = await trial.machine().ready()
    await _ended(trial, newsroom, one)
    await machine.stop()
    return one


async def _killed_often(
    trial: Trial, size: Size, *lanes: Lane, gone: list[Person] | None = None
) -> list[int]:
    """Kill in the middle of it, some times; return what was in flight each time."""
    machine, found = trial.machine(), []
    for _ in range(size.times):
        await machine.ready()
        step = trial.random.randrange(3, max(4, size.chats // size.times // 2))
        await _goes_on(trial, gone, step)
        await asyncio.sleep(max(0.0, trial.random.uniform(-0.05, 0.05)))  # half of them at once
        await machine.kill()
        found.append(await trial.in_flight(*lanes))
        await trial.a_minute_passes()
    return found


async def _goes_on(trial: Trial, gone: list[Person] | None, step: int) -> None:
    goal = _done(trial, gone) + step
    await trial.until(lambda: _done(trial, gone) >= goal, seconds=60)


def _done(trial: Trial, gone: list[Person] | None) -> int:
    if gone is None:
        return len(trial.double.ledger)
    return sum(not person.said for person in gone)


async def _finished(trial: Trial, newsroom: Newsroom, one: Announcement | Correction) -> None:
    machine: Machine = await trial.machine().ready()
    await _ended(trial, newsroom, one)
    await machine.stop()


async def _ended(trial: Trial, newsroom: Newsroom, one: Announcement | Correction) -> None:
    async def ended() -> bool:
        if isinstance(one, Correction):
            return (await newsroom.correction(one.id)).stage is Stage.DONE
        return (await newsroom.get(one.id)).stage is Stage.DONE

    await trial.until(ended, seconds=1200)


@POSTGRESQL
@forms(Size(chats=200), Size(chats=5_000))
async def test_replicas_announce_and_correct_together(
    trial: Trial, newsroom: Newsroom, size: Size
) -> None:
    """Three processes take turns with one announcement and its correction."""
    readers = await trial.know(size.chats)
    one = await newsroom.announce()
    machines = [trial.machine() for _ in range(3)]
    await asyncio.gather(*(machine.ready() for machine in machines))
    await trial.reached(size.chats // 2, seconds=size.chats)
    correction = await newsroom.correct(one, NEW)
    await _ended(trial, newsroom, one)
    await _ended(trial, newsroom, correction)

    old = _not_corrected(readers)
    progress = await newsroom.progress(one)
    trial.tell(
        17,
        "each copy once, all corrected",
        f"{size.chats} readers, 3 replicas: {len(trial.again())} twice, {len(old)} not corrected",
    )
    assert progress.by_state == {State.SENT: size.chats}
    assert all(len(person.said) == 1 for person in readers)
    assert old == []


@BOTH_WHEN_LONG
@forms(Size(chats=200), Size(chats=5_000))
async def test_refused_cut_off_and_blocked_on_the_way(
    trial: Trial, newsroom: Newsroom, size: Size
) -> None:
    """Whatever the line does: nobody gets it twice, and what arrived is corrected."""
    readers = await trial.know(size.chats)
    one = await newsroom.announce()
    for kind, chance in (("too_many", 0.01), ("drop_before", 0.02), ("drop_after", 0.02)):
        detail = {"retry_after": 1} if kind == "too_many" else {}
        trial.double.faults.add(kind, times=None, chance=chance, method=ON_THE_WAY, **detail)
    trial.double.faults.add("server_error", times=None, chance=0.02, method=ON_THE_WAY)
    trial.double.faults.add("block", times=None, chance=0.02, method="sendMessage")
    machine = await trial.machine().ready()
    await _ended(trial, newsroom, one)
    correction = await newsroom.correct(one, NEW)
    await _ended(trial, newsroom, correction)
    await machine.stop()

    progress, edits = await newsroom.progress(one), await newsroom.progress(correction)
    unknown = set(await trial.chats_in(State.UNKNOWN))
    gone = set(await trial.chats_in(State.UNREACHABLE))
    known = [person for person in readers if person.id not in unknown | gone]
    old = _not_corrected(known)
    trial.tell(
        4,
        "0 twice, all accounted for, all known copies corrected",
        f"{size.chats} readers: {len(trial.again())} twice, {progress.of(State.SENT)} sent, "
        f"{progress.of(State.UNREACHABLE)} gone, {progress.of(State.UNKNOWN)} unknown; "
        f"{edits.of(State.SENT)} corrected, {len(old)} not",
    )
    assert trial.again() == []
    assert progress.of(State.SENT, State.UNKNOWN, State.UNREACHABLE) == size.chats
    assert old == []


@BOTH_WHEN_LONG
@forms(Size(chats=200), Size(chats=2_000))
async def test_a_text_that_telegram_refuses(trial: Trial, newsroom: Newsroom, size: Size) -> None:
    """It stops by itself after five of them; the rest never leaves."""
    await trial.know(size.chats)
    one = await newsroom.announce()
    trial.double.faults.add(
        "bad_request",
        method="sendMessage",
        times=None,
        skip=20,
        description="Bad Request: can't parse entities: unsupported start tag",
    )
    machine = await trial.machine().ready()

    async def stopped() -> bool:
        return (await newsroom.get(one.id)).stage is Stage.BRAKED

    await trial.until(stopped, seconds=60)
    await machine.stop()

    refused = len(trial.double.faults.used)
    progress = await newsroom.progress(one)
    trial.tell(
        36,
        "stops by itself after 5 refusals, and what was under way",
        f"{size.chats} readers, the text is refused after 20 copies: stopped after {refused} "
        f"refusals, {progress.of(State.SENT)} had left",
    )
    assert 5 <= refused <= 12  # half a dozen are claimed while the fifth is written down
    assert progress.of(State.SENT) == 20
