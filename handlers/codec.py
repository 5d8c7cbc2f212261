"""How a press is packed into the 64 bytes that Telegram gives a button, and read back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, TypeVar

from msgspec import Struct, ValidationError, convert
from msgspec.structs import astuple

LIMIT = 64
"""Telegram's limit for callback data, in bytes."""

SEPARATOR = ":"


class StaleButton(Exception):
    """A button that this version cannot act on: old, foreign or forged."""


class Press(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """A button's meaning; subclasses are its kinds, with fields of text, numbers and flags.

    There are so many kinds that as dataclasses they would be a tenth of the time of a start.
    """

    tag: ClassVar[str] = ""

    def pack(self) -> str:
        """Return the callback data; raise ValueError when it does not fit."""
        values = [str(int(v)) if isinstance(v, bool) else str(v) for v in astuple(self)]
        data = SEPARATOR.join([self.tag, *values])
        if len(data.encode()) > LIMIT or any(SEPARATOR in value for value in values):
            msg = f"{data!r} does not fit a button"
            raise ValueError(msg)
        return data


PressType = TypeVar("PressType", bound=Press)


def kinds(namespace: Mapping[str, Any], base: type[PressType]) -> tuple[type[PressType], ...]:
    """Return the presses that a module defines."""
    return tuple(
        kind
        for kind in list(namespace.values())
        if isinstance(kind, type) and issubclass(kind, base) and kind.tag
    )


def read_fields(kind: type[PressType], values: Sequence[str]) -> PressType:
    """Return a press of a kind; raise StaleButton where the values are not its fields."""
    try:
        return convert(values, kind, strict=False)
    except ValidationError as error:
        raise StaleButton(kind.tag) from error
