"""Updates: written down before they are confirmed, handled in order, never lost, never twice."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlalchemy.exc import StatementError
from telegram.error import InvalidToken

from bot.clock import MovableClock
from bot.figures import Figures
from bot.handling import ATTEMPTS
from bot.inbox import Poller, Received, chat_of, kept
from bot.reception import Reception
from bot.telegram_double import DoubleRequest, TelegramDouble
from bot.transport import Line, NotSent
from storage import Connection, Database, deliveries, inbox
from storage.deliveries import Delivery, Draft, Lane, State
from storage.inbox import Arrival

pytestmark = pytest.mark.both_databases


async def no_rest(_seconds: float) -> None:
    """Let others go on, and come back at once."""
    await asyncio.sleep(0)


@dataclass
class Book:
    """Takes updates as the inbox does, and may fail to."""

    received: list[int] = field(default_factory=list)
    failures: int = 0

    async def admit(self, updates: Sequence[Received]) -> None:
        if self.failures:
            self.failures -= 1
            raise OSError("the disk is full")
        self.received += [number for number, _, _ in updates]


@pytest.fixture
def book() -> Book:
    return Book()


@pytest.fixture
async def poller(double: TelegramDouble, book: Book) -> AsyncIterator[Poller]:
    line = Line(DoubleRequest(double, not_sent=NotSent), "https://api.telegram.org", double.token)
    made = Poller(line, book.admit, no_rest)
    made.begin()
    running = asyncio.create_task(made.run())
    yield made
    made.stop()
    await running


@pytest.mark.usefixtures("poller")
async def test_updates_are_written_down_and_confirmed(double: TelegramDouble, book: Book) -> None:
    alice = double.person()
    alice.start()
    alice.send_text("hello")
    await double.listening()

    assert len(book.received) == 2
    assert double.pending == 0


@pytest.mark.usefixtures("poller")
async def test_what_could_not_be_written_down_is_not_confirmed(
    double: TelegramDouble, book: Book
) -> None:
    book.failures = 3
    double.person().start()
    await double.listening()

    assert len(book.received) == 1


@pytest.mark.parametrize("fault", ["refuse", "drop_before", "drop_after", "too_many"])
@pytest.mark.usefixtures("poller")
async def test_a_bad_connection_loses_nothing(
    double: TelegramDouble, book: Book, fault: str
) -> None:
    double.faults.add(fault, method="getUpdates", times=3)
    double.person().start()
    await double.listening()

    assert book.received


@pytest.mark.usefixtures("poller")
async def test_another_program_with_the_same_token_stops_nothing(
    double: TelegramDouble, book: Book
) -> None:
    await double.listening()
    double.call("getUpdates", {"timeout": 0})
    double.person().start()
    await double.listening()

    assert book.received


async def test_a_refused_token_ends_the_polling(double: TelegramDouble, book: Book) -> None:
    other = "1000002:" + "x" * 35
    line = Line(DoubleRequest(double), "https://api.telegram.org", other)

    poller = Poller(line, book.admit, no_rest)
    poller.begin()

    with pytest.raises(InvalidToken):
        await poller.run()


@pytest.mark.usefixtures("poller")
async def test_a_webhook_that_was_left_behind_is_taken_away(
    double: TelegramDouble, book: Book
) -> None:
    double.call("setWebhook", {"url": "https://example.org/hook"})
    double.person().start()
    await double.listening()

    assert book.received


async def test_who_polls_with_our_token_is_reported_and_stops_nothing(
    double: TelegramDouble, book: Book
) -> None:
    figures = Figures()
    line = Line(DoubleRequest(double, not_sent=NotSent), "https://api.telegram.org", double.token)
    made = Poller(line, book.admit, no_rest, figures)
    made.begin()
    running = asyncio.create_task(made.run())
    await double.listening()
    double.call("getUpdates", {"timeout": 0})
    double.person().start()
    await double.listening()
    made.stop()
    await running

    assert book.received
    assert b"erasmus_poll_conflicts_total 1.0" in figures.page()


@pytest.mark.usefixtures("poller")
async def test_a_poller_that_is_paused_asks_for_nothing(
    double: TelegramDouble, book: Book, poller: Poller
) -> None:
    await double.listening()
    poller.pause()
    for _ in range(10):
        await asyncio.sleep(0)
    double.person().start()
    for _ in range(10):
        await asyncio.sleep(0)
    assert book.received == []

    poller.begin()
    await double.listening()
    assert book.received


@pytest.mark.parametrize(
    ("update", "chat"),
    [
        ({"message": {"chat": {"id": 5}, "from": {"id": 6}}}, 5),
        ({"callback_query": {"from": {"id": 6}, "message": {"chat": {"id": 5}}}}, 5),
        ({"callback_query": {"from": {"id": 6}, "inline_message_id": "x"}}, 6),
        ({"my_chat_member": {"chat": {"id": 7}}}, 7),
        ({"something_new": {}}, 0),
    ],
)
def test_the_chat_of_an_update(update: dict[str, object], chat: int) -> None:
    assert chat_of({"update_id": 1, **update}) == chat


@dataclass
class Desk:
    """Handles updates as a test wants: texts that begin with "crash" crash."""

    db: Database
    clock: MovableClock
    handled: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    sent: list[Delivery | None] = field(default_factory=list)
    gates: dict[str, asyncio.Event] = field(default_factory=dict)
    begun: dict[str, asyncio.Event] = field(default_factory=dict)
    reception: Reception | None = None

    def send(self, row: Delivery | None) -> None:
        self.sent.append(row)

    async def handle(self, arrival: Arrival) -> None:
        text = arrival.payload["text"]
        self.handled.append(text)
        if text in self.gates:
            self.begun[text].set()
            await self.gates[text].wait()
        if text.startswith("crash"):
            raise ZeroDivisionError
        if text.startswith("silence"):
            return
        async with self.db.write() as c:
            await inbox.handled(c, arrival.update_id, self.clock.now())
            if text.startswith("unheard"):
                await self.reply(c, arrival)
        if text.startswith("unheard"):
            raise ConnectionResetError
        assert self.reception is not None
        self.reception.committed(arrival.update_id, None)

    async def reply(self, c: Connection, arrival: Arrival) -> None:
        key, now = deliveries.reply_key(arrival.update_id, 0), self.clock.now()
        draft = Draft(key, Lane.REPLY, arrival.chat_id, "screen", {"text": "x"}, now)
        assert await deliveries.put_sending(c, draft, now, now + timedelta(minutes=1))

    async def set_aside(self, arrival: Arrival, _error: Exception) -> None:
        self.aside.append(arrival.payload["text"])
        async with self.db.write() as c:
            await inbox.failed(c, arrival.update_id, "crashed", self.clock.now())

    def hold(self, text: str) -> asyncio.Event:
        """Make an update wait in the middle of its handling; return what tells that it is there."""
        self.gates[text] = asyncio.Event()
        self.begun[text] = asyncio.Event()
        return self.begun[text]


def texts(*given: tuple[int, int, str]) -> list[Received]:
    return [(number, chat, {"text": text}) for number, chat, text in given]


@pytest.fixture
def desk(db: Database, clock: MovableClock) -> Desk:
    return Desk(db, clock)


@pytest.fixture
async def reception(db: Database, clock: MovableClock, desk: Desk) -> AsyncIterator[Reception]:
    made = Reception(db, clock, desk, desk.handle, desk.set_aside)
    desk.reception = made
    made.open()
    running = asyncio.create_task(made.run())
    yield made
    await made.stop(1)
    await running


@pytest.fixture
def states(db: Database) -> Callable[[], Awaitable[int]]:
    """Counts what still waits in the inbox."""

    async def backlog() -> int:
        async with db.read() as c:
            return (await inbox.depth(c))[0]

    return backlog


async def test_updates_of_one_chat_are_handled_in_order(reception: Reception, desk: Desk) -> None:
    await reception.admit(texts((1, 5, "a"), (2, 5, "b"), (3, 5, "c")))
    await reception.idle()

    assert desk.handled == ["a", "b", "c"]


async def test_a_slow_chat_holds_up_no_other(reception: Reception, desk: Desk) -> None:
    begun = desk.hold("slow")
    await reception.admit(texts((1, 5, "slow"), (2, 5, "next")))
    await begun.wait()
    begun_other = desk.hold("other")
    await reception.admit(texts((3, 6, "other")))
    await begun_other.wait()
    desk.gates["other"].set()
    desk.gates["slow"].set()
    await reception.idle()

    assert desk.handled == ["slow", "other", "next"]


async def test_more_chats_than_places_all_get_their_turn(reception: Reception, desk: Desk) -> None:
    await reception.admit(texts(*((n, n, str(n)) for n in range(1, 101))))
    await reception.idle()

    assert sorted(map(int, desk.handled)) == list(range(1, 101))


async def test_an_update_that_comes_again_is_handled_once(reception: Reception, desk: Desk) -> None:
    for _ in range(3):
        await reception.admit(texts((1, 5, "once")))
        await reception.idle()

    assert desk.handled == ["once"]


async def test_an_update_that_nobody_answers_is_put_away(
    reception: Reception, desk: Desk, states: Callable[[], Awaitable[int]]
) -> None:
    await reception.admit(texts((1, 5, "silence")))
    await reception.idle()

    assert desk.handled == ["silence"]
    assert await states() == 0


async def test_an_update_that_always_crashes_is_set_aside_and_the_chat_goes_on(
    reception: Reception, desk: Desk, states: Callable[[], Awaitable[int]]
) -> None:
    await reception.admit(texts((1, 5, "crash"), (2, 5, "after")))
    await reception.idle()

    assert desk.handled == ["crash"] * ATTEMPTS + ["after"]
    assert desk.aside == ["crash"]
    assert await states() == 0


async def leave(
    db: Database, clock: MovableClock, *updates: tuple[int, int, str], deaths: int = 1
) -> None:
    """Let processes end, one after the other, each with the same updates at work."""
    until = clock.now() + timedelta(minutes=1)
    async with db.write() as c:
        await inbox.receive(c, texts(*updates), clock.now())
        await inbox.claim(c, "killed", until, len(updates))
        await inbox.recover(c, clock.now(), everything=True)
        for _ in range(deaths - 1):
            assert await inbox.claim_suspect(c, "killed", until, steady=True)
            await inbox.recover(c, clock.now(), everything=True)


async def test_an_update_that_killed_the_process_three_times_is_not_tried_again(
    db: Database, reception: Reception, desk: Desk, clock: MovableClock
) -> None:
    await leave(db, clock, (1, 5, "poison"), deaths=inbox.DEATHS)
    await reception.admit(texts((2, 6, "x")))
    await reception.idle()

    assert desk.aside == ["poison"]
    assert desk.handled == ["x"]


async def test_a_death_does_not_count_as_an_error_of_the_update(
    db: Database, reception: Reception, desk: Desk, clock: MovableClock
) -> None:
    await leave(db, clock, (1, 5, "crash"))
    await reception.admit(())
    await reception.idle()

    assert desk.handled == ["crash"] * ATTEMPTS
    assert desk.aside == ["crash"]


async def test_a_process_that_has_just_begun_leaves_the_last_try_to_a_steady_one(
    db: Database, clock: MovableClock, desk: Desk
) -> None:
    """Who ends processes soon after their start would hit the same update again and again."""
    await leave(db, clock, (1, 5, "unlucky"), deaths=inbox.DEATHS - 1)
    for steady_seconds in (3600, 0):
        made = Reception(
            db, clock, desk, desk.handle, desk.set_aside, steady_seconds=steady_seconds
        )
        desk.reception = made
        made.open()
        await made.admit(())
        await made.admit(texts((2, 6, "other")))
        await made.stop(1)

    assert desk.handled == ["other", "unlucky"]


async def test_what_a_killed_process_left_is_handled_by_the_next(
    db: Database, clock: MovableClock, desk: Desk
) -> None:
    """The first process wrote updates down and never came to handle them."""
    killed = Reception(db, clock, desk, desk.handle, desk.set_aside)
    await killed.admit(texts((1, 5, "left"), (2, 5, "behind")))
    assert desk.handled == []

    desk.reception = Reception(db, clock, desk, desk.handle, desk.set_aside)
    desk.reception.open()
    running = asyncio.create_task(desk.reception.run())
    await desk.reception.idle()
    await desk.reception.stop(1)
    await running

    assert desk.handled == ["left", "behind"]


async def test_what_had_begun_when_a_process_ended_is_handled_alone(
    db: Database, reception: Reception, desk: Desk, clock: MovableClock
) -> None:
    """One of them may have ended it: nobody else is to die with it again."""
    begun = desk.hold("a")
    await leave(db, clock, (1, 5, "a"), (2, 6, "b"))
    await reception.admit(())
    await begun.wait()
    await reception.admit(texts((3, 7, "new")))
    assert desk.handled == ["a"]

    desk.gates["a"].set()
    await reception.idle()
    assert sorted(desk.handled) == ["a", "b", "new"]


async def test_a_suspect_has_its_turn_however_much_keeps_coming(
    db: Database, reception: Reception, desk: Desk, clock: MovableClock
) -> None:
    """It waits for what has begun, and what comes later for it, but for no other suspect."""
    begun = desk.hold("slow")
    await reception.admit(texts((1, 5, "slow")))
    await begun.wait()
    await leave(db, clock, (2, 6, "a"), (3, 7, "b"))
    for n in range(4, 9):
        await reception.admit(texts((n, n + 5, f"{n}")))
    assert desk.handled == ["slow", "4"]

    desk.gates["slow"].set()
    await reception.idle()
    assert [text for text in desk.handled if not text.isdigit()] == ["slow", "a", "b"]
    assert desk.handled.index("a") < desk.handled.index("5") < desk.handled.index("b")


async def test_a_suspect_s_chat_waits_behind_it(
    db: Database, reception: Reception, desk: Desk, clock: MovableClock
) -> None:
    await leave(db, clock, (2, 5, "a"))
    await reception.admit(texts((3, 5, "b"), (4, 6, "c")))
    await reception.idle()

    assert desk.handled.index("a") < desk.handled.index("b")


async def test_what_could_not_be_given_back_is_let_go_when_the_database_is_back(
    db: Database, reception: Reception, desk: Desk, clock: MovableClock
) -> None:
    """What a living process holds without knowing does not wait for the end of its lease."""
    async with db.write() as c:
        await inbox.receive(c, texts((1, 5, "unheard of")), clock.now())
        await inbox.claim(c, "alone", clock.now() + timedelta(minutes=1), 1)
    with pytest.raises((StatementError, TypeError)):
        await reception.admit([(2, 6, {"text": {"no", "JSON"}})])
    await reception.admit(())
    await reception.idle()

    assert desk.handled == ["unheard of"]


async def test_a_reply_whose_commit_nobody_heard_of_is_queued_at_once(
    db: Database, reception: Reception, desk: Desk
) -> None:
    """The connection broke after the commit: the reply would wait for the end of a lease."""
    await reception.admit(texts((1, 5, "unheard")))
    await reception.idle()

    async with db.read() as c:
        assert await deliveries.counts(c) == {State.QUEUED: 1}
    assert desk.handled == ["unheard"]
    assert desk.sent == [None]


async def test_stopping_waits_for_what_is_being_handled(
    reception: Reception, desk: Desk, states: Callable[[], Awaitable[int]]
) -> None:
    begun = desk.hold("slow")
    await reception.admit(texts((1, 5, "slow"), (2, 5, "later")))
    await begun.wait()
    stopping = asyncio.create_task(reception.stop(5))
    desk.gates["slow"].set()
    await stopping

    assert desk.handled == ["slow"]
    assert await states() == 1


async def test_nothing_begins_after_a_stop_at_any_moment(
    db: Database, desk: Desk, clock: MovableClock
) -> None:
    """Handled later, a reply would be put as on its way when nobody sends any more."""
    for moment in range(0, 240, 4):
        desk.reception = stopped = Reception(db, clock, desk, desk.handle, desk.set_aside)
        stopped.open()
        admitting = asyncio.create_task(stopped.admit(texts((moment + 1, moment + 1, "a"))))
        for _ in range(moment):
            await asyncio.sleep(0)
        await stopped.stop(5)
        handled = len(desk.handled)
        await admitting
        await asyncio.sleep(0)

        assert len(desk.handled) == handled


def test_of_the_message_above_a_button_only_its_place_is_kept() -> None:
    """What it said we wrote ourselves; it may be long, and it is a person's."""
    place = {"message_id": 5, "chat": {"id": 7, "type": "private"}}
    said = {**place, "date": 1795000000, "text": "…", "reply_markup": {}}
    query = {"id": "9", "from": {"id": 7}, "data": "h1"}

    press = kept({"update_id": 1, "callback_query": {**query, "message": said}})

    assert press == {"update_id": 1, "callback_query": {**query, "message": place}}
    assert kept({"update_id": 2, "message": said}) == {"update_id": 2, "message": said}
