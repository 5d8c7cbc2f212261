"""An example office, so that a visitor of the sandbox can try the desk at once.

The owner of the second phone owns it; its group has topics, and the third phone is in it, too.
"""

from datetime import datetime
from typing import Final

from bot.sandbox.phones import Phones
from bot.telegram_double import Group, TelegramDouble
from erasmus.offices import Office, Role
from erasmus.words import Language, Words
from locales import language_of
from storage import Connection, members, offices, people

ID: Final = "example-kg"
COUNTRY: Final = "KG"
ZONE: Final = "Asia/Bishkek"
OWNER, COLLEAGUE = 2, 3
NAME: Final = Words(
    {
        Language.KY: "Үлгү офис (сыноо үчүн)",
        Language.KK: "Үлгі кеңсе (сынау үшін)",
        Language.RU: "Пример офиса (для пробы)",
        Language.EN: "Example office (to try)",
    }
)


def open_group(double: TelegramDouble, phones: Phones) -> Group:
    """Let the office have its group, with the bot as an administrator in it."""
    owner, colleague = phones.owner(OWNER), phones.owner(COLLEAGUE)
    language = language_of(owner.account.language_code) or Language.RU
    group = double.group(NAME[language], [owner, colleague], topics=True, admins=[owner])
    group.add_bot(owner, admin=True)
    return group


async def open_office(c: Connection, phones: Phones, group_id: int, now: datetime) -> None:
    """Put the office, its owner and its group, unless an earlier run did."""
    owner = phones.owner(OWNER).account
    await people.greet(c, owner.id, Language.RU, ZONE, now)
    if await offices.get(c, ID) is None:
        office = Office(
            id=ID,
            country=COUNTRY,
            university=None,
            name=NAME,
            zone=ZONE,
            group_id=group_id,
            group_has_topics=True,
            answer_days=3,
            created_at=now,
        )
        await offices.put(c, office)
        await members.put(c, ID, owner.id, Role.OWNER, now, name=owner.first_name)
