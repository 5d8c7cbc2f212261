"""An update is read as the handlers want it, and a press no further than they look."""

from typing import Any

import pytest
from telegram import Bot, InaccessibleMessage, Message

from bot.dispatch import read_update
from bot.inbox import kept

AIGUL = {"id": 7, "is_bot": False, "first_name": "Айгүл", "language_code": "ky"}
CHAT = {"id": 7, "type": "private", "first_name": "Айгүл"}
ABOVE = {"message_id": 41, "date": 1795000000, "chat": CHAT, "text": "Саламатсызбы!"}
QUERY = {"id": "9", "from": AIGUL, "chat_instance": "-4611686018427387904", "data": "h1"}


@pytest.fixture
def bot() -> Bot:
    return Bot("1:token")


def press(**more: object) -> dict[str, Any]:
    return {"update_id": 5, "callback_query": {**QUERY, **more}}


def test_a_press_says_who_pressed_what_and_where(bot: Bot) -> None:
    update = read_update(kept(press(message=ABOVE)), bot)

    assert update.update_id == 5
    assert update.effective_user is not None
    assert (update.effective_user.id, update.effective_user.language_code) == (7, "ky")
    assert update.effective_chat is not None
    assert update.effective_chat.id == 7
    query = update.callback_query
    assert query is not None
    assert (query.id, query.data) == ("9", "h1")
    assert isinstance(query.message, InaccessibleMessage)
    assert query.message.message_id == 41


def test_a_press_in_a_topic_says_in_which(bot: Bot) -> None:
    """Else what answers it would stand outside the student's topic."""
    above = {**ABOVE, "message_thread_id": 30, "is_topic_message": True}

    query = read_update(kept(press(message=above)), bot).callback_query

    assert query is not None
    assert isinstance(query.message, Message)
    assert query.message.is_topic_message
    assert (query.message.message_id, query.message.message_thread_id) == (41, 30)


def test_a_press_may_have_no_message_and_no_data(bot: Bot) -> None:
    payload = press()
    del payload["callback_query"]["data"]

    query = read_update(kept(payload), bot).callback_query

    assert query is not None
    assert (query.message, query.data) == (None, None)


def test_any_other_update_is_read_whole(bot: Bot) -> None:
    update = read_update(kept({"update_id": 6, "message": {**ABOVE, "from": AIGUL}}), bot)

    assert update.message is not None
    assert update.message.text == "Саламатсызбы!"
