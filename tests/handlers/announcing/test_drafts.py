"""A draft of an announcement: its buttons, its end, who reaches it, and forged presses."""

from __future__ import annotations

import pytest

from erasmus.announcements import Stage
from erasmus.offices import Role
from handlers.presses import FollowAnnounced
from handlers.staff.announcing.presses import (
    AddButton,
    Announcements,
    ButtonChoices,
    ChooseHour,
    Confirm,
    DeleteDraft,
    ForWhom,
    Narrow,
    NewAnnouncement,
    RemoveButton,
    SetMoment,
    SetSide,
    SetTopic,
    SetWindow,
    ShowAnnouncement,
    UnderIt,
    WriteText,
)
from storage import audit, call_changes, calls
from tests.announcement_desk import (
    CALL,
    OFFICE,
    OWNER,
    SECOND,
    stored,
    write,
)
from tests.chats import Chat
from tests.offices import Staff


async def test_a_call_that_was_withdrawn_is_put_under_nothing(owner: Chat) -> None:
    """Who looked at the list before that has an old button."""
    await owner.press(UnderIt(OFFICE, 1))
    await owner.press(ButtonChoices(OFFICE, 1, "c", 0))
    listed, old = owner.message.id, next(p for p in owner.presses if isinstance(p, AddButton))
    async with owner.assistant.db.write() as c:
        call = await calls.get(c, old.value)
        assert call is not None
        assert await call_changes.withdraw(c, call, OWNER, owner.clock.now())
    await owner.press_old(listed, old.pack())
    assert not (await stored(owner)).buttons
    await owner.press_old(owner.message.id, ButtonChoices(OFFICE, 1, "c", 0).pack())
    assert old not in owner.presses


async def test_buttons_are_put_under_it_one_of_each_kind(owner: Chat) -> None:
    await owner.press(UnderIt(OFFICE, 1))
    await owner.press(ButtonChoices(OFFICE, 1, "c", 0))
    call = next(p for p in owner.presses if isinstance(p, AddButton))
    await owner.press(call)
    await owner.press(ButtonChoices(OFFICE, 1, "a", 0))
    choice = owner.message.id
    await owner.press(AddButton(OFFICE, 1, "a", "it"))
    await owner.press_old(choice, AddButton(OFFICE, 1, "a", "is").pack())
    assert "took the place" in owner.toast
    await owner.press(ButtonChoices(OFFICE, 1, "l", 0))
    for wrong in ("http://erasmusplus.kg", "https://", "https://user:pw@x.kg", "erasmusplus", "…"):
        await owner.send(wrong)
        assert "https://erasmusplus.kg/en/news" in owner.text, wrong
    await owner.send("https://erasmusplus.kg/en/")
    assert [b.kind.value for b in (await stored(owner)).buttons] == ["follow", "check", "link"]
    await owner.press(RemoveButton(OFFICE, 1, 1, 3))
    await owner.press_old(owner.message.id, RemoveButton(OFFICE, 1, 1, 3).pack())
    assert [b.kind.value for b in (await stored(owner)).buttons] == ["check", "link"]


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


async def test_drafts_in_the_list_can_be_told_apart(owner: Chat) -> None:
    """By who began them and in which languages they are, when they begin alike."""
    await write(owner, "ru", "Приходите в пятницу")
    await owner.send("/desk")
    await owner.press(Announcements(OFFICE, 0))
    assert "Айжан · Русский" in owner.text


async def test_two_presses_on_new_make_one_draft(owner: Chat) -> None:
    await owner.press_old(owner.message.id, NewAnnouncement(OFFICE).pack())
    await owner.press_old(owner.message.id, Announcements(OFFICE, 0).pack())
    assert [p for p in owner.presses if isinstance(p, ShowAnnouncement)] == [
        ShowAnnouncement(OFFICE, 1)
    ]


async def test_another_office_s_draft_is_out_of_reach(owner: Chat, staff: Staff) -> None:
    await staff.office("kz")
    await write(owner, "en", "Secret")
    stranger = await staff.member(Role.OWNER, SECOND, "kz")
    await stranger.press_old(stranger.message.id, ShowAnnouncement("kz", 1).pack())
    assert "Secret" not in stranger.text
    assert "was deleted" in stranger.toast


async def test_every_change_is_in_the_audit(owner: Chat) -> None:
    await write(owner, "en", "Come")
    await owner.press_old(owner.message.id, SetTopic(OFFICE, 1, "calls").pack())
    async with owner.assistant.db.read() as c:
        entries = await audit.page(c, after=0)
    assert [entry.what for entry in entries] == [
        "announcement.begun",
        "announcement.text",
        "announcement.topic",
    ]
    assert {(e.person_id, e.office_id, e.subject) for e in entries} == {(OWNER, OFFICE, "a1")}
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
