"""Accounts of people and the chats in which they meet the bot."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.telegram_double.messages import Message
from bot.telegram_double.refusals import Cause, Refused, bad_request, forbidden

PRESENT = ("member", "administrator", "creator")


@dataclass(slots=True)
class Account:
    """A person's account, and how they stand to the bot."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    premium: bool = False
    started: bool = False
    blocked: bool = False
    deactivated: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return a User of the Bot API."""
        optional = {
            "last_name": self.last_name,
            "username": self.username,
            "language_code": self.language_code,
            "is_premium": self.premium or None,
        }
        shown: dict[str, Any] = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        return shown | {key: value for key, value in optional.items() if value}


@dataclass(slots=True)
class Topic:
    """One topic of a group; its identifier is that of the message that opened it."""

    id: int
    name: str
    closed: bool = False


@dataclass(slots=True)
class Chat:
    """A private chat, a group or a supergroup; ``topics`` is None where it has none.

    ``withheld`` are the rights that the bot, as an administrator, was not given.
    """

    id: int
    kind: str
    account: Account | None = None
    title: str = ""
    members: dict[int, str] = field(default_factory=dict)
    migrated_to: int | None = None
    sees_all: bool = False
    withheld: frozenset[str] = frozenset()
    topics: dict[int, "Topic"] | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    last_id: int = 0
    action: str | None = None
    action_at: datetime | None = None

    def as_json(self) -> dict[str, Any]:
        """Return a Chat of the Bot API."""
        shown: dict[str, Any] = {"id": self.id, "type": self.kind}
        if self.account is None:
            forum = {"is_forum": True} if self.topics is not None else {}
            return shown | {"title": self.title} | forum
        person = self.account.as_json()
        kept = ("first_name", "last_name", "username")
        return shown | {key: person[key] for key in kept if key in person}

    def shown(self) -> Iterator[Message]:
        """Yield the messages that were not deleted, in order."""
        return (message for message in self.messages.values() if not message.deleted)

    def check_writable(self, bot_id: int) -> None:
        """Raise Refused when the bot may not speak here."""
        if self.account is not None:
            self._check_private(self.account)
            return
        if self.migrated_to is not None:
            words = "group chat was upgraded to a supergroup chat"
            raise bad_request(words, Cause.WORLD, migrate_to_chat_id=self.migrated_to)
        status = self.members.get(bot_id, "left")
        if status == "kicked":
            raise forbidden(f"bot was kicked from the {self.kind} chat")
        if status not in PRESENT:
            raise forbidden(f"bot is not a member of the {self.kind} chat")

    @staticmethod
    def _check_private(account: Account) -> None:
        if account.deactivated:
            raise forbidden("user is deactivated")
        if account.blocked:
            raise forbidden("bot was blocked by the user")
        if not account.started:
            raise forbidden("bot can't initiate conversation with a user")

    def bot_may(self, bot_id: int, right: str) -> bool:
        """Tell whether the bot is an administrator with the right."""
        return self.members.get(bot_id) == "administrator" and right not in self.withheld

    def topic(self, thread_id: int) -> "Topic | None":
        """Return a topic; None where there is none of that number."""
        return (self.topics or {}).get(thread_id)

    def thread_of(self, message_id: int | None) -> int | None:
        """Return the thread that an answer to a message belongs to."""
        message = self.messages.get(message_id or 0)
        if message is None or self.kind != "supergroup":
            return None
        if self.topics is not None:
            return message.thread_id
        return message.thread_id or message.id

    def found(self, message_id: int, purpose: str) -> Message:
        """Return a message; the purpose ("message to edit") is named when it is not there."""
        message = self.messages.get(message_id)
        if message is None or message.deleted:
            raise not_found(purpose)
        return message


def not_found(purpose: str) -> Refused:
    """Return the refusal for a message that is not, or no longer, in the chat."""
    return bad_request(f"{purpose} not found", Cause.WORLD)
