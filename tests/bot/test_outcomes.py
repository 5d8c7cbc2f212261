"""The outcome table: what Telegram's answer means, and what becomes of the row."""

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.outcomes import TABLE, Outcome, Step, classify, next_step, wait_before_next
from bot.transport import NotSent

MEANINGS = [
    (None, Outcome.OK),
    (Forbidden("Forbidden: bot was blocked by the user"), Outcome.GONE),
    (Forbidden("Forbidden: user is deactivated"), Outcome.GONE),
    (BadRequest("Bad Request: chat not found"), Outcome.GONE),
    (BadRequest("Bad Request: can't parse entities"), Outcome.REFUSED),
    (BadRequest("Bad Request: message is too long"), Outcome.REFUSED),
    (ChatMigrated(-100), Outcome.MOVED),
    (NotSent("no connection"), Outcome.NOT_SENT),
    (InvalidToken("Unauthorized"), Outcome.NOT_SENT),
    (TimedOut("no answer in time"), Outcome.UNCERTAIN),
    (NetworkError("connection lost"), Outcome.UNCERTAIN),
    (NetworkError("Bad Gateway"), Outcome.UNCERTAIN),
    (TelegramError("the answer is not JSON"), Outcome.UNCERTAIN),
    (ZeroDivisionError(), Outcome.BROKEN),
]

STEPS = [
    # outcome, a reply or reminder, an announcement
    (Outcome.OK, Step.SENT, Step.SENT),
    (Outcome.GONE, Step.UNREACHABLE, Step.UNREACHABLE),
    (Outcome.TOO_MANY, Step.AGAIN, Step.AGAIN),
    (Outcome.NOT_SENT, Step.AGAIN, Step.AGAIN),
    (Outcome.UNCERTAIN, Step.AGAIN, Step.UNKNOWN),
    (Outcome.REFUSED, Step.FAILED, Step.FAILED),
    (Outcome.MOVED, Step.MOVED, Step.MOVED),
    (Outcome.BROKEN, Step.AGAIN, Step.AGAIN),
]


@pytest.fixture(autouse=True)
def durations(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.mark.parametrize(("error", "meaning"), MEANINGS, ids=repr)
def test_an_error_means(error: Exception | None, meaning: Outcome) -> None:
    assert classify(error) is meaning


def test_too_many_requests_waits_as_long_as_telegram_asks() -> None:
    error = RetryAfter(17)

    assert classify(error) is Outcome.TOO_MANY
    assert wait_before_next(error, attempts=1).total_seconds() == 17


@pytest.mark.parametrize(("outcome", "at_least_once", "never_twice"), STEPS)
def test_the_first_attempt_leads_to(
    outcome: Outcome, at_least_once: Step, never_twice: Step
) -> None:
    assert next_step(outcome, never_twice=False, attempts=1) is at_least_once
    assert next_step(outcome, never_twice=True, attempts=1) is never_twice


def test_the_table_above_is_complete() -> None:
    assert {outcome for outcome, _, _ in STEPS} == TABLE.keys() == set(Outcome)


@pytest.mark.parametrize(
    ("outcome", "most"), [(Outcome.NOT_SENT, 8), (Outcome.UNCERTAIN, 8), (Outcome.BROKEN, 3)]
)
def test_attempts_end(outcome: Outcome, most: int) -> None:
    assert next_step(outcome, never_twice=False, attempts=most - 1) is Step.AGAIN
    assert next_step(outcome, never_twice=False, attempts=most) is Step.FAILED


def test_too_many_requests_never_make_a_row_fail() -> None:
    assert next_step(Outcome.TOO_MANY, never_twice=False, attempts=1000) is Step.AGAIN


def test_what_has_a_last_moment_is_tried_until_then_while_there_is_no_network() -> None:
    """A reminder must outlive an outage of a day."""
    step = next_step(Outcome.NOT_SENT, never_twice=False, attempts=1000, has_end=True)

    assert step is Step.AGAIN


def test_waits_grow_and_stay_below_a_quarter_of_an_hour() -> None:
    waits = [wait_before_next(None, attempts).total_seconds() for attempts in range(1, 20)]

    assert waits == sorted(waits)
    assert waits[0] == 1
    assert waits[-1] <= 900
