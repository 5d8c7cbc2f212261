"""What staff type while they write a call: an answer to what was asked, else what is wrong."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import TypeAlias
from zoneinfo import available_timezones

from erasmus.call_dates import impossible_date
from erasmus.call_drafts import TEXTS, Part
from erasmus.call_limits import LONGEST_LINK, SECURE_LINK
from erasmus.call_text import language_of_text, likely_actions, said_dates
from erasmus.call_times import find_times, find_zones
from erasmus.reading import DateRole
from erasmus.search import likely_fields
from erasmus.words import Language
from handlers.incoming import Incoming
from handlers.screens import Screen
from handlers.staff.calls.answers import language_named, next_screen, take_day, take_time
from handlers.staff.calls.days import EXAMPLE_AHEAD
from handlers.staff.calls.drafting import Drafting
from handlers.staff.calls.questions import ask
from handlers.staff.calls.texts import REMOVE, as_sent, problem_of, removable
from locales import dates

Answer: TypeAlias = Callable[[Drafting, Incoming], Awaitable[Screen]]


async def answer(work: Drafting, asked: str, sent: Incoming) -> Screen:
    """Take a typed answer to the part that was asked for."""
    word, _, language = asked.partition(" ")
    try:
        part = Part(word)
    except ValueError:
        return await next_screen(work)
    if part in TEXTS:
        return await _typed_text(work, part, sent, language_named(language) if language else None)
    return await _TYPED[part](work, sent)


async def _typed_text(
    work: Drafting, part: Part, sent: Incoming, language: Language | None
) -> Screen:
    text = as_sent(part, sent.text)
    language = language or _language_of(work, text)
    if text == REMOVE and removable(work.draft, part, language):
        return await next_screen(await work.keep(work.draft.with_text(part, language, None)))
    problem = problem_of(work.desk.t, part, text)
    if problem is not None:
        return await ask(work, part, problem)
    return await next_screen(await work.keep(work.draft.with_text(part, language, text)))


def _language_of(work: Drafting, text: str) -> Language:
    """Tell the language of a text; where it may be Russian as well, it is the writer's."""
    writer = work.desk.t.language
    told = language_of_text(text, work.desk.turn.library.reading)
    return told if told is not Language.RU or writer is Language.EN else writer


async def _typed_action(work: Drafting, sent: Incoming) -> Screen:
    found = likely_actions(sent.text, work.desk.turn.library)
    if not found:
        problem = work.desk.t("⚠️ I know no such type of call. Please choose one.")
        return await ask(work, Part.ACTION, problem, every=True)
    return await ask(await work.keep(replace(work.draft, actions=found)), Part.ACTION)


async def _typed_day(work: Drafting, part: Part, sent: Incoming) -> Screen:
    """Take a date that can be read in one way; else offer what it may mean."""
    role = DateRole.DEADLINE if part is Part.CLOSES else DateRole.OPENING
    told = tuple(said_dates(sent.text, work.desk.turn.library.reading, role))
    if not told:
        return await ask(work, part, _no_date(work, sent.text))
    others = tuple(said for said in work.draft.dates if said.role is not role)
    draft = replace(work.draft, dates=(*others, *told), skipped=work.draft.skipped - {part})
    (first, *more) = told
    if more or len(first.ways) > 1 or not first.days:
        return await ask(await work.keep(draft), part)
    return await take_day(replace(work, draft=draft), part, first.days[0])


def _no_date(work: Drafting, text: str) -> str:
    t = work.desk.t
    day = dates.day(t.language, work.desk.turn.today + EXAMPLE_AHEAD)
    wrong = impossible_date(text, work.desk.turn.library.reading)
    if wrong is None:
        return t("⚠️ I see no date there. Write it like this: {day}", day=day)
    return t("⚠️ No calendar has the day “{wrong}”. Write it like this: {day}", wrong=wrong, day=day)


async def _typed_closes(work: Drafting, sent: Incoming) -> Screen:
    return await _typed_day(work, Part.CLOSES, sent)


async def _typed_opens(work: Drafting, sent: Incoming) -> Screen:
    return await _typed_day(work, Part.OPENS, sent)


async def _typed_time(work: Drafting, sent: Incoming) -> Screen:
    typed = sent.text.strip().replace(".", ":")
    found = find_times(typed, work.desk.turn.library.reading)
    if len(found) != 1:
        return await ask(work, Part.TIME, work.desk.t("⚠️ Write one time, such as 18:00."))
    return await take_time(work, found[0].at)


async def _typed_zone(work: Drafting, sent: Incoming) -> Screen:
    """Take a city: as texts name it, or as the zones of the world are called."""
    typed, reading = sent.text.strip(), work.desk.turn.library.reading
    named = {zone.zone for zone in find_zones(f"{typed} time", reading)}
    city = typed.casefold().replace(" ", "_")
    named |= {zone for zone in available_timezones() if zone.casefold().endswith(f"/{city}")}
    if len(named) != 1:
        problem = work.desk.t("⚠️ I don’t know that city. Choose one, or write: Vilnius")
        return await ask(work, Part.ZONE, problem)
    return await next_screen(await work.keep(replace(work.draft, zone=named.pop())))


async def _typed_link(work: Drafting, sent: Incoming) -> Screen:
    t, link = work.desk.t, sent.text.strip()
    if not SECURE_LINK.fullmatch(link):
        problem = t(
            "⚠️ That is no link that begins with https://. For example: https://example.org/call"
        )
        return await ask(work, Part.LINK, problem)
    if len(link) > LONGEST_LINK:
        problem = t.plural(
            "⚠️ The link is too long: {n} sign. At most {most} fit.",
            "⚠️ The link is too long: {n} signs. At most {most} fit.",
            len(link),
            most=LONGEST_LINK,
        )
        return await ask(work, Part.LINK, problem)
    return await next_screen(await work.keep(replace(work.draft, link=link)))


async def _typed_field(work: Drafting, sent: Incoming) -> Screen:
    found = likely_fields(sent.text, work.desk.turn.library)
    if len(found) != 1:
        problem = work.desk.t("⚠️ I know no such field. Please choose one.")
        return await ask(work, Part.FIELD, problem)
    return await next_screen(await work.keep(replace(work.draft, field=found[0])))


_TYPED: Mapping[Part, Answer] = {
    Part.ACTION: _typed_action,
    Part.CLOSES: _typed_closes,
    Part.TIME: _typed_time,
    Part.ZONE: _typed_zone,
    Part.OPENS: _typed_opens,
    Part.LINK: _typed_link,
    Part.FIELD: _typed_field,
}
