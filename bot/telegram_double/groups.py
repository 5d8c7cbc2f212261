"""A group of people into which the bot may be invited."""

from collections.abc import Collection, Sequence
from typing import Final

from bot.telegram_double import arrivals
from bot.telegram_double.chats import Chat, Topic
from bot.telegram_double.messages import Message, last_of_bot
from bot.telegram_double.people import Person
from bot.telegram_double.world import World

FIRST_GROUP: Final = -4_000_000_001
FIRST_SUPERGROUP: Final = -1_002_000_000_001


class Group:
    """One group, seen from outside; after ``migrate`` it is the supergroup."""

    def __init__(self, world: World, chat: Chat) -> None:
        self._world = world
        self.chat = chat

    @classmethod
    def found(
        cls,
        world: World,
        title: str,
        kind: str,
        members: Sequence[Person],
        admins: Sequence[Person],
    ) -> "Group":
        """Return a new group with its members."""
        standing = {person.id: "member" for person in members}
        standing |= {person.id: "administrator" for person in admins}
        chat = Chat(_free_id(world, kind), kind, title=title, members=standing)
        world.chats[chat.id] = chat
        return cls(world, chat)

    @property
    def id(self) -> int:
        """The group's identifier, negative."""
        return self.chat.id

    @property
    def sees_all(self) -> bool:
        """Whether the bot sees every message (its privacy mode is off)."""
        return self.chat.sees_all

    @sees_all.setter
    def sees_all(self, yes: bool) -> None:
        self.chat.sees_all = yes

    @property
    def messages(self) -> list[Message]:
        """What the group shows, in order."""
        return list(self.chat.shown())

    @property
    def last(self) -> Message:
        """The newest message of the bot here; LookupError when it has said nothing."""
        return last_of_bot(self.messages)

    def enable_topics(self) -> None:
        """Let the group have topics; a plain group becomes a supergroup by that."""
        if self.chat.kind != "supergroup":
            self.migrate()
        self.chat.topics = {}

    @property
    def topics(self) -> list[Topic]:
        """The topics that the bot opened, in order."""
        return list((self.chat.topics or {}).values())

    def thread(self, thread_id: int) -> list[Message]:
        """Return what one topic shows, or one thread of answers, in order."""
        return [message for message in self.messages if message.thread_id == thread_id]

    def delete_topic(self, topic: Topic) -> None:
        """Let an administrator delete a topic with everything in it."""
        if self.chat.topics is not None:
            self.chat.topics.pop(topic.id, None)
        for message in self.chat.messages.values():
            message.deleted |= topic.id in (message.thread_id, message.id)

    def add_bot(self, by: Person, *, admin: bool = False, without: Collection[str] = ()) -> None:
        """Let a person invite the bot, or promote it, ``without`` some rights."""
        self.chat.withheld = frozenset(without)
        old = self.chat.members.get(self._world.bot_id, "left")
        new = "administrator" if admin else "member"
        arrivals.change_standing(self._world, self.chat, by.id, old=old, new=new)
        if old not in ("member", "administrator"):
            service = {"new_chat_members": [self._world.bot_user()]}
            arrivals.announce(self._world, self.chat, by.account.as_json(), service)

    def remove_bot(self, by: Person) -> None:
        """Let a person throw the bot out."""
        old = self.chat.members.get(self._world.bot_id, "left")
        arrivals.change_standing(self._world, self.chat, by.id, old=old, new="kicked")

    def migrate(self) -> int:
        """Become a supergroup with another identifier, which is returned."""
        old = self.chat
        new = Chat(
            _free_id(self._world, "supergroup"),
            "supergroup",
            title=old.title,
            members=dict(old.members),
            sees_all=old.sees_all,
            withheld=old.withheld,
        )
        self._world.chats[new.id] = new
        old.migrated_to, self.chat = new.id, new
        sender = self._world.bot_user()
        arrivals.announce(self._world, old, sender, {"migrate_to_chat_id": new.id})
        arrivals.announce(self._world, new, sender, {"migrate_from_chat_id": old.id})
        return new.id


def _free_id(world: World, kind: str) -> int:
    first = FIRST_SUPERGROUP if kind == "supergroup" else FIRST_GROUP
    return first - sum(chat.kind == kind for chat in world.chats.values())
