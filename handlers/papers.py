"""One document of a plan: how to get it, by when to start, how far it is."""

from __future__ import annotations

from datetime import date

from erasmus.plans import ItemState, Plan, PlannedItem, Stage
from handlers.call_cards import source_line
from handlers.codec import Press, StaleButton
from handlers.documents import MARKS, Subject, after_selection, find_subject, make_plan, plan_screen
from handlers.presses import AfterSelection, SetItem, ShowItem, ShowPlan
from handlers.screens import Go, Screen, lines, paragraphs
from handlers.turn import Turn
from locales import Safe, dates, numbers
from storage import ticks


def _find_item(made: Plan, short: str) -> PlannedItem:
    for planned in made.items:
        if planned.item.short == short:
            return planned
    raise StaleButton(short)


async def show_item(turn: Turn, press: ShowItem) -> Screen:
    """Show a document: how to get it, who issues it, how long it takes, by when to start."""
    subject = await find_subject(turn, press.plan)
    return _item_screen(turn, subject, _find_item(await make_plan(turn, subject), press.item))


def _item_screen(turn: Turn, subject: Subject, planned: PlannedItem) -> Screen:
    t, item = turn.t, planned.item
    text = paragraphs(
        f"{MARKS[planned.state]} <b>{t.words(item.label)}</b>",
        t.words(item.how),
        lines(
            t("Provided by: {who}", who=t.words(item.issuer)),
            t.plural(
                "Allow about {n} day (our estimate).",
                "Allow about {n} days (our estimate).",
                item.days_needed,
            )
            if item.days_needed
            else None,
            _needs(turn, subject, planned),
            *_item_dates(turn, planned),
        ),
        source_line(turn, item.source.id),
    )
    return Screen(text, (_states(turn, subject, planned), turn.leave(_up(subject, planned))))


def _up(subject: Subject, planned: PlannedItem) -> Press:
    if planned.item.stage is Stage.AFTER:
        return AfterSelection(subject.id)
    return ShowPlan(subject.id)


def _needs(turn: Turn, subject: Subject, planned: PlannedItem) -> str | None:
    t = turn.t
    labels = {item.id: item.label for item in subject.checklist.for_case(turn.case)}
    names = [t.words(labels[need]) for need in planned.item.needs if need in labels]
    return t("First you need: {items}", items=numbers.listing(t.language, names)) if names else None


def _item_dates(turn: Turn, planned: PlannedItem) -> list[str]:
    t = turn.t
    if planned.item.stage is Stage.AFTER:
        return [t("You need this only after you are selected.")]
    if planned.start_by is None or planned.finish_by is None:
        return []
    if planned.late and planned.ready is not None:
        return [_too_late(turn, planned.ready)]
    return [
        t("Start by: <b>{day}</b>", day=dates.day(t.language, planned.start_by)),
        t("Have it by: {day}", day=dates.day(t.language, planned.finish_by)),
    ]


def _too_late(turn: Turn, ready: date) -> Safe:
    t = turn.t
    return t(
        "🔴 If you start today, it should be ready around {day}: later than you need"
        " it. See whether it can be done faster.",
        day=dates.day(t.language, ready),
    )


def _states(turn: Turn, subject: Subject, planned: PlannedItem) -> tuple[Go, ...]:
    t = turn.t
    labels = {
        # NOTE: the state of a document: not begun
        ItemState.OPEN: t.label("button3", "To do"),
        # NOTE: the state of a document: begun, not finished
        ItemState.WORKING: t.label("button3", "Started"),
        # NOTE: the state of a document: finished
        ItemState.DONE: t.label("button3", "Done"),
    }
    return tuple(
        Go(label, SetItem(subject.id, planned.item.short, str(state)))
        for state, label in labels.items()
    )


async def set_item(turn: Turn, press: SetItem) -> Screen:
    """Keep how far a document is and show the plan again."""
    subject = await find_subject(turn, press.plan)
    planned = _find_item(await make_plan(turn, subject), press.item)
    if press.state not in set(ItemState):
        raise StaleButton(press.state)
    state = ItemState(press.state)
    await ticks.set_state(turn.c, turn.person.id, subject.id, planned.item.id, state, turn.now)
    if planned.item.stage is Stage.AFTER:
        screen = await after_selection(turn, AfterSelection(subject.id))
    else:
        screen = plan_screen(turn, subject, await make_plan(turn, subject))
    return screen.saying(turn.t.label("alert", "Saved."))
