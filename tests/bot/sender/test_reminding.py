"""Reminders: by day, in one digest, while they have something to say."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.telegram_double import Person
from storage import deliveries
from storage.deliveries import Draft, Lane, State
from tests.bot.sender.office import NIGHT, Office

pytestmark = pytest.mark.both_databases


async def test_a_reminder_at_night_waits_for_the_morning(office: Office, alice: Person) -> None:
    office.clock.move_to(NIGHT)
    delivery = await office.remind(alice.id, "d7")

    assert alice.said == []
    assert (await office.state(delivery)).due_at == datetime(2026, 11, 22, 3, tzinfo=UTC)


async def test_a_reminder_whose_deadline_ends_in_the_night_leaves_at_once(
    office: Office, alice: Person
) -> None:
    office.clock.move_to(NIGHT)
    await office.remind(alice.id, "d0", valid_until=NIGHT + timedelta(hours=2))

    assert alice.said == ["1 reminders"]


async def test_one_day_brings_one_digest(office: Office, alice: Person) -> None:
    """What falls due later today comes along, what comes up afterwards waits for tomorrow."""
    now = office.clock.now()
    async with office.db.write() as c:
        for occasion, hours in (("d7", 0), ("d3", 3), ("d1", 30)):
            due = now + timedelta(hours=hours)
            draft = Draft(occasion, Lane.REMINDER, alice.id, "reminder", {}, due, occasion=occasion)
            await deliveries.put(c, draft, now)
    await office.deliver()
    later = await office.remind(alice.id, "d14")

    assert alice.said == ["2 reminders"]
    assert (await office.state(later)).due_at == datetime(2026, 11, 22, 4, tzinfo=UTC)
    await office.deliver(timedelta(hours=30))
    assert alice.said == ["2 reminders", "2 reminders"]


async def test_a_second_digest_comes_where_tomorrow_would_be_too_late(
    office: Office, alice: Person
) -> None:
    await office.remind(alice.id, "d7")
    await office.remind(alice.id, "d0", valid_until=office.clock.now() + timedelta(hours=5))

    assert alice.said == ["1 reminders", "1 reminders"]


async def test_a_reminder_that_has_nothing_left_to_say_is_withdrawn(
    office: Office, alice: Person
) -> None:
    delivery = await office.remind(alice.id, "needless")

    assert alice.said == []
    assert (await office.state(delivery)).state is State.CANCELLED


async def test_a_reminder_past_its_time_expires(office: Office, alice: Person) -> None:
    now = office.clock.now()
    delivery = await office.remind(alice.id, "d0", due_at=now, valid_until=now)

    assert alice.said == []
    assert (await office.state(delivery)).state is State.EXPIRED


async def test_a_late_reminder_is_counted_whatever_put_it_off(
    office: Office, alice: Person
) -> None:
    """It fell due in the morning; the process, or the network, came back at night."""
    meant_for = (NIGHT - timedelta(hours=8)).isoformat()
    office.clock.move_to(NIGHT)
    await office.remind(alice.id, "d7", body={"meant_for": meant_for})
    await office.deliver(timedelta(hours=8))

    assert alice.said == ["1 reminders"]
    assert "erasmus_reminders_late_total 1.0" in office.figures.page().decode()
