"""An announcement's readers and hours: aimed by taps, with the count and the price."""

from __future__ import annotations

import pytest

from erasmus.announcements import Topic
from erasmus.audiences import Audience
from erasmus.offices import Role
from erasmus.words import Language
from handlers.presses import StopTopic
from handlers.staff.announcing.presses import (
    ChooseHour,
    ChooseTopic,
    Confirm,
    ForWhom,
    Narrow,
    NewAnnouncement,
    SetMoment,
    SetPaid,
    SetSide,
    SetTopic,
    SetWindow,
    ShowAnnouncement,
    When,
)
from storage import people, universities
from tests.announcement_desk import (
    OFFICE,
    OWNER,
    stored,
    write,
)
from tests.chats import Chat
from tests.offices import Staff


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
            await people.set_language(c, number, Language.RU)
    await write_after(owner)
    assert "cost more than the" in owner.text
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
