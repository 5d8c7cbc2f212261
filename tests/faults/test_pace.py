"""Pace: never too fast for Telegram, and slower when Telegram says so."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.telegram_double import Pace
from storage.deliveries import Lane
from tests.faults.forms import BOTH, Size, forms
from tests.faults.measures import busiest_second, penalties, percentile
from tests.faults.traffic import echo
from tests.faults.trial import Trial, now

pytestmark = pytest.mark.long  # kills and clocks by chance: not for every change


@pytest.fixture
def pace(request: pytest.FixtureRequest) -> Pace:
    """Return Telegram's limits, or 20 a second where the test says so."""
    marker = request.node.get_closest_marker("everywhere")
    return Pace(everywhere=marker.args[0]) if marker else Pace.telegram()


@forms(Size(chats=150), Size(chats=10_000))
async def test_telegrams_limit_is_never_met(trial: Trial, size: Size) -> None:
    """Bulk at full speed under the limit of 30 a second."""
    await trial.queue([person.id for person in await trial.know(size.chats)], Lane.REMINDER)
    await trial.machine().ready()
    await trial.until(trial.settled, seconds=60 + size.chats / 10)

    sent = trial.sent()
    took = (sent[-1].at - sent[0].at).total_seconds()
    trial.tell(
        11,
        "<= 30 in any second, 0 x 429",
        f"{len(sent)} messages, {len(sent) / took:.1f} a second, at most "
        f"{busiest_second(sent)} in a second, {len(trial.double.mistakes)} x 429",
    )
    assert len({entry.chat_id for entry in sent}) == size.chats
    assert trial.again() == []
    assert busiest_second(sent) <= 30
    assert trial.double.mistakes == []


async def test_a_pause_that_telegram_asks_for_is_kept(trial: Trial) -> None:
    """One "too many requests": bulk is silent for as long as asked, and nothing is lost."""
    chats = [person.id for person in await trial.know(100)]
    await trial.queue(chats, Lane.REMINDER)
    trial.double.faults.add("too_many", method="sendMessage", skip=30, retry_after=3)
    await trial.machine().ready()
    await trial.until(trial.settled, seconds=60)

    asked = trial.double.faults.used[0].at
    silence = [asked + timedelta(seconds=0.3), asked + timedelta(seconds=3)]
    early = [entry for entry in trial.sent() if silence[0] < entry.at < silence[1]]
    trial.tell(
        11,
        "silence until retry_after, 0 lost",
        f"{len(chats)} messages, one 429 of 3 s: {len(early)} sent in the pause, "
        f"{len(chats) - len(trial.sent())} lost",
    )
    assert early == []
    assert sorted(entry.chat_id for entry in trial.sent()) == chats


@BOTH
@forms(Size(chats=120), Size(chats=900))
async def test_more_ask_than_telegram_takes(trial: Trial, size: Size, database_url: str) -> None:
    """All ask while nobody answers, and as many again at once: they wait, and are not refused."""
    people = await trial.know(size.chats)
    asked = {f"zqxj{n:05}": person for n, person in enumerate([*people, *people])}
    for text in list(asked)[: size.chats]:
        asked[text].send_text(text)
    processes = 3 if database_url.startswith("postgresql") else 1
    await asyncio.gather(*(trial.machine().ready() for _ in range(processes)))
    for text in list(asked)[size.chats :]:
        asked[text].send_text(text)
    await trial.until(lambda: len(_replies(trial)) == len(asked), seconds=60 + len(asked) / 10)
    await trial.until(trial.settled)

    sent, refused = trial.sent(), trial.double.mistakes
    rate = len(sent) / (sent[-1].at - sent[0].at).total_seconds()
    trial.tell(
        11,
        "replies: 0 lost, >= 20 a second, <= 2 penalties, none for a process alone",
        f"{len(asked)} questions at once, {processes} processes: {rate:.1f} replies a second, at "
        f"most {busiest_second(sent)} in a second, {penalties(refused)} penalties "
        f"({len(refused)} x 429)",
    )
    assert len(sent) == len(asked)
    # Processes that begin at one moment have not heard of each other.
    assert penalties(refused) <= (0 if processes == 1 else 2)
    assert rate >= 20


@pytest.mark.everywhere(20)
@forms(Size(chats=160), Size(chats=1500))
async def test_a_server_that_allows_less(trial: Trial, size: Size) -> None:
    """A double that really allows 20 a second: the pace finds it, after a minute or so."""
    await trial.queue([person.id for person in await trial.know(size.chats)], Lane.REMINDER)
    await trial.machine().ready()
    await trial.until(trial.settled, seconds=60 + size.chats / 4)

    sent, refused = trial.sent(), trial.double.mistakes
    end = sent[-1].at - timedelta(seconds=2)
    half = [entry for entry in sent if entry.at <= end][len(sent) // 2 :]
    rate = len(half) / (half[-1].at - half[0].at).total_seconds()
    took = (sent[-1].at - sent[0].at).total_seconds()
    trial.tell(
        12,
        ">= 14 a second in the second half, <= 6 penalties per 1,500",
        f"{len(sent)} messages: {rate:.1f} a second, {penalties(refused)} penalties "
        f"({len(refused)} x 429)",
    )
    assert len({entry.chat_id for entry in sent}) == len(sent) == size.chats
    assert penalties(refused) <= 6
    assert rate >= (14 if took > 60 else 8)


@forms(Size(chats=3000, times=40), Size(chats=300_000, times=300))
async def test_people_are_answered_while_bulk_is_sent(trial: Trial, size: Size) -> None:
    """Five texts a second, each by somebody else, while rows wait and bulk runs."""
    writers = await trial.know(40)
    await trial.queue(range(800_000_000, 800_000_000 + size.chats), Lane.ANNOUNCEMENT)
    for chat in range(800_000_000, 800_000_000 + min(size.chats, 20_000)):
        trial.double.world.accounts[trial.double.person(chat).id].started = True
    await trial.machine().ready()
    await trial.until(lambda: len(trial.sent()) > 30)
    wrote = {}
    for n in range(size.times):
        wrote[f"zqxj{n:05}"] = now()
        writers[n % len(writers)].send_text(f"zqxj{n:05}")
        await asyncio.sleep(0.2)  # the rate is the point
    await trial.until(lambda: len(_replies(trial)) == size.times)

    waits = [(_replies(trial)[text] - at).total_seconds() for text, at in wrote.items()]
    bulk = [entry for entry in trial.sent() if entry.chat_id >= 800_000_000]
    rate = len(bulk) / (bulk[-1].at - bulk[0].at).total_seconds()
    trial.tell(
        14,
        "p95 <= 300 ms, p99 <= 1 s; bulk >= 20 a second",
        f"{size.chats} rows wait: p95 {percentile(waits, 95) * 1000:.0f} ms, "
        f"p99 {percentile(waits, 99) * 1000:.0f} ms; bulk {rate:.1f} a second",
    )
    assert percentile(waits, 95) <= 0.3
    assert percentile(waits, 99) <= 1
    assert rate >= 20


def _replies(trial: Trial) -> dict[str, datetime]:
    return {echo(entry.text): entry.at for entry in trial.sent() if echo(entry.text)}


@forms(Size(chats=30, times=4), Size(chats=200, times=10))
async def test_one_chat_gets_one_message_a_second(trial: Trial, size: Size) -> None:
    """Several messages for every chat: no chat is written to faster than Telegram allows."""
    chats = [person.id for person in await trial.know(size.chats)]
    await trial.queue(chats, Lane.REMINDER, each=size.times)
    await trial.machine().ready()
    await trial.until(trial.settled, seconds=60 + size.chats * size.times / 10)

    trial.tell(
        37,
        "0 x 429 for a chat",
        f"{size.chats} chats, {size.times} messages each: {len(trial.double.mistakes)} x 429",
    )
    assert trial.double.mistakes == []
    assert len(trial.sent()) == size.chats * size.times
