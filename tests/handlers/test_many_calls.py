"""Somebody follows more calls than one message can name."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from erasmus.calls import CallStatus
from erasmus.words import Language, Words
from handlers.presses import CallReminders, Following, ShowCall
from storage import calls, follows
from tests.chats import Chat

CALLS = 60
TITLE = "Study exchange with documents at a university with a long name, spring term, bachelor, "


async def follow_many(chat: Chat) -> None:
    """Follow calls that all close on the same day."""
    first, now = chat.assistant.library.calls[0], chat.clock.now()
    async with chat.assistant.db.write() as c:
        for number in range(CALLS):
            call = replace(
                first,
                id=f"many-{number}",
                action="icm_study",
                title=Words(dict.fromkeys(Language, f"{TITLE}{number}")),
                opens=None,
                closes=now + timedelta(days=31),
                zone="Asia/Bishkek",
                status=CallStatus.OFFICIAL,
            )
            await calls.put(c, call, now)
            await follows.follow(c, chat.person.id, call.id, now)


async def test_the_lists_name_as_many_as_fit_and_how_many_more_there_are(chat: Chat) -> None:
    await chat.settle_in()
    await follow_many(chat)
    await chat.press(Following())
    named = [press for press in chat.presses if isinstance(press, ShowCall)]
    assert 10 < len(named) < CALLS
    assert f"And {CALLS - len(named)} more." in chat.text
    await chat.send("/plan")
    assert "My documents" in chat.text
    assert not chat.double.mistakes


async def test_a_digest_of_many_reminders_arrives(chat: Chat) -> None:
    await chat.settle_in()
    await follow_many(chat)
    await chat.wait(days=1)
    await chat.wait(hours=4)
    assert chat.text.startswith("Your reminders for today")
    named = [press for press in chat.presses if isinstance(press, CallReminders)]
    assert 5 < len(named) < CALLS
    assert f"And {CALLS - len(named)} more." in chat.text
    assert Following() in chat.presses
    assert not chat.double.mistakes
