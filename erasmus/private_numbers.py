"""Numbers that nobody should send in a chat: of a person, a passport or a bank card.

Found by their form and their check digits, so that dates, phone numbers and marks are left alone.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final


class PrivateNumber(StrEnum):
    """What a number is that should not be here."""

    PERSON = "person"  # IIN in Kazakhstan, PIN in Kyrgyzstan
    PASSPORT = "passport"
    CARD = "card"


# NOTE: 12 digits, YYMMDD first, then the century and sex: 0 to 6.
_IIN: Final = re.compile(r"(?<![\d+])(\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])[0-6]\d{5}(?!\d)")
# 14 digits, sex first, then DDMMYYYY.
_PIN: Final = re.compile(
    r"(?<![\d+])[12](0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])(19|20)\d{2}\d{5}(?!\d)"
)
# ID1234567, AN 1234567, N12345678; typed with Latin or Cyrillic letters.
_PASSPORT: Final = re.compile(
    r"(?<![\w])(?:(?:ID|AN|AC|PE)\s?(?:№\s?)?\d{7}|[NН]\s?\d{8})(?!\w)", re.IGNORECASE
)
_CARD: Final = re.compile(r"(?<!\d)(?:\d{4}[ -]?){3}\d{4}(?:\d{3})?(?!\d)|(?<!\d)\d{13,19}(?!\d)")


def find_private_number(text: str) -> PrivateNumber | None:
    """Return what kind of private number stands in a text; None where there is none."""
    if _IIN.search(text) or _PIN.search(text):
        return PrivateNumber.PERSON
    if _PASSPORT.search(text):
        return PrivateNumber.PASSPORT
    if any(_checks(re.sub(r"\D", "", found[0])) for found in _CARD.finditer(text)):
        return PrivateNumber.CARD
    return None


def _checks(digits: str) -> bool:
    """Tell whether the last digit is the one that Luhn's rule makes of the others."""
    doubled = [int(d) * (1 + place % 2) for place, d in enumerate(reversed(digits))]
    return sum(n - 9 * (n > 9) for n in doubled) % 10 == 0  # noqa: PLR2004 - a digit
