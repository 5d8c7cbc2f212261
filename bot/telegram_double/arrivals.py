"""What people do in a chat, told to the bot as updates."""

from collections.abc import Mapping
from typing import Any

from bot.telegram_double.attending import standing
from bot.telegram_double.chats import PRESENT, Chat
from bot.telegram_double.entities import with_found
from bot.telegram_double.messages import Media, Message
from bot.telegram_double.texts import LONGEST_CAPTION, LONGEST_PREMIUM_CAPTION, LONGEST_TEXT
from bot.telegram_double.world import World


class NotPossible(ValueError):
    """The app of a person would not let them do this."""


def write(  # noqa: PLR0913 - a message has that many parts
    world: World,
    chat: Chat,
    person_id: int,
    text: str = "",
    *,
    media: Media | None = None,
    reply_to: int | None = None,
    thread: int | None = None,
    origin: Mapping[str, Any] | None = None,
) -> Message:
    """Let a person write into a chat; the bot is told if the chat lets it see the message.

    ``thread`` is the topic that they write in; ``origin`` tells whence a message is forwarded.
    """
    _check_length(text, media, premium=world.accounts[person_id].premium)
    _check_may_write(chat, person_id)
    thread = thread or chat.thread_of(reply_to)
    _check_topic(chat, person_id, thread)
    message = Message(
        id=world.number(chat),
        chat=chat.as_json(),
        sender=world.accounts[person_id].as_json(),
        date=world.now(),
        text=text,
        entities=with_found(text, []),
        media=media,
        reply_to=reply_to,
        thread_id=thread,
        in_topic=chat.topics is not None and thread is not None,
        origin=origin,
    )
    chat.messages[message.id] = message
    if _bot_sees(world, chat, message):
        world.tell_message("message", message)
    else:
        world.changed()
    return message


def rewrite(world: World, chat: Chat, message: Message, text: str) -> None:
    """Let a person change the text or the caption of a message of theirs."""
    premium = world.accounts[message.sender["id"]].premium
    _check_length(text, message.media, premium=premium)
    message.keep_version()
    message.text, message.entities = text, with_found(text, [])
    message.edited_at = world.now()
    if _bot_sees(world, chat, message):
        world.tell_message("edited_message", message)
    else:
        world.changed()


def _check_length(text: str, media: Media | None, *, premium: bool) -> None:
    caption = LONGEST_PREMIUM_CAPTION if premium else LONGEST_CAPTION
    most = caption if media else LONGEST_TEXT
    if len(text) > most:
        raise NotPossible(f"the app sends at most {most} characters at once")


def _check_topic(chat: Chat, person_id: int, thread: int | None) -> None:
    if thread is None or chat.topics is None:
        return
    topic = chat.topic(thread)
    if topic is None:
        raise NotPossible("there is no such topic")
    if topic.closed and chat.members.get(person_id) != "administrator":
        raise NotPossible("the topic is closed")


def _check_may_write(chat: Chat, person_id: int) -> None:
    if chat.account is None:
        if chat.members.get(person_id) not in PRESENT or chat.migrated_to is not None:
            raise NotPossible("not a member of the group")
        return
    if chat.account.blocked:
        raise NotPossible("the bot is blocked: unblock() or restart() first")
    chat.account.started = True


def _bot_sees(world: World, chat: Chat, message: Message) -> bool:
    if chat.account is not None:
        return True
    status = chat.members.get(world.bot_id)
    if status not in PRESENT:
        return False
    if chat.sees_all or status == "administrator":
        return True
    answered = chat.messages.get(message.reply_to or 0)
    return (answered is not None and answered.from_bot) or _is_command(world, message)


def _is_command(world: World, message: Message) -> bool:
    if not message.text.startswith("/"):
        return False
    command = message.text.split()[0]
    return "@" not in command or command.lower().endswith(f"@{world.bot['username']}".lower())


def announce(
    world: World, chat: Chat, sender: Mapping[str, Any], service: Mapping[str, Any]
) -> Message:
    """Put a service message ("… was added") into a chat; the bot sees it if it is there."""
    message = Message(
        id=world.number(chat),
        chat=chat.as_json(),
        sender=sender,
        date=world.now(),
        service=service,
    )
    chat.messages[message.id] = message
    if chat.members.get(world.bot_id, "member") in PRESENT:
        world.tell_message("message", message)
    return message


def change_standing(world: World, chat: Chat, actor_id: int, *, old: str, new: str) -> None:
    """Tell the bot that it was let in, promoted, shut out or blocked."""
    if chat.account is None:
        chat.members[world.bot_id] = new
    payload = {
        "chat": chat.as_json(),
        "from": world.accounts[actor_id].as_json(),
        "date": int(world.now().timestamp()),
        "old_chat_member": standing(world.bot_user(), old),
        "new_chat_member": standing(world.bot_user(), new),
    }
    world.tell("my_chat_member", payload, chat.id)
