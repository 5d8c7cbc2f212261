"""A new call from a pasted text: what it says is not asked again, what it leaves open is."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.clock import MovableClock
from erasmus.calls import CallStatus
from erasmus.offices import Office
from erasmus.words import Language
from handlers.staff.calls.presses import (
    CallDays,
    ConfirmDate,
    NewCall,
    PublishCall,
    SetCallAction,
    SetCallDay,
)
from storage import Database
from tests.call_desk import (
    OFFICE,
    TEXTS,
    choose_action,
    confirm_and_publish,
    enter,
    of_office,
    only,
    paste,
    published_id,
    stored,
)
from tests.chats import Chat


async def test_a_pasted_text_is_published_in_two_minutes(
    chat: Chat, office: Office, db: Database, clock: MovableClock, language: Language
) -> None:
    """Nothing that the text says is asked again, and it is shown in all four languages first."""
    await enter(chat, db, language)
    await chat.press(NewCall(OFFICE))
    await chat.send(TEXTS[language])
    assert [type(press) for press in chat.presses[:1]] in ([ConfirmDate], [SetCallAction])
    await choose_action(chat)
    for name in ("Кыргызча", "Қазақша", "Русский", "English"):
        assert name in chat.text
    assert not [press for press in chat.presses if isinstance(press, PublishCall)]
    await confirm_and_publish(chat)

    call = await stored(db, published_id(chat))
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


async def test_a_forwarded_message_is_read_like_a_pasted_one(desk: Chat, db: Database) -> None:
    await desk.press(NewCall(OFFICE))
    desk.person.forward_text(TEXTS[Language.EN])
    await desk.settled()
    await choose_action(desk)
    await confirm_and_publish(desk)

    (call,) = await of_office(db)
    assert call.url == "https://example.org/granada"


async def test_an_ambiguous_date_is_chosen_and_never_guessed(desk: Chat, db: Database) -> None:
    await paste(desk, "Exchange in Granada\nDeadline: 01.02.2027, 12:00 CET https://example.org/g")

    days = [press.day for press in desk.presses if isinstance(press, SetCallDay)]
    assert days == ["2027-01-02", "2027-02-01"]
    assert "01.02.2027" in desk.text
    assert "2 January 2027" in desk.message.labels
    await desk.press(next(p for p in desk.presses if isinstance(p, SetCallDay)))
    await confirm_and_publish(desk)
    (call,) = await of_office(db)
    assert call.closes == datetime(2027, 1, 2, 11, tzinfo=UTC)


async def test_what_the_text_leaves_open_is_asked(desk: Chat, db: Database) -> None:
    """No year, no day, several dates, an opening that can be read in two ways."""
    await paste(
        desk,
        "Exchange in Granada\nApplications open on 02.01.2027.\n"
        "Deadline: 15 March, 12:00 CET. https://example.org/granada",
    )
    assert [p.day for p in desk.presses if isinstance(p, SetCallDay)] == ["2027-03-15"]
    assert "has no year" in desk.text
    await desk.press(SetCallDay(OFFICE, 1, "closes", "2027-03-15"))
    assert "two ways" in desk.text
    await desk.press(SetCallDay(OFFICE, 1, "opens", "2027-01-02"))
    confirms = [press for press in desk.presses if isinstance(press, ConfirmDate)]
    assert [press.part for press in confirms] == ["closes", "opens"]
    await desk.press(confirms[0])
    assert not [press for press in desk.presses if isinstance(press, PublishCall)]
    await desk.press(confirms[1])
    await desk.press(only(desk, PublishCall))

    (call,) = await of_office(db)
    assert call.opens == datetime(2027, 1, 1, 23, tzinfo=UTC)
    assert call.closes == datetime(2027, 3, 15, 11, tzinfo=UTC)


async def test_a_month_without_a_day_leads_to_its_days(desk: Chat) -> None:
    await paste(desk, "Exchange in Granada\nApply by March 2027, 12:00 CET https://example.org/g")
    assert "has no day" in desk.text

    await desk.press(CallDays(OFFICE, 1, "closes", "2027-03"))

    assert len([press for press in desk.presses if isinstance(press, SetCallDay)]) == 31
