"""An announcement from the first word to its recall, with a new process for every press."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.assistant import Assistant
from bot.clock import MovableClock
from bot.telegram_double import TelegramDouble
from erasmus.offices import Role
from erasmus.words import Language
from handlers.presses import SetTopicOn, StopTopic
from handlers.staff.announcing.presses import (
    AddButton,
    Announcements,
    ButtonChoices,
    Change,
    ChooseHour,
    ChooseTopic,
    Confirm,
    Correct,
    CorrectText,
    ForWhom,
    Narrow,
    NewAnnouncement,
    Preview,
    Recall,
    Second,
    Send,
    SetMoment,
    SetSide,
    SetTopic,
    SetWindow,
    ShowAnnouncement,
    UnderIt,
    When,
    WriteText,
)
from storage import Database, offices, people
from storage.members import Member
from tests.announcement_desk import OFFICE, OWNER, SECOND
from tests.offices import an_office, hire
from tests.restarts import Restarting

READER = 700000804


@pytest.fixture
def two_people_from() -> int:
    return 2


@pytest.fixture
async def phones(
    db: Database,
    new_assistant: Callable[[], Assistant],
    double: TelegramDouble,
    clock: MovableClock,
    language: Language,
) -> list[Restarting]:
    """Phones of an owner, of a publisher and of a reader, all of one language."""
    now = clock.now()
    async with db.write() as c:
        await offices.put(c, an_office(now))
        await hire(c, Member(OFFICE, OWNER, Role.OWNER, "Айжан", now, None))
        await hire(c, Member(OFFICE, SECOND, Role.PUBLISHER, "Бек", now, None))
        await people.greet(c, READER, language, "Asia/Bishkek", now)
        for person_id in (OWNER, SECOND, READER):
            await people.set_language(c, person_id, language)
    made = [
        Restarting(new_assistant, double.person(number, first_name="X"), double, clock)
        for number in (OWNER, SECOND, READER)
    ]
    for phone in made:  # a bot cannot write to somebody who never wrote
        await phone.after(lambda chat: chat.person.start())
    return made


async def write(owner: Restarting) -> None:
    """Write an announcement with buttons, for readers of one level of everything, on Monday."""
    await owner.send("/desk")
    await owner.press(Announcements(OFFICE, 0))
    await owner.press(NewAnnouncement(OFFICE))
    await owner.press(WriteText(OFFICE, 1, "ru"))
    await owner.send("Приходите в пятницу")
    await owner.press(WriteText(OFFICE, 1, "kk"))
    await owner.send("Жұмада келіңіз")
    await owner.press(ShowAnnouncement(OFFICE, 1))
    await owner.press(UnderIt(OFFICE, 1))
    await owner.press(ButtonChoices(OFFICE, 1, "a", 0))
    await owner.press(AddButton(OFFICE, 1, "a", "is"))
    await owner.press(ShowAnnouncement(OFFICE, 1))
    await owner.press(ChooseTopic(OFFICE, 1))
    await owner.press(SetTopic(OFFICE, 1, "events"))
    await owner.press(ForWhom(OFFICE, 1))
    await owner.press(Narrow(OFFICE, 1, "m", 0))
    await owner.press(SetSide(OFFICE, 1, "m", "3", on=True, page=0))
    await owner.press(ForWhom(OFFICE, 1))
    await owner.press(ShowAnnouncement(OFFICE, 1))
    await owner.press(When(OFFICE, 1))
    await owner.press(ChooseHour(OFFICE, 1, "2026-11-23"))
    await owner.press(SetMoment(OFFICE, 1, "2026-11-23", 9))
    await owner.press(SetWindow(OFFICE, 1, 9, 21))
    await owner.press(ShowAnnouncement(OFFICE, 1))


@pytest.mark.parametrize(
    ("language", "database_url"),
    [*((language, "sqlite") for language in Language), (Language.KY, "postgresql")],
    indirect=["database_url"],
)
async def test_it_survives_a_restart_between_every_two_presses(
    phones: list[Restarting], double: TelegramDouble
) -> None:
    """Everything is in the ledger: drafts, what is awaited, two confirmations, copies."""
    owner, second, reader = phones
    await write(owner)
    await owner.press(Preview(OFFICE, 1))
    await owner.press(ShowAnnouncement(OFFICE, 1))
    chat = await owner.press(Confirm(OFFICE, 1))
    await owner.press(next(p for p in chat.presses if isinstance(p, Send)))
    await second.press(Second(OFFICE, 1, _version(second), yes=True))
    await owner.wait(days=2)
    await owner.wait(minutes=5)
    _welcome, copy = reader.person.said
    assert "Приходите" in copy or "келіңіз" in copy
    await reader.press(StopTopic("events"))
    await reader.press(SetTopicOn("events", on=True))

    owner.person.press_data(owner.person.last.id, ShowAnnouncement(OFFICE, 1).pack())
    await owner.after(lambda _chat: None)
    await owner.press(Change(OFFICE, 1))
    for language in ("ru", "kk"):
        await owner.press(CorrectText(OFFICE, 1, language))
        await owner.send("Приходите в субботу")
    await owner.press(Correct(OFFICE, 1, sure=False))
    await owner.press(Correct(OFFICE, 1, sure=True))
    await owner.wait(minutes=1)
    await owner.wait(minutes=1)
    assert any("субботу" in said for said in reader.person.said)

    await owner.press(ShowAnnouncement(OFFICE, 1))
    await owner.press(Change(OFFICE, 1))
    await owner.press(Recall(OFFICE, 1, sure=False))
    await owner.press(Recall(OFFICE, 1, sure=True))
    await owner.wait(minutes=1)
    await owner.wait(minutes=1)
    assert not any("субботу" in said for said in reader.person.said)
    assert not double.mistakes


def _version(phone: Restarting) -> int:
    """Return the version that a colleague is asked about."""
    asked = [str(b.value) for b in phone.person.last.buttons if str(b.value).startswith("ax1")]
    return int(asked[0].split(":")[3])
