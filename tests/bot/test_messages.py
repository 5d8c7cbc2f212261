"""Messages: photos and documents by Telegram's name for them, pictures made here, silence."""

import base64

import pytest
from telegram import Bot

from bot.messages import Messages
from bot.telegram_double import DoubleRequest, Person, TelegramDouble
from bot.transport import Line, NotSent

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture
def messages(double: TelegramDouble) -> Messages:
    request = DoubleRequest(double, not_sent=NotSent)
    line = Line(request, "https://api.telegram.org", double.token)
    return Messages(line, Bot(double.token, request=request))


@pytest.fixture
def alice(double: TelegramDouble) -> Person:
    person = double.person()
    person.start()
    return person


def file_of(person: Person) -> str:
    media = person.send_photo().media
    assert media is not None
    return str(media.file_id)


async def test_a_photo_is_sent_by_its_name_and_its_caption_edited(
    messages: Messages, alice: Person
) -> None:
    media = {"kind": "photo", "file_id": file_of(alice)}
    number = await messages.show(alice.id, {"text": "<b>Osh</b>", "media": media})
    await messages.show(alice.id, {"text": "Naryn", "media": media, "edit": number})

    assert alice.last.id == number
    assert alice.last.media is not None
    assert alice.last.text == "Naryn"


async def test_a_photo_needs_no_caption(messages: Messages, alice: Person) -> None:
    await messages.show(
        alice.id, {"text": "", "media": {"kind": "photo", "file_id": file_of(alice)}}
    )

    assert alice.last.media is not None


async def test_a_picture_made_here_is_sent(messages: Messages, alice: Person) -> None:
    image = {"name": "week.png", "base64": base64.b64encode(PIXEL).decode()}
    await messages.show(alice.id, {"text": "This week", "image": image})

    assert alice.last.media is not None
    assert alice.last.text == "This week"


async def test_what_may_be_silent_is_silent(messages: Messages, alice: Person) -> None:
    await messages.show(alice.id, {"text": "Quietly", "silent": True})

    assert alice.last.silent


async def test_a_copy_that_is_not_there_is_no_mistake(messages: Messages, alice: Person) -> None:
    number = await messages.show(alice.id, {"text": "Osh"})
    assert number is not None
    alice.delete_message(number)

    assert await messages.show(alice.id, {"text": "Naryn", "copy": number}) is None
    assert await messages.show(alice.id, {"text": "-", "copy": number, "erase": True}) is None
    assert alice.said == []


async def test_a_copy_that_reads_so_already_is_done(messages: Messages, alice: Person) -> None:
    number = await messages.show(alice.id, {"text": "Osh"})

    assert await messages.show(alice.id, {"text": "Osh", "copy": number}) == number
