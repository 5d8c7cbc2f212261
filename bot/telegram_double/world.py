"""Everything the double remembers: chats, people, files, taps, updates."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from bot.telegram_double.chats import Account, Chat
from bot.telegram_double.ledger import Ledger
from bot.telegram_double.messages import Media, Message
from bot.telegram_double.pace import Pace
from bot.telegram_double.profile import Profile
from bot.telegram_double.queries import Query, Toast
from bot.telegram_double.refusals import Cause, bad_request
from bot.telegram_double.updates import FIRST_UPDATE, QUERY_QUEUES, UpdateQueue

BOT: Final = {
    "id": 1000001,
    "is_bot": True,
    "first_name": "Erasmus double",
    "username": "erasmus_double_bot",
}
FIRST_MESSAGE: Final = 100


class World:
    """The state behind the Bot API; ``now`` returns aware UTC."""

    def __init__(
        self, now: Callable[[], datetime], pace: Pace, first_update: int = FIRST_UPDATE
    ) -> None:
        self.now = now
        self.pace = pace
        self.bot: dict[str, Any] = dict(BOT)
        self.profile = Profile(str(BOT["first_name"]))
        self.updates = UpdateQueue(first_update)
        self.ledger = Ledger()
        self.accounts: dict[int, Account] = {}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, Media] = {}
        self.queries: dict[str, Query] = {}
        self.toasts: dict[int, list[Toast]] = {}
        self._last_message = FIRST_MESSAGE
        self._watchers: list[Callable[[], None]] = []

    def watch(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call back after every change; returns what ends that."""
        self._watchers.append(callback)
        return lambda: self._watchers.remove(callback)

    def changed(self) -> None:
        """Tell everybody who watches."""
        for callback in list(self._watchers):
            callback()

    def chat(self, chat_id: int) -> Chat:
        """Return a chat; raises Refused when there is none."""
        if chat_id not in self.chats:
            raise bad_request("chat not found", Cause.WORLD)
        return self.chats[chat_id]

    def register(
        self,
        person_id: int,
        first_name: str,
        last_name: str | None,
        username: str | None,
        language_code: str | None,
    ) -> None:
        """Open an account and its chat with the bot, in which nothing was said yet."""
        account = Account(person_id, first_name, last_name, username, language_code)
        self.accounts[person_id] = account
        self.chats[person_id] = Chat(person_id, "private", account)

    def writable(self, chat_id: int) -> Chat:
        """Return a chat the bot may speak in; raises Refused when it may not."""
        chat = self.chat(chat_id)
        chat.check_writable(self.bot_id)
        return chat

    @property
    def bot_id(self) -> int:
        """The bot's user identifier."""
        return int(self.bot["id"])

    def bot_user(self) -> dict[str, Any]:
        """Return the bot as the sender of a message."""
        return dict(self.bot)

    def number(self, chat: Chat) -> int:
        """Return the next message identifier: supergroups count for themselves."""
        if chat.kind == "supergroup":
            chat.last_id += 1
            return chat.last_id
        self._last_message += 1
        return self._last_message

    def post(self, method: str, message: Message) -> Message:
        """Let a message of the bot arrive, if it is not too fast."""
        chat = self.chats[message.chat_id]
        self.pace.spend(chat.id, self.now())
        message.id = self.number(chat)
        chat.messages[message.id] = message
        chat.action = None
        self.ledger.write(self.now(), method, chat.id, message.id, message.text)
        return message

    def edit(self, message: Message) -> None:
        """Let an edit happen, if it is not too fast; what it changes is changed afterwards."""
        self.pace.spend(message.chat_id, self.now(), edit=True)
        message.keep_version()
        message.edited_at = self.now()

    def keep_file(self, kind: str, name: str, file: bytes | int, mime_type: str) -> Media:
        """Give a file, or one of which only the size matters, an identifier."""
        size, content = (file, None) if isinstance(file, int) else (len(file), file)
        media = Media(kind, f"{kind}-{len(self.files) + 1:04}", name, size, mime_type, content)
        self.files[media.file_id] = media
        return media

    def tell_message(self, kind: str, message: Message) -> int:
        """Queue an update about a message, with the message it answers."""
        shown = message.as_json()
        chat = self.chats[message.chat_id]
        # In a topic what answers nothing "answers" the message that opened the topic.
        answered = message.reply_to or (message.thread_id if message.in_topic else None)
        if answered in chat.messages:
            shown["reply_to_message"] = chat.messages[answered].as_json()
        return self.tell(kind, shown, message.chat_id)

    def tell(self, kind: str, payload: Mapping[str, Any], queue: int) -> int:
        """Queue an update; returns its identifier."""
        found = self.updates.add(kind, payload, queue, self.now())
        self.changed()
        return found

    def tell_query(self, query: Query) -> int:
        """Queue a tap, with the message as it is now."""
        chat = self.chats[query.chat_id]
        message = chat.messages[query.message_id]
        gone = {"chat": chat.as_json(), "message_id": message.id, "date": 0}
        payload = {
            "id": query.id,
            "from": self.accounts[query.person_id].as_json(),
            "message": gone if message.deleted else message.as_json(),
            "chat_instance": str(abs(chat.id) * 7919),
            "data": query.data,
        }
        return self.tell("callback_query", payload, query.person_id + QUERY_QUEUES)
