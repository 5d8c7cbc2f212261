"""The parameters of a call, read as the Bot API reads them: JSON values or form strings."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.telegram_double.refusals import bad_request

TRUE: Final = ("true", "yes", "1")
LONGEST_ID: Final = 2**31


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a call."""

    name: str
    content: bytes
    mime_type: str

    @property
    def size(self) -> int:
        """Its length in bytes."""
        return len(self.content)


class Arguments:
    """What a method was called with."""

    def __init__(
        self, params: Mapping[str, object], uploads: Mapping[str, Upload] | None = None
    ) -> None:
        self.given = {name: value for name, value in params.items() if value is not None}
        self.uploads = dict(uploads or {})

    def names(self) -> set[str]:
        """Return the parameters that were given, files included unless another one names them."""
        said = [self.text(name) for name in self.given]
        return set(self.given) | {
            name for name in self.uploads if not any(f"attach://{name}" in one for one in said)
        }

    def text(self, name: str) -> str:
        """Return a string, empty when it was not given."""
        value = self.given.get(name, "")
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def flag(self, name: str) -> bool:
        """Return whether the parameter says yes."""
        value = self.given.get(name, False)
        return value is True or str(value).strip().lower() in TRUE

    def number(self, name: str, default: int = 0) -> int:
        """Return an integer; what cannot be read as one counts as the default."""
        try:
            return int(str(self.given.get(name, default)))
        except ValueError:
            return default

    def json(self, name: str, complaint: str) -> Any:  # noqa: ANN401 - whatever JSON holds
        """Return a structure, None when it was not given; a string is read as JSON."""
        value = self.given.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(complaint) from None

    def chat_id(self, name: str = "chat_id") -> int:
        """Return the identifier of a chat."""
        written = self.text(name)
        if not written:
            raise bad_request(f"{name} is empty")
        try:
            return int(written)
        except ValueError:
            raise bad_request("chat not found") from None

    def message_id(self, name: str = "message_id") -> int:
        """Return the identifier of a message."""
        found = self.number(name)
        if not 0 < found < LONGEST_ID:
            raise bad_request("message identifier is not specified")
        return found

    def upload(self, name: str) -> Upload | None:
        """Return the file given under the name, directly or by ``attach://``."""
        value = self.given.get(name)
        if _is_attachment(value):
            return self.uploads.get(str(value)[9:])
        return self.uploads.get(name)


def _is_attachment(value: object) -> bool:
    return isinstance(value, str) and value.startswith("attach://")
