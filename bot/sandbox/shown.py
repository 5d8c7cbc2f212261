"""What a phone shows, as JSON for the page."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from bot.telegram_double import Message, Person, Query, TelegramDouble
from bot.telegram_double.chats import PRESENT, Chat
from bot.telegram_double.keyboards import Button
from bot.telegram_double.messages import Media

MOST_MESSAGES: Final = 200
LATEST_REFUSALS: Final = 20
KEPT_EXTRAS: Final = ("url", "language")


@dataclass(frozen=True, slots=True)
class Sent:
    """One line of the outbox, as the page lists it."""

    at: datetime
    kind: str
    state: str
    text: str
    chat_id: int


@dataclass(frozen=True, slots=True)
class Place:
    """What is open on a phone: a chat, and in a group with topics perhaps one of them."""

    chat: Chat
    thread: int | None = None

    def messages(self) -> list[Message]:
        """Return what is to be seen, newest last."""
        shown = [m for m in self.chat.shown() if self.thread in (None, m.thread_id)]
        return shown[-MOST_MESSAGES:]


def phone(double: TelegramDouble, number: int, person: Person, place: Place) -> dict[str, Any]:
    """Return everything that one phone shows."""
    profile, language = double.world.profile, (person.account.language_code or "")[:2]
    messages, waiting = place.messages(), person.waiting_queries
    admin = place.chat.members.get(person.id) == "administrator"
    return {
        "phone": number,
        "person": person.account.as_json(),
        "blocked": person.account.blocked,
        "started": person.account.started,
        "bot": {
            "name": profile.text("name", language),
            "username": double.bot["username"],
            "description": profile.text("description", language),
            "about": profile.text("short_description", language),
        },
        "menu": profile.menu(place.chat.id, person.id, language, admin=admin),
        "action": place.chat.action,
        "chat": place.chat.id,
        "thread": place.thread,
        "chats": [_listed(chat) for chat in chats_of(double, person)],
        "messages": [_message(person, place.chat, message, waiting) for message in messages],
        "keyboard": _reply_keyboard(messages),
        "toasts": [asdict(toast) | {"at": toast.at.isoformat()} for toast in person.toasts],
        "now": double.world.now().isoformat(),
    }


def chats_of(double: TelegramDouble, person: Person) -> list[Chat]:
    """Return the private chat with the bot, and the groups that the person is in."""
    chats = double.world.chats.values()
    groups = [chat for chat in chats if chat.account is None and chat.migrated_to is None]
    return [person.chat, *(chat for chat in groups if chat.members.get(person.id) in PRESENT)]


def _listed(chat: Chat) -> dict[str, Any]:
    topics = [asdict(topic) for topic in (chat.topics or {}).values()]
    return {"id": chat.id, "title": chat.title, "topics": topics}


def _message(
    person: Person, chat: Chat, message: Message, waiting: Sequence[Query]
) -> dict[str, Any]:
    taps = {(query.chat_id, query.message_id, query.data) for query in waiting}
    pressed = {data for where, number, data in taps if (where, number) == (chat.id, message.id)}
    media = message.media
    return {
        "id": message.id,
        "mine": message.sender["id"] == person.id,
        "from": None if chat.account else str(message.sender["first_name"]),
        "at": message.date.isoformat(),
        "edited": message.edited_at is not None,
        "silent": message.silent,
        "text": message.text,
        "entities": [
            {"type": e.type, "offset": e.offset, "length": e.length}
            | {key: e.extra[key] for key in KEPT_EXTRAS if key in e.extra}
            for e in message.entities
        ],
        "media": media and _file(media),
        "rows": [[_button(button, pressed) for button in row] for row in message.keyboard],
        "reply": _quoted(chat, message.reply_to),
        "forwarded": message.origin is not None,
        "reactions": list(message.reactions),
        "service": next(iter(message.service), None),
    }


def _file(media: Media) -> dict[str, Any]:
    """Return a file's particulars; `id` only where it can be opened."""
    shown = {"kind": media.kind, "name": media.name, "size": media.size}
    return shown if media.content is None else shown | {"id": media.file_id}


def _button(button: Button, pressed: set[str]) -> dict[str, Any]:
    shown: dict[str, Any] = {"text": button.text, "kind": button.kind, "style": button.style}
    if button.kind == "callback_data":
        return shown | {"waiting": button.value in pressed}
    return shown | {"value": button.value}


def _quoted(chat: Chat, message_id: int | None) -> dict[str, str] | None:
    message = chat.messages.get(message_id or 0)
    if message is None:
        return None
    name = str(message.sender["first_name"])
    media = message.media
    file = (media.name or media.kind) if media else ""
    return {"name": name, "text": message.text or file}


def _reply_keyboard(messages: Sequence[Message]) -> list[list[str]]:
    for message in reversed(messages):
        markup = message.reply_keyboard
        if markup is not None:
            rows = markup.get("keyboard", [])
            return [[b if isinstance(b, str) else str(b["text"]) for b in row] for row in rows]
    return []


def outbox(double: TelegramDouble, sent: Sequence[Sent]) -> dict[str, Any]:
    """Return what was sent, newest first, and what the double refused."""
    refused = [
        {"at": r.at.isoformat(), "method": r.method, "why": r.description, "cause": r.cause}
        for r in double.refusals[-LATEST_REFUSALS:]
    ]
    return {
        "sent": [asdict(line) | {"at": line.at.isoformat()} for line in sent],
        "refused": refused,
        "now": double.world.now().isoformat(),
    }
