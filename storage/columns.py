"""Column types. Each gives back exactly what the dataclass of a row holds."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import IntEnum, StrEnum
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Enum, Integer, Text
from sqlalchemy.exc import DontWrapMixin
from sqlalchemy.types import TypeDecorator

from erasmus.words import Language, Words

HALF_OF_A_PAIR = re.compile("[\ud800-\udfff]")

Id = BigInteger().with_variant(Integer, "sqlite")
"""A number of Telegram's or of our own: 64 bits, which SQLite calls INTEGER."""


class NaiveTime(DontWrapMixin, ValueError):
    """A time without a zone was about to be stored."""


class Utc(TypeDecorator[datetime]):
    """A moment: aware datetimes in, UTC out. Sorts and compares in SQL on both databases.

    Raises NaiveTime for a datetime without a zone.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Move to UTC: SQLite keeps the wall time as text and drops the zone."""
        _ = dialect
        if value is None:
            return None
        if value.utcoffset() is None:
            raise NaiveTime(f"{value.isoformat()} has no zone; give an aware datetime")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give SQLite's bare wall time its zone back."""
        _ = dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Document(TypeDecorator[Any]):
    """A JSON value, read and written whole, with Cyrillic letters as they are.

    Text on both databases, for nothing inside is ever asked for in SQL. `pack` makes a value that
    JSON knows, `unpack` undoes it. NaN and infinities raise ValueError.
    """

    impl = Text
    cache_ok = True

    def __init__(
        self,
        pack: Callable[[Any], object] | None = None,
        unpack: Callable[[Any], object] | None = None,
    ) -> None:
        super().__init__()
        self.pack = pack
        self.unpack = unpack

    def process_bind_param(self, value: object, dialect: Dialect) -> str | None:
        """Write compactly."""
        _ = dialect
        if value is None:
            return None
        packed = self.pack(value) if self.pack else value
        text = _json(packed, ascii_only=False)
        # An emoji that a client cut in half has no UTF-8 form; escaped it can be kept.
        return _json(packed, ascii_only=True) if HALF_OF_A_PAIR.search(text) else text

    def process_result_value(self, value: str | None, dialect: Dialect) -> object:
        """Read the value."""
        _ = dialect
        if value is None:
            return None
        read = json.loads(value)
        return self.unpack(read) if self.unpack else read


class Numbered(TypeDecorator[IntEnum]):
    """A member of an IntEnum, stored as its number; other numbers raise ValueError."""

    impl = Integer
    cache_ok = True

    def __init__(self, members: type[IntEnum]) -> None:
        super().__init__()
        self.members = members

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:
        """Write the number of a member."""
        _ = dialect
        return None if value is None else int(self.members(value))

    def process_result_value(self, value: int | None, dialect: Dialect) -> IntEnum | None:
        """Read the member."""
        _ = dialect
        return None if value is None else self.members(value)


def spelled(members: type[StrEnum]) -> Enum:
    """Return the type of a StrEnum's values as plain text; other values raise LookupError.

    There is no CHECK constraint: with one, a new member rebuilds the table on SQLite.
    """
    return Enum(
        members,
        values_callable=lambda enum: [member.value for member in enum],
        native_enum=False,
        create_constraint=False,
        length=16,
    )


def texts() -> Document:
    """Return the type of Words: one text in several languages."""
    return Document(dict, _words)


def several() -> Document:
    """Return the type of a tuple of numbers or of texts."""
    return Document(list, tuple)


def _words(read: Mapping[str, str]) -> Words:
    return Words({Language(code): text for code, text in read.items()})


def _json(value: object, *, ascii_only: bool) -> str:
    return json.dumps(value, ensure_ascii=ascii_only, allow_nan=False, separators=(",", ":"))
