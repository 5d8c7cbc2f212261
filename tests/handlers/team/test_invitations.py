"""An invitation to an office: a link that works once, for a day, and is kept nowhere."""

import asyncio
from datetime import timedelta

import pytest

from erasmus.offices import Role
from handlers.presses import SetLanguage
from handlers.staff.office_presses import (
    Leave,
    MyRole,
    ShowTeam,
)
from storage import invitations
from tests.chats import Chat
from tests.handlers.team.colleagues import OTHER, OWNER, audited, invited, role_of
from tests.offices import Staff


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
