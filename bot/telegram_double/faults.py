"""Faults on order: what a test wants to go wrong, and when."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from random import Random
from typing import Any


class FaultKind(StrEnum):
    """What goes wrong."""

    TOO_MANY = "too_many"  # 429; retry_after=5
    SERVER_ERROR = "server_error"  # code=500, html=False
    BAD_REQUEST = "bad_request"  # description="…"
    REFUSE = "refuse"  # no connection: certainly not sent
    DROP_BEFORE = "drop_before"  # cut before anything was done
    DROP_AFTER = "drop_after"  # done, but the answer is cut
    HANG = "hang"  # no answer; seconds=None (for ever), processed=False
    SLOW = "slow"  # answered late; seconds=1.0
    BLOCK = "block"  # the person blocks the bot just before


@dataclass(slots=True)
class Fault:
    """One fault on order."""

    kind: FaultKind
    methods: frozenset[str]
    chat_id: int | None
    times: int | None
    skip: int
    chance: float
    detail: dict[str, Any] = field(default_factory=dict)

    def concerns(self, method: str, chat_id: int | None) -> bool:
        """Return whether the call is one of those meant."""
        named = not self.methods or method.lower() in self.methods
        return named and self.chat_id in (None, chat_id) and self.times != 0


@dataclass(frozen=True, slots=True)
class Used:
    """A fault that happened."""

    at: datetime
    kind: FaultKind
    method: str
    chat_id: int | None


class Cut(Exception):
    """The bot gets no answer. ``processed``: the call was carried out all the same."""

    def __init__(self, kind: FaultKind, *, processed: bool, seconds: float | None = None) -> None:
        super().__init__(kind.value)
        self.kind = kind
        self.processed = processed
        self.seconds = seconds


class Faults:
    """Orders faults; the same seed meets the same calls."""

    def __init__(self, seed: int = 0) -> None:
        self.orders: list[Fault] = []
        self.used: list[Used] = []
        self._random = Random(seed)  # noqa: S311 - repeatable, nothing secret

    def add(  # noqa: PLR0913 - one order has that many sides
        self,
        kind: FaultKind | str,
        *,
        method: str | Collection[str] | None = None,
        chat_id: int | None = None,
        times: int | None = 1,
        skip: int = 0,
        chance: float = 1.0,
        **detail: Any,  # noqa: ANN401 - see FaultKind
    ) -> None:
        """Order a fault for the next calls of a method (or any but getUpdates).

        ``skip`` calls go well first; ``times`` None means for ever; ``chance`` of each call.
        """
        names = [method] if isinstance(method, str) else list(method or ())
        lower = frozenset(name.lower() for name in names)
        self.orders.append(Fault(FaultKind(kind), lower, chat_id, times, skip, chance, detail))

    def clear(self) -> None:
        """Let everything go well from now on."""
        self.orders.clear()

    def take(self, method: str, chat_id: int | None, now: datetime) -> Fault | None:
        """Return the first fault that meets the call, and count it as used."""
        for fault in self.orders:
            if method.lower() == "getupdates" and not fault.methods:
                continue
            if fault.concerns(method, chat_id) and self._strikes(fault):
                self.used.append(Used(now, fault.kind, method, chat_id))
                return fault
        return None

    def _strikes(self, fault: Fault) -> bool:
        if fault.skip > 0:
            fault.skip -= 1
            return False
        if fault.chance < 1 and self._random.random() >= fault.chance:
            return False
        if fault.times is not None:
            fault.times -= 1
        return True
