"""Announcements to many: once each, paid only where that is allowed, and counted."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import pytest
from telegram import Bot
from telegram.error import BadRequest, RetryAfter

from bot.clock import MovableClock
from bot.flights import Ways
from bot.messages import Messages
from bot.pace import Pace, paid_limits
from bot.sender import Sender
from bot.telegram_double import DoubleRequest, Person, TelegramDouble
from bot.transport import Line, NotSent
from storage import Database, deliveries
from storage.deliveries import Draft, Lane, State
from storage.pace import Limits, look
from tests.bot.sender.office import UNLIMITED, Office, no_menu, no_render

pytestmark = pytest.mark.both_databases


async def test_a_paid_announcement_leaves_as_such_only_where_it_may(
    double: TelegramDouble,
) -> None:
    request = DoubleRequest(double, not_sent=NotSent)
    line = Line(request, "https://api.telegram.org", double.token)
    alice = double.person()
    alice.start()
    for may_pay in (True, False):
        messages = Messages(line, Bot(double.token, request=request), paid=may_pay)
        double.forget_calls()
        with suppress(BadRequest):  # the double has no Stars
            await messages.show(alice.id, {"text": "to all", "paid": True})

        (asked,) = double.requests
        assert asked.params.get("allow_paid_broadcast") == (True if may_pay else None)


async def test_outcomes_and_lanes_are_counted(office: Office, alice: Person) -> None:
    await office.put(alice.id)
    alice.block()
    await office.put(alice.id, lane=Lane.ANNOUNCEMENT)

    page = office.figures.page().decode()
    assert 'erasmus_sends_total{lane="reply",outcome="ok"} 1.0' in page
    assert 'erasmus_sends_total{lane="announcement",outcome="gone"} 1.0' in page


async def test_announcements_to_many_arrive_once_each(
    office: Office, double: TelegramDouble
) -> None:
    people_of_all = [double.person() for _ in range(300)]
    now = office.clock.now()
    for person in people_of_all:
        person.start()
    async with office.db.write() as c:
        drafts = [
            Draft(f"a1:{p.id}", Lane.ANNOUNCEMENT, p.id, "screen", {"text": "to all"}, now)
            for p in people_of_all
        ]
        await deliveries.put_all(c, drafts, now)
    await office.deliver()

    assert [person.said for person in people_of_all] == [["to all"]] * 300
    async with office.db.read() as c:
        assert (await deliveries.counts(c))[State.SENT] == 300


async def test_what_is_not_paid_for_leaves_on_no_paid_turn(
    db: Database, clock: MovableClock
) -> None:
    """While a paid announcement is sent, reminders still share Telegram's thirty a second."""
    bought, shown = Pace("1:paid", UNLIMITED), Shown()
    ways = Ways(shown, shown, no_menu, no_render, Pace("1", Limits(most=1)), paid=bought)
    sender, now = Sender(db, clock, ways), clock.now()
    paid = [
        Draft(f"a{n}", Lane.ANNOUNCEMENT, n, "screen", {"paid": True}, now) for n in range(1, 401)
    ]
    reminders = [Draft(f"r{n}", Lane.REMINDER, -n, "screen", {}, now) for n in range(1, 31)]
    async with db.write() as c:
        await deliveries.put_all(c, paid, now)
    running = asyncio.create_task(sender.run())
    await shown.until(20)
    async with db.write() as c:
        await deliveries.put_all(c, reminders, now)
    await shown.until(200)
    await sender.stop(1)
    await running

    assert len([chat for chat in shown.chats if chat < 0]) <= 3


async def test_a_refusal_of_what_is_paid_for_is_told_to_all(
    db: Database, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    shown = Shown(RetryAfter(30))
    bought = Pace("1:paid", paid_limits(1000))
    sender = Sender(db, clock, Ways(shown, shown, no_menu, no_render, Pace("1"), paid=bought))
    office = Office(db, clock, sender)
    running = asyncio.create_task(sender.run())
    await office.put(1, lane=Lane.ANNOUNCEMENT, body={"paid": True})
    await sender.stop(1)
    await running

    async with db.read() as c:
        known = await look(c, "1:paid")
    assert known is not None
    assert known.paused
    assert known.rate == pytest.approx(900, abs=1)


class Shown:
    """Takes what is sent, or refuses it, and knows how much it was."""

    def __init__(self, refusal: Exception | None = None) -> None:
        self.chats: list[int] = []
        self._refusal, self._news = refusal, asyncio.Event()

    async def show(self, chat_id: int, _body: Mapping[str, Any]) -> int | None:
        self.chats.append(chat_id)
        self._news.set()
        if self._refusal is not None:
            raise self._refusal
        return 1

    async def until(self, number: int) -> None:
        while len(self.chats) < number:
            self._news.clear()
            await asyncio.wait_for(self._news.wait(), 20)
