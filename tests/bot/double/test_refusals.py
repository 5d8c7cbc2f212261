"""The Telegram double refuses what Telegram refuses, and its people behave like people."""

from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import BadRequest

from bot.clock import MovableClock
from bot.telegram_double import (
    Cause,
    NoSuchButton,
    NotPressable,
    Person,
    TelegramDouble,
)
from tests.bot.double.calls import keyboard, refused


async def test_an_update_comes_again_until_a_later_offset_confirms_it(
    bot: Bot, alice: Person
) -> None:
    first = await bot.get_updates()
    again = await bot.get_updates()
    alice.send_text("hello")
    rest = await bot.get_updates(offset=first[-1].update_id + 1)

    assert [u.update_id for u in first] == [u.update_id for u in again]
    assert [u.message.text for u in rest if u.message] == ["hello"]


async def test_a_command_is_marked_as_one(bot: Bot, double: TelegramDouble) -> None:
    double.person().start("c_emai")

    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.text == "/start c_emai"
    assert [(e.type, e.length) for e in update.message.entities] == [("bot_command", 6)]


def test_taps_live_150_seconds_in_the_queue_and_messages_a_day(
    double: TelegramDouble, alice: Person, clock: MovableClock
) -> None:
    double.call("sendMessage", {"chat_id": alice.id, "text": "?", "reply_markup": _one("Yes")})
    alice.press(alice.last.id, "Yes")

    clock.move(timedelta(seconds=151))
    assert double.pending == 1
    clock.move(timedelta(hours=24))
    assert double.pending == 0


def _one(label: str, **value: object) -> dict[str, object]:
    return {"inline_keyboard": [[{"text": label} | (value or {"callback_data": "y"})]]}


async def test_a_tap_carries_the_message_and_is_answered_with_a_toast(
    bot: Bot, alice: Person
) -> None:
    await bot.send_message(alice.id, "Go on?", reply_markup=keyboard("Yes", "No"))
    alice.press(alice.last.id, "No")

    query = (await bot.get_updates())[-1].callback_query
    assert query is not None
    assert query.message is not None
    await query.answer("Fine")
    assert query.data == "No"
    assert [toast.text for toast in alice.toasts] == ["Fine"]
    assert alice.waiting_queries == []


def test_a_tap_can_be_answered_for_fifteen_seconds(
    double: TelegramDouble, alice: Person, clock: MovableClock
) -> None:
    double.call("sendMessage", {"chat_id": alice.id, "text": "?", "reply_markup": _one("Yes")})
    query = alice.press(alice.last.id, "Yes")
    clock.move(timedelta(seconds=16))

    words = refused(double, "answerCallbackQuery", callback_query_id=query.id)
    assert words.startswith("Bad Request: query is too old and response timeout expired")


def test_a_button_taken_away_can_still_be_pressed_by_a_slow_app(
    double: TelegramDouble, alice: Person
) -> None:
    double.call("sendMessage", {"chat_id": alice.id, "text": "1", "reply_markup": _one("Yes")})
    message = alice.last.id
    double.call("editMessageText", {"chat_id": alice.id, "message_id": message, "text": "2"})

    with pytest.raises(NoSuchButton, match="no buttons"):
        alice.press(message, "Yes")
    assert alice.press(message, "Yes", stale=True).data == "y"


def test_links_and_texts_to_copy_are_no_taps(double: TelegramDouble, alice: Person) -> None:
    link = _one("Site", url="https://erasmus-plus.ec.europa.eu")
    double.call("sendMessage", {"chat_id": alice.id, "text": "?", "reply_markup": link})

    with pytest.raises(NotPressable, match="erasmus-plus"):
        alice.press(alice.last.id, "Site")


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        (_one("x", callback_data="я" * 33), "BUTTON_DATA_INVALID"),
        (_one("x", url="ds"), "inline keyboard button URL 'ds' is invalid: Wrong HTTP URL"),
        (_one("x", url="happ://add"), "Unsupported URL protocol"),
        (_one("x", copy_text={"text": "я" * 257}), "BUTTON_COPY_TEXT_INVALID"),
        (_one("x", callback_data=""), "Text buttons are unallowed in the inline keyboard"),
        (_one("x", callback_data="a", url="https://a.org"), "several kinds"),
        (_one(" "), "button without text"),
        ({"inline_keyboard": [[]]}, "empty row"),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "y"}] * 9]}, "more than 8"),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "y"}]] * 101}, "too long"),
    ],
)
def test_bad_keyboards_are_refused(
    double: TelegramDouble, alice: Person, markup: object, words: str
) -> None:
    assert words in refused(double, "sendMessage", chat_id=alice.id, text="x", reply_markup=markup)
    assert [refusal.cause for refusal in double.mistakes] == [Cause.MISTAKE]


@pytest.mark.parametrize(
    ("method", "params", "words"),
    [
        ("sendMessage", {"text": ""}, "message text is empty"),
        ("sendMessage", {"text": " \n"}, "text must be non-empty"),
        ("sendMessage", {"text": "🎓" * 2049}, "message is too long"),
        ("sendMessage", {"text": "x", "parse_mode": "Markdown"}, "unsupported parse_mode"),
        ("sendMessage", {"text": "x", "disable_preview": True}, "no parameter disable_preview"),
        ("sendDocument", {"document": "document-77"}, "wrong file identifier"),
        ("editMessageText", {"message_id": 9, "text": "x"}, "message to edit not found"),
        ("editMessageText", {"message_id": 101, "text": "x"}, "message can't be edited"),
        ("deleteMessage", {"message_id": 9}, "message to delete not found"),
        ("sendVideo", {}, "Not Found: method not found"),
        ("setMyCommands", {"commands": [{"command": "Help", "description": "x"}]}, "INVALID"),
    ],
)
def test_other_mistakes_are_refused(
    double: TelegramDouble, alice: Person, method: str, params: dict[str, object], words: str
) -> None:
    chat = {} if method == "setMyCommands" else {"chat_id": alice.id}
    assert words in refused(double, method, **chat, **params)


def test_a_text_of_4096_units_between_tags_is_fine(double: TelegramDouble, alice: Person) -> None:
    text = f"<b>{'🎓' * 2048}</b>"
    status, _ = double.call(
        "sendMessage", {"chat_id": alice.id, "text": text, "parse_mode": "HTML"}
    )
    assert status == 200
    assert alice.last.html == text


async def test_an_edit_that_changes_nothing_is_told_apart(
    bot: Bot, double: TelegramDouble, alice: Person
) -> None:
    sent = await bot.send_message(alice.id, "<b>Same</b>", parse_mode="HTML")

    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_text("<b>Same</b>", alice.id, sent.message_id, parse_mode="HTML")
    assert double.mistakes == []
    assert [refusal.cause for refusal in double.refusals] == [Cause.WORLD]


async def test_messages_are_deleted_within_48_hours(
    bot: Bot, alice: Person, clock: MovableClock
) -> None:
    old, new = [(await bot.send_message(alice.id, text)).message_id for text in ("old", "new")]
    await bot.delete_message(alice.id, new)
    clock.move(timedelta(hours=49))

    with pytest.raises(BadRequest, match="can't be deleted for everyone"):
        await bot.delete_message(alice.id, old)
    assert alice.said == ["old"]
