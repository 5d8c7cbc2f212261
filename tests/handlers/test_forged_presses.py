"""A thousand forged staff presses, of every kind there is: no effect, and a polite answer each."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import pytest
from msgspec.structs import fields
from sqlalchemy import select

from erasmus.offices import Right, Role, may
from handlers.staff.answer_presses import Connect
from handlers.staff.desk import StaffPress
from handlers.staff.presses import STAFF_PRESSES
from handlers.staff.routes import PRESSES as ROUTES
from storage.models import metadata
from tests.chats import Chat
from tests.handlers.journeys import CALL
from tests.offices import Staff

PRESSES = 334
"""By each of three people: a thousand and two."""

OWNER, PRESSER = 700000801, 700000850
TEXTS = ("owner", "editor", "", "en", "ky", "all", "Asia/Almaty", "aiu", "2026-12-24", CALL)
NUMBERS = (0, 1, 2, 5, OWNER, PRESSER)

TRACES = {
    # What came in and the answers to it; when somebody was seen, and what they are asked.
    "inbox": None,
    "deliveries": None,
    "leases": None,
    "pace": None,
    "people": {"seen_at", "asking"},
}


def forged(chance: random.Random, kinds: tuple[type[StaffPress], ...]) -> StaffPress:
    """Return a press of the office kg with likely values."""
    kind = chance.choice(kinds)
    values: dict[str, Any] = {"office": "kg"}
    for field in fields(kind)[1:]:
        choices = {str: TEXTS, int: NUMBERS, bool: (False, True)}[field.type]
        values[field.name] = chance.choice(choices)
    return kind(**values)


async def ledger(chat: Chat) -> dict[str, list[tuple[Any, ...]]]:
    """Return everything that is kept but the traces of any press."""
    kept: dict[str, list[tuple[Any, ...]]] = {}
    async with chat.assistant.db.read() as c:
        for table in metadata.sorted_tables:
            traces = TRACES.get(table.name, set())
            if traces is not None:
                columns = [column for column in table.c if column.name not in traces]
                rows = (await c.execute(select(*columns))).all()
                kept[table.name] = sorted(tuple(map(str, row)) for row in rows)
    return kept


async def messages_to(chat: Chat, person_id: int) -> int:
    """Return how many messages a person was sent."""
    sent = (asked.params for asked in chat.double.requests if "chat_id" in asked.params)
    return sum(str(params["chat_id"]) == str(person_id) for params in sent)


async def presser(staff: Staff, who: str) -> tuple[Chat, tuple[type[StaffPress], ...]]:
    """Return somebody's phone and the presses that they may not make at the office kg."""
    if who == "stranger":
        phone = staff.phone(PRESSER)
        await phone.settle_in()
        return phone, STAFF_PRESSES
    if who == "elsewhere":
        await staff.office("aiu", "aiu")
        return await staff.member(Role.OWNER, PRESSER, "aiu"), STAFF_PRESSES
    phone = await staff.member(Role.OWNER, PRESSER)
    await staff.member(Role.TRANSLATOR, PRESSER)
    refused = [kind for kind in STAFF_PRESSES if not may(Role.TRANSLATOR, kind.needs)]
    return phone, tuple(refused)


@pytest.mark.parametrize("who", ["stranger", "elsewhere", "demoted"])
async def test_forged_presses_change_nothing_and_are_answered_politely(
    staff: Staff, who: str
) -> None:
    await staff.office()
    await staff.member(Role.OWNER, OWNER)
    phone, kinds = await presser(staff, who)
    chance = random.Random(who)  # noqa: S311 - repeatable, nothing secret
    before, others = await ledger(phone), await messages_to(phone, OWNER)
    for n in range(1, PRESSES + 1):
        await phone.press_old(phone.message.id, forged(chance, kinds).pack())
        assert len(phone.person.toasts) >= n
        assert "can’t do this" in phone.toast

    assert await ledger(phone) == before
    assert await messages_to(phone, OWNER) == others
    assert not phone.double.mistakes


RELEASED = frozenset(
    {
        *("od1", "oy1", "ol1", "ot1", "om1", "oc1", "or1", "oi1", "os1", "on1", "oz1", "oa1"),
        *("ou1", "oh1", "og1", "ns1"),
        *("ca1", "cb1", "cc1", "cd1", "ce1", "cg1", "ch1", "ci1", "cj1", "ck1", "cl1", "cm1"),
        *("cn1", "co1", "cp1", "cq1", "cr1", "cs1", "ct1", "cu1", "cw1", "cx1", "cy1", "cz1"),
        *("cf1", "ci2", "cj2"),
        *("fa1", "fb1", "fc1", "fd1", "fe1", "ff1", "fg1", "fh1", "fi1", "fj1", "fk1"),
        *("fl1", "fm1", "fn1", "fj2"),
    }
)
"""Tags of the desk that were ever on a button, but for announcements'; never used again."""


def test_every_button_of_the_desk_has_a_tag_a_right_and_an_answer() -> None:
    assert all(count == 1 for count in Counter(press.tag for press in STAFF_PRESSES).values())
    assert all(isinstance(press.needs, Right) for press in STAFF_PRESSES)
    assert set(STAFF_PRESSES) == {*ROUTES, Connect}  # that one is answered in a group
    assert {press.tag for press in STAFF_PRESSES if press.tag[0] != "a"} <= RELEASED


async def test_a_button_of_the_group_does_nothing_in_a_private_chat(staff: Staff) -> None:
    await staff.office()
    owner = await staff.member(Role.OWNER, OWNER)
    before = await ledger(owner)
    await owner.press_old(owner.message.id, Connect("kg").pack())

    assert "out of date" in owner.toast
    assert await ledger(owner) == before
