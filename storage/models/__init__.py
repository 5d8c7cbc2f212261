"""The tables. The order of the columns is the order of the fields in the rows' dataclasses."""

from storage.models.applicants import (
    call_revisions,
    calls,
    follows,
    offices,
    people,
    ticks,
    universities,
)
from storage.models.base import in_state, is_suspect, metadata
from storage.models.broadcast import (
    announcement_texts,
    announcements,
    corrections,
    live_messages,
    opt_outs,
)
from storage.models.desk import (
    audit,
    counts,
    drafts,
    faq,
    holds,
    invitations,
    members,
    question_messages,
    questions,
    verdicts,
)
from storage.models.traffic import deliveries, inbox, leases, marks, pace, rests

__all__ = [
    "announcement_texts",
    "announcements",
    "audit",
    "call_revisions",
    "calls",
    "corrections",
    "counts",
    "deliveries",
    "drafts",
    "faq",
    "follows",
    "holds",
    "in_state",
    "inbox",
    "invitations",
    "is_suspect",
    "leases",
    "live_messages",
    "marks",
    "members",
    "metadata",
    "offices",
    "opt_outs",
    "pace",
    "people",
    "question_messages",
    "questions",
    "rests",
    "ticks",
    "universities",
    "verdicts",
]
