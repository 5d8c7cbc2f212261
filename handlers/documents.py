"""Documents: the plan of a call or an action, counted backwards, and how far each paper is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from erasmus.actions import Action
from erasmus.calls import Call
from erasmus.plans import Checklist, ItemState, Plan, PlannedItem, Progress, plan
from handlers import reminding
from handlers.call_cards import EVERYTHING, find_call
from handlers.codec import Press, StaleButton
from handlers.fitting import fitting
from handlers.presses import (
    AfterSelection,
    ChooseMonth,
    Plans,
    ShowCall,
    ShowItem,
    ShowPlan,
)
from handlers.screens import Go, Rows, Screen, digits, lines, one_each, paragraphs
from handlers.turn import Turn
from locales import Safe, dates, numbers
from storage import ticks
from storage.ticks import Tick

OF_CALL, OF_ACTION = "c.", "a."
MARKS = {ItemState.OPEN: "◻️", ItemState.WORKING: "🔸", ItemState.DONE: "✅"}
LATE = "🔴"
NAMED = 4
"""At most so many documents are named in a sentence; the plan has them all."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a plan is for: an action, and a call of it where one is followed."""

    id: str
    action: Action
    checklist: Checklist
    call: Call | None


async def find_subject(turn: Turn, plan_id: str) -> Subject:
    """Return what a plan is for; raise StaleButton where there is no such plan."""
    library, call = turn.library, None
    if plan_id.startswith(OF_CALL):
        call = await find_call(turn, plan_id.removeprefix(OF_CALL))
        action = library.actions.get(call.action)
    else:
        action = library.action_by_short.get(plan_id.removeprefix(OF_ACTION))
    if action is None or action.checklist is None:
        raise StaleButton(plan_id)
    return Subject(plan_id, action, library.checklists[action.checklist], call)


def progress_of(marks: Mapping[str, Tick], zone: str) -> dict[str, Progress]:
    """Return the states of the items with the local day since when."""
    return {
        item: Progress(tick.state, tick.since.astimezone(ZoneInfo(zone)).date())
        for item, tick in marks.items()
    }


async def make_plan(turn: Turn, subject: Subject) -> Plan:
    """Plan the items of a subject from the reader's safe day backwards."""
    marks = await ticks.of_plan(turn.c, turn.person.id, subject.id)
    items = subject.checklist.for_case(turn.case)
    call, zone = subject.call, turn.person.zone
    deadline = call.safe_day(zone) if call and not call.closed(turn.now) else None
    return plan(items, progress_of(marks, zone), deadline, turn.today)


async def plans(turn: Turn, _press: Plans | None = None) -> Screen:
    """Choose a plan: of a followed call, with dates, or of an action, without."""
    await turn.asking(None)
    t, library = turn.t, turn.library
    dated = [
        c
        for c in await reminding.followed(turn)
        if library.actions[c.action].checklist and not c.closed(turn.now)
    ]
    listed = [f"📅 {n}. <b>{t.words(c.title)}</b>" for n, c in enumerate(dated, start=1)]
    numbered = digits([ShowPlan(OF_CALL + c.id) for c in dated])
    buttons = [
        Go(t.words(action.label), ShowPlan(OF_ACTION + action.short))
        for action in library.actions.values()
        if action.checklist and (turn.role is None or turn.role in action.audience)
    ]
    text = paragraphs(
        t("<b>My documents</b>"),
        lines(*fitting(t, listed)),
        t(
            "Choose a call you follow or an opportunity. A call you follow has a "
            "date for every document."
        )
        if dated
        else t(
            "Follow a call, or choose an opportunity and set your own deadline. "
            "Then every document gets a date."
        ),
    )
    find = (Go(t.label("button", "Deadlines"), EVERYTHING),)
    return Screen(text, (*numbered, *one_each(buttons), find, turn.leave()))


async def show_plan(turn: Turn, press: ShowPlan) -> Screen:
    """Show a plan: progress, what no longer fits, every document with its start-by date."""
    await turn.asking(None)
    subject = await find_subject(turn, press.plan)
    return plan_screen(turn, subject, await make_plan(turn, subject))


def plan_screen(turn: Turn, subject: Subject, made: Plan) -> Screen:
    """Show a plan that was made."""
    t = turn.t
    text = paragraphs(
        _title(turn, subject),
        t("Done: {done} of {total}", done=made.done, total=len(made.before)),
        _warning(turn, made),
        lines(*(_item_line(turn, n, p) for n, p in enumerate(made.before, start=1))),
        t("How many days a document takes is our estimate. Ask the office that issues it.")
        if subject.call
        else t("Set your deadline to get a date for every document."),
        t("Tap a number to see how to get a document."),
    )
    rows = digits([ShowItem(subject.id, p.item.short) for p in made.before])
    after = (Go(t.label("button", "After you are selected"), AfterSelection(subject.id)),)
    back: Press = ShowCall(subject.call.id) if subject.call else Plans()
    more = ((after,) if made.after else ()) + _own_date(turn, subject)
    return Screen(text, (*rows, *more, turn.leave(back)))


def _own_date(turn: Turn, subject: Subject) -> Rows:
    t, choose = turn.t, ChooseMonth(OF_ACTION + subject.action.short)
    if subject.call is None:
        return ((Go(t.label("button", "Set my deadline"), choose),),)
    if subject.call.owner is not None:
        return ((Go(t.label("button", "Change my deadline"), choose),),)
    return ()


async def after_selection(turn: Turn, press: AfterSelection) -> Screen:
    """Show the documents that are needed only after selection."""
    t = turn.t
    subject = await find_subject(turn, press.plan)
    made = await make_plan(turn, subject)
    text = paragraphs(
        _title(turn, subject),
        t("<b>After you are selected</b>"),
        lines(*(_item_line(turn, n, p) for n, p in enumerate(made.after, start=1))),
        t("Tap a number to see how to get a document."),
    )
    rows = digits([ShowItem(subject.id, p.item.short) for p in made.after])
    return Screen(text, (*rows, turn.leave(ShowPlan(subject.id))))


def _title(turn: Turn, subject: Subject) -> str:
    t = turn.t
    if subject.call is None:
        return f"<b>{t.words(subject.checklist.name)}</b>"
    safe = subject.call.safe_day(turn.person.zone)
    until = dates.until_day(t.language, safe)
    when = (
        t("expected deadline: {until}", until=until)
        if subject.call.expected
        else t("deadline: {until}", until=until)
    )
    return lines(f"<b>{t.words(subject.call.title)}</b>", when)


def _item_line(turn: Turn, number: int, planned: PlannedItem) -> str:
    t = turn.t
    label = t.words(planned.item.label)
    if planned.start_by is None or planned.state is not ItemState.OPEN:
        return f"{MARKS[planned.state]} {number}. {label}"
    if planned.late:
        return f"{LATE} {number}. {label}"
    day = dates.day_near(t.language, planned.start_by, turn.today)
    mark = MARKS[planned.state]
    return t("{mark} {n}. {label}: start by {day}", mark=mark, n=number, label=label, day=day)


def _warning(turn: Turn, made: Plan) -> str | None:
    t = turn.t
    if not made.late:
        return None
    return lines(
        t(
            "🔴 By our estimate there is not enough time for: {items}.",
            items=named(turn, made.late),
        ),
        t(
            "Start these today and see which can be done faster. Mark what you "
            "already have as done."
        ),
        t("There is still time for: {items}.", items=named(turn, made.in_time))
        if made.in_time
        else None,
    )


def named(turn: Turn, planned: Sequence[PlannedItem]) -> Safe:
    """Name documents in a sentence: the first few, and how many more there are."""
    t = turn.t
    names = [t.words(p.item.label) for p in planned]
    if len(names) <= NAMED:
        return numbers.listing(t.language, names)
    first = ", ".join(names[: NAMED - 1])
    return t("{items} and {n} more", items=Safe(first), n=len(names) - NAMED + 1)


def waiting(made: Plan) -> list[PlannedItem]:
    """Return what is not done yet, the most urgent first."""
    waiting = [p for p in made.before if p.state is not ItemState.DONE]
    return sorted(waiting, key=lambda p: p.start_by or date.max)
