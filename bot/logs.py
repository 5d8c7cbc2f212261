"""Logs: one line an event, on standard error, with ids and never with answers or secrets."""

from __future__ import annotations

import logging
import re
import sys
import threading
import traceback
from collections.abc import Iterable
from types import TracebackType
from typing import Final, TextIO

import structlog

_SECRET: Final = re.compile(r"\d{6,}:[\w-]{30,}")
_HIDDEN: Final = "[token]"
_QUIET: Final = ("aiohttp", "aiosqlite", "alembic", "apscheduler", "asyncio", "httpcore", "httpx",
                 "sqlalchemy", "telegram")  # fmt: skip


def redacted(text: str) -> str:
    """Return a text without anything that looks like a bot token."""
    return _SECRET.sub(_HIDDEN, text)


def trace_of(error: BaseException) -> str:
    """Return where an error came from, without its text: that may hold what a person told."""
    parts = [*traceback.format_tb(error.__traceback__), type(error).__qualname__]
    cause = error.__cause__ or error.__context__
    if cause is not None:
        parts = [trace_of(cause), "\n...led to:\n", *parts]
    return "".join(parts)


def tell_failure(
    log: structlog.stdlib.BoundLogger, event: str, error: BaseException, **ids: object
) -> None:
    """Log an error with its way through the code, and with ids only."""
    log.error(event, exception=trace_of(error), **ids)


class _Redacting(logging.Formatter):
    """Formats as another formatter does, then hides secrets: also those in a traceback."""

    def __init__(self, inner: logging.Formatter) -> None:
        super().__init__()
        self._inner = inner

    def format(self, record: logging.LogRecord) -> str:
        return redacted(self._inner.format(record))


def configure(level: str = "info", stream: TextIO | None = None) -> None:
    """Send structlog and the standard library's logging through one handler; may be repeated.

    Handlers that others have put on the root logger stay, and hide secrets from now on too.
    """
    root = logging.getLogger()
    for handler in list(root.handlers):
        if getattr(handler, "erasmus", False):
            root.removeHandler(handler)
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.erasmus = True  # type: ignore[attr-defined]  # how the next call finds it
    handler.setFormatter(_formatter())
    root.addHandler(handler)
    root.setLevel(level.upper())
    hide_secrets(root.handlers)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    sys.excepthook = _tell_uncaught
    threading.excepthook = _tell_uncaught_in_thread


def hide_secrets(handlers: Iterable[logging.Handler]) -> None:
    """Make handlers hide secrets, whoever made them."""
    for handler in handlers:
        formatter = handler.formatter or logging.Formatter()
        if not isinstance(formatter, _Redacting):
            handler.setFormatter(_Redacting(formatter))


_SHARED: Final = (
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


def _formatter() -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_SHARED,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.dev.ConsoleRenderer(
                colors=False, pad_event_to=0, exception_formatter=structlog.dev.plain_traceback
            ),
        ],
    )


def _tell_uncaught(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("bot").critical("uncaught error", exc_info=(kind, error, trace))


def _tell_uncaught_in_thread(told: threading.ExceptHookArgs) -> None:
    if told.exc_value is not None:
        _tell_uncaught(told.exc_type, told.exc_value, told.exc_traceback)
