"""Methods about a chat as a whole: who is in it, and being in it."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from telegram.constants import ChatAction

from bot.telegram_double.arguments import Arguments
from bot.telegram_double.chats import PRESENT, Chat
from bot.telegram_double.methods import Method, method
from bot.telegram_double.refusals import Cause, bad_request
from bot.telegram_double.world import World

RIGHTS: Final = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_manage_topics",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
GIFTS: Final = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


def get_chat(world: World, call: Arguments) -> dict[str, Any]:
    """Carry out getChat."""
    chat = world.chat(call.chat_id())
    gifts = dict.fromkeys(GIFTS, False)
    full = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}
    return chat.as_json() | full


def get_chat_member(world: World, call: Arguments) -> dict[str, Any]:
    """Carry out getChatMember."""
    chat, user_id = world.chat(call.chat_id()), call.number("user_id")
    chat.check_writable(world.bot_id)
    if user_id != world.bot_id and user_id not in world.accounts:
        raise bad_request("user not found", Cause.WORLD)
    return member(world, chat, user_id)


def member(world: World, chat: Chat, user_id: int) -> dict[str, Any]:
    """Return a ChatMember of the Bot API."""
    user = world.bot_user() if user_id == world.bot_id else world.accounts[user_id].as_json()
    status = chat.members.get(user_id, "member" if chat.account else "left")
    return standing(user, status, chat.withheld if user_id == world.bot_id else ())


def standing(
    user: Mapping[str, Any], status: str, withheld: Collection[str] = ()
) -> dict[str, Any]:
    """Return a ChatMember of the Bot API with the status."""
    shown: dict[str, Any] = {"status": status, "user": dict(user)}
    if status == "kicked":
        shown["until_date"] = 0
    if status in ("administrator", "creator"):
        shown["is_anonymous"] = False
    if status == "administrator":
        shown |= {right: right not in withheld for right in RIGHTS} | {"can_be_edited": False}
    return shown


def leave_chat(world: World, call: Arguments) -> bool:
    """Carry out leaveChat."""
    chat = world.writable(call.chat_id())
    if chat.account is not None:
        raise bad_request("chat not found")
    chat.members[world.bot_id] = "left"
    return True


def send_action(world: World, call: Arguments) -> bool:
    """Carry out sendChatAction."""
    action = call.text("action")
    if action not in list(ChatAction):
        raise bad_request("wrong parameter action in request")
    chat = world.writable(call.chat_id())
    chat.action, chat.action_at = action, world.now()
    return True


def count_members(world: World, call: Arguments) -> int:
    """Carry out getChatMemberCount."""
    chat = world.writable(call.chat_id())
    return 2 if chat.account else sum(status in PRESENT for status in chat.members.values())


METHODS: Final[dict[str, Method]] = {
    "getChat": method(get_chat, "chat_id"),
    "getChatMember": method(get_chat_member, "chat_id", "user_id"),
    "getChatMemberCount": method(count_members, "chat_id"),
    "leaveChat": method(leave_chat, "chat_id"),
    "sendChatAction": method(send_action, "chat_id", "action", "message_thread_id"),
}
