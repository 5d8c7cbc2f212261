"""Announcements to many: once each, paid only where that is allowed, and counted."""

from contextlib import suppress

import pytest
from telegram import Bot
from telegram.error import BadRequest

from bot.messages import Messages
from bot.telegram_double import DoubleRequest, Person, TelegramDouble
from bot.transport import Line, NotSent
from storage import deliveries
from storage.deliveries import Draft, Lane, State
from tests.bot.sender.office import Office

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
