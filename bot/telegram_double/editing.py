"""Methods that change or take away what already is in a chat."""

from datetime import timedelta
from typing import Any, Final

from telegram.constants import ReactionEmoji

from bot.telegram_double.arguments import Arguments
from bot.telegram_double.chats import Chat, not_found
from bot.telegram_double.entities import Entity
from bot.telegram_double.keyboards import Rows, read_markup
from bot.telegram_double.messages import Message
from bot.telegram_double.methods import Method, method
from bot.telegram_double.refusals import Cause, bad_request
from bot.telegram_double.sending import LARGEST, read_media
from bot.telegram_double.texts import read_caption, read_text
from bot.telegram_double.world import World

DELETABLE: Final = timedelta(hours=48)
MOST_DELETED: Final = 100
NOT_MODIFIED: Final = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def edit_text(world: World, call: Arguments) -> dict[str, Any]:
    """Carry out editMessageText."""
    text, entities = read_text(call)
    keyboard = _keyboard(call)
    message = _own(world, call)
    if message.media is not None:
        raise bad_request("there is no text in the message to edit")
    return _change(world, "editMessageText", message, (text, entities, keyboard))


def edit_caption(world: World, call: Arguments) -> dict[str, Any]:
    """Carry out editMessageCaption."""
    text, entities = read_caption(call)
    keyboard = _keyboard(call)
    message = _own(world, call)
    if message.media is None:
        raise bad_request("there is no caption in the message to edit")
    return _change(world, "editMessageCaption", message, (text, entities, keyboard))


def edit_media(world: World, call: Arguments) -> dict[str, Any]:
    """Carry out editMessageMedia: another file, or a file for a text."""
    given = call.json("media", "can't parse InputMedia: Can't parse JSON object")
    if not isinstance(given, dict) or given.get("type") not in LARGEST:
        raise bad_request("can't parse InputMedia: type must be non-empty")
    kind = str(given["type"])
    inner = Arguments({**given, kind: given.get("media")}, call.uploads)
    media, keyboard = read_media(world, inner, kind), _keyboard(call)
    text, entities = read_caption(inner)
    message = _own(world, call)
    if media == message.media:
        return _change(world, "editMessageMedia", message, (text, entities, keyboard))
    world.edit(message)
    message.media, message.text, message.entities, message.keyboard = (
        media,
        text,
        entities,
        keyboard,
    )
    world.ledger.write(world.now(), "editMessageMedia", message.chat_id, message.id, text)
    return message.as_json()


def edit_markup(world: World, call: Arguments) -> dict[str, Any]:
    """Carry out editMessageReplyMarkup; without a keyboard the old one goes."""
    keyboard = _keyboard(call)
    message = _own(world, call)
    shown = (message.text, message.entities, keyboard)
    return _change(world, "editMessageReplyMarkup", message, shown)


def _keyboard(call: Arguments) -> Rows:
    markup = read_markup(call.json("reply_markup", "can't parse reply keyboard markup JSON object"))
    if markup.reply is not None:
        raise bad_request("inline keyboard expected")
    return markup.rows


def _own(world: World, call: Arguments) -> Message:
    chat = world.chat(call.chat_id())
    message = chat.found(call.message_id(), "message to edit")
    chat.check_writable(world.bot_id)
    if not message.from_bot or message.origin or message.service or message.reply_keyboard:
        raise bad_request("message can't be edited")
    return message


def _change(
    world: World, name: str, message: Message, shown: tuple[str, list[Entity], Rows]
) -> dict[str, Any]:
    if shown == (message.text, message.entities, message.keyboard):
        raise bad_request(NOT_MODIFIED, Cause.WORLD)
    world.edit(message)
    message.text, message.entities, message.keyboard = shown
    world.ledger.write(world.now(), name, message.chat_id, message.id, message.text)
    return message.as_json()


def delete_message(world: World, call: Arguments) -> bool:
    """Carry out deleteMessage."""
    chat = world.writable(call.chat_id())
    message = chat.found(call.message_id(), "message to delete")
    _check_deletable(world, chat, message)
    message.deleted = True
    return True


def delete_messages(world: World, call: Arguments) -> bool:
    """Carry out deleteMessages; what is not there is passed over."""
    chat = world.writable(call.chat_id())
    ids = call.json("message_ids", "can't parse message_ids JSON object")
    if not isinstance(ids, list) or not ids:
        raise bad_request("message identifiers are not specified")
    if len(ids) > MOST_DELETED:
        raise bad_request("too many message identifiers specified")
    for message_id in ids:
        message = chat.messages.get(int(message_id))
        if message is not None and not message.deleted:
            _check_deletable(world, chat, message)
            message.deleted = True
    return True


def _check_deletable(world: World, chat: Chat, message: Message) -> None:
    admin = chat.bot_may(world.bot_id, "can_delete_messages")
    if not message.from_bot and chat.account is None and not admin:
        raise bad_request("message can't be deleted")
    if world.now() - message.date > DELETABLE and not admin:
        raise bad_request("message can't be deleted for everyone", Cause.WORLD)


def set_reaction(world: World, call: Arguments) -> bool:
    """Carry out setMessageReaction: one emoji of a bot, or none."""
    chat = world.writable(call.chat_id())
    message = chat.messages.get(call.message_id())
    if message is None or message.deleted:
        raise not_found("message to react")
    given = call.json("reaction", "can't parse reaction types JSON object") or []
    if not isinstance(given, list) or len(given) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    message.reactions = [_emoji(item) for item in given]
    return True


def _emoji(item: object) -> str:
    emoji = item.get("emoji") if isinstance(item, dict) else None
    if emoji not in list(ReactionEmoji):
        raise bad_request("REACTION_INVALID")
    return str(emoji)


EDITED: Final = ("chat_id", "message_id", "reply_markup")
METHODS: Final[dict[str, Method]] = {
    "editMessageText": method(
        edit_text,
        "text",
        "parse_mode",
        "entities",
        "link_preview_options",
        "disable_web_page_preview",
        *EDITED,
    ),
    "editMessageCaption": method(
        edit_caption,
        "caption",
        "parse_mode",
        "caption_entities",
        "show_caption_above_media",
        *EDITED,
    ),
    "editMessageMedia": method(edit_media, "media", *EDITED),
    "editMessageReplyMarkup": method(edit_markup, *EDITED),
    "deleteMessage": method(delete_message, "chat_id", "message_id"),
    "deleteMessages": method(delete_messages, "chat_id", "message_ids"),
    "setMessageReaction": method(set_reaction, "chat_id", "message_id", "reaction", "is_big"),
}
