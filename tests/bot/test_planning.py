"""What people follow becomes rows: the right moments, once, and withdrawn when a date moves."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo, reset_tzpath

import pytest

from bot.clock import MovableClock, use_own_zones
from bot.figures import Figures
from bot.planning import Planner, seed
from erasmus.calls import Call, CallStatus
from erasmus.library import Library
from erasmus.loading import load_library
from erasmus.plans import ItemState, Stage
from erasmus.words import Language
from storage import Database, deliveries, follows, people, ticks
from storage.deliveries import Delivery, Draft, Lane, State

PERSON = 700000001
CLOSES = datetime(2026, 12, 20, 16, tzinfo=UTC)
"""17:00 in Brussels, 22:00 of the same day in Bishkek."""

Rows = Callable[[], Awaitable[list[Delivery]]]


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


@pytest.fixture
def call(library: Library) -> Call:
    return replace(
        library.calls[0],
        id="emjm",
        action="emjm_scholarship",
        closes=CLOSES,
        zone="Europe/Brussels",
        status=CallStatus.OFFICIAL,
    )


@pytest.fixture
def planner(db: Database, library: Library, clock: MovableClock) -> Planner:
    return Planner(db, library, clock)


@pytest.fixture
async def follower(db: Database, clock: MovableClock, call: Call) -> None:
    """Somebody in Bishkek who follows the call."""
    now = clock.now()
    async with db.write() as c:
        await seed(c, [call], now)
        await people.greet(c, PERSON, Language.KY, "Asia/Bishkek", now)
        await follows.follow(c, PERSON, call.id, now)


@pytest.fixture
def rows(db: Database) -> Rows:
    async def queued() -> list[Delivery]:
        async with db.read() as c:
            return await deliveries.queued_for(c, PERSON, Lane.REMINDER)

    return queued


async def occasions(rows: Rows) -> list[tuple[str | None, datetime]]:
    return [(row.occasion, row.due_at) for row in await rows() if row.occasion]


def bishkek(day: int, hour: int, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour - 6, tzinfo=UTC)


@pytest.mark.usefixtures("follower")
async def test_what_falls_due_is_put_once_and_far_ahead(
    planner: Planner, clock: MovableClock, rows: Rows
) -> None:
    clock.move_to(bishkek(12, 12))
    await planner.tick()
    await planner.tick()
    (row,) = [row for row in await rows() if row.occasion == "d7"]

    assert (row.key, row.due_at) == (f"r{PERSON}:emjm:1:d7", bishkek(13, 10))
    assert row.valid_until == CLOSES


@pytest.mark.usefixtures("follower")
async def test_moments_before_the_person_followed_bring_nothing(
    planner: Planner, db: Database, call: Call, clock: MovableClock, rows: Rows
) -> None:
    clock.move_to(bishkek(13, 12))
    async with db.write() as c:
        await follows.unfollow(c, PERSON, call.id)
        await follows.follow(c, PERSON, call.id, clock.now())
    await planner.tick()

    assert "d7" not in dict(await occasions(rows))


@pytest.mark.usefixtures("follower")
async def test_what_fell_due_in_a_standstill_is_put_late(
    planner: Planner, clock: MovableClock, rows: Rows
) -> None:
    clock.move_to(bishkek(19, 15))
    await planner.tick()
    ladder = [row for row in await occasions(rows) if str(row[0]).startswith("d")]

    assert [occasion for occasion, _ in ladder] == ["d14", "d7", "d3", "d1", "d0"]
    assert ladder[-2:] == [("d1", bishkek(19, 10)), ("d0", bishkek(20, 9))]


@pytest.mark.usefixtures("follower")
async def test_what_is_too_late_to_be_said_is_counted(
    db: Database, library: Library, clock: MovableClock, rows: Rows
) -> None:
    """However long the standstill was."""
    figures = Figures()
    clock.move_to(CLOSES + timedelta(days=30))
    await Planner(db, library, clock, figures).tick()

    assert await rows() == []
    async with db.read() as c:
        expired = (await deliveries.counts(c))[State.EXPIRED]
    assert expired >= 5
    assert f"erasmus_reminders_expired_total {float(expired)}".encode() in figures.page()


@pytest.mark.usefixtures("follower")
async def test_papers_get_a_reminder_on_the_day_to_begin(
    planner: Planner, db: Database, clock: MovableClock, rows: Rows, library: Library
) -> None:
    """Until the person has begun: then there is nothing to remind of."""
    needed = {need for item in library.checklists["emjm"].items for need in item.needs}
    item = next(
        item
        for item in library.checklists["emjm"].items
        if item.id not in needed and item.stage is Stage.BEFORE and item.only_if is None
    )
    clock.move_to(CLOSES - timedelta(days=150))
    async with db.write() as c:
        await follows.unfollow(c, PERSON, "emjm")
        await follows.follow(c, PERSON, "emjm", clock.now())
    clock.move_to(bishkek(20, 8) - timedelta(days=item.days_needed + 1))
    await planner.tick()
    assert dict(await occasions(rows))[f"s:{item.id}"] == clock.now() + timedelta(hours=26)

    async with db.write() as c:
        await deliveries.cancel_for_person(c, PERSON, "reminder", clock.now())
        await ticks.set_state(c, PERSON, "c.emjm", item.id, ItemState.WORKING, clock.now())
    await planner.tick()
    assert f"s:{item.id}" not in dict(await occasions(rows))


@pytest.mark.usefixtures("follower")
@pytest.mark.parametrize("silence", ["mute", "off", "submitted"])
async def test_who_wants_no_reminders_gets_none(
    planner: Planner, db: Database, clock: MovableClock, rows: Rows, silence: str
) -> None:
    async with db.write() as c:
        if silence == "mute":
            await follows.set_muted(c, PERSON, "emjm", muted=True)
        elif silence == "off":
            await people.set_reminders(c, PERSON, on=False)
        else:
            await follows.set_submitted(c, PERSON, "emjm", clock.now())
    clock.move_to(bishkek(12, 12))
    await planner.tick()

    assert await rows() == []


@pytest.mark.usefixtures("follower")
async def test_a_moved_deadline_withdraws_the_old_reminders_and_is_told_once(
    planner: Planner, db: Database, call: Call, clock: MovableClock, rows: Rows
) -> None:
    clock.move_to(bishkek(12, 12))
    await planner.tick()
    moved = replace(call, closes=CLOSES + timedelta(days=1))
    async with db.write() as c:
        await seed(c, [moved], clock.now())
        await seed(c, [moved], clock.now())
    (news,) = await rows()
    await planner.tick()

    assert (news.kind, news.key) == ("change", f"c{PERSON}:emjm:2")
    assert news.body == {"was": call.closes.isoformat(), "was_status": "official"}
    assert dict(await occasions(rows))["d7"] == bishkek(14, 10)


@pytest.fixture
def moved_clocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Lets Bishkek live by the time of Almaty, from the next version of the zones on."""

    def move() -> None:
        place = tmp_path / "Asia" / "Bishkek"
        place.parent.mkdir()
        place.write_bytes((files("tzdata") / "zoneinfo" / "Asia" / "Almaty").read_bytes())
        monkeypatch.setattr("tzdata.IANA_VERSION", "2999a")
        reset_tzpath([tmp_path])
        ZoneInfo.clear_cache()

    yield move
    use_own_zones()


@pytest.mark.usefixtures("follower")
async def test_reminders_move_once_when_a_country_moves_its_clocks(
    planner: Planner, rows: Rows, moved_clocks: Callable[[], None]
) -> None:
    """By the clock of the reader at the same hour: an hour later for all others; none twice."""
    use_own_zones()
    await planner.tick()
    before = await rows()
    moved_clocks()
    await planner.tick()
    after = await rows()

    assert [row.key for row in after] == [row.key for row in before]
    moved = {new.due_at - old.due_at for old, new in zip(before, after, strict=True)}
    assert moved == {timedelta(hours=1)}


@pytest.mark.usefixtures("follower")
async def test_a_process_with_older_zones_moves_nothing_back(
    planner: Planner, rows: Rows, moved_clocks: Callable[[], None]
) -> None:
    """It may run beside those with newer ones for a while."""
    moved_clocks()
    await planner.tick()
    planned = await rows()
    use_own_zones()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tzdata.IANA_VERSION", "2026a")
        await planner.tick()

    assert await rows() == planned


@pytest.mark.usefixtures("follower")
async def test_a_new_text_of_a_call_is_no_news(
    db: Database, call: Call, clock: MovableClock, rows: Rows
) -> None:
    async with db.write() as c:
        await seed(c, [replace(call, section="elsewhere")], clock.now())

    assert await rows() == []


@pytest.mark.usefixtures("follower")
async def test_a_projection_gets_no_reminder_of_its_last_day(
    planner: Planner, db: Database, call: Call, clock: MovableClock, rows: Rows
) -> None:
    async with db.write() as c:
        await seed(c, [replace(call, status=CallStatus.PROJECTION)], clock.now())
    clock.move_to(bishkek(18, 12))
    await planner.tick()

    assert not {"d1", "d0"} & dict(await occasions(rows)).keys()


async def test_what_a_killed_process_was_sending_is_queued_again(
    planner: Planner, db: Database, clock: MovableClock
) -> None:
    now = clock.now()
    async with db.write() as c:
        draft = Draft("u1:0", Lane.REPLY, PERSON, "screen", {"text": "a"}, now)
        await deliveries.put(c, draft, now)
        await deliveries.claim(c, now, now + timedelta(minutes=1), 1, [Lane.REPLY])

    assert await planner.recover() == 0
    assert await planner.recover(everything=True) == 1


async def test_old_rows_go(planner: Planner, db: Database, clock: MovableClock) -> None:
    now = clock.now()
    async with db.write() as c:
        for lane in Lane:
            draft = Draft(f"k{lane}", lane, PERSON + lane, "screen", {"text": "a"}, now)
            await deliveries.put(c, draft, now)
        for row in await deliveries.claim(c, now, now + timedelta(minutes=1), 9, list(Lane)):
            await deliveries.settle(c, row, State.SENT, now, message_id=1)
    kept = []
    for days in (1, 3, 100, 460):
        clock.move_to(now + timedelta(days=days))
        await planner.purge()
        async with db.read() as c:
            kept.append(sum((await deliveries.counts(c)).values()))

    assert kept == [5, 3, 1, 0]  # a copy can be corrected for a year
