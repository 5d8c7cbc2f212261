"""What has arrived is corrected in place, or taken back."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest

from erasmus.announcement_contents import Content, ContentKind
from handlers.presses import SetTopicOn, StopTopic
from handlers.staff.announcing.correction_drafts import KIND
from handlers.staff.announcing.presses import (
    Change,
    Correct,
    CorrectText,
    PreviewCorrection,
    Recall,
    SteerCorrection,
    WriteText,
)
from storage import announcements, drafts
from tests.announcement_desk import (
    OFFICE,
    OWNER,
    copies,
    open_it,
    send,
    write,
)
from tests.chats import Chat


@pytest.mark.both_databases
async def test_a_correction_changes_every_copy_in_place(owner: Chat, reader: Chat) -> None:
    await send(owner)
    await owner.wait(minutes=1)
    arrived = len(reader.person.said)
    await open_it(owner)
    await owner.press(Change(OFFICE, 1))
    assert "2 copies have arrived" in owner.text
    await owner.press(CorrectText(OFFICE, 1, "ru"))
    await owner.send("Приходите в субботу")
    assert "Nobody has got it yet" in owner.text
    assert copies(reader, "субботу") == 0
    await owner.press(PreviewCorrection(OFFICE, 1))
    assert copies(owner, "Corrected on") > 0
    await owner.press(Correct(OFFICE, 1, sure=False))
    await owner.press(Correct(OFFICE, 1, sure=True))
    await owner.wait(minutes=1)
    await owner.wait(minutes=1)
    assert copies(reader, "субботу") == 1
    assert len(reader.person.said) == arrived
    await open_it(owner)
    assert "Changed: 2 of 2" in owner.text


async def test_a_correction_concerns_only_those_who_read_another_text_then(
    owner: Chat, reader: Chat
) -> None:
    """The question counts them, they alone are edited, and the live message counts them."""
    await open_it(owner)
    await write(owner, "kk", "Жұмада келіңіздер")
    await send(owner)
    await owner.wait(minutes=1)
    await _correct(owner, "ru", "Приходите в субботу")
    assert "The text of 1 copy changes" in owner.text
    await owner.press(Correct(OFFICE, 1, sure=True))
    live = owner.message
    assert "Correction of announcement 1: under way" in live.text
    for _ in range(3):
        await owner.wait(minutes=1)
    assert "Correction of announcement 1: finished" in live.text
    assert "Changed: 1 of 1" in live.text
    assert copies(reader, "Жұмада") == 1
    assert copies(owner, "субботу") > 0


async def test_what_became_of_each_copy_is_said_in_plain_words(owner: Chat, reader: Chat) -> None:
    """One reader deleted the copy, another blocked the assistant."""
    await send(owner)
    await owner.wait(minutes=1)
    reader.person.delete_message(reader.message.id)
    await _correct(owner, "ru", "Приходите в субботу")
    await owner.press(Correct(OFFICE, 1, sure=True))
    live = owner.message
    assert "It goes on by itself" in live.text
    for _ in range(3):
        await owner.wait(minutes=1)
    assert "Changed: 1 of 2" in live.text
    assert "Deleted by their readers before: 1" in live.text


async def test_a_recall_is_paused_and_goes_on_in_its_live_message(
    owner: Chat, reader: Chat
) -> None:
    await send(owner)
    await owner.wait(minutes=1)
    await open_it(owner)
    await owner.press(Change(OFFICE, 1))
    await owner.press(Recall(OFFICE, 1, sure=False))
    await owner.press(Recall(OFFICE, 1, sure=True))
    live = owner.message
    await owner.press(SteerCorrection(OFFICE, 1, 1, on=False))
    await owner.wait(minutes=1)
    assert "Recall of announcement 1: paused" in live.text
    assert live.buttons[0].text == "Go on recalling"
    assert copies(reader) == 1
    await owner.press(SteerCorrection(OFFICE, 1, 1, on=True))
    for _ in range(3):
        await owner.wait(minutes=1)
    assert "Recall of announcement 1: finished" in live.text
    assert copies(reader) == 0


async def _correct(owner: Chat, language: str, text: str) -> None:
    """Write a correction and ask to send it."""
    await open_it(owner)
    await owner.press(Change(OFFICE, 1))
    await owner.press(CorrectText(OFFICE, 1, language))
    await owner.send(text)
    await owner.press(Correct(OFFICE, 1, sure=False))


async def test_a_kept_correction_is_edited_and_never_replaced_unasked(
    owner: Chat, reader: Chat
) -> None:
    await send(owner)
    await owner.wait(minutes=1)
    await open_it(owner)
    await owner.press(Change(OFFICE, 1))
    await owner.press(CorrectText(OFFICE, 1, "ru"))
    sent = owner.person.send_text("Приходите в субботу")
    await owner.settled()
    owner.person.edit_text(sent.id, "Приходите в воскресенье")
    await owner.settled()
    assert "Kept: Русский" in owner.text
    owner.person.send_photo("Приходите в понедельник")
    await owner.settled()
    assert "To replace a text" in owner.text
    assert CorrectText(OFFICE, 1, "ru") in owner.presses
    await owner.press(Correct(OFFICE, 1, sure=False))
    await owner.press(Correct(OFFICE, 1, sure=True))
    await owner.wait(minutes=1)
    await owner.wait(minutes=1)
    assert copies(reader, "воскресенье") == 1


@pytest.mark.both_databases
async def test_two_who_correct_two_languages_at_once_lose_none(owner: Chat) -> None:
    await send(owner)
    await owner.wait(minutes=1)
    await open_it(owner)
    await owner.press(Change(OFFICE, 1))
    await owner.press(CorrectText(OFFICE, 1, "ru"))
    texts = {"kk": Content(ContentKind.TEXT, "Сенбіде келіңіздер").packed()}
    body, now = {"announcement": 1, "texts": texts}, owner.clock.now()
    async with owner.assistant.db.write() as c:
        await announcements.lock(c, 1)
        await drafts.begin(c, OFFICE, OWNER, KIND, body=body, now=now)
        owner.person.send_text("Приходите в субботу")
        with suppress(TimeoutError):
            async with asyncio.timeout(0.5):  # it is answered, or waits for the colleague
                await owner.settled()
    await owner.settled()
    await open_it(owner)
    await owner.press(Change(OFFICE, 1))
    [said] = [line for line in owner.text.splitlines() if line.startswith("New text")]
    assert "Қазақша" in said
    assert "Русский" in said


async def test_a_photo_is_sent_corrected_by_its_caption_and_taken_back(
    owner: Chat, reader: Chat
) -> None:
    """A text alone becomes the new caption; buttons under the photo answer beside it."""
    await open_it(owner)
    await owner.press(WriteText(OFFICE, 1, "ru"))
    owner.person.send_photo("Приходите с фото")
    await owner.settled()
    await send(owner)
    await owner.wait(minutes=1)
    copy = reader.message
    assert copy.media is not None
    assert "Приходите с фото" in copy.text
    await reader.press(StopTopic("news"))
    await reader.press(SetTopicOn("news", on=True))
    await open_it(owner)
    await owner.press(Change(OFFICE, 1))
    await owner.press(CorrectText(OFFICE, 1, "ru"))
    await owner.send("Приходите без фото")
    assert "The photo or document stays" in owner.text
    await owner.press(Correct(OFFICE, 1, sure=False))
    await owner.press(Correct(OFFICE, 1, sure=True))
    await owner.wait(minutes=1)
    await owner.wait(minutes=1)
    assert "Приходите без фото" in copy.text
    await open_it(owner)
    await owner.press(Change(OFFICE, 1))
    await owner.press(Recall(OFFICE, 1, sure=False))
    await owner.press(Recall(OFFICE, 1, sure=True))
    await owner.wait(minutes=1)
    await owner.wait(minutes=1)
    assert copy.deleted


@pytest.mark.parametrize("languages", [("ru", "kk"), ("kk", "ru")])
async def test_who_had_the_photo_of_another_language_gets_the_new_one(
    owner: Chat, reader: Chat, languages: tuple[str, str]
) -> None:
    """The reader's language gets a text of its own, before or after the photo is replaced."""
    await open_it(owner)
    await owner.press(WriteText(OFFICE, 1, "ru"))
    owner.person.send_photo("Приходите с фото")
    await owner.settled()
    await send(owner)
    await owner.wait(minutes=1)
    copy, new = reader.message, ""
    for language in languages:
        await open_it(owner)
        await owner.press(Change(OFFICE, 1))
        await owner.press(CorrectText(OFFICE, 1, language))
        if language == "kk":
            await owner.send("Сенбіде келіңіздер")
            continue
        sent = owner.person.send_photo("Приходите в субботу")
        assert sent.media is not None
        new = sent.media.file_id
        await owner.settled()
    await owner.press(Correct(OFFICE, 1, sure=False))
    await owner.press(Correct(OFFICE, 1, sure=True))
    await owner.wait(minutes=1)
    await owner.wait(minutes=1)
    assert "Сенбіде" in copy.text
    assert copy.media is not None
    assert copy.media.file_id == new


async def test_a_correction_is_of_the_kind_that_was_sent(owner: Chat) -> None:
    await send(owner)
    await owner.wait(minutes=1)
    await open_it(owner)
    await owner.press(Change(OFFICE, 1))
    await owner.press(CorrectText(OFFICE, 1, "ru"))
    owner.person.send_photo("Приходите")
    await owner.settled()
    assert "can only put a text in its place" in owner.text


async def test_a_recall_takes_every_copy_back(owner: Chat, reader: Chat) -> None:
    await send(owner)
    await owner.wait(minutes=1)
    await open_it(owner)
    await owner.press(Change(OFFICE, 1))
    await owner.press(Recall(OFFICE, 1, sure=False))
    asked = owner.message.id
    await owner.press(Recall(OFFICE, 1, sure=True))
    await owner.wait(minutes=1)
    await owner.wait(minutes=1)
    assert copies(reader) == 0
    await owner.press_old(asked, Recall(OFFICE, 1, sure=True).pack())
    assert "nothing to change" in owner.toast
