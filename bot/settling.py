"""Settling: what is written down after an attempt to deliver."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import structlog
from telegram.error import ChatMigrated, RetryAfter, TelegramError

from bot.correcting import look_after_refusal
from bot.errors import code_of, tell_admins
from bot.figures import Figures
from bot.logs import redacted, tell_failure
from bot.outcomes import Outcome, Step, classify, next_step, wait_before_next
from handlers import relay
from storage import Connection, deliveries, people
from storage.deliveries import Delivery, Lane, State

LATE: Final = timedelta(hours=1)
"""A reminder that leaves later than this after its time counts as late."""

COMMON: Final = frozenset({Lane.CORRECTION, Lane.ANNOUNCEMENT})
"""Lanes of what many get: no row of theirs leads others."""

log = structlog.get_logger(__name__)

_FINAL = {
    Step.SENT: State.SENT,
    Step.UNREACHABLE: State.UNREACHABLE,
    Step.UNKNOWN: State.UNKNOWN,
    Step.FAILED: State.FAILED,
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

    @property
    def arrived(self) -> bool:
        """Whether Telegram took it."""
        return self.error is None and not self.needless


class Settling:
    """Writes down how attempts ended, and what follows from it, in an open transaction."""

    def __init__(self, admins: Collection[int], figures: Figures) -> None:
        """Administrators are told of what is our mistake."""
        self._admins, self._figures = admins, figures

    async def settle_all(self, c: Connection, attempts: Iterable[Attempt], now: datetime) -> None:
        """Settle each; the plain case, copies for many that arrived, all at once."""
        plain: list[tuple[Delivery, int | None]] = []
        for attempt in attempts:
            if attempt.row.lane in COMMON and attempt.arrived:
                plain.append((attempt.row, attempt.message_id))
                self._count(attempt.row, Outcome.OK)
            else:
                await self._settle(c, attempt, now)
        if plain:
            await deliveries.settle_sent(c, plain, now)

    async def _settle(self, c: Connection, attempt: Attempt, now: datetime) -> None:
        row, error = attempt.row, attempt.error
        if attempt.needless:
            await deliveries.settle(c, row, State.CANCELLED, now, problem="nothing left to say")
            return
        outcome = classify(error)
        step = next_step(
            outcome,
            never_twice=row.lane is Lane.ANNOUNCEMENT,
            attempts=row.attempts,
            has_end=row.valid_until is not None,
        )
        problem = _problem(outcome, error)
        self._count(row, outcome)
        if problem is not None:
            log.warning("delivery", id=row.id, kind=row.kind, problem=problem, step=step.value)
        if outcome is Outcome.BROKEN and error is not None:
            tell_failure(log, "delivery broken", error, id=row.id)
        if step is Step.AGAIN:
            await deliveries.postpone(c, row, _due_again(row, error, now), problem or "")
        elif step is Step.MOVED and isinstance(error, ChatMigrated):
            await deliveries.rename_chat(c, row.chat_id, error.new_chat_id)
            await relay.move_group(c, row.chat_id, error.new_chat_id, now)
        elif await deliveries.settle(
            c, row, _FINAL[step], now, message_id=attempt.message_id, problem=problem
        ):
            await self._follow_up(c, attempt, step, now)

    async def _follow_up(self, c: Connection, attempt: Attempt, step: Step, now: datetime) -> None:
        row, error = attempt.row, attempt.error
        if row.kind in relay.KINDS:
            await _go_on(c, attempt, step, now)
        if step is Step.SENT and row.kind == "reminder":
            if now - row.meant_for > LATE:
                self._figures.late.inc()
            await _remember_digest(c, row.chat_id, now)
        elif step is Step.UNREACHABLE:
            await people.mark_unreachable(c, row.chat_id, now)
        elif step is Step.FAILED and error is not None:
            text = f"Delivery {row.id} ({row.kind}) failed: {_problem(classify(error), error)}"
            await tell_admins(c, self._admins, code_of(error), text, now)
            if row.lane in COMMON and classify(error) is Outcome.REFUSED:
                await look_after_refusal(c, row, now)

    def _count(self, row: Delivery, outcome: Outcome) -> None:
        self._figures.sends.labels(row.lane.name.lower(), outcome.value).inc()
        if outcome is Outcome.TOO_MANY:
            self._figures.too_many.inc()


async def _go_on(c: Connection, attempt: Attempt, step: Step, now: datetime) -> None:
    """Let a question go on from what arrived, or did not."""
    if step is Step.SENT:
        await relay.settled(c, attempt.row, attempt.message_id, now)
    elif step in {Step.FAILED, Step.UNREACHABLE}:
        problem = _problem(classify(attempt.error), attempt.error) or ""
        await relay.failed(c, attempt.row, problem, now)


def _due_again(row: Delivery, error: Exception | None, now: datetime) -> datetime:
    """Return when a row is tried again. After "too many requests" its chat waits, not the row."""
    if isinstance(error, RetryAfter) and row.lane not in COMMON:
        return row.due_at
    return now + wait_before_next(error, row.attempts)


async def _remember_digest(c: Connection, person_id: int, now: datetime) -> None:
    person = await people.find(c, person_id)
    if person is not None:
        day = now.astimezone(ZoneInfo(person.zone)).date().isoformat()
        await people.set_digest_day(c, person_id, day)


def _problem(outcome: Outcome, error: Exception | None) -> str | None:
    """Describe a failure; only Telegram's own words are kept, others may hold answers."""
    if error is None:
        return None
    words = f" {redacted(error.message)}" if isinstance(error, TelegramError) else ""
    return f"{outcome.value}: {type(error).__name__}{words}"
