"""What is kept of an update, and whose chat it belongs to."""

import pytest

from bot.inbox import chat_of, kept


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


def test_of_the_message_above_a_button_only_its_place_is_kept() -> None:
    """What it said we wrote ourselves; it may be long, and it is a person's."""
    place = {"message_id": 5, "chat": {"id": 7, "type": "private"}}
    said = {**place, "date": 1795000000, "text": "…", "reply_markup": {}}
    query = {"id": "9", "from": {"id": 7}, "data": "h1"}

    press = kept({"update_id": 1, "callback_query": {**query, "message": said}})

    assert press == {"update_id": 1, "callback_query": {**query, "message": place}}
    assert kept({"update_id": 2, "message": said}) == {"update_id": 2, "message": said}
