"""Methods that put something new into a chat."""

from typing import Any, Final

from bot.telegram_double.arguments import Arguments
from bot.telegram_double.chats import Chat
from bot.telegram_double.entities import Entity
from bot.telegram_double.keyboards import Markup, read_markup
from bot.telegram_double.messages import Media, Message
from bot.telegram_double.methods import Method, sending
from bot.telegram_double.refusals import Refused, bad_request, not_enough_stars
from bot.telegram_double.texts import read_caption, read_text
from bot.telegram_double.topics import thread_of
from bot.telegram_double.world import World

LARGEST: Final = {"photo": 10 << 20, "document": 50 << 20}


def send_message(world: World, call: Arguments) -> dict[str, Any]:
    """Carry out sendMessage."""
    text, entities = read_text(call)
    preview = _preview(call)
    return _send(world, call, "sendMessage", text, entities, preview=preview)


def send_photo(world: World, call: Arguments) -> dict[str, Any]:
    """Carry out sendPhoto."""
    return _send_file(world, call, "sendPhoto", "photo")


def send_document(world: World, call: Arguments) -> dict[str, Any]:
    """Carry out sendDocument."""
    return _send_file(world, call, "sendDocument", "document")


def copy_message(world: World, call: Arguments) -> dict[str, Any]:
    """Carry out copyMessage: what is in the message, without whence."""
    source = _source(world, call, "message to copy")
    text, entities = source.text, list(source.entities)
    if source.media is not None and "caption" in call.given:
        text, entities = read_caption(call)
    sent = _send(world, call, "copyMessage", text, entities, media=source.media)
    return {"message_id": sent["message_id"]}


def forward_message(world: World, call: Arguments) -> dict[str, Any]:
    """Carry out forwardMessage."""
    source = _source(world, call, "message to forward")
    chat = world.writable(call.chat_id())
    origin = {"type": "user", "sender_user": source.sender, "date": int(source.date.timestamp())}
    thread_id = thread_of(world, chat, call, None)
    message = Message(
        id=0,
        chat=chat.as_json(),
        sender=world.bot_user(),
        date=world.now(),
        text=source.text,
        entities=list(source.entities),
        media=source.media,
        thread_id=thread_id,
        in_topic=thread_id is not None,
        origin=source.origin or origin,
        silent=call.flag("disable_notification"),
        protected=call.flag("protect_content"),
    )
    return world.post("forwardMessage", message).as_json()


def _send_file(world: World, call: Arguments, method: str, kind: str) -> dict[str, Any]:
    media = read_media(world, call, kind)
    text, entities = read_caption(call)
    return _send(world, call, method, text, entities, media=media)


def _send(  # noqa: PLR0913 - a message has that many parts
    world: World,
    call: Arguments,
    method: str,
    text: str,
    entities: list[Entity],
    *,
    media: Media | None = None,
    preview: bool = False,
) -> dict[str, Any]:
    markup = read_markup(call.json("reply_markup", "can't parse reply keyboard markup JSON object"))
    if call.flag("allow_paid_broadcast"):
        raise not_enough_stars()
    chat = world.writable(call.chat_id())
    reply_to = _reply_to(chat, call)
    thread_id = thread_of(world, chat, call, reply_to)
    message = Message(
        id=0,
        chat=chat.as_json(),
        sender=world.bot_user(),
        date=world.now(),
        text=text,
        entities=entities,
        media=media,
        reply_to=reply_to,
        thread_id=thread_id,
        in_topic=chat.topics is not None and thread_id is not None,
        effect=_effect(chat, call),
        silent=call.flag("disable_notification"),
        protected=call.flag("protect_content"),
        preview=preview,
    )
    _put_markup(message, markup)
    return world.post(method, message).as_json()


def _put_markup(message: Message, markup: Markup) -> None:
    message.keyboard = markup.rows
    message.reply_keyboard = markup.reply


def _preview(call: Arguments) -> bool:
    """Return whether a link of the text may be shown as a card."""
    options = call.json("link_preview_options", "can't parse link preview options JSON object")
    if options is not None and not isinstance(options, dict):
        raise bad_request("object expected as link preview options")
    return not (options or {}).get("is_disabled", call.flag("disable_web_page_preview"))


def _reply_to(chat: Chat, call: Arguments) -> int | None:
    given = call.json("reply_parameters", "can't parse reply parameters JSON object")
    if given is None:
        return None
    if not isinstance(given, dict):
        raise bad_request("object expected as reply parameters")
    try:
        return chat.found(int(given.get("message_id", 0)), "message to be replied").id
    except Refused:
        if given.get("allow_sending_without_reply"):
            return None
        raise


def _effect(chat: Chat, call: Arguments) -> str | None:
    effect = call.text("message_effect_id")
    if effect and chat.account is None:
        raise bad_request("EFFECT_ID_INVALID")
    return effect or None


def _source(world: World, call: Arguments, purpose: str) -> Message:
    chat = world.chat(call.chat_id("from_chat_id"))
    message = chat.found(call.message_id(), purpose)
    if message.service or message.protected:
        raise bad_request(f"{purpose.replace('to copy', '').strip()} can't be copied or forwarded")
    return message


def read_media(world: World, call: Arguments, kind: str) -> Media:
    """Return the file that a call names or brings along."""
    if (upload := call.upload(kind)) is not None:
        if upload.size > LARGEST[kind]:
            raise Refused(413, "Request Entity Too Large")
        if upload.size == 0:
            raise bad_request("file must be non-empty")
        return world.keep_file(kind, upload.name, upload.content, upload.mime_type)
    given = call.text(kind)
    if not given:
        raise bad_request(f"there is no {kind} in the request")
    if given not in world.files:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if world.files[given].kind != kind:
        raise bad_request(f"can't use file of type {world.files[given].kind} as {kind}")
    return world.files[given]


MARKS: Final = ("parse_mode", "caption", "caption_entities", "show_caption_above_media")
METHODS: Final[dict[str, Method]] = {
    "sendMessage": sending(
        send_message,
        "text",
        "parse_mode",
        "entities",
        "link_preview_options",
        "disable_web_page_preview",
    ),
    "sendPhoto": sending(send_photo, "photo", "has_spoiler", *MARKS),
    "sendDocument": sending(
        send_document, "document", "thumbnail", "disable_content_type_detection", *MARKS
    ),
    "copyMessage": sending(copy_message, "from_chat_id", "message_id", *MARKS),
    "forwardMessage": sending(forward_message, "from_chat_id", "message_id"),
}
