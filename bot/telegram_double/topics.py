"""Topics of a group: the methods that open and close them, and the thread a message goes to."""

from typing import Any, Final

from bot.telegram_double.arguments import Arguments
from bot.telegram_double.chats import Chat, Topic
from bot.telegram_double.messages import Message
from bot.telegram_double.methods import Method, method
from bot.telegram_double.refusals import Cause, bad_request
from bot.telegram_double.world import World

LONGEST_NAME: Final = 128
COLOURS: Final = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)
"""The six colours of a topic's icon."""


def create_topic(world: World, call: Arguments) -> dict[str, Any]:
    """Carry out createForumTopic."""
    chat = _forum(world, call, "create a topic")
    name, colour = _name(call), call.number("icon_color", COLOURS[0])
    if colour not in COLOURS:
        raise bad_request("invalid icon color specified")
    world.pace.open_topic(chat.id, world.now())
    created = {"name": name, "icon_color": colour}
    opening = Message(
        id=world.number(chat),
        chat=chat.as_json(),
        sender=world.bot_user(),
        date=world.now(),
        service={"forum_topic_created": created},
        in_topic=True,
    )
    opening.thread_id = opening.id
    chat.messages[opening.id] = opening
    if chat.topics is not None:
        chat.topics[opening.id] = Topic(opening.id, name)
    world.ledger.write(world.now(), "createForumTopic", chat.id, opening.id, name)
    return {"message_thread_id": opening.id, **created}


def edit_topic(world: World, call: Arguments) -> bool:
    """Carry out editForumTopic."""
    topic = _topic(_forum(world, call, "edit the topic"), call)
    if "name" in call.given:
        name = _name(call)
        _check_changes(name != topic.name)
        topic.name = name
    return True


def close_topic(world: World, call: Arguments) -> bool:
    """Carry out closeForumTopic."""
    topic = _topic(_forum(world, call, "close the topic"), call)
    _check_changes(not topic.closed)
    topic.closed = True
    return True


def reopen_topic(world: World, call: Arguments) -> bool:
    """Carry out reopenForumTopic."""
    topic = _topic(_forum(world, call, "reopen the topic"), call)
    _check_changes(topic.closed)
    topic.closed = False
    return True


def thread_of(world: World, chat: Chat, call: Arguments, reply_to: int | None) -> int | None:
    """Return the thread that a message of the bot goes to; raises Refused for an unknown one."""
    given = call.number("message_thread_id")
    if not given:
        return chat.thread_of(reply_to)
    topic = chat.topic(given)
    if topic is None:
        raise bad_request("message thread not found", Cause.WORLD)
    if topic.closed and not chat.bot_may(world.bot_id, "can_manage_topics"):
        raise bad_request("TOPIC_CLOSED", Cause.WORLD)
    return topic.id


def _forum(world: World, call: Arguments, deed: str) -> Chat:
    chat = world.writable(call.chat_id())
    if chat.topics is None:
        raise bad_request("the chat is not a forum", Cause.WORLD)
    if not chat.bot_may(world.bot_id, "can_manage_topics"):
        raise bad_request(f"not enough rights to {deed}", Cause.WORLD)
    return chat


def _topic(chat: Chat, call: Arguments) -> Topic:
    topic = chat.topic(call.number("message_thread_id"))
    if topic is None:
        raise bad_request("TOPIC_ID_INVALID", Cause.WORLD)
    return topic


def _name(call: Arguments) -> str:
    name = call.text("name").strip()
    if not name:
        raise bad_request("title must be non-empty")
    if len(name) > LONGEST_NAME:
        raise bad_request(f"the title is longer than {LONGEST_NAME}: Telegram would cut it")
    return name


def _check_changes(changes: bool) -> None:  # noqa: FBT001 - the one thing it is told
    if not changes:
        raise bad_request("TOPIC_NOT_MODIFIED", Cause.WORLD)


_WHICH: Final = ("chat_id", "message_thread_id")
METHODS: Final[dict[str, Method]] = {
    "createForumTopic": method(
        create_topic, "chat_id", "name", "icon_color", "icon_custom_emoji_id"
    ),
    "editForumTopic": method(edit_topic, "name", "icon_custom_emoji_id", *_WHICH),
    "closeForumTopic": method(close_topic, *_WHICH),
    "reopenForumTopic": method(reopen_topic, *_WHICH),
}
