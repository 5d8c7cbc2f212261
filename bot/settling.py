"""Settling: what is written down after an attempt to deliver."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import structlog
from telegram.error import ChatMigrated, TelegramError

from bot.errors import code_of, tell_admins
from bot.logs import redacted, tell_failure
from bot.outcomes import Outcome, Step, classify, next_step, wait_before_next
from storage import Connection, deliveries, people
from storage.deliveries import Delivery, Draft, Lane, State

log = structlog.get_logger(__name__)

_FINAL = {
    Step.SENT: State.SENT,
    Step.UNREACHABLE: State.UNREACHABLE,
    Step.UNKNOWN: State.UNKNOWN,
    Step.FAILED: State.FAILED,
    Step.MOVED: State.CANCELLED,
}


@dataclass(frozen=True, slots=True)
class Attempt:
    """A row, and how the attempt to deliver it ended.

    `needless`: there was nothing left to say when it was about to be sent.
    """

    row: Delivery
    message_id: int | None = None
    error: Exception | None = None
    needless: bool = False


async def settle(c: Connection, attempt: Attempt, now: datetime, admins: Collection[int]) -> None:
    """Write the outcome of an attempt, and what follows from it, in the open transaction."""
    row = attempt.row
    if attempt.needless:
        await deliveries.settle(c, row, State.CANCELLED, now, problem="nothing left to say")
        return
    outcome = classify(attempt.error)
    step = next_step(
        outcome,
        never_twice=row.lane is Lane.ANNOUNCEMENT,
        attempts=row.attempts,
        has_end=row.valid_until is not None,
    )
    problem = _problem(outcome, attempt.error)
    if problem is not None:
        log.warning("delivery", id=row.id, kind=row.kind, problem=problem, step=step.value)
    if outcome is Outcome.BROKEN and attempt.error is not None:
        tell_failure(log, "delivery broken", attempt.error, id=row.id)
    if step is Step.AGAIN:
        due = now + wait_before_next(attempt.error, row.attempts)
        await deliveries.postpone(c, row, due, problem or "")
        return
    written = await deliveries.settle(
        c, row, _FINAL[step], now, message_id=attempt.message_id, problem=problem
    )
    if written:
        await _follow_up(c, attempt, step, now, admins)


async def _follow_up(
    c: Connection, attempt: Attempt, step: Step, now: datetime, admins: Collection[int]
) -> None:
    row, error = attempt.row, attempt.error
    if step is Step.SENT and row.kind == "reminder":
        await _remember_digest(c, row.chat_id, now)
    elif step is Step.UNREACHABLE:
        await people.mark_unreachable(c, row.chat_id, now)
    elif step is Step.FAILED and error is not None:
        text = f"Delivery {row.id} ({row.kind}) failed: {_problem(classify(error), error)}"
        await tell_admins(c, admins, code_of(error), text, now)
    elif step is Step.MOVED and isinstance(error, ChatMigrated):
        await deliveries.put(c, _moved(row, error.new_chat_id), now)


async def _remember_digest(c: Connection, person_id: int, now: datetime) -> None:
    person = await people.find(c, person_id)
    if person is not None:
        day = now.astimezone(ZoneInfo(person.zone)).date().isoformat()
        await people.set_digest_day(c, person_id, day)


def _moved(row: Delivery, chat_id: int) -> Draft:
    return Draft(
        key=f"{row.key}>{chat_id}",
        lane=row.lane,
        chat_id=chat_id,
        kind=row.kind,
        body=row.body,
        due_at=row.due_at,
        valid_until=row.valid_until,
        call_id=row.call_id,
        revision=row.revision,
        occasion=row.occasion,
    )


def _problem(outcome: Outcome, error: Exception | None) -> str | None:
    """Describe a failure; only Telegram's own words are kept, others may hold answers."""
    if error is None:
        return None
    words = f" {redacted(error.message)}" if isinstance(error, TelegramError) else ""
    return f"{outcome.value}: {type(error).__name__}{words}"
