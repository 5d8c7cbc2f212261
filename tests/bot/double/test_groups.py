"""The double's groups: topics with their rights and limits, threads, files, edits, reactions."""

from datetime import timedelta
from typing import Any

import pytest

from bot.clock import MovableClock
from bot.telegram_double import Cause, Group, NotPossible, Person, TelegramDouble
from tests.bot.double.calls import ask, refused

STAFF = 700_000_002


@pytest.fixture
def staff(double: TelegramDouble) -> Person:
    return double.person(STAFF, "Данияр", "kk")


@pytest.fixture
def office(double: TelegramDouble, staff: Person) -> Group:
    """A group with topics in which the bot is an administrator."""
    group = double.group("Office", [staff], topics=True, admins=[staff])
    group.add_bot(staff, admin=True)
    return group


def updates(double: TelegramDouble) -> list[dict[str, Any]]:
    return list(ask(double, "getUpdates", offset=-1 if not double.pending else 0))


def test_a_topic_is_opened_written_in_closed_and_opened_again(
    double: TelegramDouble, office: Group
) -> None:
    opened = ask(double, "createForumTopic", chat_id=office.id, name="Question 1")
    thread = opened["message_thread_id"]
    said = ask(double, "sendMessage", chat_id=office.id, message_thread_id=thread, text="Hello")

    assert said["message_thread_id"] == thread
    assert said["is_topic_message"] is True
    assert [message.text for message in office.thread(thread)][1:] == ["Hello"]
    assert ask(double, "closeForumTopic", chat_id=office.id, message_thread_id=thread)
    assert "TOPIC_NOT_MODIFIED" in refused(
        double, "closeForumTopic", chat_id=office.id, message_thread_id=thread
    )
    assert ask(double, "reopenForumTopic", chat_id=office.id, message_thread_id=thread)
    ask(double, "editForumTopic", chat_id=office.id, message_thread_id=thread, name="Answered")
    assert [topic.name for topic in office.topics] == ["Answered"]


def test_topics_need_a_forum_and_the_right(
    double: TelegramDouble, office: Group, staff: Person
) -> None:
    plain = double.group("Plain", [staff], admins=[staff])
    plain.add_bot(staff, admin=True)
    assert "not a forum" in refused(double, "createForumTopic", chat_id=plain.id, name="Q")

    office.add_bot(staff, admin=True, without=["can_manage_topics"])
    words = refused(double, "createForumTopic", chat_id=office.id, name="Q")
    assert words == "Bad Request: not enough rights to create a topic"
    standing = ask(double, "getChatMember", chat_id=office.id, user_id=double.bot["id"])
    assert standing["can_manage_topics"] is False
    assert ask(double, "getChat", chat_id=office.id)["is_forum"] is True


@pytest.mark.parametrize(("name", "words"), [("", "non-empty"), ("x" * 129, "longer")])
def test_a_topics_name_has_1_to_128_signs(
    double: TelegramDouble, office: Group, name: str, words: str
) -> None:
    assert words in refused(double, "createForumTopic", chat_id=office.id, name=name)
    assert ask(double, "createForumTopic", chat_id=office.id, name="x" * 128)


def test_twenty_new_topics_a_minute(clock: MovableClock) -> None:
    double = TelegramDouble(clock.now)
    office = double.group("Office", [double.person(STAFF)], topics=True)
    office.add_bot(double.person(STAFF), admin=True)
    for number in range(20):
        ask(double, "createForumTopic", chat_id=office.id, name=f"Q{number}")
    assert "Too Many Requests" in refused(double, "createForumTopic", chat_id=office.id, name="Q20")
    clock.move_to(clock.now() + timedelta(seconds=61))
    ask(double, "createForumTopic", chat_id=office.id, name="Q20")


def test_a_deleted_topic_takes_no_message(double: TelegramDouble, office: Group) -> None:
    ask(double, "createForumTopic", chat_id=office.id, name="Q")
    (topic,) = office.topics
    office.delete_topic(topic)
    words = refused(
        double, "sendMessage", chat_id=office.id, message_thread_id=topic.id, text="Hello"
    )
    assert words == "Bad Request: message thread not found"
    assert double.refusals[-1].cause is Cause.WORLD


def test_what_staff_write_in_a_topic_names_it(
    double: TelegramDouble, office: Group, staff: Person
) -> None:
    """Telegram lets it "answer" the message that opened the topic, as the real apps do."""
    ask(double, "createForumTopic", chat_id=office.id, name="Q")
    (topic,) = office.topics
    updates(double)
    staff.send_text("An answer", group=office, thread=topic.id)
    message = updates(double)[-1]["message"]

    assert message["message_thread_id"] == topic.id
    assert message["reply_to_message"]["forum_topic_created"]["name"] == "Q"
    ask(double, "closeForumTopic", chat_id=office.id, message_thread_id=topic.id)
    with pytest.raises(NotPossible):
        double.person(STAFF + 1).send_text("Hi", group=office, thread=topic.id)


def test_answers_in_a_group_without_topics_are_threads(
    double: TelegramDouble, staff: Person
) -> None:
    group = double.group("Office", [staff], kind="supergroup")
    group.add_bot(staff)
    first = ask(double, "sendMessage", chat_id=group.id, text="Question")
    updates(double)
    staff.send_text("Answer", group=group, reply_to=first["message_id"])
    message = updates(double)[-1]["message"]

    assert message["message_thread_id"] == first["message_id"]
    assert "is_topic_message" not in message
    assert message["reply_to_message"]["message_id"] == first["message_id"]


def test_files_go_on_by_their_number(double: TelegramDouble, office: Group, staff: Person) -> None:
    sent = staff.send_document("form.pdf", "Please sign", group=office)
    assert sent.media is not None
    staff.start()
    copied = ask(
        double,
        "sendDocument",
        chat_id=staff.id,
        document=sent.media.file_id,
        caption="<b>" + "x" * 1024 + "</b>",
        parse_mode="HTML",
    )
    assert len(copied["caption"]) == 1024
    assert "caption is too long" in refused(
        double, "sendDocument", chat_id=staff.id, document=sent.media.file_id, caption="x" * 1025
    )
    with pytest.raises(NotPossible):
        staff.send_photo("x" * 1025)


def test_a_file_is_changed_for_another(double: TelegramDouble, staff: Person) -> None:
    staff.start()
    first, second = staff.send_photo(), staff.send_document("b.pdf")
    assert first.media is not None
    assert second.media is not None
    shown = ask(double, "sendPhoto", chat_id=staff.id, photo=first.media.file_id, caption="One")
    media = {"type": "document", "media": second.media.file_id, "caption": "Two"}
    edited = {"chat_id": staff.id, "message_id": shown["message_id"], "media": media}

    changed = ask(double, "editMessageMedia", **edited)
    assert changed["document"]["file_id"] == second.media.file_id
    assert changed["caption"] == "Two"
    assert "not modified" in refused(double, "editMessageMedia", **edited)
    media["type"] = "photo"
    assert "can't use file" in refused(double, "editMessageMedia", **edited)


def test_edits_in_a_group_are_told_and_only_ones_own(
    double: TelegramDouble, office: Group, staff: Person
) -> None:
    sent = staff.send_text("Answer", group=office)
    staff.edit_text(sent.id, "A better answer", group=office)
    update = updates(double)[-1]
    assert update["edited_message"]["text"] == "A better answer"
    said = ask(double, "sendMessage", chat_id=office.id, text="Mine")
    with pytest.raises(NotPossible):
        staff.edit_text(said["message_id"], "Yours", group=office)


def test_a_forwarded_text_tells_its_channel(double: TelegramDouble, staff: Person) -> None:
    staff.start()
    staff.forward_text("Call 2027", channel="Erasmus+ Kyrgyzstan")
    message = updates(double)[-1]["message"]
    assert message["forward_origin"]["chat"]["title"] == "Erasmus+ Kyrgyzstan"
    assert message["text"] == "Call 2027"


def test_a_group_that_gets_topics_is_a_supergroup_from_then_on(
    double: TelegramDouble, staff: Person
) -> None:
    group = double.group("Office", [staff])
    before = group.id
    group.add_bot(staff)
    group.enable_topics()
    assert group.id != before
    status, body = double.call("sendMessage", {"chat_id": before, "text": "Hi"})
    assert status == 400
    assert body["parameters"]["migrate_to_chat_id"] == group.id
