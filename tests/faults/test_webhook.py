"""Webhook: pushed updates, wrong secrets, several processes behind a proxy, kills."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import aiohttp
import pytest

from bot.inbox import TWO_PROGRAMS
from handlers.presses import Answer
from storage import people
from storage.deliveries import Lane
from tests.faults.forms import BOTH_WHEN_LONG, POSTGRESQL, Size, forms
from tests.faults.machines import Machine
from tests.faults.proxy import HOST, Proxy, free_port
from tests.faults.traffic import Traffic, echo, show
from tests.faults.trial import Trial

pytestmark = pytest.mark.long  # kills and clocks by chance: not for every change

SECRET = "right-secret-" * 4
BURST = 60
ACCEPTED = 200


async def behind(trial: Trial, number: int) -> tuple[Proxy, list[Machine]]:
    """Return machines, not started, behind a proxy to which updates are pushed."""
    proxy = await trial.entered(Proxy())
    machines = []
    for _ in range(number):
        proxy.targets.append(free_port())
        place = f"{HOST}:{proxy.targets[-1]}"
        machines.append(trial.machine(WEBHOOK_URL=proxy.url, WEBHOOK_SECRET=SECRET, LISTEN=place))
    await trial.push()
    return proxy, machines


@BOTH_WHEN_LONG
@forms(Size(times=3), Size(times=30))
async def test_killed_while_updates_are_pushed(trial: Trial, size: Size) -> None:
    """On PostgreSQL three processes, of which a random one is killed; on SQLite the only one."""
    _, machines = await behind(trial, 3 if trial.url.startswith("postgresql") else 1)
    traffic, in_flight = Traffic(trial, await trial.know(60)), 0
    await asyncio.gather(*(machine.ready() for machine in machines))
    for _ in range(size.times):
        goal = len(trial.double.ledger) + trial.random.randrange(1, BURST)
        traffic.burst(BURST)
        await trial.reached(goal, seconds=150)
        victim = trial.random.choice(machines)
        await victim.kill()
        in_flight += await trial.in_flight(Lane.REPLY)
        await victim.ready()
    await trial.until(trial.settled, seconds=150)

    lost, again = await traffic.lost(), len(trial.again())
    trial.tell(
        2,
        "0 lost, 0 double effects",
        f"{traffic.number} updates, {len(machines)} processes, {size.times} kills: "
        f"{len(lost)} lost, {await traffic.double_effects()} double effects; "
        f"{again} replies sent again, {in_flight} in flight",
    )
    assert lost == []
    assert await traffic.double_effects() == 0
    assert again <= in_flight


async def test_wrong_secrets(trial: Trial) -> None:
    """A thousand pushes by somebody who does not know the secret: none is written down."""
    proxy, (machine,) = await behind(trial, 1)
    await machine.ready()
    (person,) = await trial.know(1)
    wrong = ["", "wrong", SECRET[:-1], SECRET + "x", SECRET.upper(), SECRET[::-1]]
    async with aiohttp.ClientSession() as session:
        statuses = [
            await _push(session, proxy.targets[0], n, wrong[n % len(wrong)], person.id)
            for n in range(1000)
        ]
        right = await _push(session, proxy.targets[0], 1, SECRET, person.id)
    written = await trial.number("SELECT count(*) FROM inbox")
    trial.tell(25, "0 accepted", f"1,000 calls: {written - 1} written down")
    assert ACCEPTED not in statuses
    assert right == ACCEPTED
    assert written == 1


async def test_somebody_else_takes_the_webhook(trial: Trial) -> None:
    """Updates are pushed elsewhere with our token: that is said within a minute."""
    _, (machine,) = await behind(trial, 1)
    await machine.ready()
    hook = trial.double.world.updates.webhook
    await trial.until(lambda: bool(hook.url))
    began = time.monotonic()
    trial.double.call("setWebhook", {"url": "https://elsewhere.example/hook"})
    await machine.says(TWO_PROGRAMS, seconds=60)
    took = time.monotonic() - began
    trial.tell(42, "alarm <= 60 s", f"another webhook is set: said after {took:.1f} s")
    assert machine.alive


async def _push(
    session: aiohttp.ClientSession, port: int, number: int, secret: str, person: int
) -> int:
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
    url = f"http://{HOST}:{port}/telegram"
    async with session.post(url, json=_update(number, person), headers=headers) as answer:
        return answer.status


def _update(number: int, person: int) -> dict[str, Any]:
    chat = {"id": person, "type": "private", "first_name": "P"}
    sender = {"id": person, "is_bot": False, "first_name": "P", "language_code": "en"}
    message = {
        "message_id": number,
        "date": 1,
        "chat": chat,
        "from": sender,
        "text": f"zqxj{number}",
    }
    return {"update_id": number, "message": message}


async def test_the_same_push_many_times_at_once(trial: Trial) -> None:
    """Twenty connections bring the same update: all are told that it was taken, it counts once."""
    proxy, (machine,) = await behind(trial, 1)
    await machine.ready()
    writers = await trial.know(10)
    async with aiohttp.ClientSession() as session:
        statuses = await asyncio.gather(
            *(
                _push(session, proxy.targets[0], 100 + n, SECRET, person.id)
                for n, person in enumerate(writers)
                for _ in range(20)
            )
        )
    await trial.until(trial.settled)
    trial.tell(18, "1 effect", f"10 updates, 20 times each: {len(trial.sent())} replies")
    assert set(statuses) == {ACCEPTED}
    assert sorted(entry.chat_id for entry in trial.sent()) == [person.id for person in writers]


@POSTGRESQL
@forms(Size(chats=60, times=0), Size(chats=400, times=10))
async def test_order_holds_across_processes(trial: Trial, size: Size) -> None:
    """Five texts each, pushed to three processes that are killed: replies keep their order."""
    _, machines = await behind(trial, 3)
    people = await trial.know(size.chats)
    await asyncio.gather(*(machine.ready() for machine in machines))
    for n in range(5):
        for person in people:
            person.send_text(f"zqxj{n}")
    for kill in range(1, size.times + 1):
        goal = kill * size.chats * 4 // size.times
        await trial.reached(goal, seconds=150)
        victim = trial.random.choice(machines)
        await victim.kill()
        await victim.ready()
    await trial.until(trial.settled, seconds=200)

    firsts = {person.id: list[str]() for person in people}
    for entry in trial.sent():
        if entry.copy == 1:
            firsts[entry.chat_id].append(echo(entry.text))
    inversions = sum(found != [f"zqxj{n}" for n in range(5)] for found in firsts.values())
    trial.tell(
        39,
        "0 inversions",
        f"{size.chats} chats, 5 texts each, 3 processes, {size.times} kills: "
        f"{inversions} inversions",
    )
    assert inversions == 0


@BOTH_WHEN_LONG
@forms(Size(chats=30), Size(chats=400))
async def test_a_text_and_a_tap_of_one_person_at_once(trial: Trial, size: Size) -> None:
    """They are pushed on two connections, to two processes: both write what the person is."""
    _, machines = await behind(trial, 2 if trial.url.startswith("postgresql") else 1)
    people_ = await trial.know(size.chats)
    shown = {person.id: show(trial, person) for person in people_}
    trial.double.forget_calls()
    await asyncio.gather(*(machine.ready() for machine in machines))
    for question, value in (("el", "bachelor"), ("hc", "KG")):
        for person in people_:
            person.press_data(shown[person.id], Answer("all", question, value, change=False).pack())
            person.send_text(f"zqxj{question}")
    await trial.until(trial.settled, seconds=150)

    async with trial.db.read() as c:
        found = [await people.find(c, person.id) for person in people_]
    kept = sum(len(person.facts) for person in found if person is not None)
    lost = 2 * size.chats - len(trial.sent())
    trial.tell(
        21,
        "one after the other, never overwritten",
        f"{2 * size.chats} pairs of a text and a tap, {len(machines)} processes: "
        f"{kept} of {2 * size.chats} answers kept, {lost} texts without a reply",
    )
    assert kept == 2 * size.chats
    assert lost == 0
    assert await trial.number("SELECT count(*) FROM inbox WHERE attempts > 1") == 0
