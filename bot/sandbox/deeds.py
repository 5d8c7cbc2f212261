"""What the owner of a phone does on the page: in the chat with the bot, or in a group."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.sandbox.shown import Place, chats_of
from bot.telegram_double import Group, NotPossible, Person, TelegramDouble

PLAIN_MEDIA: Final = ("voice", "sticker", "contact")
"""What is sent to the bot alone, for it takes none of them."""

Given = Mapping[str, Any]
Deed = Callable[[TelegramDouble, Person, Given], object]


def place_of(double: TelegramDouble, person: Person, asked: Given) -> Place:
    """Return what is open on a phone; the chat with the bot unless the person is in the other."""
    number = int(asked.get("chat") or person.id)
    found = [chat for chat in chats_of(double, person) if chat.id == number]
    chat = found[0] if found else person.chat
    thread = int(asked.get("thread") or 0)
    return Place(chat, thread if chat.topic(thread) else None)


def _group(double: TelegramDouble, person: Person, given: Given) -> Group | None:
    chat = place_of(double, person, given).chat
    return None if chat.account else Group(double.world, chat)


def _where(double: TelegramDouble, person: Person, given: Given) -> dict[str, Any]:
    return {
        "group": _group(double, person, given),
        "reply_to": int(given.get("reply") or 0) or None,
        "thread": place_of(double, person, given).thread,
    }


def _press(double: TelegramDouble, person: Person, given: Given) -> object:
    place = (int(given["row"]), int(given["column"]))
    return person.press(int(given["message"]), place, group=_group(double, person, given)).id


def _send(double: TelegramDouble, person: Person, given: Given) -> object:
    return person.send_text(str(given["text"]), **_where(double, person, given)).id


def _edit(double: TelegramDouble, person: Person, given: Given) -> object:
    group = _group(double, person, given)
    person.edit_text(int(given["message"]), str(given["text"]), group=group)
    return True


def _media(double: TelegramDouble, person: Person, given: Given) -> object:
    kind, caption = given.get("kind"), str(given.get("caption") or "")
    if kind == "photo":
        return person.send_photo(caption, **_where(double, person, given)).id
    if kind == "document":
        name = str(given.get("name") or "scan.pdf")
        return person.send_document(name, caption, **_where(double, person, given)).id
    if kind not in PLAIN_MEDIA:
        raise NotPossible("no such attachment")
    return getattr(person, f"send_{kind}")().id


def _start(_double: TelegramDouble, person: Person, given: Given) -> object:
    person.unblock()
    return person.start(str(given.get("payload") or "") or None).id


def _language(_double: TelegramDouble, person: Person, given: Given) -> object:
    person.account.language_code = str(given.get("language") or "") or None
    return True


def _block(_double: TelegramDouble, person: Person, _given: Given) -> object:
    person.block()
    return True


DEEDS: Final[dict[str, Deed]] = {
    "text": _send,
    "edit": _edit,
    "press": _press,
    "start": _start,
    "media": _media,
    "language": _language,
    "block": _block,
}
