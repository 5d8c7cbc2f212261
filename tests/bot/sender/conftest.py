"""What tests of the sender share: the sender at work, and somebody in Bishkek."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from typing import Any

import pytest
from telegram import Bot

from bot.clock import MovableClock
from bot.figures import Figures
from bot.flights import Ways
from bot.messages import Messages
from bot.pace import Pace
from bot.sender import Sender
from bot.telegram_double import DoubleRequest, Person, TelegramDouble
from bot.transport import Line, NotSent
from erasmus.words import Language
from storage import Connection, Database, people
from storage.deliveries import Delivery
from storage.rests import NO_LIMITS
from tests.bot.sender.office import ADMIN, UNLIMITED, Office


@pytest.fixture
async def office(
    db: Database, clock: MovableClock, double: TelegramDouble, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Office]:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    request = DoubleRequest(double, not_sent=NotSent)
    line = Line(request, "https://api.telegram.org", double.token)
    messages = Messages(line, Bot(double.token, request=request))

    async def menu(chat_id: int, _body: Mapping[str, Any]) -> None:
        await line.call("setMyCommands", commands=[], scope={"type": "chat", "chat_id": chat_id})

    async def render(
        _c: Connection, rows: list[Delivery], _now: datetime
    ) -> Mapping[str, Any] | None:
        made.rendered.append([row.occasion for row in rows])
        return None if rows[0].occasion == "needless" else {"text": f"{len(rows)} reminders"}

    pace = Pace("1000001", UNLIMITED, per_chat_seconds=0)
    figures = Figures()
    ways = Ways(messages, messages, menu, render, pace, limits=NO_LIMITS)
    sender = Sender(db, clock, ways, [ADMIN], figures=figures)
    made = Office(db, clock, sender, figures)
    running = asyncio.create_task(sender.run())
    yield made
    await sender.stop(1)
    await running


@pytest.fixture
async def alice(office: Office, double: TelegramDouble) -> Person:
    """Somebody in Bishkek who has written once."""
    person = double.person()
    person.start()
    double.person(ADMIN).start()
    async with office.db.write() as c:
        await people.greet(c, person.id, Language.RU, "Asia/Bishkek", office.clock.now())
    return person
