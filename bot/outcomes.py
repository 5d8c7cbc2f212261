"""Outcomes: what Telegram's answer to a delivery means, and what follows from it."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.transport import NotSent


class Outcome(StrEnum):
    """What became of one attempt."""

    OK = "ok"
    GONE = "gone"
    """The person blocked the bot, deleted the account, or never wrote to it."""
    TOO_MANY = "too many"
    NOT_SENT = "not sent"
    """Certainly not sent: no connection was made."""
    UNCERTAIN = "uncertain"
    """The request left and no answer came: it may have arrived."""
    REFUSED = "refused"
    """Telegram found the message wrong: a mistake of ours."""
    MOVED = "moved"
    """The group became a supergroup and has another id now."""
    BROKEN = "broken"
    """Our own code failed before anything was sent."""


class Step(StrEnum):
    """What happens to the row."""

    SENT = "sent"
    UNREACHABLE = "unreachable"
    AGAIN = "again"
    UNKNOWN = "unknown"
    FAILED = "failed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of the table: for what must arrive at least once, and for what never twice.

    `attempts` is the most that are made before AGAIN becomes FAILED; None: no limit. With
    `until_valid` a row that carries an end of its own is tried until then instead.
    """

    at_least_once: Step
    never_twice: Step
    attempts: int | None = None
    until_valid: bool = False


TABLE: Final[Mapping[Outcome, Rule]] = MappingProxyType(
    {
        Outcome.OK: Rule(Step.SENT, Step.SENT),
        Outcome.GONE: Rule(Step.UNREACHABLE, Step.UNREACHABLE),
        Outcome.TOO_MANY: Rule(Step.AGAIN, Step.AGAIN),
        Outcome.NOT_SENT: Rule(Step.AGAIN, Step.AGAIN, attempts=8, until_valid=True),
        Outcome.UNCERTAIN: Rule(Step.AGAIN, Step.UNKNOWN, attempts=8),
        Outcome.REFUSED: Rule(Step.FAILED, Step.FAILED),
        Outcome.MOVED: Rule(Step.MOVED, Step.MOVED),
        Outcome.BROKEN: Rule(Step.AGAIN, Step.AGAIN, attempts=3),
    }
)

KINDS: Final[tuple[tuple[type[Exception], Outcome], ...]] = (
    (Forbidden, Outcome.GONE),
    (ChatMigrated, Outcome.MOVED),
    (RetryAfter, Outcome.TOO_MANY),
    (NotSent, Outcome.NOT_SENT),
    (InvalidToken, Outcome.NOT_SENT),
    (TelegramError, Outcome.UNCERTAIN),
)
"""What kinds of errors mean, the particular ones first; a BadRequest is told by its words."""

WAITS: Final = (1, 5, 30, 120, 600)
"""Seconds before the next attempt, by attempts made; the last one repeats."""

_GONE: Final = ("chat not found", "deactivated", "peer_id_invalid", "user not found",
                "not enough rights to send", "have no rights to send")  # fmt: skip
_NOT_MODIFIED: Final = "message is not modified"
_MISSING: Final = ("message to edit not found", "message to delete not found", "message_id_invalid")
_NOT_EDITABLE: Final = ("message to edit not found", "message can't be edited",
                        "message_id_invalid", "there is no text in the message to edit",
                        "message identifier is not specified")  # fmt: skip


def classify(error: Exception | None) -> Outcome:
    """Say what an attempt that ended with this error (None: none) means."""
    if error is None:
        return Outcome.OK
    if isinstance(error, BadRequest):
        return Outcome.GONE if _says(error, *_GONE) else Outcome.REFUSED
    return next((outcome for kind, outcome in KINDS if isinstance(error, kind)), Outcome.BROKEN)


def next_step(outcome: Outcome, *, never_twice: bool, attempts: int, has_end: bool = False) -> Step:
    """Return what happens to a row after an attempt; `attempts` counts that one too."""
    rule = TABLE[outcome]
    step = rule.never_twice if never_twice else rule.at_least_once
    limited = rule.attempts is not None and not (rule.until_valid and has_end)
    if step is Step.AGAIN and limited and rule.attempts is not None and attempts >= rule.attempts:
        return Step.FAILED
    return step


def wait_before_next(error: Exception | None, attempts: int) -> timedelta:
    """Return how long a row waits: what Telegram asks for, else longer with each attempt."""
    if isinstance(error, RetryAfter):
        return asked_wait(error)
    return timedelta(seconds=WAITS[min(max(attempts, 1), len(WAITS)) - 1])


def asked_wait(error: RetryAfter) -> timedelta:
    """Return the wait that Telegram asks for."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # python-telegram-bot is changing the type of it
        wait = error.retry_after
    return wait if isinstance(wait, timedelta) else timedelta(seconds=wait)


def unchanged(error: TelegramError) -> bool:
    """Tell whether an edit was refused only because the message already reads so."""
    return isinstance(error, BadRequest) and _says(error, _NOT_MODIFIED)


def not_editable(error: TelegramError) -> bool:
    """Tell whether a message can no longer be edited, so that a new one must be sent."""
    return isinstance(error, BadRequest) and _says(error, *_NOT_EDITABLE)


def without_text(error: TelegramError) -> bool:
    """Tell whether a message could not be edited because it has a caption, not a text."""
    return isinstance(error, BadRequest) and _says(error, "there is no text in the message to edit")


def missing(error: TelegramError) -> bool:
    """Tell whether the message that was to be changed is not there any more."""
    return isinstance(error, BadRequest) and _says(error, *_MISSING)


def too_old(error: TelegramError) -> bool:
    """Tell whether a message can be deleted no longer."""
    return isinstance(error, BadRequest) and _says(error, "message can't be deleted")


def _says(error: TelegramError, *texts: str) -> bool:
    # Telegram's refusals have no codes, only these words.
    message = error.message.lower()
    return any(text in message for text in texts)
