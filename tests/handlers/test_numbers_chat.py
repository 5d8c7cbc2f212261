"""Numbers of an office: what is counted, whose it is, and what stays hidden."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot.drawing import draw
from erasmus.charts import Chart
from erasmus.offices import Role
from erasmus.words import Language
from handlers.presses import Answer, Card, Check, Result, SetFollow, SetUniversity
from handlers.promises import NUMBERS
from handlers.staff.desk import Desk
from handlers.staff.number_picture import chart
from handlers.staff.number_presses import ShowNumbers
from handlers.staff.number_texts import told
from handlers.staff.numbers import week_beginnings
from handlers.turn import Turn
from storage import deliveries, members, numbers, people, verdicts
from storage.deliveries import Draft, Lane
from storage.numbers import Answers, Numbers
from tests.chats import Chat
from tests.handlers.journeys import CALL, answer_all, student
from tests.offices import Staff, an_office

OWNER = 700000801


async def counted(chat: Chat, university: str | None = None) -> Numbers:
    now = chat.clock.now()
    office = an_office(now, university or "kg", university)
    async with chat.assistant.db.read() as c:
        return await numbers.of_office(c, office, week_beginnings(now, office))


async def check(chat: Chat) -> None:
    """Answer everything and look at the result, twice."""
    await chat.send("/check")
    await answer_all(chat, student(chat))
    await chat.press(Result("all"))
    study = chat.assistant.library.actions["icm_study"]
    await chat.press(Card("all", study.short))
    await chat.press(Result("all"))


@pytest.mark.both_databases
async def test_a_check_is_counted_once_with_its_verdicts(chat: Chat) -> None:
    await chat.settle_in()
    await check(chat)

    found = await counted(chat)
    assert (found.people, found.blocked, found.checked) == (1, 0, 1)
    assert found.languages == {Language.EN: 1}
    assert (found.newcomers[-1], found.checks[-1]) == (1, 1)
    assert sum(found.checks) == 1
    assert found.verdicts
    async with chat.assistant.db.read() as c:
        said = await verdicts.of_person(c, chat.person.id)
    assert said["icm_study"] == "eligible"


async def test_questions_half_answered_are_no_check(chat: Chat) -> None:
    await chat.settle_in()
    await chat.send("/check")
    await chat.press(next(p for p in chat.presses if isinstance(p, Answer)))
    await chat.press_old(chat.message.id, Result("all").pack())

    assert sum((await counted(chat)).checks) == 0


@pytest.mark.both_databases
async def test_a_universitys_office_counts_its_own_people_alone(chat: Chat, staff: Staff) -> None:
    await chat.settle_in()
    await chat.press_old(chat.message.id, SetUniversity("aiu").pack())
    await check(chat)
    other = staff.phone(700000950)
    await other.settle_in()
    await check(other)

    ours, national = await counted(chat, "aiu"), await counted(chat)
    assert (ours.people, ours.checked, ours.checks[-1]) == (1, 1, 1)
    assert (national.people, national.checked, national.checks[-1]) == (2, 2, 2)
    assert national.universities == {"aiu": 1, None: 1}
    assert (await counted(chat, "manas")).people == 0


async def test_people_of_the_other_country_are_not_this_offices(chat: Chat) -> None:
    await chat.settle_in()
    async with chat.assistant.db.write() as c:
        await people.set_zone(c, chat.person.id, "Asia/Almaty")
    await check(chat)

    found = await counted(chat)
    assert (found.people, sum(found.checks)) == (0, 0)


async def test_follows_reminders_and_blocks_are_counted(chat: Chat) -> None:
    await chat.settle_in()
    await chat.send("/deadlines")
    await chat.press_old(chat.message.id, SetFollow(CALL, on=True).pack())
    await chat.wait(days=23)
    chat.person.block()
    await chat.settled()

    found = await counted(chat)
    assert (found.following, found.follows) == (1, {CALL: 1})
    assert sum(found.reminders) >= 1
    assert found.blocked == 1


def test_weeks_begin_on_mondays_where_the_office_is() -> None:
    """Sunday 20:00 in London is Monday in Bishkek."""
    office = replace(an_office(datetime(2026, 1, 1, tzinfo=UTC)), zone="Asia/Bishkek")
    weeks = week_beginnings(datetime(2026, 11, 22, 20, tzinfo=UTC), office)

    assert len(weeks) == 9
    assert {week.weekday() for week in weeks} == {0}
    assert weeks[-1] - weeks[-2] == timedelta(weeks=1)
    assert weeks[-2].isoformat() == "2026-11-23T00:00:00+06:00"


MANY = Numbers(
    people=1234,
    blocked=57,
    languages={Language.KY: 800, Language.RU: 425, Language.KK: 6, Language.EN: 3},
    universities={None: 1000, "manas": 230, "aiu": 4},
    verdicts={"eligible": 300, "not_eligible": 2},
    checked=1232,
    following=400,
    follows={CALL: 390},
    newcomers=(100, 0, 7, 3, 90, 80, 12, 1),
    checks=(40, 0, 5, 2, 30, 20, 10, 4),
    reminders=(10, 0, 0, 0, 20, 30, 0, 0),
    announcements=3,
    copies=(1100, 0, 0, 0, 0, 0, 0, 900),
    answers=Answers(60, 58, 40, timedelta(hours=5), timedelta(days=6)),
)
FEW = replace(
    MANY,
    people=4,
    blocked=1,
    languages={Language.KY: 4},
    universities={None: 3, "aiu": 1},
    checked=2,
    following=0,
    follows={},
    newcomers=(0, 0, 0, 0, 0, 0, 0, 4),
    checks=(0, 0, 0, 0, 0, 0, 0, 2),
    answers=Answers(4, 4, 1, timedelta(minutes=5), timedelta(hours=2)),
)


async def read(chat: Chat, found: Numbers, language: Language = Language.EN) -> tuple[str, Chart]:
    """Return what staff read, as a text and as a picture."""
    now, office = chat.clock.now(), an_office(chat.clock.now())
    weeks = week_beginnings(now, office)
    async with chat.assistant.db.write() as c:
        person = await people.greet(c, OWNER, language, "Asia/Bishkek", now)
        person = replace(person, language=language)
        turn = Turn(person, c, chat.assistant.library, now)
        desk = Desk(turn, office, Role.READER)
        return await told(desk, found, weeks), chart(desk, found, weeks)


async def test_everything_is_told_and_weeks_without_anything_are_not(chat: Chat) -> None:
    text, _ = await read(chat, MANY)
    for line in (
        "People: 1,234",
        "Have blocked me: 57",
        "Кыргызча: 800",
        "Reminders: 60",
        "Announcement messages: 2,000",
        "Usual wait: 5 hours",
        "Longest wait: 6 days",
    ):
        assert line in text
    assert text.count("new people") == 7


async def test_no_small_group_shows_and_none_can_be_worked_out(chat: Chat) -> None:
    """All but two have checked, three read English: neither can be had by subtracting."""
    text, picture = await read(chat, MANY)
    assert "Have made a check: ≥5" in text
    assert "Answered: ≥5" in text
    assert "English" not in text
    assert "Қазақша" not in text
    assert "Others together: 9" in text
    assert "not possible now: &lt;5" in text
    assert "new people –, checks &lt;5" in text
    shown = [bar for table in picture.tables for row in table.rows for bar in row.bars]
    assert not any(0 < bar.value < 5 and bar.value != 1 for bar in shown)
    assert {"–", "<5"} <= {bar.shown for bar in shown}


async def test_a_few_people_are_not_told_apart_at_all(chat: Chat) -> None:
    text, _ = await read(chat, FEW)
    assert "People: &lt;5" in text
    assert "Кыргызча" not in text
    assert "Universities" not in text
    assert "within" not in text


async def test_the_picture_fits_a_phone(chat: Chat, language: Language, tmp_path: Path) -> None:
    """Telegram makes what is longer than 1,280 smaller, and letters with it."""
    _, picture = await read(chat, MANY, language)
    image = Image.open(BytesIO(draw(Chart.unpacked(picture.packed()))))
    image.save(tmp_path / "numbers.png")
    assert image.width == 1080
    assert image.height <= 1450


async def test_staff_see_the_numbers_and_no_small_group(chat: Chat, staff: Staff) -> None:
    await chat.settle_in()
    await check(chat)
    await staff.office()
    reader = await staff.member(Role.READER, OWNER)
    await reader.send("/stats")

    assert "Numbers of National Erasmus+ Office" in reader.text
    assert "<5" in reader.text
    assert "English: 1" not in reader.text
    assert not chat.double.mistakes


async def test_the_numbers_come_as_a_picture(staff: Staff, language: Language) -> None:
    await staff.office()
    reader = await staff.member(Role.READER, OWNER)
    async with reader.assistant.db.write() as c:
        await people.set_language(c, OWNER, language)
    await reader.send("/stats")
    await reader.press(ShowNumbers("kg", picture=True))

    [sent] = [asked for asked in reader.double.requests if asked.method == "sendPhoto"]
    assert sent.params["chat_id"] in {OWNER, str(OWNER)}
    assert "5" in str(sent.params["caption"])  # that smaller groups are hidden
    assert not reader.double.mistakes
    await reader.send("/check")
    assert any(isinstance(press, Answer | Check) for press in reader.presses)


async def test_who_was_removed_while_it_was_counted_gets_nothing(staff: Staff) -> None:
    """Rights are looked up again when the message is about to be sent."""
    await staff.office()
    await staff.member(Role.OWNER, OWNER)
    reader = await staff.member(Role.READER, OWNER + 1)
    now = reader.clock.now()
    async with reader.assistant.db.write() as c:
        await members.remove(c, "kg", OWNER + 1)
        body = {"office": "kg", "picture": False}
        await deliveries.put(c, Draft("n", Lane.STAFF, OWNER + 1, NUMBERS, body, now), now)
    said = len(reader.person.said)
    await reader.wait(seconds=1)

    assert len(reader.person.said) == said
