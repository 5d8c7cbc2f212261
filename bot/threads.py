"""Deeds in a group that are no messages: topics, reactions, and a look at one's own rights."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from telegram.error import BadRequest

from bot.transport import Line
from handlers.relay import GroupRight

RIGHTS: Final = {
    "can_manage_topics": GroupRight.TOPICS,
    "can_delete_messages": GroupRight.DELETE,
}


class Threads:
    """Carries out the body of a delivery that names a deed."""

    def __init__(self, line: Line) -> None:
        """Use `line` for all calls."""
        self._line = line

    async def carry_out(self, chat_id: int, body: Mapping[str, Any]) -> int | None:
        """Do it and return the number that it results in, for whoever settles it."""
        match body["deed"]:
            case "topic":
                return await self._open_topic(chat_id, str(body["name"]))
            case "react":
                await self._react(chat_id, int(body["message"]), str(body["emoji"]))
                return None
            case "close" | "reopen" as deed:
                await self._turn_topic(f"{deed}ForumTopic", chat_id, int(body["thread"]))
                return None
            case "rights":
                return await self._look_up_rights(chat_id)
        raise ValueError(body["deed"])

    async def _open_topic(self, chat_id: int, name: str) -> int:
        opened = await self._line.call("createForumTopic", chat_id=chat_id, name=name)
        return int(opened["message_thread_id"])

    async def _react(self, chat_id: int, message_id: int, emoji: str) -> None:
        """React, where the message is still there and the group allows it."""
        reaction = [{"type": "emoji", "emoji": emoji}]
        try:
            await self._line.call(
                "setMessageReaction", chat_id=chat_id, message_id=message_id, reaction=reaction
            )
        except BadRequest:
            return

    async def _turn_topic(self, method: str, chat_id: int, thread: int) -> None:
        """Close or open a topic, where it is still there and not so already."""
        with suppress(BadRequest):
            await self._line.call(method, chat_id=chat_id, message_thread_id=thread)

    async def _look_up_rights(self, chat_id: int) -> int:
        chat = await self._line.call("getChat", chat_id=chat_id)
        me = await self._line.call("getMe")
        standing = await self._line.call("getChatMember", chat_id=chat_id, user_id=me["id"])
        rights = GroupRight.FORUM if chat.get("is_forum") else GroupRight(0)
        if standing["status"] == "administrator":
            rights |= GroupRight.ADMIN
        for name, right in RIGHTS.items():
            rights |= right if standing.get(name) else GroupRight(0)
        return int(rights)
