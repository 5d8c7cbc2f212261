"""An announcement's texts: written by normal messages, shown as they will look."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from erasmus.announcement_contents import ContentKind
from erasmus.announcement_texts import LONGEST_CAPTION, signs, visible
from erasmus.offices import Role
from erasmus.words import Language
from handlers.announced import announced, signs_beside
from handlers.presses import StopTopic
from handlers.staff.announcing.presses import (
    Announcements,
    FillText,
    Preview,
    RemoveText,
    ShowAnnouncement,
    ToTranslate,
    TryOnMyself,
    WriteText,
)
from storage import members, offices
from tests.announcement_desk import (
    OFFICE,
    SECOND,
    stored,
    texts,
    write,
)
from tests.chats import Chat
from tests.offices import Staff


async def test_a_normal_message_becomes_the_text_of_a_language(owner: Chat) -> None:
    await write(owner, "ru", "Приходите в пятницу")
    assert "Kept: Русский" in owner.text
    assert "Қазақша: missing, readers see Русский" in owner.text
    await write(owner, "en", "Come on Friday")
    kept = await texts(owner)
    assert {language: content.html for language, content in kept.items()} == {
        Language.RU: "Приходите в пятницу",
        Language.EN: "Come on Friday",
    }


async def test_a_photo_with_a_caption_is_kept_by_its_number_alone(owner: Chat) -> None:
    await owner.press(WriteText(OFFICE, 1, "en"))
    owner.person.send_photo("Come <all>")
    await owner.settled()
    content = (await texts(owner))[Language.EN]
    assert (content.kind, content.html) == (ContentKind.PHOTO, "Come &lt;all&gt;")
    assert content.file_id


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("я" * 4096, "4096 signs, and at most 3"),
        ("\u2060\u2060", "no text that can be seen"),
    ],
)
async def test_what_telegram_would_refuse_is_refused_at_once(
    owner: Chat, text: str, said: str
) -> None:
    """With the count, and the text stays awaited: the next message is taken."""
    await owner.press(WriteText(OFFICE, 1, "ru"))
    await owner.send(text)
    assert said in owner.text
    assert not await texts(owner)
    await owner.send("Короче")
    assert (await texts(owner))[Language.RU].html == "Короче"


async def test_a_sticker_is_no_text(owner: Chat) -> None:
    await owner.press(WriteText(OFFICE, 1, "ru"))
    owner.person.send_sticker()
    await owner.settled()
    assert "can’t send this" in owner.text


async def test_a_caption_is_shorter_than_a_text(owner: Chat) -> None:
    await owner.press(WriteText(OFFICE, 1, "ru"))
    owner.person.send_photo("ы" * 1024)
    await owner.settled()
    assert "1024 signs" in owner.text
    assert "Without a photo" in owner.text


@pytest.mark.parametrize("day", [datetime(2027, month, 30, 6, tzinfo=UTC) for month in (9, 11)])
async def test_as_much_fits_as_really_is_left(owner: Chat, day: datetime) -> None:
    """Whoever reads it, translated or not, corrected on whatever day."""
    async with owner.assistant.db.read() as c:
        office = await offices.get(c, OFFICE)
    assert office is not None
    fits = LONGEST_CAPTION - signs_beside(office, Language.RU)
    assert fits > 850
    await owner.press(WriteText(OFFICE, 1, "ru"))
    assert f"{fits} under a photo" in owner.text
    owner.person.send_photo("ы" * (fits + 1))
    await owner.settled()
    assert f"{fits + 1} signs, and at most {fits} fit" in owner.text
    owner.person.send_photo("ы" * (fits - 2))
    await owner.settled()
    assert "2 more signs would fit" in owner.text

    library, one, said = owner.assistant.library, await stored(owner), await texts(owner)
    copies = [
        announced(reader, office, one, said, library, corrected_at=day) for reader in Language
    ]
    assert max(signs(visible(copy.text)) for copy in copies) <= LONGEST_CAPTION


async def test_an_edited_message_changes_its_text(owner: Chat) -> None:
    """Even after a look at the preview; a message that is no text of it changes nothing."""
    await owner.press(WriteText(OFFICE, 1, "ru"))
    first = owner.person.send_text("Раз").id
    await owner.settled()
    await owner.press(Preview(OFFICE, 1))
    owner.person.edit_text(first, "Два")
    await owner.settled()
    assert (await texts(owner))[Language.RU].html == "Два"
    assert "Kept: Русский" in owner.text

    await write(owner, "ky", "Бир")
    owner.person.edit_text(first, "Три")
    await owner.settled()
    assert "Nothing was changed" in owner.text
    kept = await texts(owner)
    assert [kept[one].html for one in (Language.RU, Language.KY)] == ["Два", "Бир"]


async def test_a_refused_message_may_be_edited(owner: Chat) -> None:
    await owner.press(WriteText(OFFICE, 1, "ru"))
    refused = owner.person.send_text("я" * 3901)
    await owner.settled()
    owner.person.edit_text(refused.id, "Короче")
    await owner.settled()
    assert (await texts(owner))[Language.RU].html == "Короче"


async def test_a_second_message_replaces_nothing_unasked(owner: Chat) -> None:
    """It is told how; after that one may search again."""
    await write(owner, "ru", "Раз")
    await owner.send("Два")
    assert "To replace a text" in owner.text
    assert WriteText(OFFICE, 1, "ru") in owner.presses
    assert (await texts(owner))[Language.RU].html == "Раз"
    await owner.send("zzzz")
    assert "I found nothing" in owner.text


async def test_a_text_is_replaced_and_removed(owner: Chat) -> None:
    await write(owner, "ru", "Раз")
    await write(owner, "ru", "Два")
    assert (await texts(owner))[Language.RU].html == "Два"
    await owner.press(WriteText(OFFICE, 1, "ru"))
    await owner.press(RemoveText(OFFICE, 1, "ru"))
    assert not await texts(owner)


async def test_a_preview_shows_each_language_as_its_readers_will_see_it(owner: Chat) -> None:
    """Missing languages come with their marked fallback, and with the buttons."""
    await write(owner, "ru", "Приходите")
    before = len(owner.person.said)
    await owner.press(Preview(OFFICE, 1))
    shown = owner.person.said[before:]
    assert sum("Приходите" in text for text in shown) >= len(Language)
    assert any("There is no translation into your language yet." in text for text in shown)
    assert ShowAnnouncement(OFFICE, 1) in owner.presses
    newest = [m for m in owner.person.messages if "Приходите" in (m.text or "")][-1]
    assert StopTopic("news").pack() in {b.value for b in newest.buttons}


async def test_a_test_comes_to_the_presser_alone(owner: Chat, chat: Chat) -> None:
    await chat.settle_in()
    await write(owner, "en", "Come")
    await owner.press_old(owner.message.id, ShowAnnouncement(OFFICE, 1).pack())
    seen = len(chat.person.said)
    await owner.press_old(owner.message.id, TryOnMyself(OFFICE, 1).pack())
    assert len(chat.person.said) == seen
    assert sum("Come" in text for text in owner.person.said) >= len(Language)


async def test_who_is_demoted_while_writing_is_told_that_it_was_not_kept(
    owner: Chat, staff: Staff
) -> None:
    """The text of an announcement; afterwards the draft asks a reader for nothing."""
    editor = await staff.member(Role.EDITOR, SECOND)
    await editor.press(Announcements(OFFICE, 0))
    await editor.press(ShowAnnouncement(OFFICE, 1))
    await editor.press(WriteText(OFFICE, 1, "ru"))
    async with owner.assistant.db.write() as c:
        await members.put(c, OFFICE, SECOND, Role.READER, owner.clock.now())
    await editor.send("Приходите")
    assert "can’t do this at this office" in editor.text
    assert "was not kept" in editor.text
    assert await texts(owner) == {}
    await editor.press_old(editor.message.id, ShowAnnouncement(OFFICE, 1).pack())
    assert "draft" in editor.text
    assert "send me the text" not in editor.text


async def test_a_translator_fills_in_what_is_missing_and_nothing_else(
    owner: Chat, staff: Staff
) -> None:
    """They see the text to translate, and cannot replace one or open the rest of the desk."""
    await write(owner, "ru", "Приходите")
    translator = await staff.member(Role.TRANSLATOR, SECOND)
    await translator.press(ToTranslate(OFFICE))
    await translator.press(FillText(OFFICE, 1, "-"))
    assert FillText(OFFICE, 1, "ru") not in translator.presses
    await translator.press(FillText(OFFICE, 1, "ky"))
    assert translator.person.said[-2].startswith("Приходите")
    await translator.send("\u2060")
    await translator.send("Келиңиз")
    assert (await texts(owner))[Language.KY].html == "Келиңиз"
    for press in (FillText(OFFICE, 1, "ky"), FillText(OFFICE, 1, "ru")):
        await translator.press_old(translator.message.id, press.pack())
        assert "there already" in translator.toast
    await translator.press_old(translator.message.id, WriteText(OFFICE, 1, "ru").pack())
    assert "can’t do this" in translator.toast
