"""What a process left when it ended is handled by the next, and what killed it is set aside."""

import asyncio

import pytest

from bot.clock import MovableClock
from bot.handling import ATTEMPTS
from bot.reception import Reception
from storage import Database, inbox
from tests.bot.inbox.desk import Desk, leave, texts

pytestmark = pytest.mark.both_databases


async def test_an_update_that_killed_the_process_three_times_is_not_tried_again(
    db: Database, reception: Reception, desk: Desk, clock: MovableClock
) -> None:
    await leave(db, clock, (1, 5, "poison"), deaths=inbox.DEATHS)
    await reception.admit(texts((2, 6, "x")))
    await reception.idle()

    assert desk.aside == ["poison"]
    assert desk.handled == ["x"]


async def test_a_death_does_not_count_as_an_error_of_the_update(
    db: Database, reception: Reception, desk: Desk, clock: MovableClock
) -> None:
    await leave(db, clock, (1, 5, "crash"))
    await reception.admit(())
    await reception.idle()

    assert desk.handled == ["crash"] * ATTEMPTS
    assert desk.aside == ["crash"]


async def test_a_process_that_has_just_begun_leaves_the_last_try_to_a_steady_one(
    db: Database, clock: MovableClock, desk: Desk
) -> None:
    """Who ends processes soon after their start would hit the same update again and again."""
    await leave(db, clock, (1, 5, "unlucky"), deaths=inbox.DEATHS - 1)
    for steady_seconds in (3600, 0):
        made = Reception(
            db, clock, desk, desk.handle, desk.set_aside, steady_seconds=steady_seconds
        )
        desk.reception = made
        made.open()
        await made.admit(())
        await made.admit(texts((2, 6, "other")))
        await made.stop(1)

    assert desk.handled == ["other", "unlucky"]


async def test_what_a_killed_process_left_is_handled_by_the_next(
    db: Database, clock: MovableClock, desk: Desk
) -> None:
    """The first process wrote updates down and never came to handle them."""
    killed = Reception(db, clock, desk, desk.handle, desk.set_aside)
    await killed.admit(texts((1, 5, "left"), (2, 5, "behind")))
    assert desk.handled == []

    desk.reception = Reception(db, clock, desk, desk.handle, desk.set_aside)
    desk.reception.open()
    running = asyncio.create_task(desk.reception.run())
    await desk.reception.idle()
    await desk.reception.stop(1)
    await running

    assert desk.handled == ["left", "behind"]


async def test_what_had_begun_when_a_process_ended_is_handled_alone(
    db: Database, reception: Reception, desk: Desk, clock: MovableClock
) -> None:
    """One of them may have ended it: nobody else is to die with it again."""
    begun = desk.hold("a")
    await leave(db, clock, (1, 5, "a"), (2, 6, "b"))
    await reception.admit(())
    await begun.wait()
    await reception.admit(texts((3, 7, "new")))
    assert desk.handled == ["a"]

    desk.gates["a"].set()
    await reception.idle()
    assert sorted(desk.handled) == ["a", "b", "new"]


async def test_a_suspect_has_its_turn_however_much_keeps_coming(
    db: Database, reception: Reception, desk: Desk, clock: MovableClock
) -> None:
    """It waits for what has begun, and what comes later for it, but for no other suspect."""
    begun = desk.hold("slow")
    await reception.admit(texts((1, 5, "slow")))
    await begun.wait()
    await leave(db, clock, (2, 6, "a"), (3, 7, "b"))
    for n in range(4, 9):
        await reception.admit(texts((n, n + 5, f"{n}")))
    assert desk.handled == ["slow", "4"]

    desk.gates["slow"].set()
    await reception.idle()
    assert [text for text in desk.handled if not text.isdigit()] == ["slow", "a", "b"]
    assert desk.handled.index("a") < desk.handled.index("5") < desk.handled.index("b")


async def test_a_suspect_s_chat_waits_behind_it(
    db: Database, reception: Reception, desk: Desk, clock: MovableClock
) -> None:
    await leave(db, clock, (2, 5, "a"))
    await reception.admit(texts((3, 5, "b"), (4, 6, "c")))
    await reception.idle()

    assert desk.handled.index("a") < desk.handled.index("b")
