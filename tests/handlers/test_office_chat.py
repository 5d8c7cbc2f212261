"""The office itself: settings, the directory it adds to, the stop for everything."""

import asyncio
from contextlib import suppress

import pytest

from erasmus.offices import Role
from erasmus.universities import EXAMPLE
from erasmus.words import Language
from handlers.presses import SetReminders
from handlers.staff.office_presses import (
    AddUniversity,
    OfficeSettings,
    Rename,
    Resume,
    SetAnswerDays,
    SetOfficeZone,
    ShowTeam,
    Stop,
)
from storage import audit, holds, offices, questions, universities
from tests.chats import Chat
from tests.offices import Staff

OWNER, PUBLISHER, ELSEWHERE = 700000801, 700000802, 700000803
GROUP = -1001234567890


@pytest.fixture
async def owner(staff: Staff) -> Chat:
    await staff.office()
    return await staff.member(Role.OWNER, OWNER, name="Айжан")


async def held(chat: Chat) -> holds.Hold | None:
    async with chat.assistant.db.read() as c:
        return await holds.held(c, holds.BULK)


async def test_an_owner_sets_zone_and_days_and_name(owner: Chat) -> None:
    await owner.press(OfficeSettings("kg"))
    await owner.press(SetOfficeZone("kg", ""))
    await owner.press(SetOfficeZone("kg", "Asia/Almaty"))
    await owner.press(SetAnswerDays("kg", 0))
    await owner.press(SetAnswerDays("kg", 5))
    await owner.press(Rename("kg"))
    await owner.send("en: A&B office\nru: Офис\nkk: Кеңсе")
    assert "ky" in owner.text
    await owner.send("en: A&B office\nru: Офис\nkk: Кеңсе\nky: Кеңсе")

    assert "A&B office" in owner.text
    async with owner.assistant.db.read() as c:
        office = await offices.get(c, "kg")
        assert (await audit.verify(c)).rows == 3
    assert office is not None
    assert (office.zone, office.answer_days) == ("Asia/Almaty", 5)
    assert office.name[Language.KY] == "Кеңсе"


@pytest.mark.both_databases
async def test_a_setting_leaves_the_group_that_is_connected_at_that_moment(owner: Chat) -> None:
    await owner.press(OfficeSettings("kg"))
    await owner.press(SetAnswerDays("kg", 0))
    async with owner.assistant.db.write() as c:
        await questions.bind(c, "kg", GROUP, topics=True)
        owner.person.press_data(owner.message.id, SetAnswerDays("kg", 5).pack())
        with suppress(TimeoutError):
            async with asyncio.timeout(0.5):  # it is answered, or waits for the other
                await owner.settled()
    await owner.settled()
    async with owner.assistant.db.read() as c:
        office = await offices.get(c, "kg")
    assert office is not None
    assert (office.group_id, office.group_has_topics, office.answer_days) == (GROUP, True, 5)


async def test_a_name_too_long_to_stand_under_messages_is_refused_with_the_count(
    owner: Chat,
) -> None:
    long = "Кеңсе " * 30
    await owner.press(OfficeSettings("kg"))
    await owner.press(Rename("kg"))
    await owner.send(f"en: Office\nru: Офис\nkk: {long}\nky: Кеңсе")
    assert "179 signs, and at most 100 fit" in owner.text
    async with owner.assistant.db.read() as c:
        office = await offices.get(c, "kg")
    assert office is not None
    assert office.name[Language.EN] != "Office"

    await owner.send("/desk")
    await owner.press(AddUniversity("kg"))
    names = [f"{language}: {long}, Бишкек" for language in Language]
    await owner.send("\n".join(["id: auca", *names]))
    assert "179 signs, and at most 100 fit" in owner.text


async def test_an_owner_adds_a_university_and_a_student_finds_it(owner: Chat, chat: Chat) -> None:
    await owner.press(AddUniversity("kg"))
    await owner.send("id: auca\nen: American University of Central Asia")
    assert all(name in owner.text for name in ("en", "ru", "kk", "ky"))
    await owner.send(EXAMPLE)
    assert "start=u_auca" in owner.text

    await chat.start("u_auca")
    await chat.press(chat.presses[0])

    assert (await chat.stored()).university == "auca"


async def test_an_id_that_is_taken_is_refused(owner: Chat) -> None:
    await owner.press(AddUniversity("kg"))
    await owner.send(EXAMPLE.replace("id: auca", "id: manas"))

    assert "manas" in owner.text
    async with owner.assistant.db.read() as c:
        manas = await universities.get(c, "manas")
    assert manas is not None
    assert manas.name[Language.EN] == "Kyrgyz-Turkish Manas University"


async def test_a_universitys_office_adds_no_other(staff: Staff) -> None:
    await staff.office("aiu", "aiu")
    owner = await staff.member(Role.OWNER, OWNER, "aiu")

    assert AddUniversity("aiu") not in owner.presses
    await owner.press_old(owner.message.id, AddUniversity("aiu").pack())
    assert "can’t do this" in owner.toast


async def test_who_was_demoted_meanwhile_cannot_finish_what_they_began(
    owner: Chat, staff: Staff
) -> None:
    other = await staff.member(Role.OWNER, PUBLISHER)
    await other.press(AddUniversity("kg"))
    await staff.member(Role.READER, PUBLISHER)
    async with owner.assistant.db.write() as c:
        from storage import people  # noqa: PLC0415

        await people.set_asking(c, PUBLISHER, "office-university kg")
    await other.send(EXAMPLE)

    assert "can’t do this" in other.text or ShowTeam("kg") not in other.presses
    async with owner.assistant.db.read() as c:
        assert await universities.get(c, "auca") is None


async def test_a_stop_is_two_presses_and_everybody_is_told(owner: Chat, staff: Staff) -> None:
    publisher = await staff.member(Role.PUBLISHER, PUBLISHER, name="Бек")
    await staff.office("aiu", "aiu")
    elsewhere = await staff.member(Role.READER, ELSEWHERE, "aiu")

    await publisher.send("/stop")
    assert await held(owner) is None
    await publisher.press(Stop("kg", sure=True))

    found = await held(owner)
    assert found is not None
    assert (found.person_id, found.office_id) == (PUBLISHER, "kg")
    for phone in (owner, elsewhere):
        assert "Бек" in phone.text
        assert "stopped" in phone.text


async def test_the_second_who_stops_is_told_by_whom_and_changes_nothing(
    owner: Chat, staff: Staff
) -> None:
    publisher = await staff.member(Role.PUBLISHER, PUBLISHER, name="Бек")
    await publisher.press(Stop("kg", sure=False))
    await publisher.press(Stop("kg", sure=True))
    await owner.press_old(owner.message.id, Stop("kg", sure=True).pack())

    assert "Бек" in owner.text
    found = await held(owner)
    assert found is not None
    assert found.person_id == PUBLISHER
    async with owner.assistant.db.read() as c:
        assert (await audit.verify(c)).rows == 1


async def test_only_an_owner_resumes(owner: Chat, staff: Staff) -> None:
    publisher = await staff.member(Role.PUBLISHER, PUBLISHER)
    await publisher.press(Stop("kg", sure=False))
    await publisher.press(Stop("kg", sure=True))
    await publisher.press_old(publisher.message.id, Resume("kg").pack())
    assert await held(owner) is not None

    await owner.send("/desk")
    await owner.press(Resume("kg"))
    assert await held(owner) is None
    assert "goes on" in publisher.text


async def test_what_another_office_stopped_its_own_owner_lets_go(owner: Chat, staff: Staff) -> None:
    await staff.office("aiu", "aiu")
    elsewhere = await staff.member(Role.OWNER, ELSEWHERE, "aiu")
    await owner.press_old(owner.message.id, Stop("kg", sure=True).pack())
    await elsewhere.press_old(elsewhere.message.id, Resume("aiu").pack())

    assert "Another office" in elsewhere.toast
    assert await held(owner) is not None


async def test_for_everybody_else_stop_shows_the_reminders(chat: Chat, staff: Staff) -> None:
    """Somebody who wants the assistant to be quiet writes that; so may an editor."""
    await staff.office()
    editor = await staff.member(Role.EDITOR, PUBLISHER)
    await chat.settle_in()
    for phone in (chat, editor):
        await phone.send("/stop")
        assert any(isinstance(press, SetReminders) for press in phone.presses)
