"""An office's settings, and the universities that a national office adds to the directory."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from erasmus.offices import LONGEST_NAME
from erasmus.told import Incomplete, read_words
from erasmus.universities import EXAMPLE, read_university
from erasmus.words import Words
from handlers.codec import StaleButton
from handlers.incoming import Incoming
from handlers.screens import Button, Go, Screen, in_columns, lines, one_each, paragraphs, per_row
from handlers.settings import far_cities, near_cities
from handlers.staff import arrival
from handlers.staff.desk import Desk, NotAllowed
from handlers.staff.flaws import too_long
from handlers.staff.front import back_to_desk
from handlers.staff.office_presses import (
    AddUniversity,
    OfficeSettings,
    Rename,
    SetAnswerDays,
    SetOfficeZone,
)
from locales import ENDONYMS, Texts, moments
from storage import offices, universities

NAMING: Final = "office-name"
UNIVERSITY: Final = "office-university"
DAYS: Final = (1, 2, 3, 5, 7, 10)


async def settings(desk: Desk, _press: OfficeSettings) -> Screen:
    """Show the settings with their present values."""
    await desk.turn.asking(None)
    t, office = desk.t, desk.office
    text = paragraphs(
        t("<b>Office settings</b>"),
        lines(*(f"{ENDONYMS[language]}: {office.name[language]}" for language in office.name)),
        lines(
            t("Time zone: {zone}", zone=moments.zone_name(t.language, office.zone)),
            t.plural(
                "Answers within {n} working day",
                "Answers within {n} working days",
                office.answer_days,
            ),
        ),
        arrival.place(t, office),
    )
    buttons: list[Button] = [
        Go(t.label("button", "Name of the office"), Rename(office.id)),
        Go(t.label("button", "Time zone"), SetOfficeZone(office.id, "")),
        Go(t.label("button", "Days to answer"), SetAnswerDays(office.id, 0)),
    ]
    if office.group_id is None:
        buttons.append(arrival.way(desk.turn))
    return Screen(text, (*one_each(buttons), back_to_desk(desk)))


async def set_zone(desk: Desk, press: SetOfficeZone) -> Screen:
    """Choose a zone, or keep the one that was chosen."""
    t, office = desk.t, desk.office.id
    if not press.zone:
        near = [Go(name, SetOfficeZone(office, zone)) for zone, name in near_cities(t).items()]
        cities = far_cities(t)
        far = [Go(name, SetOfficeZone(office, zone)) for zone, name in cities.items()]
        rows = (*one_each(near), *in_columns(far, cities.values()))
        asked = t("<b>In which time zone does the office work?</b>")
        return Screen(asked, (*rows, desk.turn.leave(OfficeSettings(office))))
    if press.zone not in {**near_cities(t), **far_cities(t)}:
        raise StaleButton(press.zone)
    return await _keep(desk, zone=press.zone)


async def set_answer_days(desk: Desk, press: SetAnswerDays) -> Screen:
    """Choose a number of working days, or keep the one that was chosen."""
    t, office = desk.t, desk.office.id
    if not press.days:
        buttons = [Go(str(n), SetAnswerDays(office, n)) for n in DAYS]
        asked = t("<b>Within how many working days does the office answer?</b>")
        leave = desk.turn.leave(OfficeSettings(office))
        return Screen(asked, (*per_row(buttons, len(DAYS) // 2), leave))
    if press.days not in DAYS:
        raise StaleButton(str(press.days))
    return await _keep(desk, answer_days=press.days)


async def rename(desk: Desk, _press: Rename) -> Screen:
    """Ask for the name in four languages."""
    return await _ask_name(desk, None)


async def take_name(desk: Desk, _more: str, sent: Incoming) -> Screen:
    """Keep the name that was written, or say what lacks."""
    try:
        name = read_words(sent.text)
    except Incomplete as lacking:
        return await _ask_name(desk, _lacks(desk.t, lacking))
    if problem := _too_long(desk.t, name):
        return await _ask_name(desk, problem)
    return await _keep(desk, name=name)


async def add_university(desk: Desk, _press: AddUniversity) -> Screen:
    """Ask for a university with its names."""
    if not desk.office.national:
        raise NotAllowed(AddUniversity.needs)
    return await _ask_university(desk, None)


async def take_university(desk: Desk, _more: str, sent: Incoming) -> Screen:
    """Add the university that was written, or say what lacks."""
    if not desk.office.national:
        raise NotAllowed(AddUniversity.needs)
    t = desk.t
    try:
        told = read_university(sent.text, desk.office.country)
    except Incomplete as lacking:
        return await _ask_university(desk, _lacks(t, lacking))
    if problem := _too_long(t, told.name) or _too_long(t, told.city):
        return await _ask_university(desk, problem)
    if not await universities.add(desk.c, told, desk.person_id, desk.now):
        return await _ask_university(desk, t("The id {id} is taken. Choose another.", id=told.id))
    await desk.turn.asking(None)
    await desk.record("university.added", told.id, name=dict(told.name))
    text = paragraphs(
        t("Added: {university}", university=t.words(told.name)),
        t("This link sets it for whoever opens it:"),
        f"<code>{desk.turn.link(f'u_{told.id}')}</code>",
    )
    return Screen(text, (back_to_desk(desk),))


async def _ask_name(desk: Desk, problem: str | None) -> Screen:
    t = desk.t
    await desk.turn.asking(f"{NAMING} {desk.office.id}")
    shown = "\n".join(f"{language}: {desk.office.name[language]}" for language in desk.office.name)
    text = paragraphs(
        problem,
        t("Send the name in four languages, each on a line of its own, like this:"),
        f"<pre>{shown}</pre>",
    )
    return Screen(text, (desk.turn.leave(OfficeSettings(desk.office.id)),))


async def _ask_university(desk: Desk, problem: str | None) -> Screen:
    await desk.turn.asking(f"{UNIVERSITY} {desk.office.id}")
    t = desk.t
    text = paragraphs(
        problem,
        t("Send the university in lines like these. The city stands after the last comma."),
        f"<pre>{EXAMPLE}</pre>",
        t("The id has at most 16 letters a–z, digits or hyphens, and never changes."),
    )
    return Screen(text, (back_to_desk(desk),))


def _lacks(t: Texts, lacking: Incomplete) -> str:
    return t("These lines are missing or incomplete: {lines}.", lines=", ".join(lacking.missing))


def _too_long(t: Texts, names: Words) -> str | None:
    said = (too_long(t, names[language], LONGEST_NAME) for language in names)
    return next(filter(None, said), None)


async def _keep(desk: Desk, **changed: Any) -> Screen:  # noqa: ANN401 - an office's own fields
    present = await offices.lock(desk.c, desk.office.id) or desk.office
    office = replace(present, **changed)
    await offices.put(desk.c, office)
    told = {key: dict(new) if isinstance(new, Words) else new for key, new in changed.items()}
    await desk.record("office.changed", office.id, **told)
    screen = await settings(Desk(desk.turn, office, desk.role), OfficeSettings(office.id))
    return screen.saying(desk.t.label("alert", "Saved."))
