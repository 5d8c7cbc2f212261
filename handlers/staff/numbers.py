"""An office's numbers: how its people fare, week by week, as a text and as a picture."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from erasmus.offices import Office, Right
from handlers.promises import NUMBERS, promise
from handlers.screens import Go, Screen, paragraphs
from handlers.staff.desk import Desk, NotAllowed, admit
from handlers.staff.front import back_to_desk, through
from handlers.staff.number_picture import chart
from handlers.staff.number_presses import ShowNumbers
from handlers.staff.number_texts import told, what_is_hidden
from handlers.turn import Turn
from storage import numbers

WEEKS: Final = 8


async def stats_command(turn: Turn) -> Screen:
    """Answer /stats of a member."""
    return await through(turn, Right.SEE, _text_of, show_numbers)


def _text_of(office_id: str) -> ShowNumbers:
    return ShowNumbers(office_id, picture=False)


async def show_numbers(desk: Desk, press: ShowNumbers) -> Screen:
    """Promise the numbers, which come as a message of their own.

    Among a hundred thousand people SQLite counts for a second or two. It does so when the message
    is sent, in a reading transaction, so that nobody's press waits for it.
    """
    body = {"office": desk.office.id, "picture": press.picture}
    await promise(desk.turn, NUMBERS, body)
    said = desk.t("I am counting. The numbers follow.")
    return Screen(said, (back_to_desk(desk),), fresh=press.picture)


async def render(turn: Turn, body: Mapping[str, Any]) -> Screen | None:
    """Return the numbers as they are now; None for who may not see them any more."""
    try:
        desk = await admit(turn, body["office"], Right.SEE)
    except NotAllowed:
        return None
    weeks = week_beginnings(desk.now, desk.office)
    found = await numbers.of_office(desk.c, desk.office, weeks)
    t = desk.t
    if body["picture"]:
        title = t("<b>Numbers of {office}</b>", office=t.words(desk.office.name))
        # Without buttons: a photo's place cannot be taken by a text, and the desk is just above.
        caption = paragraphs(title, what_is_hidden(t))
        return Screen(caption, fresh=True, media=chart(desk, found, weeks))
    text = await told(desk, found, weeks)
    picture = Go(t.label("button", "As a picture"), ShowNumbers(desk.office.id, picture=True))
    return Screen(text, ((picture,), back_to_desk(desk)), fresh=True)


def week_beginnings(now: datetime, office: Office) -> list[datetime]:
    """Return the beginnings of the last weeks, Mondays where the office is, and the next one."""
    zone = ZoneInfo(office.zone)
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    days = [monday + timedelta(weeks=n) for n in range(1 - WEEKS, 2)]
    return [datetime.combine(day, time(), zone) for day in days]
