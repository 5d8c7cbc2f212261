"""A message as it lies in a chat, and its form in the Bot API."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.telegram_double.entities import Entity
from bot.telegram_double.keyboards import Button, Rows
from bot.telegram_double.markup import to_html


@dataclass(frozen=True, slots=True)
class Media:
    """A photo, document, voice message …; of what people send only the particulars are kept."""

    kind: str
    file_id: str
    name: str = ""
    size: int = 1024
    mime_type: str = "application/octet-stream"
    content: bytes | None = field(default=None, repr=False)

    def as_json(self) -> Any:  # noqa: ANN401 - a list for photos, an object for the rest
        """Return the value of the message's field of that kind."""
        plain: dict[str, Any] = {"file_id": self.file_id, "file_unique_id": f"u{self.file_id}"}
        if self.kind == "contact":
            return {"phone_number": "996700000000", "first_name": self.name or "?"}
        plain["file_size"] = self.size
        if self.kind == "photo":
            return [plain | {"width": 800, "height": 600}]
        if self.kind == "voice":
            return plain | {"duration": 3, "mime_type": "audio/ogg"}
        if self.kind == "sticker":
            shape = {"type": "regular", "width": 512, "height": 512}
            return plain | shape | {"is_animated": False, "is_video": False}
        return plain | {"file_name": self.name, "mime_type": self.mime_type}


@dataclass(frozen=True, slots=True)
class Version:
    """What a message showed before it was edited."""

    html: str
    keyboard: Rows


@dataclass(slots=True)
class Message:
    """One message; ``text`` is the caption where there is a file."""

    id: int
    chat: Mapping[str, Any]
    sender: Mapping[str, Any]
    date: datetime
    text: str = ""
    entities: list[Entity] = field(default_factory=list)
    keyboard: Rows = ()
    reply_keyboard: Mapping[str, Any] | None = None
    media: Media | None = None
    service: Mapping[str, Any] = field(default_factory=dict)
    reply_to: int | None = None
    thread_id: int | None = None
    in_topic: bool = False
    origin: Mapping[str, Any] | None = None
    effect: str | None = None
    silent: bool = False
    protected: bool = False
    preview: bool = False
    edited_at: datetime | None = None
    deleted: bool = False
    reactions: list[str] = field(default_factory=list)
    versions: list[Version] = field(default_factory=list)

    @property
    def chat_id(self) -> int:
        """The chat's identifier."""
        return int(self.chat["id"])

    @property
    def from_bot(self) -> bool:
        """Whether the bot wrote it."""
        return bool(self.sender["is_bot"])

    @property
    def html(self) -> str:
        """The text as Telegram HTML."""
        return to_html(self.text, self.entities)

    @property
    def buttons(self) -> list[Button]:
        """Every button, row after row."""
        return [button for row in self.keyboard for button in row]

    @property
    def labels(self) -> list[str]:
        """What the buttons say, row after row."""
        return [button.text for button in self.buttons]

    def keep_version(self) -> None:
        """Remember what is shown now, before it changes."""
        self.versions.append(Version(self.html, self.keyboard))

    def ever_shown(self) -> list[Button]:
        """Return the buttons of now and of before, newest first."""
        earlier = [b for v in reversed(self.versions) for row in v.keyboard for b in row]
        return [*self.buttons, *earlier]

    def as_json(self) -> dict[str, Any]:
        """Return a Message of the Bot API."""
        shown: dict[str, Any] = {
            "message_id": self.id,
            "date": int(self.date.timestamp()),
            "chat": dict(self.chat),
            "from": dict(self.sender),
            **self._content(),
            **self.service,
        }
        if self.edited_at:
            shown["edit_date"] = int(self.edited_at.timestamp())
        if self.keyboard:
            rows = [[button.as_json() for button in row] for row in self.keyboard]
            shown["reply_markup"] = {"inline_keyboard": rows}
        if self.thread_id is not None:
            shown["message_thread_id"] = self.thread_id
        if self.in_topic:
            shown["is_topic_message"] = True
        if self.origin:
            shown["forward_origin"] = dict(self.origin)
        if self.protected:
            shown["has_protected_content"] = True
        return shown

    def _content(self) -> dict[str, Any]:
        marks = [entity.as_json() for entity in self.entities]
        if self.media is None:
            shown: dict[str, Any] = {"text": self.text} if self.text else {}
            return shown | ({"entities": marks} if marks else {})
        shown = {self.media.kind: self.media.as_json()}
        if self.text:
            shown["caption"] = self.text
        return shown | ({"caption_entities": marks} if marks else {})


def last_of_bot(messages: Iterable[Message]) -> Message:
    """Return the newest message of the bot; LookupError when it has said nothing."""
    said = [message for message in messages if message.from_bot]
    if not said:
        raise LookupError("the bot has not said anything")
    return said[-1]
