"""Say what time it is in Almaty: by the assistant's zones, and by those of the machine."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.clock import use_own_zones

MOMENT = datetime(2026, 11, 21, 6, tzinfo=UTC)


def offset() -> str:
    """Return how far ahead of UTC Almaty is."""
    return f"{MOMENT.astimezone(ZoneInfo('Asia/Almaty')):%z}".replace("00", ":00")


if __name__ == "__main__":
    theirs = offset()
    use_own_zones()
    print(f"Almaty is at {offset()}, not at {theirs} as the machine says", flush=True)  # noqa: T201
