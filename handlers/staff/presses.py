"""Presses of the desk, each area's on a page of its own, joined here.

A tag is two letters and the version of the fields: `o` offices and members, `c` calls,
`a` announcements, `f` questions and answers, `n` numbers. The office always comes first.
"""

from __future__ import annotations

from handlers.staff import answer_presses, number_presses, office_presses
from handlers.staff.announcing import presses as announcing_presses
from handlers.staff.calls import presses as call_presses

STAFF_PRESSES = (
    *office_presses.PRESSES,
    *number_presses.PRESSES,
    *announcing_presses.PRESSES,
    *answer_presses.PRESSES,
    *call_presses.PRESSES,
)
