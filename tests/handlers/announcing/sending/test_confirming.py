"""Two people decide what many get; whoever changes it or comes second is told."""

from __future__ import annotations

import pytest

from erasmus.announcements import Stage
from erasmus.offices import Role
from handlers.staff.announcing.presses import (
    Confirm,
    Recall,
    Second,
    Send,
    SetPaid,
    SetTopic,
    ShowAnnouncement,
    TakeBack,
    When,
)
from storage import live_messages, members
from tests.announcement_desk import (
    OFFICE,
    SECOND,
    THIRD,
    copies,
    open_it,
    send,
    stage,
)
from tests.chats import Chat
from tests.offices import Staff

two_people = pytest.mark.parametrize("two_people_from", [2])


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
    assert "not needed for now" in second.text
    await second.press_old(old, yes.pack())
    assert "was changed meanwhile" in second.toast
    await owner.wait(minutes=5)
    assert copies(reader) == 0


@two_people
async def test_what_two_decide_shows_for_whom_and_by_whom_and_its_undo_is_told(
    owner: Chat, second: Chat, reader: Chat
) -> None:
    await send(owner)
    assert reader.person.id
    assert "Kyrgyzstan" in second.text
    assert "English: " in second.text
    await second.press(next(p for p in second.presses if isinstance(p, Second) and p.yes))
    assert "Confirmed first: Айжан" in second.text
    assert "Confirmed: by you" in second.text
    await second.press(TakeBack(OFFICE, 1))
    assert "Бек took announcement 1 back" in owner.text
    assert await stage(owner) is Stage.DRAFT


@two_people
async def test_both_who_confirmed_it_see_how_it_goes(owner: Chat, second: Chat) -> None:
    """The second in the message where they pressed; the first in one that comes."""
    await send(owner)
    waiting = owner.message.id
    await second.press(next(p for p in second.presses if isinstance(p, Second) and p.yes))
    pressed = second.message
    assert "this message shows how far it is" in pressed.text
    assert ShowAnnouncement(OFFICE, 1) not in second.presses
    for _ in range(4):
        await owner.wait(minutes=1)
    assert "finished" in pressed.text
    assert "Sent: 3 of 3" in pressed.text
    live = [m for m in owner.person.messages if "Sent: 3 of 3" in m.text and m.id > waiting]
    assert len(live) == 1


@two_people
async def test_a_confirmation_goes_with_whoever_gave_it(
    owner: Chat, second: Chat, staff: Staff
) -> None:
    """Deleted, removed or demoted: two people who belong to the office stand for what leaves."""
    third = await staff.member(Role.PUBLISHER, THIRD, name="Гүлзат")
    await second.press_old(second.message.id, ShowAnnouncement(OFFICE, 1).pack())
    await second.press(Confirm(OFFICE, 1))
    await second.press(next(p for p in second.presses if isinstance(p, Send)))
    async with owner.assistant.db.write() as c:
        await members.put(c, OFFICE, SECOND, Role.READER, owner.clock.now())
    await third.press(next(p for p in third.presses if isinstance(p, Second) and p.yes))
    assert "changed meanwhile" in third.toast
    assert await stage(owner) is Stage.DRAFT


@two_people
@pytest.mark.parametrize("stars", [5])
async def test_the_second_sees_what_it_costs(owner: Chat, second: Chat) -> None:
    await open_it(owner)
    await owner.press(When(OFFICE, 1))
    await owner.press(SetPaid(OFFICE, 1, on=True))
    await send(owner)
    assert "It costs at most 1 Star" in second.text
    await second.press(next(p for p in second.presses if isinstance(p, Second) and p.yes))
    assert "It costs at most 1 Star" in second.text


@two_people
async def test_what_was_taken_back_is_watched_no_more(owner: Chat, second: Chat) -> None:
    await send(owner)
    await second.press(next(p for p in second.presses if isinstance(p, Second) and p.yes))
    await second.press(TakeBack(OFFICE, 1))
    async with owner.assistant.db.read() as c:
        assert await live_messages.of(c, "a1") == []


@two_people
async def test_a_change_by_another_voids_the_first_confirmation(owner: Chat, second: Chat) -> None:
    await send(owner)
    await second.press_old(second.message.id, SetTopic(OFFICE, 1, "calls").pack())
    assert "your confirmation no longer counts" in owner.text


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


async def test_an_old_send_button_sends_nothing_that_was_changed_since(owner: Chat) -> None:
    await open_it(owner)
    await owner.press(Confirm(OFFICE, 1))
    press = next(p for p in owner.presses if isinstance(p, Send))
    old = owner.message.id
    await owner.press_old(old, SetTopic(OFFICE, 1, "calls").pack())
    await owner.press_old(old, press.pack())
    assert "was changed meanwhile" in owner.toast
    assert await stage(owner) is Stage.DRAFT


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
