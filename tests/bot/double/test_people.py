"""People of the double block, move and wait; its limits and faults work as ordered."""

from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TimedOut

from bot.clock import MovableClock
from bot.telegram_double import (
    Cause,
    NotPossible,
    Person,
    TelegramDouble,
)
from bot.transport import NotSent


async def test_who_blocks_is_told_and_not_reached(bot: Bot, alice: Person) -> None:
    alice.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(alice.id, "x")
    with pytest.raises(NotPossible):
        alice.send_text("still here")
    alice.restart()

    updates = await bot.get_updates()
    standings = [u.my_chat_member.new_chat_member.status for u in updates if u.my_chat_member]
    assert standings == ["kicked", "member"]


async def test_nobody_is_written_to_first(bot: Bot, double: TelegramDouble) -> None:
    with pytest.raises(Forbidden, match="can't initiate conversation"):
        await bot.send_message(double.person().id, "x")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(42, "x")


async def test_a_group_that_becomes_a_supergroup_says_where_it_went(
    bot: Bot, double: TelegramDouble, alice: Person
) -> None:
    office = double.group("Office", [alice])
    office.add_bot(alice)
    old = office.id
    new = office.migrate()

    with pytest.raises(ChatMigrated) as caught:
        await bot.send_message(old, "x")
    assert caught.value.new_chat_id == new
    await bot.send_message(new, "here")
    assert office.last.text == "here"


async def test_in_a_group_the_bot_sees_what_is_meant_for_it(
    bot: Bot, double: TelegramDouble, alice: Person
) -> None:
    office = double.group("Office", [alice])
    office.add_bot(alice)
    for text in ("tea?", "/stats", "/stats@other_bot", f"/stats@{double.bot['username']}"):
        alice.send_text(text, group=office)

    seen = [u.message.text for u in await bot.get_updates() if u.message and u.message.text]
    assert seen == ["/start", "/stats", f"/stats@{double.bot['username']}"]


def test_the_menu_follows_scope_and_language(double: TelegramDouble, alice: Person) -> None:
    def put(word: str, **params: object) -> None:
        command = {"command": word, "description": word}
        assert double.call("setMyCommands", {"commands": [command], **params})[0] == 200

    shown = []
    put("common")
    shown.append(alice.commands[0]["command"])
    put("kyrgyz", language_code="ky")
    shown.append(alice.commands[0]["command"])
    put("mine", scope={"type": "chat", "chat_id": alice.id})
    shown.append(alice.commands[0]["command"])

    assert shown == ["common", "kyrgyz", "mine"]


def test_one_chat_takes_a_short_burst_and_then_one_message_a_second(
    clock: MovableClock,
) -> None:
    double = TelegramDouble(clock.now)
    person = double.person()
    person.start()

    def send() -> int:
        return double.call("sendMessage", {"chat_id": person.id, "text": "x"})[0]

    assert [send() for _ in range(4)] == [200, 200, 200, 429]
    clock.move(timedelta(seconds=1))
    assert send() == 200


def test_all_chats_together_take_thirty_a_second(clock: MovableClock) -> None:
    double = TelegramDouble(clock.now)
    people = [double.person() for _ in range(31)]
    for person in people:
        person.start()
    answers = [double.call("sendMessage", {"chat_id": p.id, "text": "x"}) for p in people]

    assert [status for status, _ in answers] == [200] * 30 + [429]
    assert answers[30][1]["parameters"] == {"retry_after": 1}
    assert [refusal.cause for refusal in double.mistakes] == [Cause.PACE]


async def test_faults_on_order_happen_once_and_are_no_refusals(
    bot: Bot, double: TelegramDouble, alice: Person
) -> None:
    expected = {
        "too_many": RetryAfter,
        "server_error": NetworkError,
        "refuse": NotSent,
        "drop_before": NetworkError,
        "drop_after": NetworkError,
        "hang": TimedOut,
    }
    for kind, error in expected.items():
        double.faults.add(kind, method="sendMessage", skip=1)
        await bot.send_message(alice.id, f"before {kind}")
        with pytest.raises(error):
            await bot.send_message(alice.id, f"at {kind}")
    assert double.refusals == []
    assert [entry.text for entry in double.ledger if entry.text.startswith("at")] == [
        "at drop_after"
    ]
    assert [entry.text for entry in double.ledger if not entry.answered] == ["at drop_after"]


async def test_the_ledger_counts_copies(bot: Bot, double: TelegramDouble, alice: Person) -> None:
    await bot.send_message(alice.id, "same")
    await bot.send_message(alice.id, "same")

    assert [entry.copy for entry in double.ledger] == [1, 2]


async def test_files_are_kept_as_placeholders_and_sent_again_by_identifier(
    bot: Bot, alice: Person
) -> None:
    sent = await bot.send_document(alice.id, b"BEGIN:VCALENDAR", filename="plan.ics")
    assert sent.document is not None
    await bot.send_document(alice.id, sent.document.file_id, caption="Again")

    media = alice.last.media
    assert media is not None
    assert (media.name, media.size, alice.last.text) == ("plan.ics", 15, "Again")
