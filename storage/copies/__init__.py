"""Copies of announcements in the ledger: frozen, let go a few at a time, counted.

A recipient is a delivery from the beginning, HELD until the announcement lets it go. So a pause
has to take back only the few that are queued, however many are still to come.

`rows` says what a copy is, `freezing` makes them, `releasing` lets them go and takes them back,
`withdrawing` ends them, `ledger` looks, `revising` finds what a correction has to reach, and
`repeating` sends one again by hand.
"""

from storage.copies.freezing import freeze
from storage.copies.ledger import listing, progress, seen, unknown
from storage.copies.releasing import hold, hold_zones, release, revise
from storage.copies.repeating import send_again
from storage.copies.revising import arrived, deleted, on_their_way, revised, to_revise
from storage.copies.rows import KIND, OPTED_OUT, Copy, Progress
from storage.copies.withdrawing import (
    cancel_held,
    cancel_queued,
    cancel_waiting,
    settle_gone,
    withdraw_opted_out,
)

__all__ = [
    "KIND",
    "OPTED_OUT",
    "Copy",
    "Progress",
    "arrived",
    "cancel_held",
    "cancel_queued",
    "cancel_waiting",
    "deleted",
    "freeze",
    "hold",
    "hold_zones",
    "listing",
    "on_their_way",
    "progress",
    "release",
    "revise",
    "revised",
    "seen",
    "send_again",
    "settle_gone",
    "to_revise",
    "unknown",
    "withdraw_opted_out",
]
