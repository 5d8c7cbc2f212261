"""What tests of sending share: a text, somebody who gets it, and a second publisher."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from erasmus.offices import Role
from erasmus.words import Language
from tests.announcement_desk import SECOND, write
from tests.chats import Chat
from tests.offices import Staff


@pytest.fixture
async def reader(chat: Chat) -> Chat:
    """A student who reads Kazakh."""
    await chat.settle_in(Language.KK)
    return chat


@pytest.fixture
async def owner(reader: Chat, owner: Chat) -> AsyncIterator[Chat]:
    """An owner whose announcement 1 has a text; besides them the reader gets it."""
    del reader
    await write(owner, "ru", "Приходите в пятницу")
    yield owner
    assert not owner.double.mistakes


@pytest.fixture
async def second(staff: Staff, owner: Chat) -> Chat:
    """A publisher who can confirm what the owner wrote."""
    del owner
    return await staff.member(Role.PUBLISHER, SECOND, name="Бек")
