"""Announcements: the stages that one goes through, and which may follow which."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """How far an announcement, or its correction, is."""

    DRAFT = "draft"
    AWAITING = "awaiting"  # frozen; a second publisher has to confirm
    SCHEDULED = "scheduled"  # confirmed; leaves at its time, or when its undo has passed
    SENDING = "sending"
    BRAKED = "braked"  # after its first wave, or by too many refusals
    PAUSED = "paused"
    STOPPED = "stopped"
    DONE = "done"


class CorrectionKind(StrEnum):
    """What is done to the copies that arrived."""

    CORRECT = "correct"
    RECALL = "recall"
