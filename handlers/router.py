"""The adapter to Telegram: an update becomes a turn, a turn becomes rows, all in one transaction.

    update -> find the person -> handler (facts in, screen out) -> delivery + "handled" -> commit

Nothing here speaks to Telegram: the sender does, after the commit. A crash before the commit
changes nothing, and the update is taken again.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from telegram import ChatMember, ChatMemberUpdated, Update, User
from telegram.constants import ChatType
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from erasmus.library import Library
from erasmus.limits import Limits
from erasmus.words import Language
from handlers import free_text, start
from handlers.codec import Press, StaleButton
from handlers.group_router import GroupRouter
from handlers.presses import SetLanguage
from handlers.routes import WITHOUT_LANGUAGE, answer, command, unpack
from handlers.screens import Screen
from handlers.staff import menu
from handlers.turn import Turn
from handlers.updates import guess, incoming, message_of
from locales import language_of
from storage import Connection, Database, deliveries, inbox, people
from storage.deliveries import Delivery, Draft, Lane

Context: TypeAlias = ContextTypes.DEFAULT_TYPE
Act: TypeAlias = Callable[[Turn], Awaitable[Screen]]
Body: TypeAlias = dict[str, Any]
ANY_CHAT = filters.UpdateType.MESSAGE
PRIVATE = filters.ChatType.PRIVATE & ANY_CHAT
LEASE = timedelta(seconds=60)
"""How long a claimed reply belongs to this process before another may take it."""

GONE = frozenset({ChatMember.BANNED, ChatMember.LEFT})


def register(  # noqa: PLR0913 - the outside world comes in by name, once
    application: Application[Any, Any, Any, Any, Any, Any],
    *,
    db: Database,
    library: Library,
    now: Callable[[], datetime],
    zone: str,
    limits: Limits,
    committed: Callable[[int, Delivery | None], None],
) -> None:
    """Add all handlers; called once, before the first update.

    `zone` is for new people, `limits` are for the desk. `committed` hears of every update that was
    dealt with, after its commit, with the first of its replies, claimed already.
    """
    router = Router(db, library, now, zone, limits, lambda: application.bot.username, committed)
    # Order matters: a command is a text, too.
    application.add_handler(MessageHandler(PRIVATE & filters.Regex(r"^/\w"), router.command))
    application.add_handler(MessageHandler(PRIVATE & ~filters.StatusUpdate.ALL, router.sent))
    groups = GroupRouter(router)
    application.add_handler(CallbackQueryHandler(groups.press))
    application.add_handler(ChatMemberHandler(router.membership))
    application.add_handler(MessageHandler(filters.ChatType.GROUPS & ANY_CHAT, groups.message))
    edited = filters.UpdateType.EDITED_MESSAGE
    application.add_handler(MessageHandler(filters.ChatType.PRIVATE & edited, router.edited))
    application.add_handler(MessageHandler(filters.ChatType.GROUPS & edited, groups.edited))


@dataclass(frozen=True, slots=True)
class Router:
    """Turns updates into turns."""

    db: Database
    library: Library
    now: Callable[[], datetime]
    zone: str
    limits: Limits
    username: Callable[[], str]
    committed: Callable[[int, Delivery | None], None]

    async def command(self, update: Update, _context: Context) -> None:
        """Answer a command: one of the menu, /start with or without a link, or an unknown one."""
        words = (message_of(update).text or "").split()
        name = words[0].removeprefix("/").split("@")[0].lower()
        if name == "start":
            await self._start(update, " ".join(words[1:]))
        else:
            await self._answer(update, _in_language(update, lambda turn: command(turn, name)))

    async def _start(self, update: Update, payload: str) -> None:
        async def act(turn: Turn) -> Screen:
            if not turn.person.language_chosen:
                await start.remember_link(turn, payload)
                return start.languages_screen(guess(update.effective_user))
            return await start.start(turn, payload)

        await self._answer(update, act)

    async def sent(self, update: Update, _context: Context) -> None:
        """Answer what somebody wrote or sent: a text, a photo, a voice message, a file."""
        sent = incoming(message_of(update), update.update_id)
        await self._answer(update, _in_language(update, lambda turn: free_text.answer(turn, sent)))

    async def press(self, update: Update, _context: Context) -> None:
        """Answer a button, however old it is and wherever it came from."""
        query = update.callback_query
        data = query.data if query is not None else None

        async def act(turn: Turn) -> Screen:
            try:
                press = unpack(data or "")
                if not turn.person.language_chosen and type(press) not in WITHOUT_LANGUAGE:
                    return start.languages_screen(guess(update.effective_user))
                return await answer(turn, press)
            except StaleButton:
                return await _stale(turn)

        await self._answer(update, act, chosen=_chosen_language(data))

    async def membership(self, update: Update, _context: Context) -> None:
        """Note that a person blocked or unblocked the assistant; greet a group with the pointer."""
        change = update.my_chat_member
        if change is None:
            return
        if change.chat.type == ChatType.PRIVATE:
            await self._private_membership(update, change)
        elif change.new_chat_member.status not in GONE and change.old_chat_member.status in GONE:
            await GroupRouter(self).point(update, change.from_user, joined=True)

    async def _private_membership(self, update: Update, change: ChatMemberUpdated) -> None:
        now = self.now()
        async with self.db.write() as c:
            if change.new_chat_member.status in GONE:
                await people.mark_unreachable(c, change.from_user.id, now)
            elif await people.find(c, change.from_user.id) is not None:
                await self._greet(c, change.from_user, now)
            await _finish(c, update, now)
        self.committed(update.update_id, None)

    async def edited(self, update: Update, _context: Context) -> None:
        """Take an edit of what somebody had passed on to an office, or writes at the desk."""
        sent = incoming(message_of(update), update.update_id)
        user = update.effective_user
        if user is None:
            return
        async with self.db.write() as c:
            person = await people.find(c, user.id)
            screen = None
            if person is not None:
                turn = self.turn_of(person, c, user)
                screen = await free_text.edited(turn, sent)
            replies = [("screen", screen.body())] if screen else []
            row = await self.settle(c, update, user.id, replies)
        self.committed(update.update_id, row)

    async def _answer(self, update: Update, act: Act, chosen: Language | None = None) -> None:
        user, query = update.effective_user, update.callback_query
        if user is None:
            return
        async with self.db.write() as c:
            person = await self._greet(c, user, self.now())
            edit = query.message.message_id if query and query.message else None
            screen = await act(replace(self.turn_of(person, c, user), pressed=edit))
            replies = [("screen", screen.body(edit, query.id if query else None))]
            replies += [("screen", further.body()) for further in screen.also]
            if chosen is not None:
                replies.append(("commands", await menu.body(c, user.id, chosen)))
            row = await self.settle(c, update, user.id, replies)
        self.committed(update.update_id, row)

    def turn_of(self, person: people.Person, c: Connection, user: User) -> Turn:
        """Return the turn of a person in an open transaction."""
        now, name = self.now(), user.first_name
        return Turn(person, c, self.library, now, self.limits, name, self.username()).of_today()

    async def settle(
        self, c: Connection, update: Update, chat: int, replies: Sequence[tuple[str, Body]]
    ) -> Delivery | None:
        """Put the replies, the first as sending if it can be, and mark the update handled."""
        now = self.now()
        drafts = [
            Draft(deliveries.reply_key(update.update_id, n), Lane.REPLY, chat, kind, body, now)
            for n, (kind, body) in enumerate(replies)
        ]
        row = await deliveries.put_sending(c, drafts[0], now, now + LEASE) if drafts else None
        for draft in drafts[1:]:
            await deliveries.put(c, draft, now)
        await _finish(c, update, now)
        return row

    async def _greet(self, c: Connection, user: User, now: datetime) -> people.Person:
        return await people.greet(c, user.id, guess(user) or Language.RU, self.zone, now)


async def _finish(c: Connection, update: Update, now: datetime) -> None:
    if not await inbox.handled(c, update.update_id, now):
        raise inbox.Overtaken


def _in_language(update: Update, act: Callable[[Turn], Awaitable[Screen]]) -> Act:
    """Ask for the language first, as long as it was never chosen."""

    async def asked_first(turn: Turn) -> Screen:
        if not turn.person.language_chosen:
            return start.languages_screen(guess(update.effective_user))
        return await act(turn)

    return asked_first


async def _stale(turn: Turn) -> Screen:
    """Answer a button that means nothing any more with the present state of things."""
    if not turn.person.language_chosen:
        return start.languages_screen(turn.person.language)
    screen = await free_text.asked_again(turn) or await start.home(turn)
    return screen.saying(
        turn.t.label("alert", "This button is out of date. Here is where you are.")
    )


def _chosen_language(data: str | None) -> Language | None:
    try:
        press: Press = unpack(data or "")
    except StaleButton:
        return None
    return language_of(press.language) if isinstance(press, SetLanguage) else None
