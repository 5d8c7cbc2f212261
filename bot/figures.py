"""Figures: what the process counts, in the form that Prometheus collects."""

from __future__ import annotations

from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

CONTENT_TYPE: Final = CONTENT_TYPE_LATEST


class Figures:
    """Counters of one process since its start, and gauges that are read when somebody asks.

    Each object has a registry of its own, so that two assistants in one process stay apart.
    """

    def __init__(self) -> None:
        """Begin at zero."""
        registry = self._registry = CollectorRegistry()
        self.updates = Counter(
            "erasmus_updates",
            "Updates: received, handled, ignored, crashed, set_aside, overtaken",
            ["outcome"],
            registry=registry,
        )
        self.sends = Counter(
            "erasmus_sends",
            "Attempts to deliver, by lane and outcome",
            ["lane", "outcome"],
            registry=registry,
        )
        self.too_many = Counter(
            "erasmus_too_many_requests", "Answers 429 of Telegram", registry=registry
        )
        self.conflicts = Counter(
            "erasmus_poll_conflicts",
            "Polls that another program with the same token ended while we held the lease",
            registry=registry,
        )
        self.late = Counter(
            "erasmus_reminders_late", "Reminders sent over an hour after their time",
            registry=registry,
        )  # fmt: skip
        self.expired = Counter(
            "erasmus_reminders_expired", "Reminders given up unsent, too late to be true",
            registry=registry,
        )  # fmt: skip
        self.inbox = Gauge("erasmus_inbox_updates", "Updates not handled yet", registry=registry)
        self.lag = Gauge(
            "erasmus_inbox_lag_seconds", "Age of the oldest update not handled", registry=registry
        )
        self.depth = Gauge(
            "erasmus_lane_depth", "Rows that are due, by lane", ["lane"], registry=registry
        )
        self.announcements = Gauge(
            "erasmus_announcements", "Announcements, by stage", ["stage"], registry=registry
        )
        self.pace = Gauge(
            "erasmus_pace_per_second", "Bulk messages a second allowed now", registry=registry
        )

    def page(self) -> bytes:
        """Return all figures in the text form of Prometheus."""
        return generate_latest(self._registry)
