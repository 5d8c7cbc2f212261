"""Connections that break, answers that do not come: at least once, or never twice."""

from __future__ import annotations

import time
from typing import Any

import pytest

from bot.bulk import BULK_AT_ONCE
from bot.telegram_double.server import DoubleServer
from storage.deliveries import Lane, State
from tests.faults.forms import Size, forms
from tests.faults.trial import Trial

pytestmark = pytest.mark.long  # kills and clocks by chance: not for every change

SLOW_SECONDS = 4.0
READERS = 110

FAULTS = [
    pytest.param(8, {"kind": "drop_after", "chance": 0.1}, id="answer-lost"),
    pytest.param(9, {"kind": "drop_before", "chance": 0.1}, id="request-lost"),
    pytest.param(
        10,
        {"kind": "server_error", "chance": 0.1, "code": 502, "html": True},
        id="502",
        marks=pytest.mark.long,
    ),
    pytest.param(10, {"kind": "server_error", "chance": 0.1, "code": 500}, id="500"),
]


@pytest.mark.parametrize(("row", "fault"), FAULTS)
@forms(Size(chats=50), Size(chats=2000))
async def test_answers_that_do_not_come(
    trial: Trial, size: Size, row: int, fault: dict[str, Any]
) -> None:
    """A reminder is sent again; an announcement becomes unknown. Doubles: only lost answers."""
    chats = [person.id for person in await trial.know(2 * size.chats)]
    reminded, told = set(chats[: size.chats]), set(chats[size.chats :])
    await trial.queue(reminded, Lane.REMINDER)
    await trial.queue(told, Lane.ANNOUNCEMENT)
    trial.double.faults.add(**fault, method="sendMessage", times=None)
    await trial.machine().ready()
    await trial.until(trial.settled, seconds=60 + size.chats)

    struck = [used.chat_id for used in trial.double.faults.used]
    arrived = {entry.chat_id for entry in trial.sent()}
    doubled = [entry.chat_id for entry in trial.again()]
    unknown = set(await trial.chats_in(State.UNKNOWN))
    trial.tell(
        row,
        "reminders: 0 lost, doubles = answers lost; announcements: 0 doubles, the rest unknown",
        f"{2 * size.chats} messages, {len(struck)} faults: "
        f"{len(reminded - arrived)} reminders lost, {len(doubled)} doubles, "
        f"{len(unknown)} announcements unknown",
    )
    assert struck
    assert reminded <= arrived
    lost_answers = [c for c in struck if c in reminded] if row == 8 else []
    assert sorted(doubled) == sorted(lost_answers)
    assert unknown == told & set(struck)


async def test_telegram_cannot_be_reached(trial: Trial) -> None:
    """No connection: nothing was sent, so an announcement is tried again, too."""
    chats = [person.id for person in await trial.know(100)]
    await trial.queue(chats, Lane.ANNOUNCEMENT)
    machine = await trial.machine().ready()
    await trial.until(lambda: len(trial.double.ledger) >= 20)
    await trial.server.__aexit__()
    cut = await trial.in_flight(Lane.ANNOUNCEMENT)
    await machine.says("not sent")
    async with DoubleServer(trial.double, port=trial.server.port):
        await trial.until(trial.settled, seconds=60)
        await machine.kill()

    unknown = await trial.chats_in(State.UNKNOWN)
    trial.tell(
        9,
        "0 lost, 0 doubles: certainly not sent is sent again",
        f"{len(chats)} announcements, nobody listens for a while: {len(trial.again())} doubles, "
        f"{len(unknown)} unknown of {cut} in flight when connections were cut",
    )
    assert trial.again() == []
    assert len(unknown) <= cut
    assert {entry.chat_id for entry in trial.sent()} | set(unknown) == set(chats)


async def test_a_slow_server_holds_up_bulk_only(trial: Trial) -> None:
    """Answers take seconds: few messages are under way, and people are answered at once."""
    *readers, writer = await trial.know(READERS + 1)
    await trial.queue([person.id for person in readers], Lane.REMINDER)
    for person in readers:
        trial.double.faults.add(
            "slow", method="sendMessage", chat_id=person.id, seconds=SLOW_SECONDS
        )
    machine = await trial.machine().ready()
    await trial.until(lambda: len(trial.sent()) >= 30)
    began = time.monotonic()
    writer.send_text("zqxj")
    await trial.until(lambda: any(entry.chat_id == writer.id for entry in trial.sent()))
    waited = time.monotonic() - began
    await trial.until(trial.settled, seconds=60)

    times = sorted(entry.at.timestamp() for entry in trial.sent() if entry.chat_id != writer.id)
    most = max(sum(at <= other < at + SLOW_SECONDS for other in times) for at in times)
    trial.tell(
        38,
        f"<= {BULK_AT_ONCE} bulk messages in flight; replies do not wait; 0 pool time-outs",
        f"{len(readers)} messages of {SLOW_SECONDS:.0f} s: {most} in flight at most, "
        f"a reply after {waited * 1000:.0f} ms",
    )
    assert most <= BULK_AT_ONCE
    assert waited < 1
    assert trial.again() == []
    assert not any("pool" in line.lower() for line in machine.lines)
