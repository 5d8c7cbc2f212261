"""A room of catalogues for tests, written as a translator would."""

from collections.abc import Callable
from pathlib import Path

import pytest

from erasmus.words import Language
from locales.catalogues import TRANSLATED, catalogue_path
from locales.extraction import update


@pytest.fixture
def write_room(tmp_path: Path) -> Callable[..., Path]:
    """Write catalogues that hold the given entries, one text of .po a language."""

    def write(**entries: str) -> Path:
        (tmp_path / "messages.pot").write_text("", encoding="utf-8")
        update(tmp_path)
        for language in TRANSLATED:
            path = catalogue_path(language, tmp_path)
            header = path.read_text("utf-8")
            path.write_text(f"{header}\n{entries.get(language, '')}", encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture(params=list(Language))
def language(request: pytest.FixtureRequest) -> Language:
    """Each of the four languages."""
    return Language(request.param)
