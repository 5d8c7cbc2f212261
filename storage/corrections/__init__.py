"""Corrections and recalls: what is done to the copies of an announcement that arrived.

`ledger` looks, `stages` begins and steers, and `reaching` finds the copies that change.
"""

from storage.corrections.ledger import get, in_stage, lock, of_announcement, progress, watched
from storage.corrections.reaching import (
    KIND,
    Reach,
    corrected_at,
    expand,
    reach,
    readers,
    would_reach,
)
from storage.corrections.stages import brake, correct, move, pause, recall, resume

__all__ = [
    "KIND",
    "Reach",
    "brake",
    "correct",
    "corrected_at",
    "expand",
    "get",
    "in_stage",
    "lock",
    "move",
    "of_announcement",
    "pause",
    "progress",
    "reach",
    "readers",
    "recall",
    "resume",
    "watched",
    "would_reach",
]
