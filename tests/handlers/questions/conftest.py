"""An office with an owner, a colleague, and a group in which it answers."""

from __future__ import annotations

import pytest

from bot.assistant import Assistant
from bot.clock import MovableClock
from bot.telegram_double import Group, Person, TelegramDouble
from erasmus.offices import Office, Role
from storage import offices
from storage.members import Member
from tests.offices import an_office, hire
from tests.question_desk import OFFICE, Settled, connect


@pytest.fixture
def owner(double: TelegramDouble) -> Person:
    person = double.person(700000800, "Данияр", "ru")
    person.account.started = True
    return person


@pytest.fixture
async def office(assistant: Assistant, owner: Person, clock: MovableClock) -> Office:
    """An office of the country, owned by somebody who speaks English here."""
    made = an_office(clock.now())
    async with assistant.db.write() as c:
        await offices.put(c, made)
        await hire(c, Member(OFFICE, owner.id, Role.OWNER, "Данияр", clock.now(), None))
    return made


@pytest.fixture
async def colleague(
    assistant: Assistant,
    office: Office,  # noqa: ARG001 - it must be there
    double: TelegramDouble,
    clock: MovableClock,
) -> Person:
    """Somebody else of the office who may answer."""
    person = double.person(700000802, "Азиза", "en")
    person.account.started = True
    async with assistant.db.write() as c:
        await hire(c, Member(OFFICE, person.id, Role.EDITOR, "Азиза", clock.now(), None))
    return person


@pytest.fixture
async def group(
    office: Office,  # noqa: ARG001 - it must be there
    double: TelegramDouble,
    owner: Person,
    settled: Settled,
) -> Group:
    """The office's group with topics, connected."""
    made = double.group("Office", [owner], topics=True, admins=[owner])
    made.add_bot(owner, admin=True)
    await settled()
    await connect(made, owner, settled)
    return made


@pytest.fixture
async def plain(
    office: Office,  # noqa: ARG001 - it must be there
    double: TelegramDouble,
    owner: Person,
    settled: Settled,
) -> Group:
    """The office's group without topics, connected."""
    made = double.group("Office", [owner])
    made.add_bot(owner)
    await settled()
    await connect(made, owner, settled)
    return made
