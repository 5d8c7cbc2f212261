"""The team of an office: changed by owners, told of it, and never without an owner."""

from erasmus.offices import Role
from erasmus.words import Language
from handlers.presses import SetRole as SetPersonsRole
from handlers.presses import SetUniversity
from handlers.staff.office_presses import (
    Leave,
    MyRole,
    RemoveMember,
    SetRole,
    ShowDesk,
    ShowMember,
    ShowTeam,
    Stop,
)
from storage import members
from tests.chats import Chat
from tests.handlers.team.colleagues import OTHER, OWNER, audited, invited, role_of
from tests.offices import Staff


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
