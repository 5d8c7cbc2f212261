"""What readers do with an announcement: its buttons, and its topic switched off."""

from __future__ import annotations

from handlers.presses import CheckAnnounced, FollowAnnounced, SetTopicOn, StopTopic, Topics
from handlers.staff.announcing.presses import (
    AddButton,
)
from tests.announcement_desk import (
    CALL,
    OFFICE,
    copies,
    open_it,
    send,
)
from tests.chats import Chat


async def test_a_reader_leaves_the_topic_at_once_and_comes_back(owner: Chat, reader: Chat) -> None:
    await send(owner)
    await owner.wait(minutes=1)
    announcement = reader.message.id
    await reader.press(StopTopic("news"))
    assert copies(reader) == 1  # the announcement stays as it was
    await open_it(owner)
    await reader.press_old(announcement, StopTopic("news").pack())
    await reader.press(SetTopicOn("news", on=True))
    await reader.press(SetTopicOn("news", on=False))
    await reader.press_old(reader.message.id, Topics().pack())
    assert SetTopicOn("news", on=True) in reader.presses


async def test_buttons_under_it_answer_beside_it(owner: Chat, reader: Chat) -> None:
    action = owner.assistant.library.assessed[0].short
    await owner.press_old(owner.message.id, AddButton(OFFICE, 1, "c", CALL).pack())
    await owner.press_old(owner.message.id, AddButton(OFFICE, 1, "a", action).pack())
    await send(owner)
    await owner.wait(minutes=1)
    announcement = reader.message.id
    await reader.press(FollowAnnounced(CALL))
    assert reader.message.id > announcement
    await reader.press_old(announcement, CheckAnnounced(action).pack())
    assert copies(reader) == 1
