"""The states of what comes in and what goes out, and the lanes it goes out on."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Lane(IntEnum):
    """How urgent a delivery is; lower goes first."""

    REPLY = 0
    STAFF = 2
    REMINDER = 5
    CORRECTION = 7
    ANNOUNCEMENT = 8


class DeliveryState(StrEnum):
    """Where a delivery stands. All but the first four are final."""

    HELD = "held"  # a copy whose announcement has not let it go yet
    QUEUED = "queued"
    SENDING = "sending"  # committed before the request leaves
    JOINED = "joined"  # goes out within the message of another row, `joined_to`
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"  # perhaps arrived; never sent again by itself
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    UNREACHABLE = "unreachable"


class ArrivalState(StrEnum):
    """Where an update stands."""

    NEW = "new"
    HANDLED = "handled"
    FAILED = "failed"
    IGNORED = "ignored"
