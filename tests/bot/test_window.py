"""A strict server never sees more than so many messages in a second, whatever stands still."""

import asyncio

from bot.window import TRUSTED, Window


class Watch:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


async def exchange(window: Window, watch: Watch, seconds: float) -> None:
    """Send a message whose answer takes so long."""
    async with window.place():
        watch.now += seconds


async def learn(window: Window, watch: Watch, seconds: float) -> None:
    """Let it see how long the way there and back takes."""
    for _ in range(TRUSTED):
        await exchange(window, watch, seconds)
        watch.now += 2


async def test_a_place_is_taken_until_a_second_after_the_answer() -> None:
    watch = Watch()
    window = Window(2, watch)
    await learn(window, watch, 0.1)
    await exchange(window, watch, 5)
    watch.now += 0.8

    assert not window.full
    window.squeeze_in()
    assert window.full
    watch.now += 0.15
    assert not window.full


async def test_a_slow_way_that_is_always_slow_holds_nothing_longer() -> None:
    watch = Watch()
    window = Window(1, watch)
    await learn(window, watch, 0.4)
    await exchange(window, watch, 0.4)
    watch.now += 0.65

    assert not window.full


async def test_what_waits_for_nothing_counts_all_the_same() -> None:
    watch = Watch()
    window = Window(3, watch)
    for _ in range(5):
        window.squeeze_in()

    assert window.full
    watch.now += 1.1
    assert not window.full


async def test_who_finds_no_place_waits_for_an_answer() -> None:
    window = Window(1, Watch())
    answered, order = asyncio.Event(), list[str]()

    async def slowly() -> None:
        async with window.place():
            await answered.wait()
            order.append("answered")

    first = asyncio.create_task(slowly())
    await asyncio.sleep(0)
    second = asyncio.create_task(slowly())
    await asyncio.sleep(0)
    assert window.full
    answered.set()
    await first
    second.cancel()

    assert order == ["answered"]
