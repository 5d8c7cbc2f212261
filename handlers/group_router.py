"""The adapter for groups: an office answers there; to everybody else the way is pointed.

Only members of the office are listened to, and only what concerns questions is said in a group.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from telegram import Message, Update, User
from telegram.constants import ChatType
from telegram.ext import ContextTypes, filters

from erasmus.words import Language
from handlers import free_text, relay
from handlers.codec import StaleButton
from handlers.incoming import Incoming
from handlers.routes import unpack
from handlers.screens import Screen
from handlers.staff import answer_presses as presses
from handlers.staff import group, routes
from handlers.staff.desk import NotAllowed, admit
from handlers.turn import Turn
from handlers.updates import guess, incoming, message_of
from storage import Connection, deliveries, people, questions

if TYPE_CHECKING:
    from handlers.router import Router

Context: TypeAlias = ContextTypes.DEFAULT_TYPE
Act: TypeAlias = Callable[[Turn], Awaitable[Screen | None]]
Body: TypeAlias = dict[str, Any]

SAID_HERE = (
    presses.TakeOver,
    presses.HandOver,
    presses.HandTo,
    presses.Prepared,
    presses.SendEntry,
    presses.ToEntry,
    presses.KeepAnswer,
)
"""Presses that are answered where everybody in the group reads it."""


@dataclass(frozen=True, slots=True)
class GroupRouter:
    """Turns updates of groups into turns."""

    router: Router

    async def message(self, update: Update, _context: Context) -> None:
        """Take what is written in a group: a move, a command, an answer; else point the way."""
        message = message_of(update)
        if message.migrate_to_chat_id is not None:
            await self._move(update, message.chat.id, message.migrate_to_chat_id)
            return
        if filters.StatusUpdate.ALL.check_update(update):
            return  # somebody joined, pinned or closed something: nobody spoke
        sent = incoming(message, update.update_id)
        act = self._command(message) or group.heard

        async def hear(turn: Turn) -> Screen | None:
            found: Screen | None = await act(await group.spoken_here(turn, sent.chat_id), sent)
            return found

        if not await self._act(update, hear) and self._to_us(message):
            await self.point(update, update.effective_user)

    async def edited(self, update: Update, _context: Context) -> None:
        """Mirror an edited answer."""
        sent = incoming(message_of(update), update.update_id)
        await self._act(update, lambda turn: group.edited(turn, sent))

    async def press(self, update: Update, context: Context) -> None:
        """Answer a button that was pressed in a group; those of private chats go their own way."""
        chat, query = update.effective_chat, update.callback_query
        if chat is None or query is None or chat.type == ChatType.PRIVATE:
            await self.router.press(update, context)
            return
        if not await self._act(update, lambda turn: _pressed(turn, query.data or "", chat.id)):
            await self._settle_alone(update)

    def _command(self, message: Message) -> Callable[[Turn, Incoming], Any] | None:
        words = (message.text or "").split()
        if not words or not words[0].startswith("/"):
            return None
        name, _, meant = words[0].removeprefix("/").lower().partition("@")
        ours = not meant or meant == self.router.username().lower()
        return group.COMMANDS.get(name) if ours else None

    def _to_us(self, message: Message) -> bool:
        text, username = message.text or "", self.router.username()
        replied = message.reply_to_message
        asked = replied is not None and replied.from_user is not None
        answers_us = asked and replied.from_user.username == username  # type: ignore[union-attr]
        command_for_others = text.startswith("/") and "@" in text.split()[0]
        return (
            f"@{username}" in text
            or (answers_us and not message.is_topic_message)
            or (text.startswith("/") and not command_for_others)
        )

    async def _act(self, update: Update, act: Act) -> bool:
        """Do something in a turn; tell whether something was said, or the group is an office's.

        Who never wrote in private is heard as well: a new colleague must learn that an answer of
        theirs did not reach the student.
        """
        user, chat = update.effective_user, update.effective_chat
        if user is None or chat is None:
            return False
        async with self.router.db.write() as c:
            person = await people.find(c, user.id) or self._stranger(user)
            screen = await act(self.router.turn_of(person, c, user))
            if screen is None and not await questions.offices_in(c, chat.id):
                return False
            replies = [("screen", _placed(update, screen))] if screen else []
            row = await self.router.settle(c, update, chat.id, replies)
        self.router.committed(update.update_id, row)
        return True

    def _stranger(self, user: User) -> people.Person:
        language = guess(user) or Language.RU
        return people.stranger(user.id, language, self.router.zone, self.router.now())

    async def _settle_alone(self, update: Update) -> None:
        async with self.router.db.write() as c:
            await self.router.settle(c, update, 0, [])
        self.router.committed(update.update_id, None)

    async def _move(self, update: Update, old: int, new: int) -> None:
        async with self.router.db.write() as c:
            await move(c, old, new, self.router)
            await self.router.settle(c, update, new, [])
        self.router.committed(update.update_id, None)

    async def point(self, update: Update, user: User | None, *, joined: bool = False) -> None:
        """Point to the private chat; with `joined`, tell owners of offices about /connect."""
        chat, router = update.effective_chat, self.router
        if chat is None or user is None:
            return
        async with router.db.write() as c:
            known = await people.find(c, user.id)
            language = known.language if known else guess(user) or Language.RU
            body = free_text.pointer(language, router.username(), joined=joined).body()
            row = await router.settle(c, update, chat.id, [("screen", body)])
        router.committed(update.update_id, row)


async def move(c: Connection, old: int, new: int, router: Router) -> None:
    """Follow a group that became a supergroup."""
    now = router.now()
    await deliveries.rename_chat(c, old, new)
    await relay.move_group(c, old, new, now)


async def _pressed(turn: Turn, data: str, chat_id: int) -> Screen | None:
    try:
        press = unpack(data)
        if isinstance(press, presses.Connect):
            return await group.bind(await admit(turn, press.office, press.needs), chat_id)
        if isinstance(press, SAID_HERE):
            here = await group.spoken_here(turn, chat_id)
            desk = await admit(here, press.office, press.needs)
            return await routes.PRESSES[type(press)](desk, press)
    except (NotAllowed, StaleButton):
        pass
    return Screen("", toast=turn.t.label("alert", "This button is not for you, or out of date."))


def _placed(update: Update, screen: Screen) -> Body:
    """Return the body that answers where something was said or pressed."""
    query = update.callback_query
    message = query.message if query else update.effective_message
    body = screen.body(None, query.id if query else None)
    if message is not None and screen.text:
        body["reply"] = message.message_id
        if isinstance(message, Message) and message.is_topic_message:
            body["thread"] = message.message_thread_id
    return body
