"""A call is changed by two members at one moment: neither undoes what the other has done."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from erasmus.calls import Call
from erasmus.words import Language
from handlers.staff.calls.presses import (
    ChangeCall,
    ConfirmDate,
    PublishCall,
    TranslateText,
    Untranslated,
)
from storage import Database, call_changes
from tests.call_desk import OFFICE, only, open_drafts, publish, stored
from tests.chats import Chat

pytestmark = pytest.mark.both_databases

COLLEAGUE, SECONDS = 1, 0.5


@asynccontextmanager
async def moving(db: Database, desk: Chat, call: Call) -> AsyncIterator[Call]:
    """Let a colleague move the deadline; what is done inside falls before the commit."""
    moved = replace(call, closes=call.closes + timedelta(days=7))
    async with db.write() as c:
        assert await call_changes.store(c, moved, COLLEAGUE, desk.clock.now())
        yield moved
        with suppress(TimeoutError):
            async with asyncio.timeout(SECONDS):  # it is answered, or waits for the colleague
                await desk.settled()
    await desk.settled()


async def test_a_translation_leaves_a_moved_deadline_where_it_is(desk: Chat, db: Database) -> None:
    call = await stored(db, await publish(desk))
    await desk.send("/desk")
    await desk.press(Untranslated(OFFICE))
    await desk.press(TranslateText(OFFICE, call.id, "-", "-"))
    await desk.press(TranslateText(OFFICE, call.id, "title", "ru"))
    async with moving(db, desk, call) as moved:
        desk.person.send_text("Обмен в Гранаде")

    now = await stored(db, call.id)
    assert now.closes == moved.closes
    assert now.title[Language.RU] == "Обмен в Гранаде"


async def test_a_change_is_looked_at_again_after_another(desk: Chat, db: Database) -> None:
    call = await stored(db, await publish(desk))
    await desk.press(ChangeCall(OFFICE, call.id, "closes"))
    await desk.send("20 March 2027")
    await desk.press(only(desk, ConfirmDate))
    press = next(p for p in desk.presses if isinstance(p, PublishCall))
    async with moving(db, desk, call) as moved:
        desk.person.press_data(desk.message.id, press.pack())

    assert (await stored(db, call.id)).closes == moved.closes
    assert "Meanwhile this call was changed" in desk.text
    assert len(await open_drafts(db)) == 1
