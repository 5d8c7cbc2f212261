"""Who works at the office of these tests, and what is kept about them."""

import re

from erasmus.offices import Role
from handlers.staff.office_presses import (
    Invite,
    ShowTeam,
)
from storage import audit, members
from tests.chats import Chat

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
