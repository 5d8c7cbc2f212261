"""The parts together: a person writes and is answered."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.assistant import Assistant
from bot.clock import MovableClock
from bot.telegram_double import Person, TelegramDouble
from erasmus.announcement_texts import visible
from locales import dates, moments, texts_for
from storage import Database, deliveries, follows, inbox, people
from storage.deliveries import State

Settled = Callable[[], Awaitable[None]]


async def test_a_person_who_starts_is_answered(
    double: TelegramDouble, alice: Person, settled: Settled
) -> None:
    alice.start()
    await settled()

    assert alice.last.keyboard
    assert double.mistakes == []


async def test_a_press_edits_its_message_and_stops_waiting(
    double: TelegramDouble, alice: Person, settled: Settled
) -> None:
    alice.start()
    await settled()
    query = alice.press(alice.last.id, (0, 0))
    await settled()

    assert query.answered
    assert len(alice.messages) == 2
    assert alice.last.edited_at is not None
    assert double.mistakes == []


async def test_many_people_at_once_are_all_answered(
    double: TelegramDouble, settled: Settled
) -> None:
    people = [double.person() for _ in range(100)]
    for person in people:
        person.start()
        person.send_text("/help")
    await settled()

    assert [len(person.said) for person in people] == [2] * 100
    assert double.mistakes == []


async def test_the_same_tap_twice_has_one_effect(
    double: TelegramDouble, alice: Person, settled: Settled
) -> None:
    alice.start()
    await settled()
    query = alice.press(alice.last.id, (0, 0))
    alice.press_again(query)
    await settled()

    assert len(alice.said) == 1
    assert double.mistakes == []


async def test_a_reminder_reaches_who_follows_a_call(
    double: TelegramDouble, alice: Person, assistant: Assistant, settled: Settled,
    clock: MovableClock,
) -> None:  # fmt: skip
    alice.start()
    await settled()
    alice.press(alice.last.id, (0, 0))
    await settled()
    now = clock.now()
    call = next(c for c in assistant.library.calls if c.closes > now + timedelta(days=40))
    async with assistant.db.write() as c:
        await follows.follow(c, alice.id, call.id, now)
    clock.move_to((call.closes - timedelta(days=5)).replace(hour=8))
    before = len(alice.said)
    await assistant.catch_up()

    assert len(alice.said) == before + 1
    async with assistant.db.read() as c:
        sent = await deliveries.sent_list(c, 1)
    assert sent[0].kind == "reminder"
    assert double.mistakes == []


async def test_a_reminder_of_a_standstill_says_that_it_is_late(
    alice: Person, assistant: Assistant, settled: Settled, clock: MovableClock
) -> None:
    """Also when the standstill ends at night, and the morning has to be waited for."""
    alice.start()
    await settled()
    now = clock.now()
    call = next(c for c in assistant.library.calls if c.closes > now + timedelta(days=40))
    async with assistant.db.write() as c:
        await follows.follow(c, alice.id, call.id, now)
    await assistant.planner.tick()
    async with assistant.db.read() as c:
        due = await deliveries.next_due(c, now)
        person = await people.find(c, alice.id)
    assert due is not None
    assert person is not None
    before = len(alice.said)
    clock.move_to(due + timedelta(hours=13))
    await assistant.catch_up()
    assert len(alice.said) == before
    clock.move(timedelta(hours=11))
    await assistant.catch_up()

    t = texts_for(person.language)
    day = dates.day(t.language, moments.local_day(due, person.zone))
    late = t("Sorry, this reminder is late. You should have received it on {day}.", day=day)
    assert len(alice.said) == before + 1
    assert visible(late) in alice.said[-1]


async def test_groups_get_no_answer_unless_they_ask(
    double: TelegramDouble, alice: Person, settled: Settled, db: Database
) -> None:
    group = double.group("Students", members=[alice])
    group.sees_all = True
    group.add_bot(by=alice)
    await settled()
    said = len(group.messages)
    alice.send_text("hello everybody", group=group)
    await settled()

    assert len(group.messages) == said + 1
    async with db.read() as c:
        assert (await inbox.depth(c))[0] == 0
        assert State.QUEUED not in await deliveries.counts(c)
