"""Offices for tests, with people who work there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.assistant import Assistant
from bot.telegram_double import TelegramDouble
from erasmus.offices import Office, Role
from erasmus.words import Language, Words
from storage import Connection, members, offices, people
from storage.members import Member
from tests.chats import Chat

NAMES = {
    Language.EN: "National Erasmus+ Office",
    Language.RU: "Национальный офис Erasmus+",
    Language.KK: "Ұлттық Erasmus+ кеңсесі",
    Language.KY: "Улуттук Erasmus+ кеңсеси",
}


def an_office(now: datetime, office_id: str = "kg", university: str | None = None) -> Office:
    """Return an office of Kyrgyzstan, or of one of its universities."""
    return Office(
        id=office_id,
        country="KG",
        university=university,
        name=Words(NAMES),
        zone="Asia/Bishkek",
        group_id=None,
        group_has_topics=False,
        answer_days=3,
        created_at=now,
    )


async def hire(c: Connection, member: Member) -> None:
    """Make a person, known or not, a member who has chosen English."""
    await people.greet(c, member.person_id, Language.EN, "Asia/Bishkek", member.since)
    await people.set_language(c, member.person_id, Language.EN)
    office, person, role = member.office_id, member.person_id, member.role
    await members.put(c, office, person, role, member.since, name=member.name)


@dataclass(frozen=True)
class Staff:
    """Puts offices and their people into a running assistant."""

    chat: Chat
    assistant: Assistant
    double: TelegramDouble

    async def office(self, office_id: str = "kg", university: str | None = None) -> Office:
        """Open an office."""
        now = self.chat.clock.now()
        office = an_office(now, office_id, university)
        async with self.assistant.db.write() as c:
            await offices.put(c, office)
        return office

    async def member(
        self, role: Role, person_id: int, office_id: str = "kg", name: str = "Бек"
    ) -> Chat:
        """Return the phone of a member, who looks at their desk."""
        async with self.assistant.db.write() as c:
            now = self.chat.clock.now()
            await hire(c, Member(office_id, person_id, role, name, now, None))
        phone = self.phone(person_id, name)
        await phone.send("/desk")
        return phone

    def phone(self, person_id: int, name: str = "Бек") -> Chat:
        """Return somebody's phone."""
        person = self.double.person(person_id, first_name=name, language_code="en")
        return Chat(self.assistant, person, self.double, self.chat.clock, self.chat.settled)
