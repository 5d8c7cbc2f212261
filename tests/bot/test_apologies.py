"""When the assistant fails: whoever waits for an answer hears of it, and nobody else does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest
from telegram import Update
from telegram.ext import ContextTypes, TypeHandler

from bot.assistant import Assistant
from bot.clock import MovableClock
from bot.telegram_double import Group, Person, TelegramDouble
from erasmus.offices import Role
from storage import Database, inbox, offices
from storage.members import Member
from tests.conftest import ADMIN
from tests.offices import an_office, hire

Settled = Callable[[], Awaitable[None]]


@pytest.fixture
def bek(double: TelegramDouble) -> Person:
    person = double.person(first_name="Бек", language_code="ky")
    person.account.started = True
    return person


@pytest.fixture
async def group(double: TelegramDouble, bek: Person, settled: Settled) -> Group:
    made = double.group("Erasmus", [bek])
    made.sees_all = True
    made.add_bot(bek)
    await settled()
    return made


@pytest.fixture
def failing(assistant: Assistant, group: Group) -> None:  # noqa: ARG001 - greeted before
    """From now on the assistant cannot do anything."""

    async def fail(_update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        raise ZeroDivisionError

    assistant.application.add_handler(TypeHandler(Update, fail), group=-1)


@pytest.mark.usefixtures("failing")
async def test_in_a_group_nothing_is_said(group: Group, bek: Person, settled: Settled) -> None:
    had = [message.text for message in group.messages if message.from_bot]
    bek.send_text("Good morning", group=group)
    bek.send_text("/connect", group=group)
    group.remove_bot(bek)
    await settled()
    group.add_bot(bek)
    await settled()
    assert [message.text for message in group.messages if message.from_bot] == had


@pytest.mark.usefixtures("failing")
async def test_a_press_in_a_group_is_answered_on_the_button_alone(
    group: Group, bek: Person, settled: Settled
) -> None:
    had = len(group.messages)
    bek.press_data(group.last.id, "h1", group=group)
    await settled()
    assert bek.toasts[-1].text
    assert len(group.messages) == had


@pytest.mark.usefixtures("failing")
async def test_an_edit_or_a_block_asks_for_nothing(bek: Person, settled: Settled) -> None:
    sent = bek.send_text("medicine")
    await settled()
    had = len(bek.said)
    bek.edit_text(sent.id, "Medicine")
    bek.block()
    bek.restart()
    await settled()
    assert len(bek.said) == had + 1  # /start, which is written by pressing the button


@pytest.mark.usefixtures("failing")
async def test_who_is_not_known_yet_reads_it_in_the_language_of_the_phone(
    double: TelegramDouble, settled: Settled
) -> None:
    stranger = double.person(first_name="Ann", language_code="en")
    stranger.start()
    await settled()
    assert stranger.said[-1].startswith("Sorry")


@pytest.mark.usefixtures("failing")
async def test_an_answer_to_a_student_that_failed_is_not_lost_in_silence(
    group: Group, bek: Person, settled: Settled, db: Database, clock: MovableClock
) -> None:
    """A member of the office whose group it is replies to something there."""
    async with db.write() as c:
        await offices.put(c, replace(an_office(clock.now()), group_id=group.id))
        await hire(c, Member("kg", bek.id, Role.EDITOR, "Бек", clock.now(), None))
    had, card = len(group.messages), group.last.id
    bek.send_text("Just among us", group=group)
    await settled()
    assert len(group.messages) == had + 1
    sent = bek.send_text("Yes, you can.", group=group, reply_to=card)
    await settled()
    assert group.last.reply_to == sent.id
    assert group.last.text.startswith("Sorry")


UNREADABLE: list[tuple[str, dict[str, Any]]] = [
    ("my_chat_member", {"old_chat_member": {"status": "left"}}),
    ("message", {"message_id": 900, "pinned_message": {"no": "chat"}}),
    ("edited_message", {"message_id": 901, "text": "no date"}),
]


@pytest.mark.parametrize(("kind", "payload"), UNREADABLE, ids=[kind for kind, _ in UNREADABLE])
@pytest.mark.parametrize("where", ["group", "private"])
async def test_what_cannot_be_read_and_asks_nothing_is_noted_in_silence(  # noqa: PLR0913, PLR0917 - fixtures
    double: TelegramDouble,
    group: Group,
    bek: Person,
    settled: Settled,
    db: Database,
    kind: str,
    payload: dict[str, Any],
    where: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Telegram has learned something that the library does not know."""
    office = double.person(ADMIN)
    office.account.started = True
    place = group.id if where == "group" else bek.id
    chat = {"id": place, "type": "supergroup" if where == "group" else "private"}
    said = len(double.requests)
    double.world.tell(kind, {"chat": chat, "from": bek.account.as_json(), **payload}, place)
    await settled()

    sent = [asked for asked in double.requests[said:] if asked.method.startswith("send")]
    assert [int(str(asked.params["chat_id"])) for asked in sent] == [ADMIN]
    assert "update set aside" in capsys.readouterr().out
    async with db.read() as c:
        assert (await inbox.depth(c))[0] == 0
