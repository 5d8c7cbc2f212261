"""Content to be damaged."""

import shutil
from pathlib import Path

import pytest

from erasmus.loading import CONTENT
from tests.erasmus.damaged.content import Damaged


@pytest.fixture
def damaged(tmp_path: Path) -> Damaged:
    """A copy of all content."""
    return Damaged(Path(shutil.copytree(CONTENT, tmp_path / "content")))
