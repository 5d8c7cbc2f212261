"""Announcements: written by normal messages, shown as they will look, aimed by taps."""

from __future__ import annotations

import pytest
from pydantic import SecretStr

from bot.settings import Settings
from erasmus.announcements import Announcement, Content, ContentKind, Stage, Topic
from erasmus.audiences import Audience
from erasmus.offices import Role
from erasmus.words import Language
from handlers.presses import FollowAnnounced, StopTopic
from handlers.staff.announcing.presses import (
    AddButton,
    Announcements,
    ButtonChoices,
    ChooseHour,
    ChooseTopic,
    Confirm,
    DeleteDraft,
    FillText,
    ForWhom,
    Narrow,
    NewAnnouncement,
    Preview,
    RemoveButton,
    RemoveText,
    SetMoment,
    SetPaid,
    SetSide,
    SetTopic,
    SetWindow,
    ShowAnnouncement,
    ToTranslate,
    TryOnMyself,
    UnderIt,
    When,
    WriteText,
)
from storage import announcements, audit, people, universities
from tests.chats import Chat
from tests.conftest import ADMIN, TOKEN
from tests.offices import Staff

OFFICE, OWNER, OTHER = "kg", 700000801, 700000802
CALL = "emjm-emai-2027"


@pytest.fixture
def stars() -> int:
    """What one announcement may cost."""
    return 0


@pytest.fixture
def settings(database_url: str, stars: int) -> Settings:
    return Settings(
        token=SecretStr(TOKEN),
        database_url=database_url,
        admins=frozenset({ADMIN}),
        paid_stars_limit=stars,
    )


@pytest.fixture
async def owner(staff: Staff) -> Chat:
    """An owner who has begun announcement 1."""
    await staff.office()
    phone = await staff.member(Role.OWNER, OWNER, name="Айжан")
    await phone.press_old(phone.message.id, NewAnnouncement(OFFICE).pack())
    return phone


async def stored(chat: Chat, number: int = 1) -> Announcement:
    async with chat.assistant.db.read() as c:
        found = await announcements.get(c, number)
    assert found is not None
    return found


async def texts(chat: Chat) -> dict[Language, Content]:
    async with chat.assistant.db.read() as c:
        return await announcements.texts(c, 1)


async def write(chat: Chat, language: str, text: str) -> None:
    """Choose a language and send its text."""
    await chat.press(WriteText(OFFICE, 1, language))
    await chat.send(text)


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
        ("я" * 3901, "3901 signs, and at most 3700 fit"),
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
    owner.person.send_photo("ы" * 700)
    await owner.settled()
    assert "700 signs" in owner.text


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


async def test_buttons_are_put_under_it_one_of_each_kind(owner: Chat) -> None:
    await owner.press(UnderIt(OFFICE, 1))
    await owner.press(ButtonChoices(OFFICE, 1, "c", 0))
    call = next(p for p in owner.presses if isinstance(p, AddButton))
    await owner.press(call)
    await owner.press(ButtonChoices(OFFICE, 1, "a", 0))
    await owner.press(AddButton(OFFICE, 1, "a", "is"))
    await owner.press(ButtonChoices(OFFICE, 1, "l", 0))
    for wrong in ("http://erasmusplus.kg", "https://", "https://user:pw@x.kg", "erasmusplus", "…"):
        await owner.send(wrong)
        assert "https://erasmusplus.kg/en/news" in owner.text, wrong
    await owner.send("https://erasmusplus.kg/en/")
    assert [b.kind.value for b in (await stored(owner)).buttons] == ["follow", "check", "link"]
    await owner.press(RemoveButton(OFFICE, 1, 1, 3))
    await owner.press_old(owner.message.id, RemoveButton(OFFICE, 1, 1, 3).pack())
    assert [b.kind.value for b in (await stored(owner)).buttons] == ["check", "link"]


async def test_the_count_follows_every_tap(owner: Chat, chat: Chat) -> None:
    await chat.settle_in(Language.RU)
    await owner.press(ForWhom(OFFICE, 1))
    assert "2 people will get it" in owner.text
    await owner.press(Narrow(OFFICE, 1, "g", 0))
    await owner.press(SetSide(OFFICE, 1, "g", "ru", on=True, page=0))
    assert "1 person will get it" in owner.text
    await owner.press(SetSide(OFFICE, 1, "g", "ru", on=False, page=0))
    assert "2 people will get it" in owner.text
    await owner.press(ForWhom(OFFICE, 1))
    await owner.press(Narrow(OFFICE, 1, "r", 0))
    await owner.press(SetSide(OFFICE, 1, "r", "staff", on=True, page=0))
    assert "Nobody would get it" in owner.text
    assert (await stored(owner)).audience == Audience(countries=("KG",), roles=("staff",))


async def test_whoever_switched_the_topic_off_is_not_counted(owner: Chat, chat: Chat) -> None:
    await chat.settle_in(Language.RU)
    await chat.press_old(chat.message.id, StopTopic("events").pack())
    await owner.press(ForWhom(OFFICE, 1))
    assert "2 people" in owner.text
    await owner.press(ShowAnnouncement(OFFICE, 1))
    await owner.press(ChooseTopic(OFFICE, 1))
    await owner.press(SetTopic(OFFICE, 1, "events"))
    assert "1 person will get it" in owner.text
    assert (await stored(owner)).topic is Topic.EVENTS


async def test_a_university_s_office_reaches_its_own_people_only(staff: Staff, chat: Chat) -> None:
    await chat.settle_in(Language.RU)
    async with staff.assistant.db.read() as c:
        mine = (await universities.listing(c))[0].id
    await staff.office("uni", university=mine)
    phone = await staff.member(Role.OWNER, OWNER, "uni")
    await phone.press_old(phone.message.id, NewAnnouncement("uni").pack())
    await phone.press(ForWhom("uni", 1))
    assert "Nobody would get it" in phone.text
    assert not [p for p in phone.presses if isinstance(p, Narrow) and p.side in {"u", "k"}]


async def test_it_leaves_at_an_hour_of_the_office_within_hours_of_the_readers(owner: Chat) -> None:
    await owner.press(When(OFFICE, 1))
    day = next(p for p in owner.presses if isinstance(p, ChooseHour))
    await owner.press(ChooseHour(OFFICE, 1, "2026-11-23"))
    await owner.press(SetMoment(OFFICE, 1, "2026-11-23", 9))
    await owner.press(SetWindow(OFFICE, 1, 9, 21))
    announcement = await stored(owner)
    assert announcement.send_at is not None
    assert announcement.send_at.isoformat() == "2026-11-23T03:00:00+00:00"
    assert announcement.window is not None
    assert day.day == "2026-11-21"
    await owner.press_old(owner.message.id, SetMoment(OFFICE, 1, "2026-11-20", 9).pack())
    assert "has passed" in owner.toast


async def test_at_night_there_is_a_warning(owner: Chat) -> None:
    await owner.press(When(OFFICE, 1))
    assert "night" not in owner.text
    await owner.press(ChooseHour(OFFICE, 1, "2026-11-23"))
    await owner.press(SetMoment(OFFICE, 1, "2026-11-23", 23))
    assert "night" in owner.text
    await owner.press(SetWindow(OFFICE, 1, 9, 21))
    assert "night" not in owner.text


@pytest.mark.parametrize("stars", [1])
async def test_speed_is_paid_for_as_far_as_the_operator_allows(owner: Chat, chat: Chat) -> None:
    """The price is shown first; more people than the limit allows cannot be paid for."""
    await chat.settle_in(Language.RU)
    await owner.press(When(OFFICE, 1))
    assert "Faster for at most 1 Star. Not paid for." in owner.text
    await owner.press(SetPaid(OFFICE, 1, on=True))
    assert (await stored(owner)).paid
    async with owner.assistant.db.write() as c:
        for number in range(1000, 1010):
            await people.greet(c, number, Language.RU, "Asia/Bishkek", owner.clock.now())
    await write_after(owner)
    assert "cost more than is allowed" in owner.text
    await owner.press_old(owner.message.id, SetPaid(OFFICE, 1, on=True).pack())
    assert "cost more" in owner.toast


async def write_after(owner: Chat) -> None:
    """Write a text and look at the confirmation."""
    await owner.press(ShowAnnouncement(OFFICE, 1))
    await write(owner, "ru", "Приходите")
    await owner.press(ShowAnnouncement(OFFICE, 1))
    await owner.press(Confirm(OFFICE, 1))


async def test_nothing_is_paid_for_unless_the_operator_allows_it(owner: Chat) -> None:
    await owner.press(When(OFFICE, 1))
    assert "Star" not in owner.text


async def test_a_draft_without_text_cannot_be_sent(owner: Chat) -> None:
    assert Confirm(OFFICE, 1) not in owner.presses
    await owner.press_old(owner.message.id, Confirm(OFFICE, 1).pack())
    assert "There is no text yet" in owner.text


async def test_a_deleted_draft_s_buttons_lead_to_the_list(owner: Chat) -> None:
    old = owner.message.id
    await owner.press(DeleteDraft(OFFICE, 1, sure=False))
    await owner.press(DeleteDraft(OFFICE, 1, sure=True))
    await owner.press_old(old, ForWhom(OFFICE, 1).pack())
    assert "was deleted" in owner.toast
    assert NewAnnouncement(OFFICE) in owner.presses


async def test_two_presses_on_new_make_one_draft(owner: Chat) -> None:
    await owner.press_old(owner.message.id, NewAnnouncement(OFFICE).pack())
    await owner.press_old(owner.message.id, Announcements(OFFICE, 0).pack())
    assert [p for p in owner.presses if isinstance(p, ShowAnnouncement)] == [
        ShowAnnouncement(OFFICE, 1)
    ]


async def test_another_office_s_draft_is_out_of_reach(owner: Chat, staff: Staff) -> None:
    await staff.office("kz")
    await write(owner, "en", "Secret")
    stranger = await staff.member(Role.OWNER, OTHER, "kz")
    await stranger.press_old(stranger.message.id, ShowAnnouncement("kz", 1).pack())
    assert "Secret" not in stranger.text
    assert "was deleted" in stranger.toast


async def test_a_translator_fills_in_what_is_missing_and_nothing_else(
    owner: Chat, staff: Staff
) -> None:
    """They see the text to translate, and cannot replace one or open the rest of the desk."""
    await write(owner, "ru", "Приходите")
    translator = await staff.member(Role.TRANSLATOR, OTHER)
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


async def test_every_change_is_in_the_audit(owner: Chat) -> None:
    await write(owner, "en", "Come")
    await owner.press_old(owner.message.id, SetTopic(OFFICE, 1, "calls").pack())
    async with owner.assistant.db.read() as c:
        entries = await audit.of_subject(c, OFFICE, "a1")
    assert [entry.what for entry in entries] == [
        "announcement.begun",
        "announcement.text",
        "announcement.topic",
    ]
    assert {entry.person_id for entry in entries} == {OWNER}
    assert (await stored(owner)).stage is Stage.DRAFT


FORGED = [
    WriteText(OFFICE, 1, "de"),
    ButtonChoices(OFFICE, 1, "q", 0),
    AddButton(OFFICE, 1, "c", "no-such-call"),
    AddButton(OFFICE, 1, "a", "zz"),
    SetTopic(OFFICE, 1, "cats"),
    Narrow(OFFICE, 1, "z", 0),
    SetSide(OFFICE, 1, "r", "king", on=True, page=0),
    ChooseHour(OFFICE, 1, "soon"),
    SetMoment(OFFICE, 1, "2026-11-23", 25),
    SetWindow(OFFICE, 1, 3, 4),
]


@pytest.mark.parametrize("press", FORGED, ids=str)
async def test_a_forged_button_changes_nothing(owner: Chat, press: Announcements) -> None:
    before = await stored(owner)
    await owner.press_old(owner.message.id, press.pack())
    assert "out of date" in owner.toast
    assert await stored(owner) == before
    assert not owner.double.mistakes


def test_the_longest_names_fit_a_button() -> None:
    office, number = "o" * 16, 9_999_999
    assert AddButton(office, number, "c", "c" * 33).pack()
    assert SetSide(office, number, "u", "u" * 16, on=True, page=99).pack()
    assert SetMoment(office, number, "2026-11-23", 23).pack()
    assert FollowAnnounced(CALL).pack()
