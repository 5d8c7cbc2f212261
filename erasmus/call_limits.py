"""What an office may say of a call, typed or imported: how long its texts are, what a link is."""

from __future__ import annotations

import re
from typing import Final

LONGEST_TITLE: Final = 200
LONGEST_NOTE: Final = 900
LONGEST_LINK: Final = 500

SECURE_LINK: Final = re.compile(r"https://[^\s/.]+(?:\.[^\s/.]+)+(?:/\S*)?")
