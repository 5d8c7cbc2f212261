"""Announcements on their way: two people decide, everybody gets it once, staff see how it goes."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr

from bot.settings import Settings
from erasmus.announcements import By, Stage
from erasmus.offices import Role
from erasmus.words import Language
from handlers.presses import CheckAnnounced, FollowAnnounced, SetTopicOn, StopTopic, Topics
from handlers.staff.announcing.presses import (
    AddButton,
    Announcements,
    Change,
    ChooseHour,
    Confirm,
    Correct,
    CorrectText,
    GoOn,
    NewAnnouncement,
    Pause,
    Preview,
    PreviewCorrection,
    Recall,
    ReportFile,
    ReportPicture,
    Second,
    Send,
    SendAgain,
    SetMoment,
    SetTopic,
    ShowAnnouncement,
    Stop,
    TakeBack,
    Uncertain,
    When,
    WriteText,
)
from storage import announcements, holds, members
from tests.chats import Chat
from tests.conftest import ADMIN, TOKEN
from tests.offices import Staff

OFFICE, OWNER, SECOND, THIRD = "kg", 700000801, 700000802, 700000803
CALL = "emjm-emai-2027"


@pytest.fixture
def settings(database_url: str, two_people_from: int) -> Settings:
    return Settings(
        token=SecretStr(TOKEN),
        database_url=database_url,
        admins=frozenset({ADMIN}),
        two_people_from=two_people_from,
    )


@pytest.fixture
def two_people_from() -> int:
    return 1000


two_people = pytest.mark.parametrize("two_people_from", [2])


@pytest.fixture
async def reader(chat: Chat) -> Chat:
    """A student who reads Kazakh."""
    await chat.settle_in(Language.KK)
    return chat


@pytest.fixture
async def owner(staff: Staff, reader: Chat) -> AsyncIterator[Chat]:
    """An owner whose announcement 1 has a text; besides them the reader gets it."""
    del reader
    await staff.office()
    phone = await staff.member(Role.OWNER, OWNER, name="Айжан")
    await phone.press_old(phone.message.id, NewAnnouncement(OFFICE).pack())
    await phone.press(WriteText(OFFICE, 1, "ru"))
    await phone.send("Приходите в пятницу")
    yield phone
    assert not phone.double.mistakes


@pytest.fixture
async def second(staff: Staff, owner: Chat) -> Chat:
    """A publisher who can confirm what the owner wrote."""
    del owner
    return await staff.member(Role.PUBLISHER, SECOND, name="Бек")


async def open_it(chat: Chat) -> None:
    await chat.send("/desk")
    await chat.press(Announcements(OFFICE, 0))
    await chat.press(ShowAnnouncement(OFFICE, 1))


async def send(chat: Chat) -> None:
    """Send announcement 1 as it is now."""
    await open_it(chat)
    await chat.press(Confirm(OFFICE, 1))
    press = next(p for p in chat.presses if isinstance(p, Send))
    await chat.press(press)


async def stage(chat: Chat) -> Stage:
    async with chat.assistant.db.read() as c:
        found = await announcements.get(c, 1)
    assert found is not None
    return found.stage


def copies(chat: Chat, text: str = "Приходите") -> int:
    """How many messages of a person's chat say so."""
    return sum(text in said for said in chat.person.said)


async def test_one_publisher_sends_to_few_and_everybody_gets_it_once(
    owner: Chat, reader: Chat
) -> None:
    """In the reader's language the marked fallback comes, and the report counts it."""
    await send(owner)
    assert copies(reader) == 0
    await owner.wait(minutes=1)
    await owner.wait(minutes=5)
    assert copies(reader) == 1
    assert StopTopic("news") in reader.presses
    assert await stage(owner) is Stage.DONE
    await open_it(owner)
    assert "Sent: 2 of 2" in owner.text


async def test_the_confirmation_says_to_how_many_and_how_long_it_takes(owner: Chat) -> None:
    await open_it(owner)
    await owner.press(Confirm(OFFICE, 1))
    assert "2 people will get it" in owner.text
    assert "Қазақша: 1" in owner.text
    assert "It takes about 1 minute" in owner.text
    assert "second publisher" not in owner.text


@two_people
async def test_without_a_second_publisher_many_cannot_be_written_to(owner: Chat) -> None:
    await open_it(owner)
    await owner.press(Confirm(OFFICE, 1))
    assert "your office has none" in owner.text
    assert not [p for p in owner.presses if isinstance(p, Send)]
    version = 2
    await owner.press_old(owner.message.id, Send(OFFICE, 1, version).pack())
    assert await stage(owner) is Stage.DRAFT


@two_people
async def test_a_second_publisher_is_asked_sees_it_and_confirms(
    owner: Chat, second: Chat, reader: Chat
) -> None:
    await send(owner)
    assert await stage(owner) is Stage.AWAITING
    assert "waits for a second publisher" in owner.text
    assert copies(second) == 2  # the preview, and the first words in the question
    yes = next(p for p in second.presses if isinstance(p, Second) and p.yes)
    await owner.press_old(owner.message.id, yes.pack())
    assert "A colleague has to confirm it" in owner.toast
    await second.press(yes)
    assert await stage(owner) is Stage.SCHEDULED
    await owner.wait(minutes=1)
    assert copies(reader) == 1


@pytest.mark.both_databases
@two_people
async def test_a_second_press_is_told_who_was_quicker(
    owner: Chat, second: Chat, staff: Staff
) -> None:
    """Of two who press at once one has an effect; the other hears by whom and when."""
    third = await staff.member(Role.PUBLISHER, THIRD, name="Гүлзат")
    await send(owner)
    yes = next(p for p in second.presses if isinstance(p, Second) and p.yes)
    assert yes in third.presses
    second.person.press_data(second.message.id, yes.pack())
    third.person.press_data(third.message.id, yes.pack())
    await owner.settled()
    told = {second.toast, third.toast}
    assert "Confirmed." in told
    already = next(toast for toast in told if toast != "Confirmed.")
    assert already.startswith("Already: confirmed")
    assert "Бек" in already or "Гүлзат" in already
    assert "12:00" in already


@pytest.mark.both_databases
@two_people
async def test_an_edit_makes_the_confirmation_void_and_says_so(
    owner: Chat, second: Chat, reader: Chat
) -> None:
    await send(owner)
    yes = next(p for p in second.presses if isinstance(p, Second) and p.yes)
    old = second.message.id
    await owner.press_old(owner.message.id, SetTopic(OFFICE, 1, "calls").pack())
    assert await stage(owner) is Stage.DRAFT
    assert "was changed by Айжан" in second.text
    await second.press_old(old, yes.pack())
    assert "Already: draft" in second.toast
    await owner.wait(minutes=5)
    assert copies(reader) == 0


@two_people
async def test_a_refusal_goes_back_to_the_author(owner: Chat, second: Chat) -> None:
    await send(owner)
    no = next(p for p in second.presses if isinstance(p, Second) and not p.yes)
    await second.press(no)
    assert await stage(owner) is Stage.DRAFT
    assert "Бек refused announcement 1" in owner.text


@two_people
async def test_after_a_refusal_the_same_version_is_asked_for_again(
    owner: Chat, second: Chat
) -> None:
    """Nobody waits for a colleague who was never asked."""
    await send(owner)
    await second.press(next(p for p in second.presses if isinstance(p, Second) and not p.yes))
    asked = copies(second, "waits for a second publisher")
    await second.wait(seconds=5)
    await send(owner)
    assert await stage(owner) is Stage.AWAITING
    assert copies(second, "waits for a second publisher") == asked + 1


async def test_one_for_later_can_be_undone(owner: Chat, reader: Chat) -> None:
    await open_it(owner)
    await owner.press(When(OFFICE, 1))
    await owner.press(ChooseHour(OFFICE, 1, "2026-11-23"))
    await owner.press(SetMoment(OFFICE, 1, "2026-11-23", 9))
    await send(owner)
    assert "It leaves on" in owner.text
    await owner.press(TakeBack(OFFICE, 1))
    await owner.wait(days=3)
    assert copies(reader) == 0
    assert await stage(owner) is Stage.DRAFT


@two_people
async def test_a_colleague_s_name_is_shown_as_it_is_written(owner: Chat, staff: Staff) -> None:
    """Whatever Telegram lets people call themselves."""
    name = "<b>A&B</i>"
    colleague = await staff.member(Role.PUBLISHER, SECOND, name=name)
    await send(owner)
    assert f"Who can confirm it: {name}" in owner.text
    no = next(p for p in colleague.presses if isinstance(p, Second) and not p.yes)
    await colleague.press(no)
    assert f"{name} refused" in owner.text
    await owner.press_old(owner.message.id, TakeBack(OFFICE, 1).pack())
    assert f"({name}, " in owner.toast


async def test_a_draft_can_no_longer_be_changed_once_it_is_confirmed(owner: Chat) -> None:
    await send(owner)
    await owner.press_old(owner.message.id, SetTopic(OFFICE, 1, "calls").pack())
    assert owner.toast.startswith("Already: confirmed")
    await owner.press_old(owner.message.id, WriteText(OFFICE, 1, "ru").pack())
    await owner.wait(minutes=1)
    assert await stage(owner) is Stage.DONE


async def test_an_old_send_button_sends_nothing_that_was_changed_since(owner: Chat) -> None:
    await open_it(owner)
    await owner.press(Confirm(OFFICE, 1))
    press = next(p for p in owner.presses if isinstance(p, Send))
    old = owner.message.id
    await owner.press_old(old, SetTopic(OFFICE, 1, "calls").pack())
    await owner.press_old(old, press.pack())
    assert "was changed meanwhile" in owner.toast
    assert await stage(owner) is Stage.DRAFT


@pytest.mark.both_databases
async def test_it_is_paused_goes_on_and_is_stopped_by_whoever_is_first(
    owner: Chat, second: Chat, reader: Chat
) -> None:
    async with owner.assistant.db.write() as c:
        await announcements.confirm(c, 1, 2, owner.assistant.announcer.limits, by_owner(owner))
        await announcements.move(c, 1, Stage.SENDING, by_owner(owner), started_at=owner.clock.now())
    await open_it(owner)
    await owner.press(Pause(OFFICE, 1))
    assert await stage(owner) is Stage.PAUSED
    await second.press_old(second.message.id, Pause(OFFICE, 1).pack())
    assert second.toast.startswith("Already: paused (Айжан")
    await owner.wait(minutes=5)
    assert copies(reader) == 0
    await open_it(owner)
    await owner.press(Stop(OFFICE, 1, sure=False))
    assert await stage(owner) is Stage.PAUSED
    await second.press_old(second.message.id, GoOn(OFFICE, 1).pack())
    await owner.press(Stop(OFFICE, 1, sure=True))
    assert await stage(owner) is Stage.STOPPED
    await owner.wait(minutes=5)
    assert copies(reader) == 0
    await second.press_old(second.message.id, GoOn(OFFICE, 1).pack())
    assert second.toast.startswith("Already: ended early (Айжан")


def by_owner(chat: Chat) -> By:
    return By(OWNER, chat.clock.now())


@pytest.mark.both_databases
async def test_unknown_ones_are_sent_again_only_by_hand(owner: Chat, reader: Chat) -> None:
    """A copy that perhaps arrived is listed; two presses send it once more, not twice."""
    reader.double.faults.add("drop_after", method="sendMessage", chat_id=reader.person.id)
    await send(owner)
    await owner.wait(minutes=1)
    await owner.wait(minutes=5)
    assert copies(reader) == 1
    await open_it(owner)
    assert "Unknown: 1" in owner.text
    await owner.press(Uncertain(OFFICE, 1, 0))
    assert str(reader.person.id) in owner.text
    ask = next(p for p in owner.presses if isinstance(p, SendAgain))
    await owner.press(ask)
    sure = SendAgain(OFFICE, 1, ask.copy, sure=True)
    asked = owner.message.id
    await owner.press(sure)
    await owner.press_old(asked, sure.pack())
    assert "already" in owner.toast
    await owner.wait(minutes=1)
    assert copies(reader) == 2


async def test_the_report_as_a_table_names_every_recipient_once(owner: Chat) -> None:
    await send(owner)
    await owner.wait(minutes=1)
    await open_it(owner)
    await owner.press(ReportFile(OFFICE, 1))
    assert any("The report on 2 recipients" in said for said in owner.person.said)
    assert owner.message.media is not None
    assert owner.message.media.name == "announcement-1.csv"


async def test_the_report_comes_as_a_picture_too(owner: Chat, staff: Staff) -> None:
    """Whoever may look may have it; it names nobody."""
    await send(owner)
    await owner.wait(minutes=1)
    member = await staff.member(Role.READER, THIRD)
    await member.press_old(member.message.id, ReportPicture(OFFICE, 1).pack())
    assert member.message.media is not None
    assert member.message.media.kind == "photo"
    assert not member.message.buttons


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


async def test_an_emergency_stop_is_shown_where_sending_is_watched(owner: Chat) -> None:
    """Nobody wonders why nothing moves."""
    async with owner.assistant.db.write() as c:
        await announcements.confirm(c, 1, 2, owner.assistant.announcer.limits, by_owner(owner))
        await announcements.move(c, 1, Stage.SENDING, by_owner(owner))
        await holds.hold(c, holds.BULK, OFFICE, OWNER, owner.clock.now())
    await open_it(owner)
    assert "held by an emergency stop" in owner.text


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


async def test_a_reader_leaves_the_topic_at_once_and_comes_back(owner: Chat, reader: Chat) -> None:
    await send(owner)
    await owner.wait(minutes=1)
    announcement = reader.message.id
    await reader.press(StopTopic("news"))
    assert copies(reader) == 1  # the announcement stays as it was
    await open_it(owner)
    await reader.press_old(announcement, StopTopic("news").pack())
    await reader.press(SetTopicOn("news", on=True))
    await reader.press(SetTopicOn("news", on=False))
    await reader.press_old(reader.message.id, Topics().pack())
    assert SetTopicOn("news", on=True) in reader.presses


async def test_buttons_under_it_answer_beside_it(owner: Chat, reader: Chat) -> None:
    action = owner.assistant.library.assessed[0].short
    await owner.press_old(owner.message.id, AddButton(OFFICE, 1, "c", CALL).pack())
    await owner.press_old(owner.message.id, AddButton(OFFICE, 1, "a", action).pack())
    await send(owner)
    await owner.wait(minutes=1)
    announcement = reader.message.id
    await reader.press(FollowAnnounced(CALL))
    assert reader.message.id > announcement
    await reader.press_old(announcement, CheckAnnounced(action).pack())
    assert copies(reader) == 1


async def test_a_demoted_member_s_old_buttons_do_nothing_and_say_so(
    owner: Chat, second: Chat
) -> None:
    await second.press_old(second.message.id, ShowAnnouncement(OFFICE, 1).pack())
    await second.press(Confirm(OFFICE, 1))
    press = next(p for p in second.presses if isinstance(p, Send))
    async with owner.assistant.db.write() as c:
        await members.put(c, OFFICE, SECOND, Role.READER, owner.clock.now())
    await second.press(press)
    assert "can’t do this at this office" in second.toast
    assert await stage(owner) is Stage.DRAFT


@pytest.mark.parametrize("role", [Role.READER, Role.EDITOR, Role.TRANSLATOR])
async def test_who_may_not_publish_cannot_send(owner: Chat, staff: Staff, role: Role) -> None:
    member = await staff.member(role, SECOND)
    before = await stage(owner)
    for press in (Confirm(OFFICE, 1), Send(OFFICE, 1, 2), Recall(OFFICE, 1, sure=True)):
        await member.press_old(member.message.id, press.pack())
        assert "can’t do this" in member.toast
    assert await stage(owner) is before


async def test_a_preview_can_be_opened_at_every_stage(owner: Chat) -> None:
    await send(owner)
    await owner.press(Preview(OFFICE, 1))
    await owner.wait(minutes=1)
    await open_it(owner)
    await owner.press(Preview(OFFICE, 1))
    assert copies(owner) > 4
