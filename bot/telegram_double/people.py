"""A person with a phone: what they write, press, see and refuse."""

import re
from typing import TYPE_CHECKING, Final

from bot.telegram_double import arrivals
from bot.telegram_double.arrivals import NotPossible
from bot.telegram_double.chats import Account, Chat
from bot.telegram_double.messages import Message, last_of_bot
from bot.telegram_double.profile import Command
from bot.telegram_double.queries import Query, Toast
from bot.telegram_double.taps import NotPressable, Place, find_button
from bot.telegram_double.world import World

if TYPE_CHECKING:
    from bot.telegram_double.groups import Group

PAYLOAD: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Person:
    """One account, seen from its owner's side."""

    def __init__(self, world: World, account_id: int) -> None:
        self._world = world
        self.id = account_id

    @property
    def chat_id(self) -> int:
        """The private chat with the bot, which has the person's number."""
        return self.id

    @property
    def account(self) -> Account:
        """The account; its language_code and names may be changed."""
        return self._world.accounts[self.id]

    @property
    def chat(self) -> Chat:
        """The private chat with the bot."""
        return self._world.chats[self.id]

    @property
    def messages(self) -> list[Message]:
        """What the private chat shows, in order."""
        return list(self.chat.shown())

    @property
    def last(self) -> Message:
        """The newest message of the bot; LookupError when it has said nothing."""
        return last_of_bot(self.messages)

    @property
    def said(self) -> list[str]:
        """The texts of the bot's messages as they stand now."""
        return [message.text for message in self.messages if message.from_bot]

    @property
    def toasts(self) -> list[Toast]:
        """What taps were answered with, in order."""
        return list(self._world.toasts.get(self.id, []))

    @property
    def waiting_queries(self) -> list[Query]:
        """Taps under which the clock still turns."""
        mine = (query for query in self._world.queries.values() if query.person_id == self.id)
        return [query for query in mine if not query.answered]

    @property
    def commands(self) -> list[Command]:
        """The menu of commands as this person's app shows it."""
        language = self.account.language_code or ""
        return self._world.profile.menu(self.id, self.id, language, admin=False)

    def start(self, payload: str | None = None) -> Message:
        """Press Start, or come by a link with a payload."""
        if payload is not None and PAYLOAD.fullmatch(payload) is None:
            raise NotPossible("a deep link carries 1 to 64 of A-Z a-z 0-9 _ -")
        return self.send_text(f"/start {payload}" if payload else "/start")

    def send_text(
        self,
        text: str,
        *,
        group: "Group | None" = None,
        reply_to: int | None = None,
        thread: int | None = None,
    ) -> Message:
        """Write a text, in a group perhaps, there perhaps in a topic."""
        chat = self._chat(group)
        return arrivals.write(self._world, chat, self.id, text, reply_to=reply_to, thread=thread)

    def forward(self, message: Message, *, group: "Group | None" = None) -> Message:
        """Forward a message of any chat."""
        sender, sent = dict(message.sender), int(message.date.timestamp())
        origin = message.origin or {"type": "user", "sender_user": sender, "date": sent}
        chat, media = self._chat(group), message.media
        return arrivals.write(self._world, chat, self.id, message.text, media=media, origin=origin)

    def forward_text(self, text: str, *, channel: str = "Erasmus+") -> Message:
        """Forward a text out of a channel that the bot is not in."""
        sent = int(self._world.now().timestamp())
        chat = {"id": -1_001_000_000_001, "type": "channel", "title": channel}
        origin = {"type": "channel", "chat": chat, "message_id": 1, "date": sent}
        return arrivals.write(self._world, self.chat, self.id, text, origin=origin)

    def send_photo(
        self,
        caption: str = "",
        *,
        group: "Group | None" = None,
        reply_to: int | None = None,
        thread: int | None = None,
    ) -> Message:
        """Send a photo."""
        return self._send("photo", "", caption, group=group, reply_to=reply_to, thread=thread)

    def send_voice(self) -> Message:
        """Send a voice message."""
        return self._send("voice", "", "")

    def send_sticker(self) -> Message:
        """Send a sticker."""
        return self._send("sticker", "", "")

    def send_contact(self) -> Message:
        """Send an own contact."""
        return self._send("contact", self.account.first_name, "")

    def send_document(
        self,
        name: str = "scan.pdf",
        caption: str = "",
        *,
        group: "Group | None" = None,
        reply_to: int | None = None,
        thread: int | None = None,
    ) -> Message:
        """Send a file."""
        return self._send("document", name, caption, group=group, reply_to=reply_to, thread=thread)

    def _send(  # noqa: PLR0913 - a message has that many parts
        self,
        kind: str,
        name: str,
        caption: str,
        *,
        group: "Group | None" = None,
        reply_to: int | None = None,
        thread: int | None = None,
    ) -> Message:
        media = self._world.keep_file(kind, name, 1024, "application/pdf")
        return arrivals.write(
            self._world,
            self._chat(group),
            self.id,
            caption,
            media=media,
            reply_to=reply_to,
            thread=thread,
        )

    def edit_text(self, message_id: int, text: str, *, group: "Group | None" = None) -> None:
        """Change an own message, or the caption of an own file."""
        chat = self._chat(group)
        message = chat.messages[message_id]
        if message.sender["id"] != self.id:
            raise NotPossible("the message is somebody else's")
        arrivals.rewrite(self._world, chat, message, text)

    def delete_message(self, message_id: int) -> None:
        """Delete a message for both sides, as people may in private chats."""
        self.chat.messages[message_id].deleted = True
        self._world.changed()

    def press(
        self, message_id: int, button: Place, *, stale: bool = False, group: "Group | None" = None
    ) -> Query:
        """Press a button by its label, its row and column, or itself.

        With ``stale`` also one that an edit has taken away: the app showed it a moment ago.
        Raises NoSuchButton, or NotPressable for a link or a text to copy.
        """
        chat = self._chat(group)
        message = chat.messages[message_id]
        found = find_button(message, button, message.ever_shown() if stale else message.buttons)
        if found.kind != "callback_data":
            raise NotPressable(f"«{found.text}» is a {found.kind}: {found.value}")
        return self.press_data(message_id, found.value, group=group)

    def press_data(self, message_id: int, data: str, *, group: "Group | None" = None) -> Query:
        """Send a tap with any data, as a forged app could."""
        number = len(self._world.queries) + 1
        query = Query(
            id=str((self.id << 32) + number),
            person_id=self.id,
            message_id=message_id,
            chat_id=self._chat(group).id,
            data=data,
            sent_at=self._world.now(),
        )
        self._world.queries[query.id] = query
        self._world.tell_query(query)
        return query

    def press_again(self, query: Query) -> None:
        """Let the app repeat a tap it got no answer to: same query, another update."""
        self._world.tell_query(query)

    def block(self) -> None:
        """Block the bot."""
        block(self._world, self.id)

    def unblock(self) -> None:
        """Unblock the bot."""
        if self.account.blocked:
            self.account.blocked = False
            _stand(self._world, self.id, old="kicked", new="member")

    def restart(self) -> Message:
        """Press Restart: unblock and start again."""
        self.unblock()
        return self.start()

    def deactivate(self) -> None:
        """Give the account up."""
        self.account.deactivated = True

    def _chat(self, group: "Group | None") -> Chat:
        return self.chat if group is None else group.chat


def block(world: World, person_id: int) -> None:
    """Let a person block the bot, which is told."""
    account = world.accounts[person_id]
    if not account.blocked:
        account.blocked = True
        _stand(world, person_id, old="member", new="kicked")


def _stand(world: World, person_id: int, *, old: str, new: str) -> None:
    arrivals.change_standing(world, world.chats[person_id], person_id, old=old, new=new)
