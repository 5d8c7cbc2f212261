"""The university a person belongs to: chosen from the directory, by country, page or name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from erasmus.search import find_universities
from erasmus.universities import University
from handlers.pages import page_of
from handlers.presses import Settings, SetUniversity, Universities
from handlers.screens import Go, Rows, Screen, digits, lines, one_each, paragraphs
from handlers.turn import Turn
from storage import people, universities

ASKING: Final = "university"
PAGE: Final = 8


async def choose(turn: Turn, press: Universities) -> Screen:
    """Show the countries, or the universities of one; a name may be typed at any time."""
    await turn.asking(ASKING)
    known = await universities.listing(turn.c)
    countries = sorted({one.country for one in known})
    if not press.country and len(known) > PAGE:
        return _screen(turn, None, _countries(turn, countries))
    shown = [one for one in known if press.country in {"", one.country}]
    page = page_of(shown, press.page, PAGE)
    turning = page.turning(
        turn.t.label("button2", "← Previous"),
        turn.t.label("button2", "Next →"),
        lambda number: Universities(press.country, number),
    )
    rows = (*_numbered(page.items, page.first), *turning)
    listed = _listed(turn, page.items, page.first)
    return _screen(turn, listed, rows, back=bool(press.country))


async def found(turn: Turn, typed: str) -> Screen | None:
    """Show the universities that a typed name may mean; None for none."""
    hits = find_universities(await universities.listing(turn.c), typed)
    if not hits:
        return None
    return _screen(turn, _listed(turn, hits), _numbered(hits), back=True)


async def not_found(turn: Turn, typed: str) -> Screen:
    """Say that the directory has no such name, and show how to go on."""
    screen = await choose(turn, Universities("", 0))
    said = turn.t("The list has no university like “{text}” yet.", text=typed[:60])
    return Screen(paragraphs(said, screen.text), screen.rows)


async def belong(turn: Turn, university_id: str) -> University | None:
    """Keep the university that a button or a link names; None where there is none."""
    university = await universities.get(turn.c, university_id)
    if university is not None:
        await people.set_university(turn.c, turn.person.id, university.id)
    return university


def _screen(turn: Turn, listed: str | None, rows: Rows, *, back: bool = False) -> Screen:
    t = turn.t
    text = paragraphs(
        t("<b>Which university do you belong to?</b>"),
        t("Its international office can then tell you what concerns you."),
        listed,
        t("You can also type a part of its name."),
    )
    later = Go(t.label("button", "Not in the list, or later"), SetUniversity(""))
    leave = turn.leave(Universities("", 0) if back else Settings())
    return Screen(text, (*rows, (later,), leave))


def _countries(turn: Turn, codes: Sequence[str]) -> Rows:
    names = {code: country.name for code, country in turn.library.countries.items()}
    return one_each(
        Go(turn.t.words(names[code]) if code in names else code, Universities(code, 0))
        for code in codes
    )


def _listed(turn: Turn, some: Sequence[University], first: int = 0) -> str:
    t = turn.t
    return lines(
        *(
            t("{n}. <b>{university}</b>, {city}", n=n, university=name, city=t.words(one.city))
            for n, one in enumerate(some, start=first + 1)
            for name in (t.words(one.name),)
        )
    )


def _numbered(some: Sequence[University], first: int = 0) -> Rows:
    return digits([SetUniversity(one.id) for one in some], first + 1)
