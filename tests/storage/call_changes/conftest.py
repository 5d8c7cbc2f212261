"""Offices, and a call that one of them published."""

from dataclasses import replace
from datetime import datetime

import pytest

from erasmus.calls import Call, CallStatus
from erasmus.universities import University
from storage import (
    Database,
    call_changes,
    offices,
    universities,
)
from tests.offices import an_office
from tests.storage.call_changes.followers import NAME, PUBLISHER


@pytest.fixture
async def office(db: Database, now: datetime) -> str:
    """A country's office, and one of a university."""
    async with db.write() as c:
        await universities.add(c, University("kstu", "KG", NAME, NAME), None, now)
        for name, university in (("kg-neo", None), ("kstu-io", "kstu")):
            await offices.put(c, an_office(now, name, university))
    return "kg-neo"


@pytest.fixture
async def published(db: Database, office: str, call: Call, now: datetime) -> Call:
    """A call that the office published."""
    theirs = replace(
        call,
        id="kg-neo-1",
        status=CallStatus.OFFICE,
        office_id=office,
        published_at=now,
        source_id="",
        section="",
    )
    async with db.write() as c:
        assert await call_changes.store(c, theirs, PUBLISHER, now)
    return theirs
