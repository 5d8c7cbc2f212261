"""Settings: language, who the person is, time zone, reminders."""

from __future__ import annotations

from handlers import reminding
from handlers.codec import StaleButton
from handlers.presses import Forget as ForgetPress
from handlers.presses import (
    Languages,
    Privacy,
    Reminders,
    Roles,
    Settings,
    SetZone,
    Topics,
    Universities,
    Zones,
)
from handlers.screens import Go, Screen, in_columns, lines, one_each, paragraphs
from handlers.turn import Turn
from locales import ENDONYMS, Texts, moments
from storage import people, universities


def near_cities(t: Texts) -> dict[str, str]:
    """Return the zones that most people here live in, with their names on buttons."""
    return {
        "Asia/Bishkek": t.label("button", "Bishkek (all of Kyrgyzstan)"),
        "Asia/Almaty": t.label("button", "Almaty (all of Kazakhstan)"),
    }


def far_cities(t: Texts) -> dict[str, str]:
    """Return further zones in which our readers study and work."""
    return {
        "Asia/Tashkent": t.label("button2", "Tashkent"),
        "Asia/Dushanbe": t.label("button2", "Dushanbe"),
        "Asia/Ashgabat": t.label("button2", "Ashgabat"),
        "Europe/Moscow": t.label("button2", "Moscow"),
        "Europe/Istanbul": t.label("button2", "Istanbul"),
        "Asia/Dubai": t.label("button2", "Dubai"),
        "Asia/Shanghai": t.label("button2", "Beijing"),
        "Asia/Seoul": t.label("button2", "Seoul"),
        "Europe/Warsaw": t.label("button2", "Warsaw"),
        "Europe/Berlin": t.label("button2", "Berlin"),
        "Europe/Brussels": t.label("button2", "Brussels"),
        "Europe/London": t.label("button2", "London"),
        "America/New_York": t.label("button2", "New York"),
    }


async def settings(turn: Turn, _press: Settings | None = None) -> Screen:
    """Show the settings with their present values."""
    await turn.asking(None)
    t, person = turn.t, turn.person
    role = next(
        (o.label for o in turn.library.question("role").options if o.value == turn.role), None
    )
    belongs_to = await universities.get(turn.c, person.university or "")
    text = paragraphs(
        t("<b>Settings</b>"),
        lines(
            t("Language: {language}", language=ENDONYMS[person.language]),
            t("Who you are: {role}", role=t.words(role)) if role else None,
            t("Your university: {university}", university=t.words(belongs_to.name))
            if belongs_to
            else None,
            t("Time zone: {zone}", zone=moments.zone_name(t.language, person.zone)),
            t("Reminders: on") if person.reminders_on else t("Reminders: off"),
        ),
    )
    buttons = [
        Go(t.label("button", "Language"), Languages()),
        Go(t.label("button", "Who I am"), Roles()),
        Go(t.label("button", "My university"), Universities("", 0)),
        Go(t.label("button", "Time zone"), Zones(more=False)),
        Go(t.label("button", "Reminders"), Reminders()),
        Go(t.label("button", "Announcements"), Topics()),
        Go(t.label("button", "What is kept about me"), Privacy()),
        Go(t.label("button", "Delete my data"), ForgetPress(sure=False)),
    ]
    return Screen(text, (*one_each(buttons), turn.leave()))


async def zones(turn: Turn, press: Zones) -> Screen:
    """Choose a time zone."""
    t = turn.t
    text = paragraphs(
        t("<b>Where do you live?</b>"),
        t("I show deadlines and send reminders in your local time."),
    )
    if press.more:
        cities = far_cities(t)
        buttons = [Go(name, SetZone(zone)) for zone, name in cities.items()]
        return Screen(text, (*in_columns(buttons, cities.values()), turn.leave(Zones(more=False))))
    near = [Go(name, SetZone(zone)) for zone, name in near_cities(t).items()]
    other = Go(t.label("button", "Another city"), Zones(more=True))
    return Screen(text, (*one_each([*near, other]), turn.leave(Settings())))


async def set_zone(turn: Turn, press: SetZone) -> Screen:
    """Live in another zone; the reminders to come move with it."""
    if press.zone not in {**near_cities(turn.t), **far_cities(turn.t)}:
        raise StaleButton(press.zone)
    await people.set_zone(turn.c, turn.person.id, press.zone)
    await reminding.replan(turn)
    changed = await turn.again()
    screen = await settings(changed)
    return screen.saying(turn.t.label("alert", "Saved."))
