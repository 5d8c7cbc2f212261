"""What tests of announcements share: what the operator allows, and an owner with a draft."""

from __future__ import annotations

import pytest

from bot.settings import Settings
from erasmus.offices import Role
from handlers.staff.announcing.presses import NewAnnouncement
from tests.announcement_desk import OFFICE, OWNER
from tests.chats import Chat
from tests.offices import Staff


@pytest.fixture
def stars() -> int:
    """What one announcement may cost."""
    return 0


@pytest.fixture
def two_people_from() -> int:
    """How many readers need a second publisher."""
    return 1000


@pytest.fixture
def settings(settings: Settings, stars: int, two_people_from: int) -> Settings:
    return settings.model_copy(
        update={"paid_stars_limit": stars, "two_people_from": two_people_from}
    )


@pytest.fixture
async def owner(staff: Staff) -> Chat:
    """An owner who has begun announcement 1."""
    await staff.office()
    phone = await staff.member(Role.OWNER, OWNER, name="Айжан")
    await phone.press_old(phone.message.id, NewAnnouncement(OFFICE).pack())
    return phone
