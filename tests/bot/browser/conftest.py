"""What tests in a real browser share: the browser, and a sandbox with the real assistant."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.sandbox.run import open_sandbox

if TYPE_CHECKING:
    from playwright.async_api import Browser

BEGIN = datetime(2026, 11, 21, 6, tzinfo=UTC)


@pytest.fixture
async def sandbox(tmp_path: Path) -> AsyncIterator[str]:
    """The address of a sandbox."""
    async with AsyncExitStack() as stack:
        yield await open_sandbox(stack, 0, BEGIN, tmp_path)


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    from tests.bot.browser.phone import open_browser  # noqa: PLC0415 - skipped without playwright

    async with open_browser() as opened:
        yield opened
