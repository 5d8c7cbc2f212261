"""Updates are handled in order, many chats side by side, each update once."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlalchemy.exc import StatementError

from bot.clock import MovableClock
from bot.handling import ATTEMPTS
from bot.reception import Reception
from storage import Database, deliveries, inbox
from storage.deliveries import State
from tests.bot.inbox.desk import Desk, texts

pytestmark = pytest.mark.both_databases


async def test_updates_of_one_chat_are_handled_in_order(reception: Reception, desk: Desk) -> None:
    await reception.admit(texts((1, 5, "a"), (2, 5, "b"), (3, 5, "c")))
    await reception.idle()

    assert desk.handled == ["a", "b", "c"]


async def test_a_slow_chat_holds_up_no_other(reception: Reception, desk: Desk) -> None:
    begun = desk.hold("slow")
    await reception.admit(texts((1, 5, "slow"), (2, 5, "next")))
    await begun.wait()
    begun_other = desk.hold("other")
    await reception.admit(texts((3, 6, "other")))
    await begun_other.wait()
    desk.gates["other"].set()
    desk.gates["slow"].set()
    await reception.idle()

    assert desk.handled == ["slow", "other", "next"]


async def test_more_chats_than_places_all_get_their_turn(reception: Reception, desk: Desk) -> None:
    await reception.admit(texts(*((n, n, str(n)) for n in range(1, 101))))
    await reception.idle()

    assert sorted(map(int, desk.handled)) == list(range(1, 101))


async def test_an_update_that_comes_again_is_handled_once(reception: Reception, desk: Desk) -> None:
    for _ in range(3):
        await reception.admit(texts((1, 5, "once")))
        await reception.idle()

    assert desk.handled == ["once"]


async def test_an_update_that_nobody_answers_is_put_away(
    reception: Reception, desk: Desk, states: Callable[[], Awaitable[int]]
) -> None:
    await reception.admit(texts((1, 5, "silence")))
    await reception.idle()

    assert desk.handled == ["silence"]
    assert await states() == 0


async def test_an_update_that_always_crashes_is_set_aside_and_the_chat_goes_on(
    reception: Reception, desk: Desk, states: Callable[[], Awaitable[int]]
) -> None:
    await reception.admit(texts((1, 5, "crash"), (2, 5, "after")))
    await reception.idle()

    assert desk.handled == ["crash"] * ATTEMPTS + ["after"]
    assert desk.aside == ["crash"]
    assert await states() == 0


async def test_what_could_not_be_given_back_is_let_go_when_the_database_is_back(
    db: Database, reception: Reception, desk: Desk, clock: MovableClock
) -> None:
    """What a living process holds without knowing does not wait for the end of its lease."""
    async with db.write() as c:
        await inbox.receive(c, texts((1, 5, "unheard of")), clock.now())
        await inbox.claim(c, "alone", clock.now() + timedelta(minutes=1), 1)
    with pytest.raises((StatementError, TypeError)):
        await reception.admit([(2, 6, {"text": {"no", "JSON"}})])
    await reception.admit(())
    await reception.idle()

    assert desk.handled == ["unheard of"]


async def test_a_reply_whose_commit_nobody_heard_of_is_queued_at_once(
    db: Database, reception: Reception, desk: Desk
) -> None:
    """The connection broke after the commit: the reply would wait for the end of a lease."""
    await reception.admit(texts((1, 5, "unheard")))
    await reception.idle()

    async with db.read() as c:
        assert await deliveries.counts(c) == {State.QUEUED: 1}
    assert desk.handled == ["unheard"]
    assert desk.sent == [None]


async def test_updates_wait_in_the_inbox_while_replies_have_no_room(
    desk: Desk, reception: Reception
) -> None:
    """Handled, they would put replies that outlive their claims."""
    desk.places = 0
    await reception.admit(texts((1, 1, "a"), (2, 2, "b")))
    assert desk.handled == []

    desk.places = 100
    assert desk.again is not None
    desk.again()
    await reception.idle()
    assert sorted(desk.handled) == ["a", "b"]
