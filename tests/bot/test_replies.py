"""Replies leave at once, until Telegram would refuse them; then in order, as fast as it takes."""

from __future__ import annotations

import asyncio
import time
from contextlib import AsyncExitStack

import pytest

from bot.replies import AT_ONCE, LEAST, WINDOW_SECONDS, Replies

MOST = 30


class Moments:
    """A clock that a test moves; whoever sleeps moves it, too."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 0.0
        monkeypatch.setattr("bot.replies.asyncio.sleep", self.sleep)

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def moments(monkeypatch: pytest.MonkeyPatch) -> Moments:
    return Moments(monkeypatch)


async def left(replies: Replies, moments: Moments, number: int) -> list[float]:
    """Let some replies leave one after the other; return when they did."""
    times = []
    for _ in range(number):
        async with replies.turn():
            times.append(moments.now)
    return times


def most_in_a_second(times: list[float]) -> int:
    return max(sum(at <= other < at + 1 for other in times) for at in times)


async def test_a_few_leave_at_once(moments: Moments) -> None:
    assert await left(Replies(MOST, moments), moments, AT_ONCE) == [0.0] * AT_ONCE


async def test_what_telegram_is_slow_to_answer_keeps_its_place(moments: Moments) -> None:
    """It may have been counted at any moment until its answer came."""
    replies = Replies(MOST, moments)
    async with AsyncExitStack() as under_way:
        for _ in range(MOST):
            await under_way.enter_async_context(replies.turn())
        moments.now += 10
        assert replies.seconds_to_next() > 0
    assert replies.seconds_to_next() == pytest.approx(WINDOW_SECONDS)


async def test_a_backlog_leaves_as_fast_as_telegram_takes_it(moments: Moments) -> None:
    times = await left(Replies(MOST, moments), moments, 300)

    assert most_in_a_second(times) <= MOST
    assert 300 / times[-1] >= 0.9 * MOST


async def test_without_limits_nothing_waits(moments: Moments) -> None:
    assert await left(Replies(None, moments), moments, 300) == [0.0] * 300


async def test_who_asked_first_leaves_first() -> None:
    """On a real clock: the second one waits, and the third is not before it."""
    replies, order = Replies(1, time.monotonic), []

    async def leave(name: str) -> None:
        async with replies.turn():
            order.append(name)

    await asyncio.gather(*(leave(name) for name in "abc"))
    assert order == list("abc")


@pytest.mark.parametrize("processes", [2, 3])
async def test_processes_share_what_telegram_takes(moments: Moments, processes: int) -> None:
    """All have more than enough to answer, and hear of each other every tenth of a second."""
    crowd = [Replies(MOST, moments) for _ in range(processes)]
    times: list[float] = []
    for hundredth in range(1000):
        moments.now = hundredth / 100
        for replies in crowd:
            if hundredth % 10 == 0:
                replies.hear(sum(at > moments.now - WINDOW_SECONDS for at in times))
            while replies.seconds_to_next() <= 0:
                async with replies.turn():
                    times.append(moments.now)

    settled = [at for at in times if at >= 3]
    assert most_in_a_second(settled) <= MOST
    assert len(settled) / 7 >= 0.8 * MOST


async def test_a_process_is_never_silenced_by_the_others(moments: Moments) -> None:
    replies = Replies(MOST, moments)
    replies.hear(1000)

    assert len(await left(replies, moments, LEAST)) / moments.now >= LEAST - 1
