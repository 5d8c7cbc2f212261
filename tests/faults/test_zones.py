"""Zones: clocks are put forward and back, and no reminder is doubled or skipped."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.clock import use_own_zones
from erasmus.loading import load_library
from erasmus.reminders import LAST_MORNING, MORNING, deadline_moments
from tests.faults.trial import Trial

GOLDEN = [
    ("Asia/Almaty", "2024-02-29T17:30", 6),
    ("Asia/Almaty", "2024-02-29T18:30", 5),
    ("Asia/Bishkek", "2026-11-21T06:00", 6),
    ("Europe/Brussels", "2026-10-25T00:30", 2),
    ("Europe/Brussels", "2026-10-25T01:30", 1),
    ("Europe/Brussels", "2027-03-28T00:30", 1),
    ("Europe/Brussels", "2027-03-28T01:30", 2),
]
CHANGES = ["2026-10-25", "2027-03-28", "2024-03-01"]
"""Brussels puts its clocks back and forward; Almaty changed its zone."""

ZONES = ["Europe/Brussels", "Asia/Almaty", "Asia/Bishkek"]
EVERY_DAY = range(11)


@pytest.mark.parametrize(("zone", "moment", "hours"), GOLDEN)
def test_clocks_are_what_they_are(zone: str, moment: str, hours: int) -> None:
    use_own_zones()
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)

    assert at.astimezone(ZoneInfo(zone)).utcoffset() == timedelta(hours=hours)


async def test_a_reminder_every_day_across_a_change(trial: Trial) -> None:
    """One a day for ten days around each change, always in the reader's own morning."""
    use_own_zones()
    found = [(zone, day, _mornings(zone, day)) for zone in ZONES for day in CHANGES]
    doubles = sum(len(mornings) - len({at.date() for at in mornings}) for *_, mornings in found)
    skipped = sum(len(EVERY_DAY) - len({at.date() for at in mornings}) for *_, mornings in found)
    wrong = [at for *_, mornings in found for at in mornings[:-1] if at.time() != MORNING]
    trial.tell(
        48,
        "0 doubles, 0 skips, always in the morning",
        f"{len(found)} times ten days across a change of clocks: {doubles} doubles, "
        f"{skipped} skipped, {len(wrong)} at another hour",
    )
    assert doubles == skipped == 0
    assert wrong == []
    assert all(mornings[-1].time() == LAST_MORNING for *_, mornings in found)


def _mornings(zone: str, day: str) -> list[datetime]:
    """Return when somebody is reminded, by their own clock, if a call closes soon after a day."""
    closes = datetime.fromisoformat(f"{day}T17:00").replace(tzinfo=ZoneInfo("Europe/Brussels"))
    call = next(call for call in load_library().calls if not call.expected)
    call = replace(call, closes=(closes + timedelta(days=5)).astimezone(UTC))
    moments = deadline_moments(call, zone, EVERY_DAY)
    return [moment.at.astimezone(ZoneInfo(zone)) for moment in moments]
