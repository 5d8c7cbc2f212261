"""A copy of the content with something wrong in it, and entries to add."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from erasmus.loading import load_library
from erasmus.parsing import ContentError

WORDS = '{en = "x", ru = "x", kk = "x", ky = "x"}'
RULE = f"""
[[rules]]
id = "new-rule"
requires = {{fact = "agreement", is = true}}
says = {WORDS}
remedy = {WORDS}
source = {{id = "S4"}}
"""
CALL = f"""
[[calls]]
id = "new-call"
action = "cbhe"
title = {WORDS}
closes = 2027-02-10T17:00:00
zone = "Europe/Brussels"
status = "official"
source = {{id = "S1"}}
"""


@dataclass(frozen=True)
class Damaged:
    """A folder of content."""

    content: Path

    def replace(self, file: str, good: str, bad: str) -> None:
        """Replace one text of a file by another; it has to be there."""
        text = (self.content / file).read_text(encoding="utf-8")
        assert good in text
        (self.content / file).write_text(text.replace(good, bad, 1), encoding="utf-8")

    def append(self, file: str, text: str) -> None:
        """Add text to the end of a file, which may be a new one."""
        with (self.content / file).open("a", encoding="utf-8") as opened:
            opened.write("\n" + text)

    def error(self) -> ContentError:
        """Load the content and return the error."""
        with pytest.raises(ContentError) as caught:
            load_library(self.content)
        return caught.value
