"""Logs hold ids, never a token, whoever writes them."""

import io
import logging
import sys
import threading
from collections.abc import Iterator

import pytest
import structlog

from bot.logs import configure, redacted

TOKEN = "123456789:" + "A" * 35


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = root.handlers[:], root.level, sys.excepthook, threading.excepthook
    stream = io.StringIO()
    configure("debug", stream)
    yield stream
    root.handlers[:], level, sys.excepthook, threading.excepthook = before
    root.setLevel(level)
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


def test_an_event_is_one_line_with_its_ids(written: io.StringIO) -> None:
    structlog.get_logger("bot.sender").info("sent", delivery=7)

    (line,) = written.getvalue().splitlines()
    assert "sent" in line
    assert "delivery=7" in line


def test_no_way_of_logging_shows_a_token(written: io.StringIO) -> None:
    logging.getLogger("other").info("calling https://api/bot%s/getMe", TOKEN)
    structlog.get_logger().warning("event", url=f"https://api/bot{TOKEN}/getMe", token=TOKEN)

    assert "getMe" in written.getvalue()
    assert TOKEN not in written.getvalue()


def test_a_traceback_shows_no_token(written: io.StringIO) -> None:
    def fail() -> None:
        raise ValueError(f"bad answer from bot{TOKEN}")

    try:
        fail()
    except ValueError:
        structlog.get_logger().exception("failed")
        logging.getLogger("other").exception("failed too")

    assert written.getvalue().count("in fail") == 2
    assert TOKEN not in written.getvalue()


def test_an_uncaught_error_shows_no_token(written: io.StringIO) -> None:
    def fail() -> None:
        raise ValueError(TOKEN)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    try:
        fail()
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)

    assert written.getvalue().count("uncaught error") == 2
    assert TOKEN not in written.getvalue()


def test_handlers_that_others_made_hide_tokens_too() -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        configure("info", io.StringIO())
        logging.getLogger("other").warning(TOKEN)
    finally:
        root.removeHandler(handler)

    assert stream.getvalue() == "[token]\n"


def test_libraries_do_not_chatter(written: io.StringIO) -> None:
    for name in ("httpx", "apscheduler.scheduler", "aiohttp.access"):
        logging.getLogger(name).info("chatter")

    assert written.getvalue() == ""


def test_only_tokens_are_hidden() -> None:
    assert redacted(f"bot{TOKEN}/getMe at 12:30, id 700000001") == (
        "bot[token]/getMe at 12:30, id 700000001"
    )
