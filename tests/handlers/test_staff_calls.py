"""Calls at the desk: from a pasted text to students' phones, in four languages, over restarts."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.assistant import Assistant
from bot.clock import MovableClock
from bot.telegram_double import Message, Person, TelegramDouble
from erasmus.calls import Call, CallStatus
from erasmus.offices import Office, Right, Role, may
from erasmus.words import Language, Words
from handlers.codec import Press
from handlers.presses import SetFollow, ShowCall
from handlers.staff.calls.presses import (
    AskPart,
    AskPublishers,
    AskTitle,
    CallDays,
    CallHistory,
    ChangeCall,
    ConfirmDate,
    DropDraft,
    EditDraft,
    NewCall,
    OfficeCall,
    OfficeCalls,
    OpenDraft,
    PublishCall,
    SetCallAction,
    SetCallDay,
    SetCallTime,
    SetCallZone,
    SkipPart,
    StartEmpty,
    TranslateTitle,
    Untranslated,
    WithdrawCall,
)
from handlers.staff.desk import StaffPress
from locales import widths
from storage import Database, calls, drafts, members, offices, people
from tests.chats import Chat

Act = Callable[[Chat], Awaitable[None]]

OFFICE = "kg-neo"
STUDENT, SECOND = 700000002, 700000003
TEXTS = {
    Language.RU: (
        "Обмен в Гранаде, весна 2027\nЗаявки на обмен до 15.02.2027, 18:00 по времени Бишкека.\n"
        "Подробнее: https://example.org/granada"
    ),
    Language.KY: (
        "Гранада университетинде алмашуу\nӨтүнмөлөр 2027-жылдын 15-февралына чейин, саат 18:00гө "
        "чейин (Бишкек убактысы боюнча) кабыл алынат. https://example.org/granada"
    ),
    Language.KK: (
        "Гранада университетінде алмасу\nӨтінімдер 2027 жылғы 15 ақпанға дейін, Бишкек уақыты "
        "бойынша сағат 18:00-ге дейін қабылданады. https://example.org/granada"
    ),
    Language.EN: (
        "Exchange in Granada\nApply by 15 February 2027, 18:00 Bishkek time. "
        "Details: https://example.org/granada"
    ),
}


@pytest.fixture
async def office(db: Database, clock: MovableClock) -> Office:
    made = Office(
        id=OFFICE,
        country="KG",
        university=None,
        name=Words(
            {
                Language.EN: "National Office",
                Language.RU: "Национальный офис",
                Language.KK: "Ұлттық кеңсе",
                Language.KY: "Улуттук кеңсе",
            }
        ),
        zone="Asia/Bishkek",
        group_id=None,
        group_has_topics=False,
        answer_days=3,
        created_at=clock.now(),
    )
    async with db.write() as c:
        await offices.put(c, made)
    return made


async def employ(db: Database, person_id: int, role: Role, now: datetime) -> None:
    """Give a person a role, at an office that has an owner."""
    async with db.write() as c:
        await people.greet(c, 1, Language.EN, "Asia/Bishkek", now)
        await members.put(c, OFFICE, 1, Role.OWNER, now, name="Owner")
        await members.put(c, OFFICE, person_id, role, now, name="Бермет")


@pytest.fixture
async def staff(chat: Chat, office: Office, db: Database, clock: MovableClock) -> Chat:
    """A publisher at the calls of the desk."""
    assert office.national
    return await _at_desk(chat, db, clock, Language.EN)


async def _at_desk(chat: Chat, db: Database, clock: MovableClock, language: Language) -> Chat:
    await chat.settle_in(language, "staff")
    await employ(db, chat.person.id, Role.PUBLISHER, clock.now())
    await chat.send("/desk")
    await chat.press(OfficeCalls(OFFICE))
    return chat


@pytest.fixture
async def student(
    assistant: Assistant,
    double: TelegramDouble,
    clock: MovableClock,
    settled: Callable[[], Awaitable[None]],
) -> Chat:
    other = Chat(assistant, double.person(STUDENT, language_code="ru"), double, clock, settled)
    await other.settle_in(Language.RU)
    return other


def too_wide(message: Message) -> list[str]:
    """Return the labels that some phones would cut beyond recognition."""
    rows = [(row, widths.MOST.get(len(row), 7)) for row in message.keyboard]
    return [b.text for row, most in rows for b in row if widths.signs(b.text) > most]


def only(chat: Chat, kind: type[Press]) -> Press:
    (press,) = [press for press in chat.presses if isinstance(press, kind)]
    return press


async def publish(chat: Chat, text: str = TEXTS[Language.EN]) -> str:
    """Paste a text, confirm its date and publish it; return the call's id."""
    await chat.press(NewCall(OFFICE))
    await chat.send(text)
    if any(isinstance(press, SetCallAction) for press in chat.presses):
        await chat.press(next(p for p in chat.presses if isinstance(p, SetCallAction)))
    await chat.press(only(chat, ConfirmDate))
    await chat.press(only(chat, PublishCall))
    shown = next(press for press in chat.presses if isinstance(press, ShowCall))
    return shown.call


async def stored(db: Database, call_id: str) -> Call:
    async with db.read() as c:
        call = await calls.get(c, call_id)
    assert call is not None
    return call


async def test_a_pasted_text_is_published_in_two_minutes(
    chat: Chat, office: Office, db: Database, clock: MovableClock, language: Language
) -> None:
    """Nothing that the text says is asked again, and it is shown in all four languages first."""
    await _at_desk(chat, db, clock, language)
    await chat.press(NewCall(OFFICE))
    await chat.send(TEXTS[language])
    assert [type(press) for press in chat.presses[:1]] in ([ConfirmDate], [SetCallAction])
    if isinstance(chat.presses[0], SetCallAction):
        await chat.press(chat.presses[0])
    for name in ("Кыргызча", "Қазақша", "Русский", "English"):
        assert name in chat.text
    assert not [press for press in chat.presses if isinstance(press, PublishCall)]
    await chat.press(only(chat, ConfirmDate))
    await chat.press(only(chat, PublishCall))

    shown = next(press for press in chat.presses if isinstance(press, ShowCall))
    call = await stored(db, shown.call)
    assert call.closes == datetime(2027, 2, 15, 12, tzinfo=UTC)
    assert (call.zone, call.url) == ("Asia/Bishkek", "https://example.org/granada")
    assert (call.status, call.office_id, call.published_at) == (
        CallStatus.OFFICE,
        OFFICE,
        clock.now(),
    )
    assert list(call.title) == [language]
    assert office.name[language] in chat.text
    assert not chat.double.mistakes


async def test_a_forwarded_message_is_read_like_a_pasted_one(staff: Chat, db: Database) -> None:
    await staff.press(NewCall(OFFICE))
    staff.person.forward_text(TEXTS[Language.EN])
    await staff.settled()
    await choose_action(staff)
    await staff.press(only(staff, ConfirmDate))
    await staff.press(only(staff, PublishCall))

    (call,) = await of_office(db)
    assert call.url == "https://example.org/granada"


async def test_an_ambiguous_date_is_chosen_and_never_guessed(staff: Chat, db: Database) -> None:
    await staff.press(NewCall(OFFICE))
    await staff.send("Exchange in Granada\nDeadline: 01.02.2027, 12:00 CET https://example.org/g")
    await choose_action(staff)

    days = [press.day for press in staff.presses if isinstance(press, SetCallDay)]
    assert days == ["2027-01-02", "2027-02-01"]
    assert "01.02.2027" in staff.text
    assert "2 January 2027" in staff.message.labels
    await staff.press(next(p for p in staff.presses if isinstance(p, SetCallDay)))
    await staff.press(only(staff, ConfirmDate))
    await staff.press(only(staff, PublishCall))
    (call,) = await of_office(db)
    assert call.closes == datetime(2027, 1, 2, 11, tzinfo=UTC)


async def of_office(db: Database) -> list[Call]:
    async with db.read() as c:
        return await calls.of_office(c, OFFICE)


async def choose_action(chat: Chat) -> None:
    found = [press for press in chat.presses if isinstance(press, SetCallAction)]
    if found:
        await chat.press(found[0])


async def test_an_empty_start_asks_for_each_part_tapped_or_typed(staff: Chat, db: Database) -> None:
    await staff.press(NewCall(OFFICE))
    await staff.press(StartEmpty(OFFICE))
    await staff.send("Teaching in <Vilnius> & Kaunas")
    await staff.send("teacher")
    await choose_action(staff)
    await staff.send("5 March 2027")
    await staff.send("half past five")
    assert "18:00" in staff.text
    await staff.send("17.30")
    await staff.send("Vilnius")
    await staff.send("http://example.org")
    assert "https://example.org/call" in staff.text
    await staff.press(SkipPart(OFFICE, 1, "link"))
    await staff.press(only(staff, ConfirmDate))
    await staff.press(only(staff, PublishCall))

    (call,) = await of_office(db)
    assert call.title[Language.EN] == "Teaching in &lt;Vilnius&gt; &amp; Kaunas"
    assert call.closes == datetime(2027, 3, 5, 15, 30, tzinfo=UTC)
    assert call.zone == "Europe/Vilnius"
    assert not staff.double.mistakes


async def test_bad_dates_are_told_with_an_example(staff: Chat) -> None:
    await staff.press(NewCall(OFFICE))
    await staff.press(StartEmpty(OFFICE))
    await staff.send("Exchange in Granada")
    await staff.press(SetCallAction(OFFICE, 1, "is"))
    await staff.send("soon")
    assert "no date" in staff.text
    assert "20 January 2027" in staff.text
    await staff.send("5 March 2020")
    assert "has passed" in staff.text
    await staff.send("5 March")
    assert [p.day for p in staff.presses if isinstance(p, SetCallDay)] == ["2027-03-05"]


async def test_a_changed_date_voids_its_confirmation(staff: Chat, db: Database) -> None:
    await staff.press(NewCall(OFFICE))
    await staff.send(TEXTS[Language.EN])
    await choose_action(staff)
    old = only(staff, ConfirmDate)
    await staff.press(old)
    publish_old = only(staff, PublishCall)
    card = staff.message.id
    await staff.press(EditDraft(OFFICE, 1))
    await staff.press(AskPart(OFFICE, 1, "time"))
    await staff.press(SetCallTime(OFFICE, 1, "1200"))
    assert not [press for press in staff.presses if isinstance(press, PublishCall)]

    await staff.press_old(card, old.pack())
    await staff.press_old(card, publish_old.pack())

    assert "has changed" in staff.toast
    assert await of_office(db) == []


@pytest.mark.both_databases
async def test_two_publishers_at_once_publish_one_call(staff: Chat, db: Database) -> None:
    """The second is told by whom and when."""
    await staff.press(NewCall(OFFICE))
    await staff.send(TEXTS[Language.EN])
    await choose_action(staff)
    await staff.press(only(staff, ConfirmDate))
    press, card = only(staff, PublishCall), staff.message.id
    await staff.press(press)

    await staff.press_old(card, press.pack())

    assert "published already (Бермет, 21 November 2026, 12:00" in staff.toast
    assert len(await of_office(db)) == 1


TYPED = {
    Language.KY: ("Гранадада алмашуу", "2027-жылдын 15-марты"),
    Language.KK: ("Гранадада алмасу", "2027 жылғы 15 наурыз"),
    Language.RU: ("Обмен в Гранаде", "15 марта 2027 г."),
    Language.EN: ("Exchange in Granada", "March 15, 2027"),
}


@pytest.fixture
async def staff_id(office: Office, person: Person) -> int:
    """Somebody for whom there is an office to work at."""
    assert office.national
    return person.id


@pytest.fixture
def after(
    new_assistant: Callable[[], Assistant],
    person: Person,
    double: TelegramDouble,
    clock: MovableClock,
) -> Callable[[Act], Awaitable[Chat]]:
    """Does something with a process that begins for it and ends then."""

    async def act_and_end(act: Act) -> Chat:
        assistant = new_assistant()

        async def settled() -> None:
            await double.listening()
            await assistant.quiet()

        chat = Chat(assistant, person, double, clock, settled)
        await assistant.start()
        try:
            await act(chat)
        finally:
            await assistant.stop()
        return chat

    return act_and_end


@pytest.mark.both_databases
async def test_a_draft_survives_restarts_and_is_gone_on_with(
    after: Callable[[Act], Awaitable[Chat]], staff_id: int, db: Database, language: Language
) -> None:
    """A new process after every press: the draft is a row, and the list leads back to it."""
    title, day = TYPED[language]
    await after(lambda chat: chat.settle_in(language, "staff"))
    await employ(db, staff_id, Role.EDITOR, datetime(2026, 11, 21, tzinfo=UTC))
    await after(lambda chat: chat.send("/desk"))
    await after(lambda chat: chat.press(OfficeCalls(OFFICE)))
    await after(lambda chat: chat.press(NewCall(OFFICE)))
    await after(lambda chat: chat.press(StartEmpty(OFFICE)))
    await after(lambda chat: chat.send(title))
    await after(lambda chat: chat.press(SetCallAction(OFFICE, 1, "is")))
    await after(lambda chat: chat.send("/desk"))
    await after(lambda chat: chat.press(OfficeCalls(OFFICE)))
    await after(lambda chat: chat.press(OpenDraft(OFFICE, 1)))
    await after(lambda chat: chat.send(day))
    await after(lambda chat: chat.press(SetCallTime(OFFICE, 1, "-")))
    await after(lambda chat: chat.press(SetCallZone(OFFICE, 1, "Asia/Bishkek")))
    chat = await after(lambda chat: chat.press(SkipPart(OFFICE, 1, "link")))

    await after(lambda chat: chat.press(only(chat, ConfirmDate)))

    assert not [press for press in chat.presses if isinstance(press, PublishCall)]
    async with db.read() as c:
        (draft,) = await drafts.of_office(c, OFFICE, "call")
    assert (draft.body["title"], draft.body["closes"]) == ({language.value: title}, "2027-03-15")
    assert draft.body["confirmed"]
    assert not chat.double.mistakes


async def test_an_editor_s_forged_publishing_does_nothing(
    staff: Chat, db: Database, clock: MovableClock
) -> None:
    await staff.press(NewCall(OFFICE))
    await staff.send(TEXTS[Language.EN])
    await choose_action(staff)
    await staff.press(only(staff, ConfirmDate))
    press = only(staff, PublishCall)
    await employ(db, staff.person.id, Role.EDITOR, clock.now())

    await staff.press(press)

    assert "can’t do this" in staff.toast
    assert await of_office(db) == []


@pytest.mark.both_databases
async def test_a_moved_deadline_reaches_followers_once_aloud_or_quietly(
    staff: Chat, student: Chat, db: Database
) -> None:
    call_id = await publish(staff)
    await student.start(f"c_{call_id}")
    await student.press(SetFollow(call_id, on=True))
    for quietly, day in ((False, "2027-02-20"), (True, "2027-02-25")):
        before = len(student.person.messages)
        await staff.press(ChangeCall(OFFICE, call_id, "closes"))
        draft = only_draft(await open_drafts(db))
        await staff.send(day)
        await staff.press(ConfirmDate(OFFICE, draft, "closes", sign_on(staff)))
        press = next(
            p for p in staff.presses if isinstance(p, PublishCall) and p.quietly is quietly
        )
        await staff.press(press)
        await staff.wait(minutes=1)
        await staff.wait(minutes=10)

        news = student.person.messages[before:]
        assert len(news) == 1
        assert news[0].silent is quietly
    assert (await stored(db, call_id)).revision == 3
    assert not staff.double.mistakes


def sign_on(chat: Chat) -> str:
    press = only(chat, ConfirmDate)
    assert isinstance(press, ConfirmDate)
    return press.sign


async def open_drafts(db: Database) -> list[drafts.StoredDraft]:
    async with db.read() as c:
        return await drafts.of_office(c, OFFICE, "call")


def only_draft(found: list[drafts.StoredDraft]) -> int:
    (draft,) = found
    return draft.id


@pytest.mark.both_databases
async def test_a_withdrawn_call_is_told_reminds_no_more_and_stays_in_the_list(
    staff: Chat, student: Chat, db: Database
) -> None:
    call_id = await publish(staff)
    await student.start(f"c_{call_id}")
    await student.press(SetFollow(call_id, on=True))
    await staff.press(WithdrawCall(OFFICE, call_id, "?"))
    card = staff.message.id
    await staff.press(WithdrawCall(OFFICE, call_id, "l"))
    await staff.press_old(card, WithdrawCall(OFFICE, call_id, "l").pack())
    assert "Already withdrawn (Бермет" in staff.toast
    await staff.wait(minutes=10)

    assert (await stored(db, call_id)).withdrawn
    texts = [message.text or "" for message in student.person.messages]
    assert len(texts) == len(set(texts))
    before = len(texts)
    await student.wait(days=90)
    assert len(student.person.messages) == before
    await student.press(ShowCall(call_id))
    assert SetFollow(call_id, on=True) not in student.presses
    assert not staff.double.mistakes


async def test_a_missing_language_is_marked_and_a_translator_fills_it_in(
    staff: Chat, student: Chat, db: Database, clock: MovableClock
) -> None:
    call_id = await publish(staff)
    await student.start(f"c_{call_id}")
    assert "English" in student.text
    await employ(db, staff.person.id, Role.TRANSLATOR, clock.now())
    await staff.send("/desk")
    await staff.press(Untranslated(OFFICE))
    await staff.press(TranslateTitle(OFFICE, call_id, "-"))
    await staff.press(TranslateTitle(OFFICE, call_id, "ru"))
    await staff.send("Обмен в Гранаде")

    call = await stored(db, call_id)
    assert (call.title[Language.RU], call.revision) == ("Обмен в Гранаде", 1)
    await student.start(f"c_{call_id}")
    assert "English" not in student.text
    assert "Обмен в Гранаде" in student.text


async def test_a_draft_is_deleted_only_after_one_question(staff: Chat, db: Database) -> None:
    await staff.press(NewCall(OFFICE))
    await staff.send(TEXTS[Language.EN])
    await choose_action(staff)
    card, confirm = staff.message.id, only(staff, ConfirmDate)
    await staff.press(DropDraft(OFFICE, 1, sure=False))
    assert len(await open_drafts(db)) == 1
    await staff.press(DropDraft(OFFICE, 1, sure=True))

    assert await open_drafts(db) == []
    await staff.press_old(card, confirm.pack())
    assert "was deleted" in staff.toast


async def test_another_office_s_members_see_nothing_of_it(
    staff: Chat, db: Database, clock: MovableClock
) -> None:
    call_id = await publish(staff)
    async with db.write() as c:
        await members.remove(c, OFFICE, staff.person.id)
    await staff.press_old(staff.message.id, OfficeCall(OFFICE, call_id).pack())

    assert "can’t do this" in staff.toast
    assert clock.now() < (await stored(db, call_id)).closes - timedelta(days=1)
    async with db.read() as c:
        assert await people.find(c, staff.person.id)


async def test_what_the_text_leaves_open_is_asked(staff: Chat, db: Database) -> None:
    """No year, no day, several dates, an opening that can be read in two ways."""
    await staff.press(NewCall(OFFICE))
    await staff.send(
        "Exchange in Granada\nApplications open on 02.01.2027.\n"
        "Deadline: 15 March, 12:00 CET. https://example.org/granada"
    )
    await choose_action(staff)
    assert [p.day for p in staff.presses if isinstance(p, SetCallDay)] == ["2027-03-15"]
    assert "has no year" in staff.text
    await staff.press(SetCallDay(OFFICE, 1, "closes", "2027-03-15"))
    assert "two ways" in staff.text
    await staff.press(SetCallDay(OFFICE, 1, "opens", "2027-01-02"))
    confirms = [press for press in staff.presses if isinstance(press, ConfirmDate)]
    assert [press.part for press in confirms] == ["closes", "opens"]
    await staff.press(confirms[0])
    assert not [press for press in staff.presses if isinstance(press, PublishCall)]
    await staff.press(confirms[1])
    await staff.press(only(staff, PublishCall))

    (call,) = await of_office(db)
    assert call.opens == datetime(2027, 1, 1, 23, tzinfo=UTC)
    assert call.closes == datetime(2027, 3, 15, 11, tzinfo=UTC)


async def test_a_month_without_a_day_leads_to_its_days(staff: Chat) -> None:
    await staff.press(NewCall(OFFICE))
    await staff.send("Exchange in Granada\nApply by March 2027, 12:00 CET https://example.org/g")
    await choose_action(staff)
    assert "has no day" in staff.text

    await staff.press(CallDays(OFFICE, 1, "closes", "2027-03"))

    assert len([press for press in staff.presses if isinstance(press, SetCallDay)]) == 31


async def test_an_opening_after_the_deadline_is_told(staff: Chat) -> None:
    await staff.press(NewCall(OFFICE))
    await staff.send(TEXTS[Language.EN])
    await choose_action(staff)
    await staff.press(EditDraft(OFFICE, 1))
    await staff.press(AskPart(OFFICE, 1, "opens"))
    await staff.send("1 March 2027")

    assert "1 March 2027 is after 15 February 2027" in staff.text
    assert not [press for press in staff.presses if isinstance(press, SetCallDay)]


async def test_a_draft_that_waited_too_long_is_not_published(staff: Chat, db: Database) -> None:
    await staff.press(NewCall(OFFICE))
    await staff.send(TEXTS[Language.EN])
    await choose_action(staff)
    await staff.press(only(staff, ConfirmDate))
    press = only(staff, PublishCall)
    await staff.wait(days=100)
    await staff.press(press)

    assert "has passed already" in staff.text
    assert await of_office(db) == []


async def test_a_title_can_be_written_in_more_languages_and_removed(
    staff: Chat, db: Database
) -> None:
    await staff.press(NewCall(OFFICE))
    await staff.send(TEXTS[Language.EN])
    await choose_action(staff)
    await staff.press(EditDraft(OFFICE, 1))
    await staff.press(AskPart(OFFICE, 1, "title"))
    await staff.press(AskTitle(OFFICE, 1, "kk"))
    await staff.send("Гранадада алмасу")
    await staff.press(EditDraft(OFFICE, 1))
    await staff.press(AskPart(OFFICE, 1, "title"))
    await staff.press(AskTitle(OFFICE, 1, "en"))
    await staff.send("x" * 201)
    assert "too long: 201 signs" in staff.text
    await staff.press(AskTitle(OFFICE, 1, "en"))
    await staff.send("-")

    (draft,) = await open_drafts(db)
    assert draft.body["title"] == {"kk": "Гранадада алмасу"}


async def test_an_editor_asks_the_publishers_and_one_of_them_publishes(
    staff: Chat, student: Chat, db: Database, clock: MovableClock
) -> None:
    """Both work on one draft; the second asking of the same card sends nothing."""
    await employ(db, staff.person.id, Role.EDITOR, clock.now())
    await employ(db, student.person.id, Role.PUBLISHER, clock.now())
    await staff.press(NewCall(OFFICE))
    await staff.send(TEXTS[Language.EN])
    await choose_action(staff)
    await staff.press(only(staff, ConfirmDate))
    before = len(student.person.messages)
    await staff.press(only(staff, AskPublishers))
    await staff.press(only(staff, AskPublishers))

    assert len(student.person.messages) == before + 1
    await student.press(OpenDraft(OFFICE, 1))
    await student.press(only(student, PublishCall))
    assert len(await of_office(db)) == 1


async def test_the_history_tells_who_moved_what(staff: Chat) -> None:
    call_id = await publish(staff)
    await staff.press(ChangeCall(OFFICE, call_id, "closes"))
    await staff.send("20 February 2027")
    await staff.press(only(staff, ConfirmDate))
    await staff.press([press for press in staff.presses if isinstance(press, PublishCall)][1])
    await staff.press(CallHistory(OFFICE, call_id))

    assert "deadline: 15 February 2027, 18:00 Bishkek time → 20 February 2027" in staff.text
    assert "without a sound" in staff.text
    assert staff.text.count("Бермет") == 2


@pytest.mark.parametrize("role", list(Role), ids=str)
async def test_any_button_of_the_calls_leads_to_a_screen_that_fits(
    staff: Chat, db: Database, clock: MovableClock, role: Role
) -> None:
    """Old buttons and new ones, by whatever role: an answer each time, and nothing forbidden."""
    call_id = await publish(staff)
    await staff.press(OfficeCalls(OFFICE))
    await staff.press(NewCall(OFFICE))
    await staff.send("Exchange in Cordoba\nDeadline: 01.02.2027")
    await employ(db, staff.person.id, role, clock.now())
    chance = random.Random(str(role))  # noqa: S311 - a walk, not a secret
    seen: list[tuple[int, str]] = []
    for _ in range(60):
        shown = [p.pack() for p in staff.presses if isinstance(p, StaffPress) and p.tag[0] == "c"]
        seen += [(staff.message.id, data) for data in shown]
        await staff.press_old(*chance.choice(seen or [(1, OfficeCalls(OFFICE).pack())]))
        assert not too_wide(staff.message), staff.message.labels
        assert len(staff.text) <= 4096
        assert "Sorry, I could not" not in staff.text
    assert not staff.double.mistakes
    if not may(role, Right.PUBLISH):
        assert (await stored(db, call_id)).revision == 1


FORGED = [
    "cd1:kg-neo:1:closes:soon",
    "cd1:kg-neo:1:title:2027-01-01",
    "cy1:kg-neo:1:closes:2027-13",
    "ct1:kg-neo:1:2560",
    "cz1:kg-neo:1:Mars/Olympus",
    "cb1:kg-neo:1:zz",
    "ca1:kg-neo:1:price",
    "co1:kg-neo:1:title",
    "cj1:kg-neo:1:de",
    "cs1:kg-neo:emjm-emai-2027",
    "cw1:kg-neo:emjm-emai-2027:l",
    "cc1:kg-neo:nothing:closes",
    "ci1:kg-neo:kg-neo-1:de",
    "cp1:kg-neo:99:00000000:0",
    "cg1:other:1",
]


async def test_forged_buttons_do_nothing(staff: Chat, db: Database) -> None:
    await staff.press(NewCall(OFFICE))
    await staff.send("Exchange in Cordoba\nDeadline: 01.02.2027")
    (before,) = await open_drafts(db)

    for data in FORGED:
        await staff.press_old(staff.message.id, data)
        assert "Sorry, I could not" not in staff.text, data

    assert await open_drafts(db) == [before]
    assert await of_office(db) == []
    assert not staff.double.mistakes


async def test_a_change_that_comes_after_the_withdrawal_brings_nothing_back(
    staff: Chat, db: Database
) -> None:
    call_id = await publish(staff)
    await staff.press(ChangeCall(OFFICE, call_id, "closes"))
    await staff.send("20 February 2027")
    await staff.press(only(staff, ConfirmDate))
    press, card = next(p for p in staff.presses if isinstance(p, PublishCall)), staff.message.id
    await staff.press_old(card, WithdrawCall(OFFICE, call_id, "l").pack())
    await staff.press_old(card, press.pack())

    assert "Already withdrawn (Бермет" in staff.toast
    assert (await stored(db, call_id)).withdrawn
    assert await open_drafts(db) == []


async def test_a_colleague_s_name_is_shown_as_it_is_written(
    staff: Chat, db: Database, clock: MovableClock
) -> None:
    call_id = await publish(staff)
    async with db.write() as c:
        await members.remove(c, OFFICE, staff.person.id)
        await members.put(c, OFFICE, staff.person.id, Role.READER, clock.now(), name="<b>A & B")
    await staff.send("/desk")
    await staff.press(OfficeCalls(OFFICE))
    await staff.press(OfficeCall(OFFICE, call_id))
    assert "<b>A & B" in staff.text
    await staff.press(CallHistory(OFFICE, call_id))

    assert "<b>A & B" in staff.text
    assert not staff.double.mistakes
