"""The team of an office: invited by links that work once, changed by owners, told of it."""

import asyncio
import re
from datetime import timedelta

import pytest

from erasmus.offices import Role
from erasmus.words import Language
from handlers.presses import SetLanguage, SetUniversity
from handlers.presses import SetRole as SetPersonsRole
from handlers.staff.office_presses import (
    Invite,
    Leave,
    MyRole,
    RemoveMember,
    SetRole,
    ShowDesk,
    ShowMember,
    ShowTeam,
    Stop,
)
from storage import audit, invitations, members
from tests.chats import Chat
from tests.offices import Staff

OWNER, OTHER = 700000801, 700000802
LINK = re.compile(r"start=(r_[\w-]{22})$", re.MULTILINE)


async def invited(owner: Chat, role: Role) -> str:
    """Make an invitation and return what its link carries."""
    await owner.send("/desk")
    await owner.press(ShowTeam("kg"))
    await owner.press(Invite("kg", ""))
    await owner.press(Invite("kg", role))
    found = LINK.search(owner.text)
    assert found, owner.text
    return found[1]


async def role_of(chat: Chat) -> Role | None:
    async with chat.assistant.db.read() as c:
        return await members.role_of(c, "kg", chat.person.id)


async def audited(chat: Chat) -> list[str]:
    """Return what the audit says, when it holds."""
    async with chat.assistant.db.read() as c:
        found = await audit.verify(c)
        assert found.broken is None
        page = await audit.page(c, after=0)
    return [entry.what for entry in page]


@pytest.mark.both_databases
async def test_an_invitation_makes_a_member_and_tells_the_inviter(chat: Chat, staff: Staff) -> None:
    await staff.office()
    owner = await staff.member(Role.OWNER, OWNER)
    link = await invited(owner, Role.EDITOR)

    await chat.start(link)
    await chat.press(SetLanguage("en"))

    assert "National Erasmus+ Office" in chat.text
    assert ShowTeam("kg") in chat.presses
    assert await role_of(chat) is Role.EDITOR
    assert owner.text.startswith("Айгүл used your invitation")
    assert "Editor" in owner.text
    assert await audited(chat) == ["member.invited", "member.joined"]


async def test_the_link_is_kept_nowhere(chat: Chat, staff: Staff) -> None:
    """Neither where it was made nor while somebody chooses a language."""
    await staff.office()
    owner = await staff.member(Role.OWNER, OWNER)
    token = (await invited(owner, Role.EDITOR)).removeprefix("r_")
    await chat.start(f"r_{token}")

    async with chat.assistant.db.read() as c:
        assert await invitations.get(c, token) is None
        assert await invitations.get(c, invitations.digest_of(token))
    assert token not in ((await chat.stored()).asking or "")


async def test_a_link_works_once(chat: Chat, staff: Staff) -> None:
    await staff.office()
    owner = await staff.member(Role.OWNER, OWNER)
    link = await invited(owner, Role.PUBLISHER)
    first = staff.phone(OTHER)
    await first.settle_in()
    await chat.settle_in()

    await first.start(link)
    await chat.start(link)

    assert "used already" in chat.text
    assert await role_of(chat) is None
    await first.start(link)
    assert "already" in first.text
    assert await role_of(first) is Role.PUBLISHER


@pytest.mark.both_databases
async def test_of_two_who_open_a_link_at_once_one_gets_in(chat: Chat, staff: Staff) -> None:
    await staff.office()
    owner = await staff.member(Role.OWNER, OWNER)
    link = await invited(owner, Role.READER)
    other = staff.phone(OTHER)
    await chat.settle_in()
    await other.settle_in()

    for phone in (chat, other):
        phone.person.start(link)
    await chat.settled()

    roles = [await role_of(phone) for phone in (chat, other)]
    assert sorted(map(str, roles)) == ["None", "reader"]
    assert len([text for text in owner.person.said if "used your invitation" in text]) == 1


@pytest.mark.both_databases
async def test_of_two_transactions_that_use_an_invitation_one_does(
    chat: Chat, staff: Staff
) -> None:
    await staff.office()
    now = chat.clock.now()
    async with chat.assistant.db.write() as c:
        await invitations.make(c, "token", "kg", Role.READER, now)

    async def use(person_id: int) -> bool:
        async with chat.assistant.db.write() as c:
            return await invitations.use(c, invitations.digest_of("token"), person_id, now)

    assert sorted(await asyncio.gather(*map(use, range(6)))) == [*[False] * 5, True]


@pytest.mark.both_databases
async def test_an_invitation_that_ended_is_known_for_a_week(chat: Chat, staff: Staff) -> None:
    """Then its digest goes; the audit keeps that there was one."""
    await staff.office()
    owner = await staff.member(Role.OWNER, OWNER)
    link = await invited(owner, Role.EDITOR)
    await chat.settle_in()
    for days, said in ((7, "no longer valid"), (2, "not known here")):
        chat.clock.move_to(chat.clock.now() + timedelta(days=days))
        await chat.assistant.planner.purge()
        await chat.start(link)
        assert said in chat.text
    assert await audited(chat) == ["member.invited"]


@pytest.mark.parametrize("payload", ["r_", "r_x", f"r_{'a' * 22}"])
async def test_a_foreign_link_gets_a_kind_sentence(chat: Chat, payload: str) -> None:
    await chat.settle_in()
    await chat.start(payload)

    assert "invitation" in chat.text


async def test_after_a_day_a_link_is_no_longer_valid(chat: Chat, staff: Staff) -> None:
    await staff.office()
    owner = await staff.member(Role.OWNER, OWNER)
    link = await invited(owner, Role.EDITOR)
    await chat.settle_in()
    chat.clock.move_to(chat.clock.now() + timedelta(hours=24))
    await chat.start(link)

    assert "no longer valid" in chat.text
    assert await role_of(chat) is None


async def test_what_a_former_owner_offered_is_no_longer_valid(chat: Chat, staff: Staff) -> None:
    await staff.office()
    owner = await staff.member(Role.OWNER, OWNER)
    link = await invited(owner, Role.OWNER)
    await staff.member(Role.OWNER, OTHER)
    await owner.send("/desk")
    await owner.press(MyRole("kg"))
    await owner.press(Leave("kg", sure=False))
    await owner.press(Leave("kg", sure=True))
    await chat.settle_in()
    await chat.start(link)

    assert "no longer valid" in chat.text
    assert await role_of(chat) is None


async def test_an_owner_changes_a_role_and_the_member_is_told(chat: Chat, staff: Staff) -> None:
    await staff.office()
    owner = await staff.member(Role.OWNER, OWNER)
    reader = await staff.member(Role.READER, OTHER, name="Асел")
    await owner.send("/desk")
    await owner.press(ShowTeam("kg"))
    assert "Асел" in owner.text
    await owner.press(ShowMember("kg", OTHER))
    await owner.press(SetRole("kg", OTHER, Role.PUBLISHER))
    before = len(reader.person.said)
    await owner.press_old(owner.message.id, SetRole("kg", OTHER, Role.PUBLISHER).pack())

    assert await role_of(reader) is Role.PUBLISHER
    assert "Publisher" in reader.text
    assert ShowDesk("kg") in reader.presses
    assert len(reader.person.said) == before
    assert await audited(chat) == ["member.role"]


async def test_the_menu_follows_the_role(chat: Chat, staff: Staff) -> None:
    """Staff commands stand in the menu of members alone, and go with the role."""
    await staff.office()
    owner = await staff.member(Role.OWNER, OWNER)
    await chat.settle_in(Language.KY)
    await chat.start(await invited(owner, Role.PUBLISHER))

    def names() -> set[str]:
        return {command["command"] for command in chat.person.commands}

    assert {"desk", "stop", "check"} <= names()
    async with chat.assistant.db.read() as c:
        assert await members.role_of(c, "kg", chat.person.id) is Role.PUBLISHER
    await owner.press_old(owner.message.id, SetRole("kg", chat.person.id, Role.EDITOR).pack())
    assert "stop" not in names()
    assert "desk" in names()
    await owner.press_old(owner.message.id, RemoveMember("kg", chat.person.id, sure=True).pack())
    assert not {"stop", "desk"} & names()
    assert "check" in names()


async def test_a_removed_members_old_buttons_do_nothing_and_say_so(
    chat: Chat, staff: Staff
) -> None:
    await staff.office()
    owner = await staff.member(Role.OWNER, OWNER)
    editor = await staff.member(Role.EDITOR, OTHER)
    old = editor.message.id
    await owner.press_old(owner.message.id, RemoveMember("kg", OTHER, sure=False).pack())
    assert await role_of(editor) is Role.EDITOR
    await owner.press(RemoveMember("kg", OTHER, sure=True))
    assert "no longer on the team" in editor.text

    await editor.press_old(old, ShowTeam("kg").pack())

    assert "can’t do this" in editor.toast
    await editor.send("/desk")
    assert ShowDesk("kg") not in editor.presses
    assert chat.assistant


async def test_home_leads_members_to_their_desks(chat: Chat, staff: Staff) -> None:
    """To one, or to each of several by its name; nobody else is shown a way."""
    await staff.office()
    await staff.office("kg-neo")
    editor = await staff.member(Role.EDITOR, OTHER)
    await chat.settle_in()
    await editor.start()
    await editor.press(SetPersonsRole("staff"))
    await editor.press(SetUniversity(""))

    assert editor.presses[0] == ShowDesk("kg")
    assert not {ShowDesk("kg"), ShowDesk("kg-neo")} & set(chat.presses)
    await staff.member(Role.READER, OTHER, "kg-neo")
    await editor.start()
    assert editor.presses[:2] == [ShowDesk("kg"), ShowDesk("kg-neo")]


async def test_the_only_owner_can_neither_leave_nor_step_down(chat: Chat, staff: Staff) -> None:
    await staff.office()
    owner = await staff.member(Role.OWNER, OWNER)
    for press in (Leave("kg", sure=True), SetRole("kg", OWNER, Role.EDITOR)):
        await owner.press_old(owner.message.id, press.pack())
        assert "needs an owner" in owner.toast

    assert await role_of(owner) is Role.OWNER
    assert await audited(chat) == []


async def test_a_translator_sees_neither_team_nor_stop(staff: Staff) -> None:
    await staff.office()
    translator = await staff.member(Role.TRANSLATOR, OTHER)

    assert MyRole("kg") in translator.presses
    assert not {ShowTeam("kg"), Stop("kg", sure=False)} & set(translator.presses)
    await translator.press_old(translator.message.id, ShowTeam("kg").pack())
    assert "can’t do this" in translator.toast


async def test_a_member_who_is_forgotten_leaves_no_name(chat: Chat, staff: Staff) -> None:
    await staff.office()
    owner = await staff.member(Role.OWNER, OWNER)
    link = await invited(owner, Role.EDITOR)
    await chat.settle_in()
    await chat.start(link)
    await chat.send("/forget")
    await chat.press(chat.presses[0])

    assert await role_of(chat) is None
    async with chat.assistant.db.read() as c:
        kept = await invitations.get(c, invitations.digest_of(link.removeprefix("r_")))
    assert kept is not None
    assert (kept.used_by, kept.used_at is None) == (None, False)
    assert "desk" not in {command["command"] for command in chat.person.commands}
