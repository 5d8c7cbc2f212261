"""How a press is packed into the 64 bytes that Telegram gives a button, and read back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, ClassVar, TypeVar

LIMIT = 64
"""Telegram's limit for callback data, in bytes."""

SEPARATOR = ":"


class StaleButton(Exception):
    """A button that this version cannot act on: old, foreign or forged."""


@dataclass(frozen=True, slots=True)
class Press:
    """A button's meaning; subclasses are its kinds."""

    tag: ClassVar[str] = ""

    def pack(self) -> str:
        """Return the callback data; raise ValueError when it does not fit."""
        told = [getattr(self, f.name) for f in fields(self)]
        values = [str(int(v)) if isinstance(v, bool) else str(v) for v in told]
        data = SEPARATOR.join([self.tag, *values])
        if len(data.encode()) > LIMIT or any(SEPARATOR in value for value in values):
            msg = f"{data!r} does not fit a button"
            raise ValueError(msg)
        return data


PressType = TypeVar("PressType", bound=Press)


def kinds(namespace: Mapping[str, Any], base: type[PressType]) -> tuple[type[PressType], ...]:
    """Return the presses that a module defines.

    Not `base.__subclasses__()`: with slots every dataclass is made twice, and both would be there.
    """
    return tuple(
        kind
        for kind in list(namespace.values())
        if isinstance(kind, type) and issubclass(kind, base) and kind.tag
    )


def read_fields(kind: type[PressType], values: Sequence[str]) -> PressType:
    """Return a press of a kind; raise StaleButton where the values are not its fields."""
    if len(values) != len(fields(kind)):
        raise StaleButton(kind.tag)
    try:
        read = [_READERS[str(f.type)](v) for f, v in zip(fields(kind), values, strict=True)]
    except (ValueError, KeyError) as error:
        raise StaleButton(kind.tag) from error
    return kind(*read)


def _flag(value: str) -> bool:
    return {"0": False, "1": True}[value]


_READERS: dict[str, Callable[[str], object]] = {"str": str, "int": int, "bool": _flag}
